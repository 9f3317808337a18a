/** Executing statements: one function per kind; a completion tells how a block ended. */
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { none, str, type Value } from '../values';
import { assign, deleteTarget } from './assign';
import { lookupClass } from './attributes';
import { defineClass } from './classes';
import { PythonError, UnknownIteration, catches, isImportError } from '../objects/python-error';
import { evaluate } from './expressions';
import { augment } from './operations';
import { costs, fork, joinMaybe, runSide } from './fork';
import { makeFunction } from './functions';
import { importFrom, importNames } from './imports';
import { locationOf } from './location';
import { writeName } from './names';
import { runMatch } from './patterns';

export function runBlock(interpreter: Interpreter, frame: Frame, block: ast.Block): Completion {
  for (const statement of block) {
    const completion = runStatement(interpreter, frame, statement);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

export function runStatement(interpreter: Interpreter, frame: Frame, statement: ast.Statement): Completion {
  interpreter.budget.step();
  switch (statement.kind) {
    case 'ExpressionStatement': evaluate(interpreter, frame, statement.value); return undefined;
    case 'Assign': {
      const value = evaluate(interpreter, frame, statement.value);
      for (const target of statement.targets) assign(interpreter, frame, target, value);
      return undefined;
    }
    case 'AnnotatedAssign':
      if (statement.value) assign(interpreter, frame, statement.target, evaluate(interpreter, frame, statement.value));
      return undefined;
    case 'AugmentedAssign': augment(interpreter, frame, statement); return undefined;
    case 'Return': return { kind: 'return', value: statement.value ? evaluate(interpreter, frame, statement.value) : none };
    case 'If': return runIf(interpreter, frame, statement);
    case 'For': return runFor(interpreter, frame, statement);
    case 'While': return runWhile(interpreter, frame, statement);
    case 'Try': return runTry(interpreter, frame, statement);
    case 'With': return runWith(interpreter, frame, statement);
    case 'FunctionDefinition': defineFunction(interpreter, frame, statement); return undefined;
    case 'ClassDefinition': {
      const cls = defineClass(interpreter, frame, statement);
      writeName(interpreter, frame, statement.name, decorate(interpreter, frame, statement.decorators, cls));
      return undefined;
    }
    case 'Import': importNames(interpreter, frame, statement); return undefined;
    case 'ImportFrom': importFrom(interpreter, frame, statement); return undefined;
    case 'Raise': return runRaise(interpreter, frame, statement);
    case 'Assert': return runAssert(interpreter, frame, statement);
    case 'Delete':
      for (const target of statement.targets) deleteTarget(interpreter, frame, target);
      return undefined;
    case 'Match': return runMatch(interpreter, frame, statement);
    case 'TypeAlias': writeName(interpreter, frame, statement.name, unknown(`\`${statement.name}\` is a type alias`)); return undefined;
    case 'Break': return 'break';
    case 'Continue': return 'continue';
    case 'Pass': case 'Global': case 'Nonlocal': case 'MissingStatement': return undefined;
  }
}

function runIf(interpreter: Interpreter, frame: Frame, statement: ast.If): Completion {
  const at = locationOf(frame, statement.test.span);
  const test = interpreter.truth(evaluate(interpreter, frame, statement.test), at);
  if (test === true) return statement.then.at(-1)?.kind === 'Raise' ? runCheck(interpreter, frame, statement.then) : runBlock(interpreter, frame, statement.then);
  if (test === false) return runBlock(interpreter, frame, statement.otherwise);
  const { openForks } = interpreter;
  const open = openForks.get(statement) ?? 0;
  if (open >= deepestFork) {
    interpreter.gapOf({ ...test, reason: `which branch runs is not known: ${test.reason}`, at: test.at ?? at }, at, false);
    return runBlock(interpreter, frame, statement.otherwise);
  }
  openForks.set(statement, open + 1);
  try {
    return fork(interpreter, frame, test, at, [
      () => runBlock(interpreter, frame, statement.then),
      () => runBlock(interpreter, frame, statement.otherwise),
    ]);
  } finally {
    openForks.set(statement, open);
  }
}

/** How often an undecidable `if` may run both sides within itself: a recursion over a value that is not known has no end of its own. */
const deepestFork = 3;

/** `if not installed: raise ImportError(…)` where nothing handles it: what is missing here may well be there where the program runs. */
function runCheck(interpreter: Interpreter, frame: Frame, block: ast.Block): Completion {
  const depth = interpreter.budget.currentDepth;
  try {
    return runBlock(interpreter, frame, block);
  } catch (error) {
    const ownRaise = error instanceof PythonError && error.at.span === block.at(-1)?.span;
    if (!ownRaise || interpreter.modules.guards > 0 || frame.handling !== undefined || !isImportError(error)) throw error;
    interpreter.budget.resetDepth(depth);
    return undefined;
  }
}

function runFor(interpreter: Interpreter, frame: Frame, statement: ast.For): Completion {
  const at = locationOf(frame, statement.iterable.span);
  const items = attempt(() => interpreter.iterate(evaluate(interpreter, frame, statement.iterable), at)[Symbol.iterator]());
  if (items instanceof UnknownIteration) return runForUnknown(interpreter, frame, statement, items.unknown);
  try {
    for (;;) {
      const step = attempt(() => items.next());
      if (step instanceof UnknownIteration) return runForUnknown(interpreter, frame, statement, step.unknown);
      if (step.done) break;
      interpreter.budget.step();
      assign(interpreter, frame, statement.target, step.value);
      const completion = runBlock(interpreter, frame, statement.body);
      if (completion === 'break') return undefined;
      if (completion !== undefined && completion !== 'continue') return completion;
    }
  } finally {
    items.return?.();
  }
  return runBlock(interpreter, frame, statement.otherwise);
}

function runForUnknown(interpreter: Interpreter, frame: Frame, statement: ast.For, items: Unknown): Completion {
  runOnceUnknown(interpreter, items, () => {
    assign(interpreter, frame, statement.target, items);
    runBlock(interpreter, frame, statement.body);
  }, locationOf(frame, statement.iterable.span));
  return runBlock(interpreter, frame, statement.otherwise);
}

/** A generator may come upon something unknown after some items, not only at the beginning. */
function attempt<Result>(run: () => Result): Result | UnknownIteration {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnknownIteration) return error;
    throw error;
  }
}

