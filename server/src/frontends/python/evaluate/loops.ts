/** `for` and `while`, also over what is not known. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Completion, Interpreter, Suspended } from '../interpreter';
import type { Enough } from '../loop-watch';
import { knownIterOf, nextOf } from '../objects/iteration';
import { UnknownIteration } from '../objects/python-error';
import type * as ast from '../syntax/ast';
import type { Value } from '../values';
import { assign } from './assign';
import { costs, joinMaybe, maybeReturn, runSide } from './fork';
import { locationOf } from './location';
import { runPlainly } from './plain/run';
import { afterwards, drain, isSuspended } from './suspension';
import { evaluateWaiting } from './waiting';
import { blockHoldsYield, holdsYield } from './yields';

export function runFor(interpreter: Interpreter, frame: Frame, statement: ast.For): Completion {
  const at = locationOf(frame, statement.iterable.span);
  const iterable = interpreter.evaluate(frame, statement.iterable);
  if (frame.isGenerator && blockHoldsYield(statement.body)) return runForWaiting(interpreter, frame, statement, iterable, at);
  if (runPlainly(interpreter, frame, statement, iterable)) return undefined;
  const items = attempt(() => interpreter.iterate(iterable, at)[Symbol.iterator]());
  if (items instanceof UnknownIteration) return runForUnknown(interpreter, frame, statement, items.unknown);
  const rounds = interpreter.loops.begin(frame);
  const goOn = (): Completion => {
    for (;;) {
      const step = attempt(() => items.next());
      if (step instanceof UnknownIteration) return runForUnknown(interpreter, frame, statement, step.unknown);
      if (step.done) return interpreter.runBlock(frame, statement.otherwise);
      interpreter.budget.step();
      assign(interpreter, frame, statement.target, step.value);
      const completion = interpreter.runBlock(frame, statement.body);
      if (completion === 'break') return undefined;
      if (completion !== undefined && completion !== 'continue') return completion;
      const enough = rounds.enough(interpreter.builder.recording, at);
      if (enough && isEnough(interpreter, enough, forRound(interpreter, frame, statement, enough.reason))) return runForUnknown(interpreter, frame, statement, enough.reason);
      const condition = rounds.mayBeLeft();
      if (condition) return goOnMaybe(interpreter, frame, condition, goOn);
    }
  };
  try {
    return goOn();
  } finally {
    rounds.end();
    items.return?.();
  }
}

/** The rounds after one that may have left the loop: what they change may have happened or not. */
function goOnMaybe(interpreter: Interpreter, frame: Frame, condition: Unknown, goOn: () => Completion): Completion {
  const side = runSide(interpreter, goOn);
  joinMaybe(interpreter, side, condition);
  if (typeof side.result === 'object' && side.result.kind === 'return') maybeReturn(interpreter, frame, side.result.value);
  return undefined;
}

/** A loop in which the generator waits: where it stands among the items is the heap's, not JavaScript's. */
function runForWaiting(interpreter: Interpreter, frame: Frame, statement: ast.For, iterable: Value, at: Location): Completion {
  const items = attempt(() => knownIterOf(iterable, interpreter, at));
  if (items instanceof UnknownIteration) return runForUnknown(interpreter, frame, statement, items.unknown);
  const goOn = (): Completion => {
    for (;;) {
      const item = attempt(() => nextOf(items, interpreter, at));
      if (item instanceof UnknownIteration) return runForUnknown(interpreter, frame, statement, item.unknown);
      if (item === undefined) return interpreter.runBlock(frame, statement.otherwise);
      interpreter.budget.step();
      assign(interpreter, frame, statement.target, item);
      const completion = interpreter.runBlock(frame, statement.body);
      if (isSuspended(completion)) return afterwards(completion, done => afterRound(done, goOn));
      if (completion === 'break') return undefined;
      if (completion !== undefined && completion !== 'continue') return completion;
    }
  };
  return goOn();
}

/** How a loop goes on after a round in which the generator waited. */
function afterRound(done: Exclude<Completion, Suspended>, goOn: () => Completion): Completion {
  if (done === undefined || done === 'continue') return goOn();
  return done === 'break' ? undefined : done;
}

