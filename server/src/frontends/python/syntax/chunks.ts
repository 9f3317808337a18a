/** A file cut between top-level statements: an edit costs its own piece only, and what does not parse cannot swallow the rest. */
import { type LogicalLines } from './logical-lines';

export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Rows `from` to `to` (exclusive) of the file's logical lines. */
  readonly from: number;
  readonly to: number;
}

/** Below this a piece is not worth its own call of the parser. */
const smallestChunk = 1500;

/** Words that continue the statement above. */
const continuation = /(?:elif|else|except|finally)\b/y;

export function chunksOf(text: string, lines: LogicalLines): Chunk[] {
  const chunks: Chunk[] = [];
  const hasPages = text.includes('\f\n');
  const { starts, indents } = lines;
  let start = 0;
  let from = 0;
  for (let row = 1; row < starts.length; row++) {
    const at = starts[row] as number;
    const beginsPage = hasPages && text.slice(lines.ends[row - 1], at).includes('\f\n');
    if (!beginsPage && (indents[row] !== 0 || at - start < smallestChunk || text[starts[row - 1] as number] === '@')) continue;
    continuation.lastIndex = at;
    if (!beginsPage && continuation.test(text)) continue;
    chunks.push({ start, end: at, from, to: row });
    start = at;
    from = row;
  }
  chunks.push({ start, end: text.length, from, to: starts.length });
  return chunks;
}
