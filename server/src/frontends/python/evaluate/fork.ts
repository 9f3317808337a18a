/** Code of which it is not known whether it runs: each side runs by itself, the heap is joined, and the cheaper side's operators stay in the graph. */
import { unknown, type Unknown } from '../../../base/unknown';
import type { Node } from '../../../graph/graph';
import type { Mark, Recorded } from '../../../graph/builder';
import type { Location } from '../../../base/span';
import type { Departure, Exit } from '../departures';
import type { Frame } from '../environment';
import type { Ends } from '../heap/heap';
import { joinValues } from '../join-values';
import type { Completion, Interpreter } from '../interpreter';
import { className, isImportError, PythonError, UnknownIteration } from '../objects/python-error';
import { none, type Value } from '../values';
import { drain, suspend } from './suspension';

/** One side, after all it did was taken back: what it gave or raised, how it left the heap, and what it recorded. */
interface Side<T> {
  readonly result: T | undefined;
  readonly error: PythonError | undefined;
  readonly ends: Ends;
  readonly recorded: Recorded;
}

const nothing: Ends = { maps: new Map(), lists: new Map(), fields: new Map() };

export function runSide<T>(interpreter: Interpreter, run: () => T): Side<T> {
  const { builder, budget, heap } = interpreter;
  const mark = builder.mark();
  const depth = budget.currentDepth;
  try {
    const { result, ends } = heap.side(() => {
      try {
        return { result: run(), error: undefined };
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
        budget.resetDepth(depth);
        return { result: undefined, error };
      }
    });
    return { ...result, ends, recorded: builder.take(mark) };
  } catch (error) {
    builder.take(mark);
    throw error;
  }
}

/** Makes the graph and the heap what this side left. */
function adopt<T>(interpreter: Interpreter, mark: Mark, side: Side<T>): void {
  interpreter.builder.put(mark, side.recorded);
  interpreter.heap.adopt(side.ends);
}

/** Makes the heap what either side may have left. What cannot be said of a value that differs makes the figures lower bounds. */
export function joinSides(interpreter: Interpreter, a: Ends, b: Ends, reason: Unknown): void {
  for (const { field } of interpreter.heap.join(a, b, reason)) interpreter.doubt(`\`${field}\` differs between branches, and which one runs is not known: ${reason.reason}`, reason.at);
}

/** What may have happened, or not. */
export function joinMaybe(interpreter: Interpreter, side: Pick<Side<unknown>, 'ends'>, reason: Unknown): void {
  joinSides(interpreter, nothing, side.ends, reason);
}

/**
 * Runs both sides of an `if`, and `rest`, which follows in the same block. A side that raises is taken as not happening, unless the error is handled further out.
 * Where one side leaves the block, what follows belongs to the other; where it leads further than the other, all up to there may run or not (`departures`).
 * Operators with MACs in either side make every total a lower bound, and the reason is recorded.
 */
export function fork(interpreter: Interpreter, frame: Frame, condition: Unknown, at: Location, sides: readonly [() => Completion, () => Completion], rest?: () => Completion): Completion {
  const reason: Unknown = { ...condition, at: condition.at ?? at };
  const { builder, departures } = interpreter;
  const mark = builder.mark();
  const noted = departures.mark;
  const goOn = (completion: Completion): Completion => (completion === undefined && rest ? runRest(interpreter, frame, noted, rest) : completion);
  let a = runSide(interpreter, sides[0]);
  let b = runSide(interpreter, sides[1]);
  if (b.error && (a.error || !mayHappen(interpreter, b.error))) {
    if (a.error) throw b.error;
    adopt(interpreter, mark, a);
    mayFail(interpreter, b.error, reason, at);
    return goOn(a.result);
  }
  if (a.error && !mayHappen(interpreter, a.error)) {
    adopt(interpreter, mark, b);
    mayFail(interpreter, a.error, reason, at);
    return goOn(b.result);
  }
  const diverges = exitOf(a) !== exitOf(b);
  if (diverges && rest && (exitOf(a) === undefined || exitOf(b) === undefined)) {
    const [gone, going] = exitOf(b) === undefined ? [a, b] : [b, a];
    const further = runSide(interpreter, () => {
      adopt(interpreter, builder.mark(), going);
      return runRest(interpreter, frame, noted, rest);
    });
    if (further.error && (gone.error || !mayHappen(interpreter, further.error))) {
      if (gone.error) throw further.error;
      adopt(interpreter, mark, gone);
      mayFail(interpreter, further.error, reason, at);
      return gone.result;
    }
    [a, b] = gone === a ? [gone, further] : [further, gone];
  }
  const [nodesOfA, nodesOfB] = [a.recorded.nodes, b.recorded.nodes];
  builder.put(mark, b.recorded);
  const [dropped] = a.recorded.mismatches;
  if (dropped) tellFailure(interpreter, dropped.message, reason, at);
  if (macsOf(nodesOfA) < macsOf(nodesOfB)) replaceNodes(interpreter, mark.nodes, nodesOfA);
  if (costs(nodesOfA) || costs(nodesOfB) || (diverges && !condition.dataDependent)) interpreter.gap(`which branch runs is not known: ${condition.reason}`, at);
  joinSides(interpreter, a.ends, b.ends, reason);
  const completion = nearer(interpreter, frame, a, b, reason, at);
  return diverges ? completion : goOn(completion);
}