function runWhile(interpreter: Interpreter, frame: Frame, statement: ast.While): Completion {
  const at = locationOf(frame, statement.test.span);
  for (;;) {
    interpreter.budget.step();
    const test = interpreter.truth(evaluate(interpreter, frame, statement.test), at);
    if (test === false) return runBlock(interpreter, frame, statement.otherwise);
    if (isUnknown(test)) {
      runOnceUnknown(interpreter, test, () => { runBlock(interpreter, frame, statement.body); }, at);
      return undefined;
    }
    const completion = runBlock(interpreter, frame, statement.body);
    if (completion === 'break') return undefined;
    if (completion !== undefined && completion !== 'continue') return completion;
  }
}

/** A loop whose number of rounds is not known: one round shows what it may change; its operators are not counted. */
function runOnceUnknown(interpreter: Interpreter, condition: Unknown, body: () => void, at: { uri: string; span: { start: number; end: number } }): void {
  const side = runSide(interpreter, () => {
    try {
      body();
    } catch (error) {
      if (!(error instanceof UnknownIteration)) throw error;
    }
  });
  const reason: Unknown = { ...condition, reason: `how often this loop runs is not known: ${condition.reason}`, at: condition.at ?? at };
  joinMaybe(interpreter, side, reason);
  const skipped = side.recorded.nodes;
  if (skipped.length > 0) interpreter.gapOf(reason, at, costs(skipped));
}

function runTry(interpreter: Interpreter, frame: Frame, statement: ast.Try): Completion {
  let completion: Completion;
  const guardsImports = statement.handlers.some(handler => handlesImportError(handler));
  if (guardsImports) interpreter.modules.guards++;
  const depth = interpreter.budget.currentDepth;
  try {
    try {
      completion = runBlock(interpreter, frame, statement.body);
    } finally {
      if (guardsImports) interpreter.modules.guards--;
    }
    if (completion === undefined) completion = runBlock(interpreter, frame, statement.otherwise);
  } catch (error) {
    const handler = error instanceof PythonError ? handlerFor(interpreter, frame, statement, error) : undefined;
    if (!handler || !(error instanceof PythonError)) {
      if (error instanceof PythonError) runBlock(interpreter, frame, statement.finally);
      throw error;
    }
    interpreter.budget.resetDepth(depth);
    const previous = frame.handling;
    interpreter.heap.write(frame, 'handling', error.value);
    try {
      completion = runBlock(interpreter, frame, handler.body);
    } finally {
      interpreter.heap.write(frame, 'handling', previous);
    }
  }
  const last = runBlock(interpreter, frame, statement.finally);
  return last ?? completion;
}

function handlesImportError(handler: ast.ExceptHandler): boolean {
  const names = handler.type === undefined ? ['Exception'] : handler.type.kind === 'Tuple' ? handler.type.elements.map(nameOf) : [nameOf(handler.type)];
  return names.some(name => name === 'ImportError' || name === 'ModuleNotFoundError' || name === 'Exception' || name === 'BaseException') && !raisesAgain(handler.body);
}

