/** Maps offsets to zero-based lines and columns (UTF-16) and back, in O(log lines). */
export interface LineIndex {
  readonly lineStarts: readonly number[];
  readonly length: number;
}

export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

const lineFeed = 10;
const carriageReturn = 13;

export function lineIndexOf(text: string): LineIndex {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === lineFeed || (unit === carriageReturn && text.charCodeAt(i + 1) !== lineFeed)) lineStarts.push(i + 1);
  }
  return { lineStarts, length: text.length };
}

/** Offsets outside the text are clamped to it. */
export function lineColumnAt(index: LineIndex, offset: number): LineColumn {
  const clamped = Math.min(Math.max(offset, 0), index.length);
  let low = 0;
  let high = index.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.lineStarts[middle] ?? 0) <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: clamped - (index.lineStarts[low] ?? 0) };
}

/** A column beyond the line's end is clamped to the start of the next line. */
export function offsetAt(index: LineIndex, position: LineColumn): number {
  const start = index.lineStarts[position.line];
  if (start === undefined) return index.length;
  const next = index.lineStarts[position.line + 1] ?? index.length;
  return Math.min(start + position.column, next);
}
