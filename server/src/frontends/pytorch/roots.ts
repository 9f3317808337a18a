/** Which models a file has: pragma comments, calls that are written out, builders and classes that need no arguments, variables. */
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import { parseCached } from '../python/syntax/cache';
import { type CallArguments, type ModuleValue } from '../python/values';
import { mayBuild } from '../python/models/builders';
import { openWeights } from '../python/models/lower-assumed';
import type { BuildAttempt, ModelCandidate } from '../python/models/candidate';
import type { Settled } from '../python/models/settled';
import { calledDefinition, firstOfName, makesLayers, statedModels } from '../python/models/definitions';
import { attempt, runMainGuard } from '../python/models/main-guard';
import type { LowerRequest } from '../frontend';
import type { Looked, LookNow } from '../python/models/dialect';
import { assumedModels, completions, idleModels, madeOfNothing, retries } from './assumed-models';
import { methodModels } from './method-models';
import { buildsWithoutArguments, isModelClass, takesAnything } from './model-classes';
import type { ModuleInstance } from './module';
import { isModule, isTelling, runState, type RootCall } from './state';
import { entryPointCalls, keepers } from './runners';
import { variableModels } from './variables';

/** Lazily: a class that turns out to be a part of an earlier model is none of its own. */
export function* findCandidates(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, { parts, wholes }: Looked, request: LowerRequest): Generator<ModelCandidate> {
  const named = new Set<string>();
  const definitions: (ast.FunctionDefinition | ast.ClassDefinition)[] = [];
  const { calls, called } = observedCalls(interpreter, module, syntax);
  const fromCalls = calls.map((call): ModelCandidate => {
    const candidate = fromCall(module, syntax, call);
    const ways = candidate.made && !(candidate.made.graph && openWeights(candidate.made.graph) > 0) ? [] : completions(interpreter, module, request, call.module);
    return ways.length === 0 ? candidate : { ...candidate, made: undefined, completed: () => ways };
  });
  yield* firstOfName([...statedModels(interpreter, module, syntax), ...fromCalls], named);
  for (const definition of syntax.body) {
    if (definition.kind === 'FunctionDefinition' && !named.has(definition.name) && mayBuild(definition) && !isOverwritten(syntax, definition)) {
      definitions.push(definition);
      const isBuilder = (): boolean => makesLayers(module, definition, request.text, interpreter.libraryClass('torch.nn.Module'));
      yield { ...calledDefinition(interpreter, module, definition.name, definition.nameSpan), isBuilder };
    }
  }
  for (const definition of syntax.body) {
    if (definition.kind !== 'ClassDefinition' || named.has(definition.name) || isOverwritten(syntax, definition)) continue;
    const cls = module.attributes.get(definition.name);
    if (cls?.kind !== 'class' || !isModelClass(interpreter, cls) || parts.has(definition.name)) continue;
    if (!buildsWithoutArguments(interpreter, cls)) continue;
    definitions.push(definition);
    const candidate = calledDefinition(interpreter, module, definition.name, definition.nameSpan);
    if (takesAnything(interpreter, cls)) yield madeOfNothing(candidate);
    else yield { ...candidate, isModule: true, retries: retries(interpreter, module, request, definition, cls) };
  }
  for (const candidate of firstOfName(variableModels(interpreter, module, syntax, { definitions, models: called, parts }), named)) {
    yield { ...candidate, completed: () => completionsOf(interpreter, module, request, candidate) };
  }
  yield* keepers(interpreter, module, syntax, request.text, new Set([...parts, ...wholes, ...called.map(model => model.cls.name)]));
  const open = syntax.body.filter((definition): definition is ast.FunctionDefinition | ast.ClassDefinition =>
    (definition.kind === 'FunctionDefinition' || definition.kind === 'ClassDefinition') && !definitions.includes(definition) && !named.has(definition.name) && !isOverwritten(syntax, definition));
  yield* assumedModels(interpreter, module, syntax, request, { definitions: open, parts, wholes });
  yield* methodModels(interpreter, module, request, { definitions: open, parts, wholes });
  if (parts.size === 0 && wholes.size === 0 && request.listOnly !== true) yield* idleModels(interpreter, module, syntax, request);
}

function completionsOf(interpreter: Interpreter, module: ModuleValue, request: LowerRequest, { build }: ModelCandidate): readonly BuildAttempt[] {
  const model = build();
  return isModule(model) ? completions(interpreter, module, request, model) : [];
}

/** Whether a later definition takes the name: in a notebook a class often grows from cell to cell. */
function isOverwritten(syntax: ast.Module, definition: ast.FunctionDefinition | ast.ClassDefinition): boolean {
  return sameNamed(syntax, definition).at(-1) !== definition;
}

