/** `try` and `with`: what has to happen however their bodies end. Where a generator waits in one, it goes on under the same guard. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Departure } from '../departures';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import { PythonError, catches } from '../objects/python-error';
import type * as ast from '../syntax/ast';
import { none, type Value } from '../values';
import { assign } from './assign';
import { lookupClass } from './attributes';
import { runBeside, runRest } from './fork';
import { locationOf } from './location';
import { writeName } from './names';
import { toEither } from './one-of';
import { afterwards, isSuspended, within } from './suspension';
import { blocksOf } from './yields';

type Part = () => Completion;

export function runTry(interpreter: Interpreter, frame: Frame, statement: ast.Try): Completion {
  return finishing(interpreter, frame, statement, () => runGuarded(interpreter, frame, statement, () => interpreter.runBlock(frame, statement.body)));
}

/** Runs `finally` behind the rest, also when that raises; what it says itself counts more. */
function finishing(interpreter: Interpreter, frame: Frame, statement: ast.Try, rest: Part): Completion {
  if (statement.finally.length === 0) return rest();
  let completion: Completion;
  try {
    completion = rest();
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return afterwards(interpreter.runBlock(frame, statement.finally), done => {
      if (done !== undefined) return done;
      throw error;
    });
  }
  if (isSuspended(completion)) return within(completion, part => finishing(interpreter, frame, statement, part));
  return afterwards(interpreter.runBlock(frame, statement.finally), done => done ?? completion);
}

/** The body, then `else`; or the handler of what the body raises. */
function runGuarded(interpreter: Interpreter, frame: Frame, statement: ast.Try, body: Part): Completion {
  const guardsImports = statement.handlers.some(handler => handlesImportError(handler));
  if (guardsImports) interpreter.modules.guards++;
  const depth = interpreter.budget.currentDepth;
  let completion: Completion;
  let raised: PythonError | undefined;
  const noted = interpreter.departures.mark;
  try {
    completion = interpreter.departures.guarded(error => endsWith(handlerFor(interpreter, frame, statement, error)), body);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    raised = error;
  } finally {
    if (guardsImports) interpreter.modules.guards--;
  }
  if (!raised) {
    if (isSuspended(completion)) return within(completion, part => runGuarded(interpreter, frame, statement, part));
    const ended = completion === undefined ? runRest(interpreter, frame, noted, () => interpreter.runBlock(frame, statement.otherwise)) : completion;
    return maybeHandled(interpreter, frame, statement, noted, ended);
  }
  interpreter.departures.arrive(noted, ({ error }) => handlerFor(interpreter, frame, statement, error) !== undefined);
  const handler = handlerFor(interpreter, frame, statement, raised);
  if (!handler) throw raised;
  interpreter.budget.resetDepth(depth);
  return handle(interpreter, frame, handler, raised);
}

function handle(interpreter: Interpreter, frame: Frame, handler: ast.ExceptHandler, error: PythonError): Completion {
  if (handler.name) writeName(interpreter, frame, handler.name, error.value);
  return runHandler(interpreter, frame, error.value, () => interpreter.runBlock(frame, handler.body));
}

/** Handlers of errors that the body may have raised: they may run or not. */
function maybeHandled(interpreter: Interpreter, frame: Frame, statement: ast.Try, noted: number, completion: Completion): Completion {
  const ways = new Map<ast.ExceptHandler, { readonly departure: Departure; readonly error: PythonError }>();
  interpreter.departures.arrive(noted, departure => {
    const { error } = departure;
    const handler = handlerFor(interpreter, frame, statement, error);
    if (handler && error instanceof PythonError) ways.set(handler, { departure, error });
    return handler !== undefined;
  });
  let ended = completion;
  for (const [handler, { departure, error }] of ways) ended = runBeside(interpreter, frame, departure, () => handle(interpreter, frame, handler, error), { result: ended, error: undefined });
  return ended;
}

