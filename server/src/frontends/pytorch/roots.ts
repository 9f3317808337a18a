/** Which models a file has: pragma comments, calls that are written out, builders and classes that need no arguments. */
import type { Location, Span } from '../../base/span';
import { unknown } from '../../base/unknown';
import { firstUnknownIn } from '../python/convert';
import { PythonError, isSubclass } from '../python/evaluate/exceptions';
import { moduleFrame } from '../python/evaluate/modules';
import { runStatement } from '../python/evaluate/statements';
import type { Interpreter } from '../python/interpreter';
import type * as ast from '../python/syntax/ast';
import { str, type CallArguments, type ModuleValue, type Value } from '../python/values';
import { evaluateExpression } from '../python/models/expression';
import { mayBuild } from '../python/models/builders';
import type { ModelCandidate } from '../python/models/candidate';
import type { ModuleInstance } from './module';
import { readPragma } from '../python/models/pragma';
import { runState, type RootCall } from './state';

/** Lazily: a class that turns out to be a part of an earlier model (`parts`, which the caller adds to) is none of its own. */
export function* findCandidates(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module, parts: ReadonlySet<string>): Generator<ModelCandidate> {
  const named = new Set<string>();
  for (const candidate of [...pragmas(interpreter, module, syntax), ...observedCalls(interpreter, module, syntax)]) {
    if (named.has(candidate.name)) continue;
    named.add(candidate.name);
    // A stated model stands for the definition it calls.
    const called = candidate.declaredInputs && /^(\w+)\(/.exec(candidate.name)?.[1];
    if (called) named.add(called);
    yield candidate;
  }
  for (const definition of syntax.body) {
    if (definition.kind === 'FunctionDefinition' && !named.has(definition.name) && mayBuild(definition) && !isOverwritten(syntax, definition)) {
      yield callable(interpreter, module, definition.name, definition.nameSpan);
    }
  }
  for (const definition of syntax.body) {
    if (definition.kind !== 'ClassDefinition' || named.has(definition.name) || isOverwritten(syntax, definition)) continue;
    const cls = module.attributes.get(definition.name);
    if (cls?.kind !== 'class' || !isSubclass(cls, interpreter.libraryClass('torch.nn.Module')) || parts.has(definition.name)) continue;
    if (!buildsWithoutArguments(interpreter, cls)) continue;
    yield { ...callable(interpreter, module, definition.name, definition.nameSpan), isModule: true };
  }
}

/** Whether a later definition takes the name: in a notebook a class often grows from cell to cell. */
function isOverwritten(syntax: ast.Module, definition: ast.FunctionDefinition | ast.ClassDefinition): boolean {
  return sameNamed(syntax, definition).at(-1) !== definition;
}

function sameNamed({ body }: ast.Module, { name }: ast.FunctionDefinition | ast.ClassDefinition): readonly ast.Statement[] {
  return body.filter(statement => (statement.kind === 'ClassDefinition' || statement.kind === 'FunctionDefinition') && statement.name === name);
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
  const forward = interpreter.lookupClass(cls, 'forward');
  // Without a forward of its own it is a base class.
  if (forward?.kind !== 'function') return false;
  if (init?.kind !== 'function') return init !== undefined;
  return init.definition.parameters.slice(1).every(parameter => parameter.default !== undefined || parameter.form === '*' || parameter.form === '**');
}

/** Calls like `net(torch.randn(1, 3, 32, 32))` at module level, under `__main__` and in test functions. */
function observedCalls(interpreter: Interpreter, module: ModuleValue, syntax: ast.Module): ModelCandidate[] {
  const calls = [...runState(interpreter).rootCalls];
  runState(interpreter).rootCalls.length = 0;
  const frame = moduleFrame(module);
  module.attributes.set('__name__', str('__main__'));
  for (const statement of syntax.body) {
    if (statement.kind === 'If' && isMainGuard(statement.test)) for (const inner of statement.then) attempt(interpreter, () => runStatement(interpreter, frame, inner));
  }
  module.attributes.set('__name__', str(module.name));
  for (const statement of syntax.body) {
    if (statement.kind !== 'FunctionDefinition' || !/^test/.test(statement.name) || statement.parameters.some(parameter => parameter.default === undefined)) continue;
    const value = module.attributes.get(statement.name);
    if (value) attempt(interpreter, () => interpreter.callWith(value, [], { uri: module.uri ?? '', span: statement.nameSpan }));
  }
  calls.push(...runState(interpreter).rootCalls);
  // A training loop calls the model with batches that nobody knows: a call with known tensors tells more.
  const best = new Map<ModuleInstance, RootCall>();
  for (const call of calls) {
    const known = best.get(call.module);
    if (!known || (!isTelling(known) && isTelling(call))) best.set(call.module, call);
  }
  for (const call of best.values()) if (isTelling(call)) runState(interpreter).callsByClass.set(call.module.cls, call.args);
  return [...best.values()].map(call => fromCall(module, syntax, call));
}

function attempt(interpreter: Interpreter, run: () => unknown): void {
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

/** Shown at the model's class or builder in this file, and named after the variable that holds it where there is one. */
function fromCall(module: ModuleValue, syntax: ast.Module, call: RootCall): ModelCandidate {
  const { module: root, args } = call;
  const definitions = syntax.body.filter((statement): statement is ast.ClassDefinition => statement.kind === 'ClassDefinition' && statement.name === root.cls.name);
  const definition = definitions.find(each => each === root.cls.definition) ?? definitions[0];
  const variable = [...module.attributes].find(([, value]) => value === root)?.[0];
  const at = definition ? { uri: module.uri ?? '', span: definition.nameSpan } : root.native.declared;
  return {
    name: definition ? nameOf(syntax, definition) : (variable ?? root.cls.name), at, declaredInputs: undefined, build: () => root,
    ...(isTelling(call) ? { call: { args, why: describeCall(args) } } : {}),
  };
}

/** Of several definitions the last has the name. */
function nameOf(syntax: ast.Module, definition: ast.ClassDefinition): string {
  const all = sameNamed(syntax, definition);
  return all.at(-1) === definition ? definition.name : `${definition.name} (${all.indexOf(definition) + 1} of ${all.length})`;
}

function isTelling({ args }: RootCall): boolean {
  return firstUnknownIn([...args.positional, ...args.keywords.map(([, value]) => value)]) === undefined;
}

function describeCall(args: CallArguments): string {
  return args.node ? 'the call in this file' : 'a summary call in this file';
}