const byName = new WeakMap<ast.Module, Map<string, ast.Statement[]>>();

function sameNamed(syntax: ast.Module, { name }: ast.FunctionDefinition | ast.ClassDefinition): readonly ast.Statement[] {
  let names = byName.get(syntax);
  if (!names) {
    byName.set(syntax, names = new Map());
    for (const statement of syntax.body) {
      if (statement.kind !== 'ClassDefinition' && statement.kind !== 'FunctionDefinition') continue;
      const known = names.get(statement.name);
      if (known) known.push(statement);
      else names.set(statement.name, [statement]);
    }
  }
  return names.get(name) ?? [];
}

/**
 * Looks at a model before a call of it in the file, the first and the first with arguments that are known: what the call changes
 * (a counter, a cache, a layer made on the way) changes the next call, and the figures are those of this one.
 */
export function lookAtCalls(text: string, lookNow: LookNow): (call: RootCall) => Settled | undefined {
  const syntax = parseCached(text);
  const seen = new Map<unknown, boolean>();
  return call => {
    const [shown, telling] = [shownAs(syntax, call.module), isTelling(call)];
    const before = seen.get(shown);
    if (before === true || (before === false && !telling)) return undefined;
    seen.set(shown, telling);
    return lookNow({ name: call.module.cls.name, at: call.module.native.declared, declaredInputs: undefined, build: () => call.module, ...calledWith(call) });
  };
}

/** What stands for a model in the list: of all that are of one class of the file only one is shown. */
function shownAs(syntax: ast.Module, module: ModuleInstance): unknown {
  return syntax.body.find(statement => statement === module.cls.definition) ?? module;
}

/** Calls like `net(torch.randn(1, 3, 32, 32))` at module level, under `__main__` and in test functions: one of each model that is shown, and all that were called. */
function observedCalls(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): { readonly calls: readonly RootCall[]; readonly called: readonly ModuleInstance[] } {
  const state = runState(interpreter);
  const calls = [...state.rootCalls];
  interpreter.heap.write(state, 'rootCalls', []);
  runMainGuard(interpreter, module, syntax);
  for (const statement of syntax.body) {
    if (statement.kind !== 'FunctionDefinition' || !/^test/.test(statement.name) || statement.parameters.some(parameter => parameter.default === undefined)) continue;
    const value = module.attributes.get(statement.name);
    if (value) attempt(interpreter, () => interpreter.callWith(value, [], { uri: module.uri ?? '', span: statement.nameSpan }));
  }
  calls.push(...state.rootCalls);
  if (calls.length === 0) calls.push(...entryPointCalls(interpreter, module, syntax));
  state.look = undefined;
  // A training loop calls the model with batches that nobody knows: a call with known tensors tells more.
  const best = new Map<unknown, RootCall>();
  for (const call of calls) {
    const shown = shownAs(syntax, call.module);
    const known = best.get(shown);
    if (!known || (!isTelling(known) && isTelling(call))) best.set(shown, call);
  }
  for (const call of best.values()) if (isTelling(call) && call.module.cls.definition) interpreter.heap.set(state.callsByClass, call.module.cls, call.args);
  return { calls: [...best.values()], called: calls.map(call => call.module) };
}

/** Shown at the model's class or builder in this file, and named after the variable that holds it where there is one. */
function fromCall(module: ModuleValue, syntax: ast.Module, call: RootCall): ModelCandidate {
  const { module: root, made } = call;
  const definitions = syntax.body.filter((statement): statement is ast.ClassDefinition => statement.kind === 'ClassDefinition' && statement.name === root.cls.name);
  const definition = definitions.find(each => each === root.cls.definition) ?? definitions[0];
  const variable = [...module.attributes].find(([, value]) => value === root)?.[0];
  const at = definition ? { uri: module.uri ?? '', span: definition.nameSpan } : root.native.declared;
  const name = definition ? nameOf(syntax, definition) : (variable ?? root.cls.name);
  return {
    name, at, declaredInputs: undefined, build: () => root, ...calledWith(call),
    ...(made ? { made: { ...made, graph: made.graph && { ...made.graph, name, at } } } : {}),
  };
}

function calledWith(call: RootCall): Pick<ModelCandidate, 'call'> {
  return isTelling(call) ? { call: { args: call.args, why: describeCall(call.args) } } : {};
}

/** Of several definitions the last has the name. */
function nameOf(syntax: ast.Module, definition: ast.ClassDefinition): string {
  const all = sameNamed(syntax, definition);
  return all.at(-1) === definition ? definition.name : `${definition.name} (${all.indexOf(definition) + 1} of ${all.length})`;
}

function describeCall(args: CallArguments): string {
  return args.node ? 'the call in this file' : 'a summary call in this file';
}
