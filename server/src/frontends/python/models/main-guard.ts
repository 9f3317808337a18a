/** Runs what a file does as a script: the block under `if __name__ == "__main__":`, one statement's error not ending the others. */
import { PythonError } from '../objects/python-error';
import { moduleFrame } from '../environment';
import { runStatement } from '../evaluate/statements';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { str, type ModuleValue } from '../values';

export function runMainGuard(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): void {
  const frame = moduleFrame(module);
  interpreter.heap.set(module.attributes, '__name__', str('__main__'));
  for (const statement of syntax.body) {
    if (statement.kind === 'If' && isMainGuard(statement.test)) for (const inner of statement.then) attempt(interpreter, () => runStatement(interpreter, frame, inner));
  }
  interpreter.heap.set(module.attributes, '__name__', str(module.name));
}

/** Runs a part of the program whose errors concern nobody else. */
export function attempt(interpreter: Interpreter, run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    interpreter.budget.resetDepth();
  }
}

function isMainGuard(test: ast.Expression): boolean {
  return test.kind === 'Compare' && test.operators[0] === '==' && test.operands.some(operand => operand.kind === 'Name' && operand.id === '__name__');
}
