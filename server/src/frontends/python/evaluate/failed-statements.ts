/** What a top-level statement of the analysed file leaves behind that could not run to its end. */
import { BudgetExhausted } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import { PythonError } from '../objects/python-error';
import type * as ast from '../syntax/ast';
import { boundNames } from './import-errors';

/** The error is told, and the statements behind go on; what ends everything is thrown on. */
export function leaveFailed(interpreter: Interpreter, frame: Frame, statement: ast.Statement, error: unknown): void {
  if (error instanceof PythonError) {
    interpreter.problem({ code: 'python-error', message: error.message, at: error.at });
    leaveUnknown(interpreter, frame, statement, error);
  } else if (error instanceof BudgetExhausted && !error.endsAll) {
    leaveOpen(interpreter, frame, statement, error);
  } else throw error;
}

/** What a failed statement would have bound is not known, and not what it was before either: in the analysed file the next statement runs all the same. */
function leaveUnknown({ heap }: Interpreter, frame: Frame, statement: ast.Statement, error: PythonError): void {
  // A block may have done its part before it failed.
  if (statement.kind !== 'Assign' && statement.kind !== 'AnnotatedAssign' && statement.kind !== 'ImportFrom') return;
  for (const name of boundNames([statement])) heap.set(frame.names, name, unknown(error.message, error.at));
}

/** An assignment that takes too long leaves its names unknown; any other statement may have been about to do anything. */
function leaveOpen(interpreter: Interpreter, frame: Frame, statement: ast.Statement, error: BudgetExhausted): void {
  const at: Location = { uri: frame.module.uri ?? '', span: statement.span };
  const names = statement.kind === 'Assign' || statement.kind === 'AnnotatedAssign' ? boundNames([statement]) : [];
  for (const name of names) interpreter.heap.set(frame.names, name, unknown(error.message, at));
  interpreter.problem({ code: names.length > 0 ? 'unknown-value' : 'budget', message: error.message, at });
}