/** What follows in a block: as it is, or as what may not run if something since may have led past it. */
export function runRest(interpreter: Interpreter, frame: Frame, noted: number, rest: () => Completion): Completion {
  return interpreter.departures.mark > noted ? runMaybe(interpreter, frame, noted, rest) : rest();
}

/** What follows a departure and may not run any more: what it costs is not counted. */
export function runMaybe(interpreter: Interpreter, frame: Frame, noted: number, run: () => Completion): Completion {
  const left = interpreter.departures.since(noted);
  const first = left.reduce((one, other) => (reach[other.exit] < reach[one.exit] ? other : one));
  return runBeside(interpreter, frame, left[0] ?? first, run, { result: leaving(frame, first), error: first.exit === 'raise' ? first.error : undefined });
}

/** Something that may run or not, where otherwise the block would end like that. */
export function runBeside(interpreter: Interpreter, frame: Frame, { reason, at }: Pick<Departure, 'reason' | 'at'>, run: () => Completion, otherwise: Ending): Completion {
  const mark = interpreter.builder.mark();
  const side = runSide(interpreter, run);
  // An error that nobody handles is taken as not happening.
  if (!side.error || mayHappen(interpreter, side.error)) {
    if (costs(side.recorded.nodes)) interpreter.gap(`whether this runs is not known: ${reason.reason}`, at);
    else interpreter.builder.put(mark, side.recorded);
    joinMaybe(interpreter, side, reason);
    return nearer(interpreter, frame, side, otherwise, reason, at);
  }
  if (otherwise.error) throw otherwise.error;
  mayFail(interpreter, side.error, reason, at);
  return otherwise.result;
}

/** How a way ended. */
type Ending = Pick<Side<Completion>, 'result'> & { readonly error: Error | undefined };

/** How far each way of leaving leads. */
const reach: Readonly<Record<Exit | 'end', number>> = { end: 0, continue: 1, break: 2, return: 3, raise: 4 };

/** Of two ways that both may be, the one that ends nearer goes on; the other is noted. */
function nearer(interpreter: Interpreter, frame: Frame, a: Ending, b: Ending, reason: Unknown, at: Location): Completion {
  const [near, far] = reach[exitOf(a) ?? 'end'] < reach[exitOf(b) ?? 'end'] ? [a, b] : [b, a];
  const exit = exitOf(far);
  const value = returned(far.result);
  if (value && exit === 'return') maybeReturn(interpreter, frame, value.value);
  if (exit !== undefined && exit !== exitOf(near)) interpreter.departures.note({ exit, reason, at, error: far.error });
  if (near.error) throw near.error;
  return near.result;
}

/** What a statement that leaves a block in this way completes with. */
function leaving(frame: Frame, { exit }: Departure): Completion {
  if (exit === 'return') return { kind: 'return', value: frame.maybeReturned?.at(-1) ?? none };
  return exit === 'raise' ? undefined : exit;
}

/** An error is a way that things may go where somebody handles it. What is missing here may be there where the program runs. */
function mayHappen(interpreter: Interpreter, error: PythonError): boolean {
  return !isImportError(error) && interpreter.departures.isHandled(error);
}

/** A check of the program's own says how it is meant to be used; anything else that fails in one side of two leaves open whether the model runs at all. */
function mayFail(interpreter: Interpreter, error: PythonError, reason: Unknown, at: Location): void {
  if (error.isRaised || className(error) === 'AssertionError' || isImportError(error)) return;
  tellFailure(interpreter, error.message, reason, at);
}

function tellFailure(interpreter: Interpreter, message: string, reason: Unknown, at: Location): void {
  interpreter.gap(`which branch runs is not known, and one of them fails (${message}): ${reason.reason}`, at);
}

