/** Models that a file names or defines: its pragma comments, and the definitions that can be called without arguments. */
import type { Location, Span } from '../../../base/span';
import { unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { isSubclass } from '../objects/python-error';
import type { ClassValue, FunctionValue, ModuleValue } from '../values';
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

/** Whether the text of a definition makes layers of the framework, or instances of the file's own classes of them. */
export function makesLayers(module: ModuleValue, { span, parameters }: ast.FunctionDefinition, text: string, layer: ClassValue): boolean {
  // What is passed on is for whoever calls it to say.
  if (parameters.some(({ form }) => form === '*' || form === '**')) return false;
  return [...text.slice(span.start, span.end).matchAll(/(?<![\w.])([A-Za-z_]\w*)((?:\.\w+)*)\(/g)].some(([, first = '', rest = '']) => {
    const value = module.attributes.get(first);
    if (value?.kind === 'class') return isSubclass(value, layer);
    return /\.[A-Z]\w*$/.test(rest) && value?.kind === 'module' && /^(?:torch\.nn|keras|tensorflow|tf_keras)\b/.test(value.name);
  });
}

/** A method that can be called with nothing but `self`. */
export function needsOnlySelf(method: FunctionValue): boolean {
  return method.definition.parameters.slice(1).every(parameter => parameter.default !== undefined || parameter.form === '*' || parameter.form === '**');
}
