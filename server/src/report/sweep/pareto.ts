/** The variants that no other beats in everything. */

/** A figure, and whether more of it is better. */
export interface Objective<Name extends string = string> {
  readonly figure: Name;
  readonly more: boolean;
}

/**
 * For each row whether it is in the Pareto set: no other row is at least as good in every objective and better in one.
 * A row without one of the figures is not in it. Time grows with rows × members of the set.
 */
export function paretoSet<Name extends string>(rows: readonly Readonly<Partial<Record<Name, number | null>>>[], objectives: readonly Objective<Name>[]): boolean[] {
  const points = rows.map(row => objectives.map(({ figure, more }) => {
    const value = row[figure];
    return typeof value === 'number' ? (more ? -value : value) : NaN;
  }));
  const order = points.flatMap((point, index) => (point.some(Number.isNaN) ? [] : [index])).sort((left, right) => compare(points[left] ?? [], points[right] ?? []));
  const members: (readonly number[])[] = [];
  const inSet = new Array<boolean>(rows.length).fill(false);
  // In this order nothing that comes later beats what came before.
  for (const index of order) {
    const point = points[index] ?? [];
    if (members.some(member => beats(member, point))) continue;
    members.push(point);
    inSet[index] = true;
  }
  return inSet;
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [i, value] of left.entries()) {
    const difference = value - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function beats(member: readonly number[], point: readonly number[]): boolean {
  return member.every((value, i) => value <= (point[i] ?? 0)) && member.some((value, i) => value < (point[i] ?? 0));
}
