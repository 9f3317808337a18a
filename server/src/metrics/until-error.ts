/** A model that provably fails is counted up to its first error: what the framework never runs is no part of any figure, and no bound of one. */
import type { Location } from '../base/span';
import { isUnknown, unknown, type Unknown } from '../base/unknown';
import { errorBefore } from '../graph/builder';
import type { Graph, GraphTensor, Mismatch, Node, TensorId } from '../graph/graph';
import type { End } from './metrics';
import { elementCount } from '../tensor/shape';

export interface Counted {
  /** What is counted: the whole graph, or what of it runs. */
  readonly graph: Graph;
  readonly endsAt?: Omit<End, 'isExact'>;
}

export function untilError(graph: Graph): Counted {
  const [first, ...others] = graph.mismatches;
  if (!first) return { graph };
  const mismatch = others.reduce((earliest, each) => (each.node < earliest.node ? each : earliest), first);
  const at = placeOf(mismatch);
  const place = graph.nodes.findIndex(node => node.id === mismatch.node);
  const end = { message: mismatch.message, at };
  if (place < 0) return { graph, endsAt: end };
  const reason = unknown(mismatch.message, at);
  const nodes = graph.nodes.slice(0, place);
  const failing = graph.nodes[place];
  const behind = new Set(graph.nodes.slice(place).flatMap(node => node.weights.map(weight => weight.id)));
  for (const node of nodes) for (const weight of node.weights) behind.delete(weight.id);
  return {
    graph: {
      ...graph, nodes: failing ? [...nodes, withoutFigures(failing, reason)] : nodes, tensors: failing ? withoutResults(graph, failing, reason) : graph.tensors,
      mismatches: [mismatch],
      gaps: graph.gaps.filter(gap => gap.message !== errorBefore),
      // A model that is made while it runs (Keras, Caffe) never has the weights of what comes behind.
      weights: graph.weights.filter(weight => !(behind.has(weight.id) && (isMadeInSteps(graph) || isUnknown(elementCount(weight.type.shape))))),
    },
    endsAt: end,
  };
}

/** The argument at fault where it is known, else the call. */
export function placeOf({ site, attr }: Mismatch): Location {
  const span = site.argument[attr];
  return span ? { uri: site.declared.uri, span } : site.applied ?? site.declared;
}

function isMadeInSteps({ framework }: Graph): boolean {
  return framework === 'keras' || framework === 'caffe';
}

/** The layer that fails has a row, which says why. */
function withoutFigures(node: Node, reason: Unknown): Node {
  return { ...node, macs: node.macs === 0 ? 0 : reason, parts: [], weights: [] };
}

function withoutResults(graph: Graph, node: Node, reason: Unknown): ReadonlyMap<TensorId, GraphTensor> {
  const tensors = new Map(graph.tensors);
  for (const id of node.outputs) {
    const tensor = tensors.get(id);
    if (tensor) tensors.set(id, { ...tensor, shape: reason });
  }
  return tensors;
}