/**
 * The same in a generator whose sides hand out items: both do so to their end, and what comes out is joined item by item.
 * Where they hand out different numbers of items, or end in different ways, nobody knows how many there are.
 */
export function forkWaiting(interpreter: Interpreter, frame: Frame, condition: Unknown, at: Location, sides: readonly [() => Completion, () => Completion]): Completion {
  const reason: Unknown = { ...condition, reason: `how many items a generator gives is not known: ${condition.reason}`, at: condition.at ?? at };
  const ways = sides.map(side => {
    const way: { items: Value[]; failed: boolean } = { items: [], failed: true };
    const run = (): Completion => {
      way.items = [];
      const completion = drain(side(), reason, item => { way.items.push(item); });
      way.failed = false;
      return completion;
    };
    return { way, run };
  });
  const [a, b] = ways as [typeof ways[number], typeof ways[number]];
  const noted = interpreter.departures.mark;
  const completion = fork(interpreter, frame, condition, at, [a.run, b.run]);
  const departed = interpreter.departures.arrive(noted, () => true).length > 0;
  const [left, right] = a.way.failed ? [b.way, b.way] : b.way.failed ? [a.way, a.way] : [a.way, b.way];
  const certain = left.items.length === right.items.length && !departed;
  const items = left.items.slice(0, right.items.length).map((item, i) => joinValues(item, right.items[i], reason));
  const handOut = (index: number): Completion => {
    const item = items[index];
    if (item) return suspend(item, () => handOut(index + 1));
    if (!certain) throw new UnknownIteration(reason);
    return completion;
  };
  return handOut(0);
}

/** `a if unknown else b`: one value that may be either. */
export function forkValue(interpreter: Interpreter, condition: Unknown, at: Location, sides: readonly [() => Value, () => Value]): Value {
  const mark = interpreter.builder.mark();
  const reason = unknown(condition.reason, condition.at ?? at);
  const a = runSide(interpreter, sides[0]);
  const b = runSide(interpreter, sides[1]);
  if (!a.result || !b.result) {
    // An error is taken as not happening; of two, one happens.
    const [only, other] = b.result ? [b, a] : [a, b];
    if (!only.result) throw only.error ?? other.error ?? new PythonError(reason, at);
    adopt(interpreter, mark, only);
    if (other.error) mayFail(interpreter, other.error, reason, at);
    tellCosts(interpreter, [...only.recorded.nodes, ...other.recorded.nodes], condition, at);
    return only.result;
  }
  // The cheaper side stays: totals are lower bounds.
  interpreter.builder.put(mark, macsOf(a.recorded.nodes) < macsOf(b.recorded.nodes) ? { ...b.recorded, nodes: a.recorded.nodes } : b.recorded);
  joinSides(interpreter, a.ends, b.ends, reason);
  tellCosts(interpreter, [...a.recorded.nodes, ...b.recorded.nodes], condition, at);
  return joinValues(a.result, b.result, reason);
}

function tellCosts(interpreter: Interpreter, nodes: readonly Node[], condition: Unknown, at: Location): void {
  if (costs(nodes)) interpreter.gap(`which side runs is not known: ${condition.reason}`, at);
}

/** An operand that may never be reached: its value, or undefined when it raises, which proves nothing then. */
export function maybe(interpreter: Interpreter, condition: Unknown, run: () => Value): Value | undefined {
  const mark = interpreter.builder.mark();
  const side = runSide(interpreter, run);
  if (!side.result) return undefined;
  interpreter.builder.put(mark, side.recorded);
  joinMaybe(interpreter, side, condition);
  return side.result;
}

function maybeReturn(interpreter: Interpreter, frame: Frame, value: Value): void {
  interpreter.heap.write(frame, 'maybeReturned', [...(frame.maybeReturned ?? []), value]);
}

function returned(completion: Completion): { readonly value: Value } | undefined {
  return typeof completion === 'object' && completion.kind === 'return' ? completion : undefined;
}

function exitOf({ result, error }: Ending): Exit | undefined {
  if (error) return 'raise';
  if (typeof result !== 'object') return result;
  return result.kind === 'return' ? 'return' : undefined;
}

export function costs(nodes: readonly Node[]): boolean {
  return nodes.some(node => node.macs !== 0 || node.weights.length > 0);
}

function macsOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + (typeof node.macs === 'number' ? node.macs : 0), 0);
}

function replaceNodes(interpreter: Interpreter, from: number, nodes: readonly Node[]): void {
  interpreter.builder.nodes.splice(from);
  for (const node of nodes) interpreter.builder.nodes.push(node);
}