/** A handler that ends by handing the error on, if only on some path, is no way to go on without the module. */
function raisesAgain(block: ast.Block): boolean {
  const last = block.at(-1);
  switch (last?.kind) {
    case 'Raise': return true;
    case 'If': return last.otherwise.length > 0 && (raisesAgain(last.then) || raisesAgain(last.otherwise));
    case 'With': return raisesAgain(last.body);
    default: return false;
  }
}

function nameOf(expression: ast.Expression): string {
  return expression.kind === 'Name' ? expression.id : expression.kind === 'Attribute' ? expression.name : '';
}

/** The first `except` clause that catches the error, with its name bound. */
export function handlerFor(interpreter: Interpreter, frame: Frame, statement: ast.Try, error: PythonError): ast.ExceptHandler | undefined {
  for (const handler of statement.handlers) {
    if (handler.type && !catches(error, evaluate(interpreter, frame, handler.type))) continue;
    if (handler.name) writeName(interpreter, frame, handler.name, error.value);
    return handler;
  }
  return undefined;
}

export interface Context {
  readonly manager: Value;
  readonly exit: Value | undefined;
  readonly at: { uri: string; span: { start: number; end: number } };
}

export function enterContext(interpreter: Interpreter, frame: Frame, item: ast.WithItem): Context {
  const at = locationOf(frame, item.context.span);
  const manager = evaluate(interpreter, frame, item.context);
  const enter = manager.kind === 'instance' ? lookupClass(manager.cls, '__enter__') : undefined;
  const value = enter ? interpreter.callWith(enter, [manager], at) : manager.kind === 'instance' ? manager : unknown('a context manager that is not modelled', at);
  if (item.target) assign(interpreter, frame, item.target, value);
  return { manager, exit: manager.kind === 'instance' ? lookupClass(manager.cls, '__exit__') : undefined, at };
}

/** True when the manager swallows the error. */
export function exitContext(interpreter: Interpreter, context: Context, error: PythonError | undefined): boolean {
  if (!context.exit) return false;
  const details: Value[] = error ? [error.value.kind === 'instance' ? error.value.cls : none, error.value, none] : [none, none, none];
  return interpreter.truth(interpreter.callWith(context.exit, [context.manager, ...details], context.at), context.at) === true;
}

function runWith(interpreter: Interpreter, frame: Frame, statement: ast.With): Completion {
  const entered: Context[] = [];
  let completion: Completion;
  try {
    for (const item of statement.items) entered.push(enterContext(interpreter, frame, item));
    completion = runBlock(interpreter, frame, statement.body);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    let swallowed = false;
    while (entered.length > 0) {
      const context = entered.pop();
      if (context && exitContext(interpreter, context, swallowed ? undefined : error)) swallowed = true;
    }
    if (swallowed) return undefined;
    throw error;
  }
  while (entered.length > 0) {
    const context = entered.pop();
    if (context) exitContext(interpreter, context, undefined);
  }
  return completion;
}

function defineFunction(interpreter: Interpreter, frame: Frame, node: ast.FunctionDefinition): void {
  const value = makeFunction(interpreter, frame, node, node.name);
  writeName(interpreter, frame, node.name, decorate(interpreter, frame, node.decorators, value));
}

function decorate(interpreter: Interpreter, frame: Frame, decorators: readonly ast.Expression[], value: Value): Value {
  let result = value;
  for (const decorator of [...decorators].reverse()) {
    const at = locationOf(frame, decorator.span);
    const wrapper = evaluate(interpreter, frame, decorator);
    // A decorator that is not known most often registers or annotates: the function itself is the better guess, until a call does not fit it.
    if (isUnknown(wrapper)) {
      if (result.kind === 'function') interpreter.heap.write(result, 'guess', wrapper);
      continue;
    }
    const wrapped = interpreter.callWith(wrapper, [result], at);
    if (!isUnknown(wrapped)) result = wrapped;
  }
  return result;
}

function runRaise(interpreter: Interpreter, frame: Frame, statement: ast.Raise): never {
  const at = locationOf(frame, statement.span);
  if (!statement.exception) throw new PythonError(frame.handling ?? str('RuntimeError: no active exception to re-raise'), at, true);
  const raised = evaluate(interpreter, frame, statement.exception);
  throw new PythonError(raised.kind === 'class' ? interpreter.callWith(raised, [], at) : raised, at, true);
}

function runAssert(interpreter: Interpreter, frame: Frame, statement: ast.Assert): undefined {
  const at = locationOf(frame, statement.test.span);
  const test = interpreter.truth(evaluate(interpreter, frame, statement.test), at);
  if (test !== false) return undefined;
  const message = statement.message ? evaluate(interpreter, frame, statement.message) : undefined;
  return interpreter.raise('AssertionError', message?.kind === 'str' ? message.value : 'the assertion is false', at);
}
