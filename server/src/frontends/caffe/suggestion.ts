/** The known name that is nearest to one that is not known. */

/** Ends a message: nothing when no name is near. */
export function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : `; did you mean \`${name}\`?`;
}

export function nearestName(name: string, known: readonly string[], ignoreCase = false): string | undefined {
  const plain = (text: string): string => (ignoreCase ? text.toLowerCase().replace(/_/g, '') : text);
  const most = Math.min(2, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const each of known) {
    if (Math.abs(each.length - name.length) > 3) continue;
    const distance = editDistance(plain(name), plain(each));
    if (distance < least) {
      best = each;
      least = distance;
    }
  }
  return best;
}

function editDistance(left: string, right: string): number {
  if (left.length > 80 || right.length > 80) return Infinity;
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
