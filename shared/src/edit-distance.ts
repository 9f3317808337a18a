/** How far one name is from another: for "did you mean". */

/** Letters to insert, leave out or replace (Levenshtein). Time grows with the product of the lengths. */
export function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** The known name that may be meant: within a third of its letters, capitals aside. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = name.toLowerCase();
  const measured = known.map(each => ({ each, distance: editDistance(plain, each.toLowerCase()) }));
  return measured.filter(({ distance }) => distance <= Math.max(1, Math.round(name.length / 3))).sort((a, b) => a.distance - b.distance)[0]?.each;
}
