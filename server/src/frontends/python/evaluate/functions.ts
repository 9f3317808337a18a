/** Making function values: defaults are evaluated, free variables captured. */
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { birth } from '../heap/cells';
import { namesOf, type FunctionValue, type Value } from '../values';

export function makeFunction(interpreter: Interpreter, frame: Frame, node: ast.FunctionDefinition | ast.Lambda, name: string): FunctionValue {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default) defaults.set(parameter.name, interpreter.evaluate(frame, parameter.default));
  }
  // Free variables skip class bodies, as in Python; the owner still reaches nested functions for `super()`.
  let closure: Frame | undefined = frame.kind === 'module' ? undefined : frame;
  while (closure?.kind === 'class') closure = closure.outer;
  if (closure?.kind === 'module') closure = undefined;
  return { kind: 'function', name, definition: node, module: frame.module, closure, defaults, owner: frame.kind === 'class' ? undefined : frame.owner, attributes: namesOf(), born: birth() };
}
