/** Which models a Keras file has: pragma comments, model variables, builders and classes that need no arguments. */
import type { Location, Span } from '../../base/span';
import { unknown } from '../../base/unknown';
import { isSubclass, PythonError } from '../python/evaluate/exceptions';
import { moduleFrame } from '../python/evaluate/modules';
import { runStatement } from '../python/evaluate/statements';
import type { Interpreter } from '../python/interpreter';
import { mayBuild } from '../python/models/builders';
import type { ModelCandidate } from '../python/models/candidate';
import { evaluateExpression } from '../python/models/expression';
import { readPragma } from '../python/models/pragma';
import type * as ast from '../python/syntax/ast';
import { str, type ModuleValue, type Value } from '../python/values';
import { isKnownCall } from './inputs';
import { isModel, runState, type KerasInstance } from './state';

export function* findCandidates(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, parts: ReadonlySet<string>): Generator<ModelCandidate> {
  const named = new Set<string>();
  runMainGuard(interpreter, module, syntax);
  const calls = bestCalls(interpreter);
  for (const candidate of [...pragmas(interpreter, module, syntax), ...variables(module, syntax, calls)]) {
    if (named.has(candidate.name)) continue;
    named.add(candidate.name);
    const called = candidate.declaredInputs && /^(\w+)\(/.exec(candidate.name)?.[1];
    if (called) named.add(called);
    yield candidate;
  }
  const shown = [...module.attributes.values()].filter(isModel);
  for (const definition of syntax.body) {
    if (definition.kind !== 'FunctionDefinition' || named.has(definition.name) || !mayBuild(definition)) continue;
    // What a builder makes is shown where it is kept.
    if (shown.some(model => isWithin(model, module, definition.span))) continue;
    yield callable(interpreter, module, definition.name, definition.nameSpan);
  }
  const base = interpreter.libraryClass('keras.Model');
  for (const definition of syntax.body) {
    if (definition.kind !== 'ClassDefinition' || named.has(definition.name) || parts.has(definition.name)) continue;
    const cls = module.attributes.get(definition.name);
    if (cls?.kind !== 'class' || !isSubclass(cls, base) || shown.some(model => model.cls === cls) || !buildsWithoutArguments(interpreter, cls)) continue;
    yield { ...callable(interpreter, module, definition.name, definition.nameSpan), isModule: true };
  }
}

function isWithin(model: KerasInstance, module: ModuleValue, span: Span): boolean {
  const { declared } = model.native;
  return declared.uri === module.uri && declared.span.start >= span.start && declared.span.end <= span.end;
}

function* pragmas(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): Generator<ModelCandidate> {
  for (const comment of syntax.comments) {
    const pragma = readPragma(comment.text);
    if (!pragma) continue;
    const candidate = evaluateExpression(interpreter, module, pragma.expression, undefined);
    const at = candidate.at.span.end > 0 ? candidate.at : { uri: module.uri ?? '', span: comment.span };
    yield { ...candidate, at, declaredInputs: pragma.inputs };
  }
}

function callable(interpreter: Interpreter, module: ModuleValue, name: string, span: Span): ModelCandidate {
  const at: Location = { uri: module.uri ?? '', span };
  return {
    name, at, declaredInputs: undefined, optional: true, definition: name,
    build: () => interpreter.callWith(module.attributes.get(name) ?? unknown(`\`${name}\` is not defined`, at), [], at),
  };
}

function buildsWithoutArguments(interpreter: Interpreter, cls: Value & { kind: 'class' }): boolean {
  const init = interpreter.lookupClass(cls, '__init__');
  const call = interpreter.lookupClass(cls, 'call');
  if (call?.kind !== 'function' && init?.kind !== 'function') return false;
  return init?.kind !== 'function' || init.definition.parameters.slice(1).every(parameter => parameter.default !== undefined || parameter.form === '*' || parameter.form === '**');
}

function runMainGuard(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): void {
  const frame = moduleFrame(module);
  module.attributes.set('__name__', str('__main__'));
  for (const statement of syntax.body) {
    if (statement.kind !== 'If' || !isMainGuard(statement.test)) continue;
    for (const inner of statement.then) {
      try {
        runStatement(interpreter, frame, inner);
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        interpreter.budget.resetDepth();
      }
    }
  }
  module.attributes.set('__name__', str(module.name));
}

function isMainGuard(test: ast.Expression): boolean {
  return test.kind === 'Compare' && test.operators[0] === '==' && test.operands.some(operand => operand.kind === 'Name' && operand.id === '__name__');
}

type Calls = ReadonlyMap<KerasInstance, { readonly args: ModelCandidate['call'] }>;

/** A call with known tensors tells more than one in a training loop. */
function bestCalls(interpreter: Interpreter): Calls {
  const best = new Map<KerasInstance, { readonly args: ModelCandidate['call'] }>();
  const { rootCalls, callsByClass } = runState(interpreter);
  for (const { model, args, why } of rootCalls) {
    if (best.has(model) || !isKnownCall(args)) continue;
    best.set(model, { args: { args, why } });
    if (!callsByClass.has(model.cls)) callsByClass.set(model.cls, { args, why });
  }
  return best;
}

/** Module-level names that hold a model, in source order, shown where they are assigned; a model under several names once. */
function* variables(module: ModuleValue, syntax: ast.Module, calls: Calls): Generator<ModelCandidate> {
  const seen = new Set<Value>();
  const places = assignments(syntax.body);
  for (const [name, span] of places) {
    const value = module.attributes.get(name);
    if (!isModel(value) || seen.has(value)) continue;
    seen.add(value);
    const call = calls.get(value)?.args;
    yield { name, at: { uri: module.uri ?? '', span }, declaredInputs: undefined, build: () => value, ...(call ? { call } : {}) };
  }
}

/** Names assigned at the top level, also under `if`, `with` and the like, with the place of the last assignment. */
function assignments(block: ast.Block, found = new Map<string, Span>()): Map<string, Span> {
  for (const statement of block) {
    switch (statement.kind) {
      case 'Assign': for (const target of statement.targets) note(target, found); break;
      case 'AnnotatedAssign': note(statement.target, found); break;
      case 'If': assignments(statement.then, found); assignments(statement.otherwise, found); break;
      case 'With': case 'For': case 'While': assignments(statement.body, found); break;
      case 'Try': assignments(statement.body, found); break;
      default:
    }
  }
  return found;
}

function note(target: ast.Expression, found: Map<string, Span>): void {
  if (target.kind === 'Name') found.set(target.id, target.span);
  else if (target.kind === 'Tuple' || target.kind === 'List') for (const element of target.elements) note(element, found);
}
