/** Code of which it is not known whether it runs: each side runs by itself, the heap is joined, and the cheaper side's operators stay in the graph. */
import { unknown, type Unknown } from '../../../base/unknown';
import type { Node } from '../../../graph/graph';
import type { Mark, Recorded } from '../../../graph/builder';
import type { Location } from '../../../base/span';
import type { Frame } from '../environment';
import type { Ends } from '../heap/heap';
import { joinValues } from '../join-values';
import type { Completion, Interpreter } from '../interpreter';
import { PythonError, UnknownIteration } from '../objects/python-error';
import type { Value } from '../values';
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
 * Runs both sides of an `if`. A side that raises is taken as not happening. A side that returns keeps its value for the
 * function's end. Operators with MACs in either side make every total a lower bound, and the reason is recorded.
 */
export function fork(interpreter: Interpreter, frame: Frame, condition: Unknown, at: Location, sides: readonly [() => Completion, () => Completion]): Completion {
  const reason: Unknown = { ...condition, at: condition.at ?? at };
  const { builder } = interpreter;
  const mark = builder.mark();
  const a = runSide(interpreter, sides[0]);
  const b = runSide(interpreter, sides[1]);
  if (b.error) {
    if (a.error) throw b.error;
    adopt(interpreter, mark, a);
    return a.result;
  }
  builder.put(mark, b.recorded);
  if (a.error) {
    interpreter.heap.adopt(b.ends);
    return b.result;
  }
  const [nodesOfA, nodesOfB] = [a.recorded.nodes, b.recorded.nodes];
  // A side that leaves the block skips whatever follows, so the totals depend on the condition even when neither side costs anything.
  const diverges = exitOf(a.result) !== exitOf(b.result);
  if (diverges && (leaves(a.result) || leaves(b.result))) interpreter.loops.mayHaveLeft(frame, reason);
  const message = `which branch runs is not known: ${condition.reason}`;
  const tell = (): void => {
    if (costs(nodesOfA) || costs(nodesOfB) || (diverges && !condition.dataDependent)) interpreter.gap(message, at);
    else if (diverges) interpreter.gapAhead(message, at);
  };
  const [returnsA, returnsB] = [returned(a.result), returned(b.result)];
  if (returnsB && !returnsA) {
    adopt(interpreter, mark, a);
    tell();
    maybeReturn(interpreter, frame, returnsB.value);
    return a.result;
  }
  tell();
  if (macsOf(nodesOfA) < macsOf(nodesOfB)) replaceNodes(interpreter, mark.nodes, nodesOfA);
  if (returnsA && !returnsB) {
    interpreter.heap.adopt(b.ends);
    maybeReturn(interpreter, frame, returnsA.value);
    return b.result;
  }
  joinSides(interpreter, a.ends, b.ends, reason);
  if (returnsA && returnsB) maybeReturn(interpreter, frame, returnsA.value);
  return b.result;
}

/**
 * The same in a generator, where the sides may hand out items: both do so to their end, and what comes out is joined item by item.
 * Where they hand out different numbers of items, or only one of them ends the generator, nobody knows how many there are.
 */
export function forkWaiting(interpreter: Interpreter, frame: Frame, condition: Unknown, at: Location, sides: readonly [() => Completion, () => Completion]): Completion {
  const reason: Unknown = { ...condition, reason: `how many items a generator gives is not known: ${condition.reason}`, at: condition.at ?? at };
  const ways = sides.map(side => {
    const way: { items: Value[]; exit: string | undefined; failed: boolean } = { items: [], exit: undefined, failed: true };
    const run = (): Completion => {
      way.items = [];
      const completion = drain(side(), reason, item => { way.items.push(item); });
      way.exit = exitOf(completion);
      way.failed = false;
      return completion;
    };
    return { way, run };
  });
  const [a, b] = ways as [typeof ways[number], typeof ways[number]];
  const completion = fork(interpreter, frame, condition, at, [a.run, b.run]);
  const [left, right] = a.way.failed ? [b.way, b.way] : b.way.failed ? [a.way, a.way] : [a.way, b.way];
  const certain = left.items.length === right.items.length && (left.exit === 'return') === (right.exit === 'return');
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
    // An error is taken as not happening; of two, the values are not known.
    const [only, other] = b.result ? [b, a] : [a, b];
    interpreter.builder.put(mark, only.recorded);
    if (only.result) interpreter.heap.adopt(only.ends);
    else joinSides(interpreter, a.ends, b.ends, reason);
    tellCosts(interpreter, [...only.recorded.nodes, ...other.recorded.nodes], condition, at);
    return only.result ?? reason;
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

export function maybeReturn(interpreter: Interpreter, frame: Frame, value: Value): void {
  interpreter.heap.write(frame, 'maybeReturned', [...(frame.maybeReturned ?? []), value]);
}

function returned(completion: Completion): { readonly value: Value } | undefined {
  return typeof completion === 'object' && completion.kind === 'return' ? completion : undefined;
}

/** Ends the loop that it stands in. */
function leaves(completion: Completion): boolean {
  return completion !== undefined && completion !== 'continue';
}

export function exitOf(completion: Completion): string | undefined {
  return typeof completion === 'object' ? completion.kind : completion;
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
