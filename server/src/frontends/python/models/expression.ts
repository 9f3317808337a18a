/** A model given as an expression of the file's own module: `resnet50(num_classes=10)`. */
import type { Location } from '../../../base/span';
import { innerFrame, moduleFrame } from '../environment';
import { evaluate } from '../evaluate/expressions';
import { parseCached } from '../syntax/cache';
import { runBlock } from '../evaluate/statements';
import type { Interpreter } from '../interpreter';
import { namesOf, type ModuleValue, type Value } from '../values';
import type { ModelCandidate } from './candidate';

export function evaluateExpression(interpreter: Interpreter, module: ModuleValue, expression: string, setup: string | undefined): ModelCandidate {
  const at: Location = { uri: module.uri ?? '', span: { start: 0, end: 0 } };
  return { name: expression, at: definitionOf(module, expression) ?? at, build: () => expressionValue(interpreter, module, expression, setup, at), declaredInputs: undefined };
}

function expressionValue(interpreter: Interpreter, module: ModuleValue, expression: string, setup: string | undefined, at: Location): Value {
  // A scope of its own over the module's names: what the set-up lines import must not replace what the file's own functions see.
  const frame = innerFrame(moduleFrame(module), namesOf(), { kind: 'function' });
  if (setup) runBlock(interpreter, frame, parseCached(setup).body);
  const statement = parseCached(expression).body[0];
  if (statement?.kind !== 'ExpressionStatement') return interpreter.raise('SyntaxError', `\`${expression}\` is not an expression`, at);
  return evaluate(interpreter, frame, statement.value);
}

/** Where the function or class that the expression calls is defined in the file. */
function definitionOf(module: ModuleValue, expression: string): Location | undefined {
  const name = /^\w+/.exec(expression)?.[0];
  const value = name === undefined ? undefined : module.attributes.get(name);
  if (value?.kind === 'class' && value.at) return value.at;
  if (value?.kind === 'function' && value.definition.kind === 'FunctionDefinition') return { uri: value.module.uri ?? '', span: value.definition.nameSpan };
  return undefined;
}
