/** Text with some lines rewritten so that it parses, and the way back to the original offsets. */
import type { Span } from '../../../base/span';

/** Stands for an expression or statement that could not be read; a letter nobody names a variable with. */
export const hole = 'ꙮ';

/** `[start, end)` of the original becomes `insert`, in which every `hole` stands for what was there. */
export interface Patch extends Span {
  readonly insert: string;
  /** The inserted line is an `if` only to hold the block below it. */
  readonly isHolder: boolean;
}

export interface PatchedText {
  readonly text: string;
  /** Where a hole stands in `text` → the patch it belongs to. */
  readonly holes: ReadonlyMap<number, Patch>;
  toOriginal(offset: number): number;
}

/** `patches` in order, not overlapping. */
export function applyPatches(original: string, patches: readonly Patch[]): PatchedText {
  const pieces: string[] = [];
  const holes = new Map<number, Patch>();
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  let length = 0;
  for (const patch of patches) {
    length += patch.start - at;
    pieces.push(original.slice(at, patch.start), patch.insert);
    from.push(length);
    for (let found = patch.insert.indexOf(hole); found >= 0; found = patch.insert.indexOf(hole, found + 1)) holes.set(length + found, patch);
    length += patch.insert.length;
    to.push(length);
    at = patch.end;
  }
  pieces.push(original.slice(at));

  function toOriginal(offset: number): number {
    let low = 0;
    let high = from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((from[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    const patch = patches[low - 1];
    if (!patch) return offset;
    const end = to[low - 1] as number;
    return offset >= end ? offset - end + patch.end : patch.start;
  }

  return { text: pieces.join(''), holes, toOriginal };
}
