/** Which models a Keras file has: pragma comments, model variables, builders and classes that need no arguments. */
import type { Span } from '../../base/span';
import { isSubclass } from '../python/objects/python-error';
import type { LowerRequest } from '../frontend';
import type { Interpreter } from '../python/interpreter';
import { assignedNames } from '../python/models/assigned-names';
import { mayBuild } from '../python/models/builders';
import type { ModelCandidate } from '../python/models/candidate';
import type { Looked } from '../python/models/dialect';
import { calledDefinition, firstOfName, makesLayers, needsOnlySelf, statedModels } from '../python/models/definitions';
import { runMainGuard } from '../python/models/main-guard';
import type * as ast from '../python/syntax/ast';
import { type ModuleValue, type Value } from '../python/values';
import { assumedModels } from './assumed-models';
import { madeModels, runners } from './made-models';
import { isKnownCall } from './inputs';
import { isModel, runState, type KerasInstance } from './state';

export function* findCandidates(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, looked: Looked, request: LowerRequest): Generator<ModelCandidate> {
  const named = new Set<string>();
  runMainGuard(interpreter, module, syntax);
  const calls = bestCalls(interpreter);
  yield* firstOfName([...statedModels(interpreter, module, syntax), ...variables(module, syntax, calls)], named);
  const shown = [...module.attributes.values()].filter(isModel);
  yield* firstOfName(madeModels(interpreter, module, syntax, shown, named), named);
  for (const definition of syntax.body) {
    if (definition.kind !== 'FunctionDefinition' || named.has(definition.name) || !mayBuild(definition)) continue;
    // What a builder makes is shown where it is kept.
    if (shown.some(model => isWithin(model, module, definition.span))) continue;
    const isBuilder = (): boolean => makesLayers(module, definition, request.text, interpreter.libraryClass('keras.Layer'));
    yield { ...calledDefinition(interpreter, module, definition.name, definition.nameSpan), isBuilder };
  }
  const base = interpreter.libraryClass('keras.Model');
  for (const definition of syntax.body) {
    if (definition.kind !== 'ClassDefinition' || named.has(definition.name) || looked.parts.has(definition.name)) continue;
    const cls = module.attributes.get(definition.name);
    if (cls?.kind !== 'class' || !isSubclass(cls, base) || shown.some(model => model.cls === cls) || !buildsWithoutArguments(interpreter, cls)) continue;
    yield { ...calledDefinition(interpreter, module, definition.name, definition.nameSpan), isModule: true };
  }
  if (looked.wholes.size === 0 && named.size === 0) yield* runners(interpreter, module, syntax, named);
  // A definition that makes what is shown is shown there.
  const taken = new Set([...named, ...madeFrom(interpreter, module, syntax)]);
  yield* assumedModels(interpreter, module, syntax, request, looked, taken);
}

/** A model that the file built under this name, where the name no longer holds one. */
export function namedModel(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, name: string): ModelCandidate | undefined {
  if (!/^[\w.]+(?: \(\d+\))?$/.test(name) || isModel(module.attributes.get(name))) return undefined;
  const kept = [...module.attributes].filter(([, value]) => isModel(value));
  const made = [...madeModels(interpreter, module, syntax, kept.map(([, value]) => value).filter(isModel), new Set(kept.map(([each]) => each)))];
  // Of several under one name the last one is what the name held.
  return name.endsWith(')') ? made.find(candidate => candidate.name === name) : made.filter(candidate => candidate.name.replace(/ \(\d+\)$/, '') === name).at(-1);
}

/** Definitions of the file that have made something: classes, and functions in which a model was made. */
function madeFrom(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): readonly string[] {
  const made = runState(interpreter).made.items.filter(isModel);
  return syntax.body.flatMap(definition => {
    if (definition.kind === 'ClassDefinition' && made.some(model => model.cls.definition === definition)) return [definition.name];
    return (definition.kind === 'FunctionDefinition' || definition.kind === 'ClassDefinition') && made.some(model => isWithin(model, module, definition.span)) ? [definition.name] : [];
  });
}

function isWithin(model: KerasInstance, module: ModuleValue, span: Span): boolean {
  const { declared } = model.native;
  return declared.uri === module.uri && declared.span.start >= span.start && declared.span.end <= span.end;
}

function buildsWithoutArguments(interpreter: Interpreter, cls: Value & { kind: 'class' }): boolean {
  const init = interpreter.lookupClass(cls, '__init__');
  const call = interpreter.lookupClass(cls, 'call');
  if (call?.kind !== 'function' && init?.kind !== 'function') return false;
  return init?.kind !== 'function' || needsOnlySelf(init);
}

type Calls = ReadonlyMap<KerasInstance, { readonly args: ModelCandidate['call'] }>;

/** A call with known tensors tells more than one in a training loop. */
function bestCalls(interpreter: Interpreter): Calls {
  const best = new Map<KerasInstance, { readonly args: ModelCandidate['call'] }>();
  const { rootCalls, callsByClass } = runState(interpreter);
  for (const { model, args, why } of rootCalls) {
    if (best.has(model) || !isKnownCall(args)) continue;
    best.set(model, { args: { args, why } });
    if (!callsByClass.has(model.cls)) interpreter.heap.set(callsByClass, model.cls, { args, why });
  }
  return best;
}

/** Module-level names that hold a model, in source order, shown where they are assigned; a model under several names once. */
function* variables(module: ModuleValue, syntax: ast.Module, calls: Calls): Generator<ModelCandidate> {
  const seen = new Set<Value>();
  const places = assignedNames(syntax.body);
  for (const [name, span] of places) {
    const value = module.attributes.get(name);
    if (!isModel(value) || seen.has(value)) continue;
    seen.add(value);
    const call = calls.get(value)?.args;
    yield { name, at: { uri: module.uri ?? '', span }, declaredInputs: undefined, build: () => value, ...(call ? { call } : {}) };
  }
}
