/** Blocks that are missing or begin out of nowhere: the grammar lets both pass. */
import type { SyntaxProblem } from './ast';
import type { LogicalLines } from './logical-lines';

/** `known`: what is wrong besides; a line that does not parse may have been meant to open the block below it. */
export function indentationProblems(text: string, { starts, ends, indents }: LogicalLines, known: readonly SyntaxProblem[]): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  for (let row = 0; row < starts.length; row++) {
    const opens = text[(ends[row] as number) - 1] === ':';
    const deeper = row + 1 < starts.length && (indents[row + 1] as number) > (indents[row] as number);
    if (opens === deeper) continue;
    if (known.some(({ span }) => span.start >= (starts[row] as number) && span.start <= (ends[row] as number))) continue;
    const at = opens ? row : row + 1;
    const start = starts[at] as number;
    const lineEnd = text.indexOf('\n', start);
    problems.push({
      span: { start, end: Math.min(ends[at] as number, lineEnd < 0 ? text.length : lineEnd) },
      message: opens ? 'the indented block after this line is missing' : 'this line is indented further than the one above, which opens no block',
    });
  }
  return problems;
}
