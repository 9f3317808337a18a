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
import { costs, joinMaybe, runBeside, runMaybe, runRest, runSide } from './fork';
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
  try {
    return followRounds(interpreter, frame, at, {
      round: () => {
        const step = attempt(() => items.next());
        if (step instanceof UnknownIteration) return { rest: () => runForUnknown(interpreter, frame, statement, step.unknown) };
        if (step.done) return { rest: () => interpreter.runBlock(frame, statement.otherwise) };
        interpreter.budget.step();
        assign(interpreter, frame, statement.target, step.value);
        return interpreter.runBlock(frame, statement.body);
      },
      any: reason => forRound(interpreter, frame, statement, reason),
      unknown: reason => runForUnknown(interpreter, frame, statement, reason),
    });
  } finally {
    items.return?.();
  }
}

/** What follows the last round that was followed. */
interface Last { readonly rest: () => Completion }

interface Loop {
  readonly round: () => Completion | Last;
  /** A round of which nothing particular is known. */
  readonly any: (reason: Unknown) => () => Completion;
  /** All rounds that are not followed, and what comes behind them. */
  readonly unknown: (reason: Unknown) => Completion;
}

/** Round after round. Behind one that may have left the loop, what the others change may have happened or not. */
function followRounds(interpreter: Interpreter, frame: Frame, at: Location, loop: Loop): Completion {
  const { departures, builder } = interpreter;
  const rounds = interpreter.loops.begin();
  const begun = departures.mark;
  const goOn = (): Completion => {
    for (;;) {
      const before = departures.mark;
      const round = loop.round();
      if (isLast(round)) return round.rest();
      departures.arrive(before, ({ exit }) => exit === 'continue');
      if (isSuspended(round)) return round;
      if (round !== undefined && round !== 'continue') return round;
      const mayBeLeft = departures.mark > before;
      const enough = rounds.enough(mayBeLeft, builder.recording, at);
      if (enough && isEnough(interpreter, enough, loop.any(enough.reason))) return runRest(interpreter, frame, before, () => loop.unknown(enough.reason));
      if (mayBeLeft) return runMaybe(interpreter, frame, before, goOn);
    }
  };
  const completion = goOn();
  departures.arrive(begun, ({ exit }) => exit === 'break');
  return completion === 'break' ? undefined : completion;
}

function isLast(round: Completion | Last): round is Last {
  return typeof round === 'object' && 'rest' in round;
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
  return anyRounds(interpreter, frame, items, forRound(interpreter, frame, statement, items), locationOf(frame, statement.iterable.span), () => interpreter.runBlock(frame, statement.otherwise));
}

/** Any number of rounds, and what follows a loop that was not left. */
function anyRounds(interpreter: Interpreter, frame: Frame, condition: Unknown, body: () => Completion, at: Location, otherwise: () => Completion): Completion {
  const { departures } = interpreter;
  const noted = departures.mark;
  const ended = runOnceUnknown(interpreter, condition, body, at);
  departures.arrive(noted, ({ exit }) => exit === 'continue');
  if (ended === 'break') departures.note({ exit: 'break', reason: condition, at });
  // The loop may have been left for good, or not have begun.
  const completion = runRest(interpreter, frame, noted, () => (typeof ended === 'object' ? runBeside(interpreter, frame, { reason: condition, at }, otherwise, { result: ended, error: undefined }) : otherwise()));
  departures.arrive(noted, ({ exit }) => exit === 'break');
  return completion === 'break' ? undefined : completion;
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
  const body = (): Completion => interpreter.runBlock(frame, statement.body);
  const completion = followRounds(interpreter, frame, at, {
    round: () => runRound(interpreter, frame, statement, interpreter.evaluate(frame, statement.test), at),
    any: () => body,
    unknown: reason => anyRounds(interpreter, frame, reason, body, at, () => undefined),
  });
  return afterwards(completion, done => (isSuspended(completion) ? afterRound(done, () => runWhile(interpreter, frame, statement)) : done));
}

/** Whether the loop can be left: a further round, of which nothing stays, makes no list longer and binds no name or key that was not there. */
function isEnough(interpreter: Interpreter, { mayGrow }: Enough, round: () => Completion): boolean {
  if (mayGrow) return true;
  const noted = interpreter.departures.mark;
  const { error, ends } = runSide(interpreter, round);
  interpreter.departures.arrive(noted, () => true);
  return error === undefined && [...ends.lists].every(([list, items]) => items.length === list.items.length)
    && [...ends.maps].every(([map, { cells }]) => [...cells.keys()].every(key => map.has(key)));
}

function runWhileWaiting(interpreter: Interpreter, frame: Frame, statement: ast.While, at: Location): Completion {
  return evaluateWaiting(interpreter, frame, statement.test, value => {
    const round = runRound(interpreter, frame, statement, value, at);
    return isLast(round) ? round.rest() : afterwards(round, done => afterRound(done, () => runWhile(interpreter, frame, statement)));
  });
}

/** One round: how its body ended, or that there is none. */
function runRound(interpreter: Interpreter, frame: Frame, statement: ast.While, value: Value, at: Location): Completion | Last {
  interpreter.budget.step();
  const test = interpreter.truth(value, at);
  if (test === false) return { rest: () => interpreter.runBlock(frame, statement.otherwise) };
  const body = (): Completion => interpreter.runBlock(frame, statement.body);
  return isUnknown(test) ? { rest: () => anyRounds(interpreter, frame, test, body, at, () => interpreter.runBlock(frame, statement.otherwise)) } : body();
}

/** A loop whose number of rounds is not known: one round shows what it may change, and how it may end; its operators are not counted. Where it hands out items, nobody knows how many. */
export function runOnceUnknown(interpreter: Interpreter, condition: Unknown, body: () => Completion, at: Location): Completion {
  const reason: Unknown = { ...condition, reason: `how often this loop runs is not known: ${condition.reason}`, at: condition.at ?? at };
  let waits = false;
  interpreter.loops.noticeVague();
  const side = runSide(interpreter, () => {
    try {
      return drain(body(), reason, () => { waits = true; });
    } catch (error) {
      if (!(error instanceof UnknownIteration)) throw error;
      return undefined;
    }
  });
  joinMaybe(interpreter, side, reason);
  const { nodes: skipped, gaps } = side.recorded;
  if (skipped.length > 0 || gaps.length > 0) interpreter.gapOf(reason, at, costs(skipped) || gaps.some(gap => !gap.harmless));
  if (waits) throw new UnknownIteration(reason);
  return side.result;
}
