/** Decides whether a model's figures are exact. In doubt they are not: a wrong figure that claims to be exact is the worst failure. */
import type { Problem, ProblemCode } from '../base/problem';
import { isUnknown, notModelled, unknown, type Unknown } from '../base/unknown';
import type { Graph } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import { opOfKind } from '../ops/registry';
import { elementCount, firstUnknown } from '../tensor/shape';
import type { Doubt, Reason, Status } from './metrics';
import { placeOf } from './until-error';

/**
 * Problems that leave the figures as they are when the graph itself is whole: a size that depends on data matters only if a MAC depends on it,
 * data that do not fit are an error of the call that hands them over, not of the model; and a missing import matters only if what it names was needed in the forward pass (then there is a gap).
 */
const harmless: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['data-dependent', 'unresolved-import', 'not-built', 'refused-data']);

export interface Verdict {
  readonly status: Status;
  /** The first reasons first; empty when exact. */
  readonly reasons: readonly Reason[];
}

/** `doubts`: problems of the whole file. */
export function statusOf({ inGraph, isEmpty }: Doubt, doubts: readonly Problem[] = []): Verdict {
  const reasons = [...distinct([...inGraph, ...doubts.map(reasonOf)])];
  if (isEmpty) return { status: 'failed', reasons: reasons.length > 0 ? reasons : [isEmpty] };
  return { status: reasons.length > 0 ? 'lower-bound' : 'exact', reasons };
}

export function doubtOf(graph: Graph): Doubt {
  const inGraph = [...distinct(reasonsIn(graph))];
  return graph.nodes.length > 0 ? { inGraph } : { inGraph, isEmpty: { ...unknown(`the forward pass of \`${graph.name}\` has no operator`, graph.at), code: 'unmodelled' } };
}

function* reasonsIn(graph: Graph): Generator<Reason> {
  for (const { message, at, subject, harmless: isHarmless } of graph.gaps) if (!isHarmless) yield reasonOf({ code: 'unmodelled', message, at, ...(subject === undefined ? {} : { subject }) });
  for (const mismatch of graph.mismatches) yield { ...unknown(mismatch.message, placeOf(mismatch)), code: 'shape-mismatch' };
  for (const problem of graph.problems) if (!harmless.has(problem.code)) yield reasonOf(problem);
  for (const because of unknownsIn(graph)) yield { ...because, code: 'unmodelled' };
}

function* unknownsIn(graph: Graph): Generator<Unknown> {
  for (const node of graph.nodes) {
    const at = node.site.applied ?? node.site.declared;
    if (isUnknown(node.macs)) yield node.macs;
    const op = opOfKind(node.op);
    if (!op) yield notModelled(node.type, at);
    else if (op.macs) {
      for (const tensor of tensorsOf(graph, [...node.inputs, ...node.outputs])) {
        const because = firstUnknown(tensor.shape);
        if (because) yield because;
      }
    }
  }
  for (const weight of graph.weights) {
    const elements = elementCount(weight.type.shape);
    if (isUnknown(elements)) yield elements;
  }
  const read = new Set(graph.nodes.flatMap(node => node.inputs));
  // A forward pass that never touches its inputs was not followed where they went.
  if (graph.nodes.length > 0 && graph.inputs.length > 0 && !graph.inputs.some(input => read.has(input.tensor) || isMade(graph, input.tensor))) {
    yield unknown('no operator reads an input of the model', graph.at);
  }
}

function isMade(graph: Graph, tensor: number): boolean {
  return graph.nodes.some(node => node.outputs.includes(tensor));
}

function reasonOf({ code, message, at, subject }: Problem): Reason {
  return { ...unknown(message, at), code, ...(subject === undefined ? {} : { subject }) };
}

function* distinct(reasons: Iterable<Reason>): Generator<Reason> {
  const seen = new Set<string>();
  for (const reason of reasons) {
    const key = `${reason.reason} ${reason.at?.uri ?? ''} ${reason.at?.span.start ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield reason;
  }
}
