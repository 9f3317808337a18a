/** An `if` whose condition is not known: both sides run, the heap is joined, and the cheaper side's operators stay in the graph. */
import type { Unknown } from '../../../base/unknown';
import type { Node } from '../../../graph/graph';
import { Journal, join, type Frame } from '../environment';
import type { Completion, Interpreter } from '../interpreter';
import type { Location } from '../../../base/span';
import { PythonError } from '../objects/python-error';
import type { Value } from '../values';

interface Side {
  readonly completion: Completion;
  readonly error: PythonError | undefined;
}

/**
 * Runs both sides. A side that raises is taken as not happening. A side that returns keeps its value for the
 * function's end. Operators with MACs in either side make every total a lower bound, and the reason is recorded.
 */
export function fork(interpreter: Interpreter, frame: Frame, condition: Unknown, at: Location, sides: readonly [() => Completion, () => Completion]): Completion {
  const reason: Unknown = { ...condition, at: condition.at ?? at };
  const outer = interpreter.journal;
  const mark = interpreter.builder.mark();

  const journalA = new Journal(outer);
  interpreter.journal = journalA;
  const a = runSide(sides[0]);
  const endsOfA = journalA.rollback();
  const nodesOfA = interpreter.builder.rollback(mark);

  const journalB = new Journal(outer);
  interpreter.journal = journalB;
  const b = runSide(sides[1]);
  const nodesOfB = interpreter.builder.nodes.slice(mark.nodes);
  interpreter.journal = outer;

  if (b.error) {
    if (a.error) throw b.error;
    // Only the first side can go on: run it again for good.
    journalB.rollback();
    interpreter.builder.rollback(mark);
    return sides[0]();
  }
  if (a.error) return b.completion;
  // A side that leaves the block skips whatever follows, so the totals depend on the condition even when neither side costs anything.
  const diverges = exitOf(a.completion) !== exitOf(b.completion);
  const message = `which branch runs is not known: ${condition.reason}`;
  if (costs(nodesOfA) || costs(nodesOfB) || (diverges && !condition.dataDependent)) interpreter.gap(message, at);
  else if (diverges) interpreter.gapAhead(message, at);
  if (macsOf(nodesOfA) < macsOf(nodesOfB)) replaceNodes(interpreter, mark.nodes, nodesOfA);
  const returnsA = returned(a.completion);
  const returnsB = returned(b.completion);
  if (returnsA && !returnsB) {
    (frame.maybeReturned ??= []).push(returnsA.value);
    return b.completion;
  }
  if (returnsB && !returnsA) {
    (frame.maybeReturned ??= []).push(returnsB.value);
    journalB.rollback();
    return sides[0]();
  }
  join(endsOfA, journalB, reason);
  if (returnsA && returnsB) (frame.maybeReturned ??= []).push(returnsA.value);
  return b.completion;
}

function runSide(side: () => Completion): Side {
  try {
    return { completion: side(), error: undefined };
  } catch (error) {
    if (error instanceof PythonError) return { completion: undefined, error };
    throw error;
  }
}

function returned(completion: Completion): { readonly value: Value } | undefined {
  return completion !== undefined && typeof completion === 'object' ? completion : undefined;
}

function exitOf(completion: Completion): string | undefined {
  return completion !== undefined && typeof completion === 'object' ? 'return' : completion;
}

function costs(nodes: readonly Node[]): boolean {
  return nodes.some(node => node.macs !== 0 || node.weights.length > 0);
}

export function macsOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + (typeof node.macs === 'number' ? node.macs : 0), 0);
}

export function replaceNodes(interpreter: Interpreter, from: number, nodes: readonly Node[]): void {
  interpreter.builder.nodes.splice(from);
  interpreter.builder.nodes.push(...nodes);
}