function runHandler(interpreter: Interpreter, frame: Frame, value: Value, body: Part): Completion {
  const previous = frame.handling;
  interpreter.heap.write(frame, 'handling', value);
  try {
    return within(body(), part => runHandler(interpreter, frame, value, part));
  } finally {
    interpreter.heap.write(frame, 'handling', previous);
  }
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

/** Whether an error ends with this handler; one that only cleans up and hands the same error on leaves it to those further out. */
function endsWith(handler: ast.ExceptHandler | undefined): boolean {
  return handler !== undefined && !handsOn(handler.body, handler.name);
}

function handsOn(block: ast.Block, name: string | undefined): boolean {
  const last = block.at(-1);
  if (block.slice(0, -1).some(mayLeave)) return false;
  switch (last?.kind) {
    case 'Raise': return last.exception === undefined || (name !== undefined && nameOf(last.exception) === name && last.exception.kind === 'Name');
    case 'If': return handsOn(last.then, name) && handsOn(last.otherwise, name);
    case 'With': return handsOn(last.body, name);
    default: return false;
  }
}

/** Whether a statement may end its block, other than by an error. */
function mayLeave(statement: ast.Statement): boolean {
  return ['Return', 'Break', 'Continue'].includes(statement.kind) || blocksOf(statement).some(block => block.some(mayLeave));
}

function nameOf(expression: ast.Expression): string {
  return expression.kind === 'Name' ? expression.id : expression.kind === 'Attribute' ? expression.name : '';
}

/** The first `except` clause that catches the error. */
function handlerFor(interpreter: Interpreter, frame: Frame, statement: ast.Try, error: Error | undefined): ast.ExceptHandler | undefined {
  if (!(error instanceof PythonError)) return undefined;
  for (const handler of statement.handlers) {
    if (handler.type && !catches(error, interpreter.evaluate(frame, handler.type))) continue;
    return handler;
  }
  return undefined;
}

interface Context {
  readonly manager: Value;
  readonly at: Location;
}

export function runWith(interpreter: Interpreter, frame: Frame, statement: ast.With): Completion {
  return enterFrom(interpreter, frame, statement, 0);
}

/** `with a, b:` means `with a:` around `with b:`. */
function enterFrom(interpreter: Interpreter, frame: Frame, statement: ast.With, index: number): Completion {
  const item = statement.items[index];
  if (!item) return interpreter.runBlock(frame, statement.body);
  const { context, value } = enter(interpreter, frame, item);
  return inside(interpreter, frame, context, () => {
    if (item.target) assign(interpreter, frame, item.target, value);
    return enterFrom(interpreter, frame, statement, index + 1);
  });
}

function enter(interpreter: Interpreter, frame: Frame, item: ast.WithItem): { readonly context: Context; readonly value: Value } {
  const at = locationOf(frame, item.context.span);
  const manager = interpreter.evaluate(frame, item.context);
  return { value: entered(interpreter, manager, at), context: { manager, at } };
}

function entered(interpreter: Interpreter, manager: Value, at: Location): Value {
  const either = isUnknown(manager) ? toEither(interpreter, manager, at, candidate => entered(interpreter, candidate, at)) : undefined;
  if (either) return either;
  if (isUnknown(manager)) return manager;
  const method = manager.kind === 'instance' ? lookupClass(manager.cls, '__enter__') : undefined;
  return method ? interpreter.callWith(method, [manager], at) : manager.kind === 'instance' ? manager : unknown('a context manager that is not modelled', at);
}

function inside(interpreter: Interpreter, frame: Frame, context: Context, body: Part): Completion {
  const { departures } = interpreter;
  const noted = departures.mark;
  let completion: Completion;
  try {
    completion = departures.guarded(error => swallows(interpreter, context, error), body);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    departures.arrive(noted, departure => swallows(interpreter, context, departure.error));
    if (leave(interpreter, context, error)) return undefined;
    throw error;
  }
  if (isSuspended(completion)) return within(completion, part => inside(interpreter, frame, context, part));
  leave(interpreter, context, undefined);
  return maybeSwallowed(interpreter, frame, context, noted, completion);
}

/** Errors that the body may have raised and the manager swallows: the statement then ends there. */
function maybeSwallowed(interpreter: Interpreter, frame: Frame, context: Context, noted: number, completion: Completion): Completion {
  let ended = completion;
  for (const departure of interpreter.departures.arrive(noted, ({ error }) => swallows(interpreter, context, error))) {
    const { error } = departure;
    if (!(error instanceof PythonError)) continue;
    const leaving = (): Completion => {
      leave(interpreter, context, error);
      return undefined;
    };
    ended = runBeside(interpreter, frame, departure, leaving, { result: ended, error: undefined });
  }
  return ended;
}

/** Whether the error would end with the manager. What it does to find out is taken back, and no error of its own counts. */
function swallows(interpreter: Interpreter, context: Context, error: Error | undefined): boolean {
  if (!(error instanceof PythonError) || context.manager.kind !== 'instance') return false;
  return interpreter.heap.trial(() => interpreter.departures.apart(() => {
    try {
      return swallowed(interpreter, context, error) !== false;
    } catch (failure) {
      if (failure instanceof PythonError) return false;
      throw failure;
    }
  }));
}

/** True when the manager swallows the error, or may and nobody else handles it. */
function leave(interpreter: Interpreter, context: Context, error: PythonError | undefined): boolean {
  const test = swallowed(interpreter, context, error);
  if (!error || !isUnknown(test)) return test === true;
  if (interpreter.departures.isHandled(error)) interpreter.departures.note({ exit: 'raise', reason: test, at: context.at, error });
  return context.manager.kind === 'instance';
}

function swallowed(interpreter: Interpreter, { manager, at }: Context, error: PythonError | undefined): boolean | Unknown {
  const details: Value[] = error ? [error.value.kind === 'instance' ? error.value.cls : none, error.value, none] : [none, none, none];
  return interpreter.truth(exited(interpreter, manager, details, at), at);
}

function exited(interpreter: Interpreter, manager: Value, details: readonly Value[], at: Location): Value {
  const exit = manager.kind === 'instance' ? lookupClass(manager.cls, '__exit__') : undefined;
  if (exit) return interpreter.callWith(exit, [manager, ...details], at);
  return (isUnknown(manager) ? toEither(interpreter, manager, at, candidate => exited(interpreter, candidate, details, at)) : undefined) ?? none;
}
