/** Which rows of two layer tables are the same layer: those that cost the same in the same order, then those of the same name. */
import type { LayerRow } from '../../../../shared/src/report';

/** A layer before and after; one side is absent where it was added or removed. */
export interface LayerPair {
  readonly before?: LayerRow;
  readonly after?: LayerRow;
}

/** The longest common subsequence takes time and memory as the product of the lengths; of longer tables only names are compared. */
const mostCells = 16_000_000;

/** Every row of both tables once, in the order of `after`, removed rows where they stood. */
export function alignLayers(before: readonly LayerRow[], after: readonly LayerRow[]): LayerPair[] {
  const partner = new Map<number, number>();
  for (const [left, right] of commonRows(before.map(signature), after.map(signature))) partner.set(left, right);
  pairByName(before, after, partner);
  return inOrder(before, after, partner);
}

/** What a row costs, whatever it is called: an insertion in front renames all that follows it. */
function signature(row: LayerRow): string {
  return JSON.stringify([row.type, row.in, row.out, row.macs, row.params, row.weightElements, row.activations]);
}

/** Pairs of places, both ascending. */
function commonRows(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const pairs: (readonly [number, number])[] = Array.from({ length: start }, (_, i) => [i, i] as const);
  for (const [i, j] of longestCommon(left.slice(start, left.length - end), right.slice(start, right.length - end))) pairs.push([start + i, start + j]);
  for (let i = end; i > 0; i--) pairs.push([left.length - i, right.length - i]);
  return pairs;
}

function longestCommon(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const width = right.length + 1;
  if ((left.length + 1) * width > mostCells) return [];
  const lengths = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Of what is left, rows of the same path and operator, the first call with the first. */
function pairByName(before: readonly LayerRow[], after: readonly LayerRow[], partner: Map<number, number>): void {
  const taken = new Set(partner.values());
  const free = new Map<string, number[]>();
  for (const [place, row] of after.entries()) {
    if (taken.has(place)) continue;
    const name = nameOf(row);
    const places = free.get(name);
    if (places) places.push(place);
    else free.set(name, [place]);
  }
  for (const [place, row] of before.entries()) {
    const found = partner.has(place) ? undefined : free.get(nameOf(row))?.shift();
    if (found !== undefined) partner.set(place, found);
  }
}

function nameOf({ path, op }: LayerRow): string {
  return `${op} ${path}`;
}

function inOrder(before: readonly LayerRow[], after: readonly LayerRow[], partner: ReadonlyMap<number, number>): LayerPair[] {
  const partnerOf = new Map([...partner].map(([left, right]) => [right, left]));
  const pairs: LayerPair[] = [];
  let next = 0;
  const removedUpTo = (end: number): void => {
    for (; next < end; next++) {
      const row = before[next];
      if (row && !partner.has(next)) pairs.push({ before: row });
    }
  };
  for (const [place, row] of after.entries()) {
    const left = partnerOf.get(place);
    const old = left === undefined ? undefined : before[left];
    if (left !== undefined) removedUpTo(left);
    pairs.push(old ? { before: old, after: row } : { after: row });
  }
  removedUpTo(before.length);
  return pairs;
}
