/** The flat concrete tree of one chunk becomes our AST, at its place in the file. */
import type { Block, Comment, SyntaxProblem } from './ast';
import type { BodyLater } from './later';
import type { ChunkReading } from './read-chunk';
import { lowerStatements } from './lower-statements';
import { Lowering } from './lowering';

export interface LoweredChunk {
  readonly body: Block;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

export function lowerChunk({ tree, patched, problems }: ChunkReading, text: string, base: number, later?: BodyLater): LoweredChunk {
  const low = new Lowering(tree, text, base, patched, later);
  const body = lowerStatements(low, 0);
  return {
    body,
    comments: base === 0 && !patched ? tree.comments : tree.comments.map(comment => ({ ...comment, span: low.between(comment.span.start, comment.span.end) })),
    problems: [...problems.map(problem => ({ ...problem, span: { start: problem.span.start + base, end: problem.span.end + base } })), ...low.problems],
  };
}
