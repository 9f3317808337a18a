/** The comment `# joulelint: value EXPR` behind an assignment: what its name holds, where the program reads that from a file. */
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { str } from '../values';
import { locationOf } from './location';

const pattern = /^\s*joulelint:\s*value\s+(\S.*?)\s*$/;

/** The text of the analysed file, with its comments. */
export type Program = Pick<ast.Module, 'comments'> & { readonly text: string };

/** All of them, to tell whether one has changed. */
export function statedTexts({ comments }: Pick<ast.Module, 'comments'>): readonly string[] {
  return comments.map(({ text }) => text).filter(text => pattern.test(text));
}

/** Binds the name of the assignment anew, whatever became of its value. */
export function bindStated(interpreter: Interpreter, frame: Frame, statement: ast.Statement, { comments, text }: Program): void {
  const target = statement.kind === 'Assign' && statement.targets.length === 1 ? statement.targets[0] : statement.kind === 'AnnotatedAssign' ? statement.target : undefined;
  if (target?.kind !== 'Name') return;
  const comment = comments.find(({ span }) => span.start >= statement.span.end && !text.slice(statement.span.end, span.start).includes('\n'));
  const stated = comment && pattern.exec(comment.text)?.[1];
  if (comment === undefined || stated === undefined) return;
  interpreter.heap.set(frame.names, target.id, interpreter.modules.evaluateText(frame, str(stated), locationOf(frame, comment.span)));
}