function runForUnknown(interpreter: Interpreter, frame: Frame, statement: ast.For, items: Unknown): Completion {
  runOnceUnknown(interpreter, items, forRound(interpreter, frame, statement, items), locationOf(frame, statement.iterable.span));
  return interpreter.runBlock(frame, statement.otherwise);
}

/** A round with an item that is not known. */
function forRound(interpreter: Interpreter, frame: Frame, statement: ast.For, item: Unknown): () => Completion {
  return () => {
    assign(interpreter, frame, statement.target, item);
    return interpreter.runBlock(frame, statement.body);
  };
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

export function runWhile(interpreter: Interpreter, frame: Frame, statement: ast.While): Completion {
  const at = locationOf(frame, statement.test.span);
  if (frame.isGenerator && holdsYield(statement.test)) return runWhileWaiting(interpreter, frame, statement, at);
  const rounds = interpreter.loops.begin(frame);
  const goOn = (): Completion => {
    for (;;) {
      const round = runRound(interpreter, frame, statement, interpreter.evaluate(frame, statement.test), at);
      if (round === 'ended') return undefined;
      if (round === 'exhausted') return interpreter.runBlock(frame, statement.otherwise);
      if (isSuspended(round)) return afterwards(round, done => afterRound(done, () => runWhile(interpreter, frame, statement)));
      if (round === 'break') return undefined;
      if (round !== undefined && round !== 'continue') return round;
      const body = (): Completion => interpreter.runBlock(frame, statement.body);
      const enough = rounds.enough(interpreter.builder.recording, at);
      if (enough && isEnough(interpreter, enough, body)) {
        runOnceUnknown(interpreter, enough.reason, body, at);
        return undefined;
      }
      const condition = rounds.mayBeLeft();
      if (condition) return goOnMaybe(interpreter, frame, condition, goOn);
    }
  };
  try {
    return goOn();
  } finally {
    rounds.end();
  }
}

/** Whether the loop can be left: a further round, of which nothing stays, makes no list longer and binds no name or key that was not there. */
function isEnough(interpreter: Interpreter, { mayGrow }: Enough, round: () => Completion): boolean {
  if (mayGrow) return true;
  const { error, ends } = runSide(interpreter, round);
  return error === undefined && [...ends.lists].every(([list, items]) => items.length === list.items.length)
    && [...ends.maps].every(([map, { cells }]) => [...cells.keys()].every(key => map.has(key)));
}

function runWhileWaiting(interpreter: Interpreter, frame: Frame, statement: ast.While, at: Location): Completion {
  return evaluateWaiting(interpreter, frame, statement.test, value => {
    const round = runRound(interpreter, frame, statement, value, at);
    if (round === 'ended') return undefined;
    if (round === 'exhausted') return interpreter.runBlock(frame, statement.otherwise);
    return afterwards(round, done => afterRound(done, () => runWhile(interpreter, frame, statement)));
  });
}

/** One round: how its body ended, or that there is none. */
function runRound(interpreter: Interpreter, frame: Frame, statement: ast.While, value: Value, at: Location): Completion | 'exhausted' | 'ended' {
  interpreter.budget.step();
  const test = interpreter.truth(value, at);
  if (test === false) return 'exhausted';
  if (!isUnknown(test)) return interpreter.runBlock(frame, statement.body);
  runOnceUnknown(interpreter, test, () => interpreter.runBlock(frame, statement.body), at);
  return 'ended';
}

/** A loop whose number of rounds is not known: one round shows what it may change; its operators are not counted. Where it hands out items, nobody knows how many. */
export function runOnceUnknown(interpreter: Interpreter, condition: Unknown, body: () => Completion, at: Location): void {
  const reason: Unknown = { ...condition, reason: `how often this loop runs is not known: ${condition.reason}`, at: condition.at ?? at };
  let waits = false;
  interpreter.loops.noticeVague();
  const side = runSide(interpreter, () => {
    try {
      drain(body(), reason, () => { waits = true; });
    } catch (error) {
      if (!(error instanceof UnknownIteration)) throw error;
    }
  });
  joinMaybe(interpreter, side, reason);
  const { nodes: skipped, gaps } = side.recorded;
  if (skipped.length > 0 || gaps.length > 0) interpreter.gapOf(reason, at, costs(skipped) || gaps.some(gap => !gap.harmless));
  if (waits) throw new UnknownIteration(reason);
}
