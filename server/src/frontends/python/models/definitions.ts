/** Models that a file names or defines: its pragma comments, and the definitions that can be called without arguments. */
import type { Location, Span } from '../../../base/span';
import { unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import type { FunctionValue, ModuleValue } from '../values';
import type { ModelCandidate } from './candidate';
import { evaluateExpression } from './expression';
import { readPragma } from './pragma';

/** `# joulelint: model EXPR input SHAPE`, shown at the definition that the expression calls, else at the comment. */
export function* statedModels(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): Generator<ModelCandidate> {
  for (const comment of syntax.comments) {
    const pragma = readPragma(comment.text);
    if (!pragma) continue;
    const candidate = evaluateExpression(interpreter, module, pragma.expression, undefined);
    const at = candidate.at.span.end > 0 ? candidate.at : { uri: module.uri ?? '', span: comment.span };
    yield { ...candidate, at, declaredInputs: pragma.inputs };
  }
}

/** Each candidate whose name is new; `named` takes in what it stands for. */
export function* firstOfName(candidates: Iterable<ModelCandidate>, named: Set<string>): Generator<ModelCandidate> {
  for (const candidate of candidates) {
    if (named.has(candidate.name)) continue;
    named.add(candidate.name);
    // A stated model stands for the definition it calls.
    const called = /^(\w+)\(/.exec(candidate.name)?.[1];
    if (called) named.add(called);
    yield candidate;
  }
}

/** A function or class of the file, called without arguments. */
export function calledDefinition(interpreter: Interpreter, module: ModuleValue, name: string, span: Span): ModelCandidate {
  const at: Location = { uri: module.uri ?? '', span };
  return {
    name, at, declaredInputs: undefined, optional: true, definition: name,
    build: () => interpreter.callWith(module.attributes.get(name) ?? unknown(`\`${name}\` is not defined`, at), [], at),
  };
}

/** A method that can be called with nothing but `self`. */
export function needsOnlySelf(method: FunctionValue): boolean {
  return method.definition.parameters.slice(1).every(parameter => parameter.default !== undefined || parameter.form === '*' || parameter.form === '**');
}
