/** Executing statements: one function per kind; a completion tells how a block ended. */
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Departure } from '../departures';
import type { Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { none, str, type Value } from '../values';
import { assign, deleteTarget } from './assign';
import { defineClass } from './classes';
import { makeException, PythonError, UnknownIteration, isImportError } from '../objects/python-error';
import { evaluate } from './expressions';
import { augment } from './operations';
import { fork, forkWaiting, runMaybe } from './fork';
import { makeFunction } from './functions';
import { runTry, runWith } from './guarded';
import { importFrom, importNames } from './imports';
import { locationOf } from './location';
import { runFor, runWhile } from './loops';
import { writeName } from './names';
import { runMatch } from './patterns';
import { afterwards, isSuspended } from './suspension';
import { runWaiting } from './waiting';
import { blockHoldsYield, headHoldsYield } from './yields';

export function runBlock(interpreter: Interpreter, frame: Frame, block: ast.Block): Completion {
  return runFrom(interpreter, frame, block, 0);
}

function runFrom(interpreter: Interpreter, frame: Frame, block: ast.Block, from: number): Completion {
  const { departures } = interpreter;
  for (let i = from; i < block.length; i++) {
    const statement = block[i] as ast.Statement;
    const noted = departures.mark;
    if (statement.kind === 'If' && !(frame.isGenerator && blockHoldsYield(block))) {
      interpreter.budget.step();
      const test = testOf(interpreter, frame, statement);
      if (isUnknown(test)) return runFork(interpreter, frame, statement, test, () => runFrom(interpreter, frame, block, i + 1));
      const completion = runSideOf(interpreter, frame, statement, test);
      if (completion !== undefined) return completion;
    } else {
      const completion = runStatement(interpreter, frame, statement);
      if (isSuspended(completion)) return afterwards(completion, done => (done === undefined ? runFrom(interpreter, frame, block, i + 1) : done));
      if (completion !== undefined) return completion;
    }
    if (departures.mark > noted) return runPerhaps(interpreter, frame, block, i + 1, noted);
  }
  return undefined;
}

/** What follows a statement that may have led past it. */
function runPerhaps(interpreter: Interpreter, frame: Frame, block: ast.Block, from: number, noted: number): Completion {
  const rest = block.slice(from);
  if (rest.length === 0) return undefined;
  if (frame.isGenerator && blockHoldsYield(rest)) throw new UnknownIteration((interpreter.departures.since(noted)[0] as Departure).reason);
  return runMaybe(interpreter, frame, noted, () => runFrom(interpreter, frame, block, from));
}

export function runStatement(interpreter: Interpreter, frame: Frame, statement: ast.Statement): Completion {
  interpreter.budget.step();
  return frame.isGenerator && headHoldsYield(statement) && statement.kind !== 'While'
    ? runWaiting(interpreter, frame, statement, settled => runSettled(interpreter, frame, settled))
    : runSettled(interpreter, frame, statement);
}

function runSettled(interpreter: Interpreter, frame: Frame, statement: ast.Statement): Completion {
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
  const test = testOf(interpreter, frame, statement);
  return isUnknown(test) ? runFork(interpreter, frame, statement, test) : runSideOf(interpreter, frame, statement, test);
}

function testOf(interpreter: Interpreter, frame: Frame, { test }: ast.If): boolean | Unknown {
  return interpreter.truth(evaluate(interpreter, frame, test), locationOf(frame, test.span));
}

function runSideOf(interpreter: Interpreter, frame: Frame, { then, otherwise }: ast.If, test: boolean): Completion {
  return test && then.at(-1)?.kind === 'Raise' ? runCheck(interpreter, frame, then) : runBlock(interpreter, frame, test ? then : otherwise);
}

/** Both sides of an `if` of which nobody knows which runs, and what follows it in its block. */
function runFork(interpreter: Interpreter, frame: Frame, statement: ast.If, test: Unknown, rest?: () => Completion): Completion {
  const at = locationOf(frame, statement.test.span);
  const { openForks } = interpreter;
  const open = openForks.get(statement) ?? 0;
  const side = (block: ast.Block) => (): Completion => {
    openForks.set(statement, open + 1);
    try {
      return runBlock(interpreter, frame, block);
    } finally {
      if (open > 0) openForks.set(statement, open);
      else openForks.delete(statement);
    }
  };
  if (open >= deepestFork) {
    interpreter.gapOf({ ...test, reason: `which branch runs is not known: ${test.reason}`, at: test.at ?? at }, at, false);
    const completion = runBlock(interpreter, frame, statement.otherwise);
    return completion === undefined && rest ? rest() : completion;
  }
  const sides = [side(statement.then), side(statement.otherwise)] as const;
  const waits = frame.isGenerator && (blockHoldsYield(statement.then) || blockHoldsYield(statement.otherwise));
  return waits ? forkWaiting(interpreter, frame, test, at, sides) : fork(interpreter, frame, test, at, sides, rest);
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
  if (test === true) return undefined;
  if (isUnknown(test)) {
    // Where nobody handles it, it holds: the program would have ended.
    const error = new PythonError(makeException(interpreter, 'AssertionError', ''), at, true);
    if (interpreter.departures.isHandled(error)) interpreter.departures.note({ exit: 'raise', reason: test, at, error });
    return undefined;
  }
  const message = statement.message ? evaluate(interpreter, frame, statement.message) : undefined;
  return interpreter.raise('AssertionError', message?.kind === 'str' ? message.value : 'the assertion is false', at);
}
