/** What each node counts under each convention (docs/metrics.md): `paper`, `graph` and `fused`. */
import { isUnknown, unknown, type Unknown } from '../base/unknown';
import type { Graph, Node, TensorId, Weight } from '../graph/graph';
import { linksOf, soleConsumer, tensorsOf, type Links } from '../graph/walk';
import type { Figure } from '../ops/define';
import { opOfKind, roleOf } from '../ops/registry';
import { firstUnknown, sizesOf, wholeCount, type Dim, type Shape } from '../tensor/shape';
import { elementsOf, total } from './count';
import type { Convention, Counts } from './metrics';
import { netscopeCounts } from './netscope';
import { outputElements } from './reuse';

export interface Counting {
  /** One per node, in execution order. */
  readonly nodes: readonly Counts[];
  /** Network inputs that count and have no row of their own. */
  readonly inputActivations: Dim;
  /** Registered weights that the convention counts at all. */
  readonly weights: readonly Weight[];
}

/** No figure of a node is negative, broken or too large to be exact: the sums and the table get it as unknown. */
export function countingOf(graph: Graph, convention: Convention): Counting {
  const counting = countedBy(graph, convention);
  return { ...counting, nodes: counting.nodes.map(({ params, macs, activations }) => ({ params: whole(params), macs: whole(macs), activations: whole(activations) })) };
}

function whole(figure: Dim): Dim {
  return isUnknown(figure) ? figure : wholeCount(figure);
}

function countedBy(graph: Graph, convention: Convention): Counting {
  const weights = convention === 'paper' ? graph.weights.filter(weight => !isStatistic(weight)) : graph.weights;
  const params = firstUses(graph, weights);
  switch (convention) {
    case 'paper': return {
      nodes: graph.nodes.map((node, index) => ({ params: params[index] ?? 0, macs: paperMacs(graph, node), activations: paperActivations(graph, node), ...netscopeCounts(graph, node) })),
      inputActivations: inputActivations(graph),
      weights,
    };
    case 'graph': return { nodes: graph.nodes.map((node, index) => executed(graph, node, params[index] ?? 0)), inputActivations: 0, weights };
    case 'fused': return { nodes: fused(graph, graph.nodes.map((node, index) => executed(graph, node, params[index] ?? 0))), inputActivations: 0, weights };
  }
}

/** A weight belongs to the first node that uses it. Weights of unregistered modules belong to none. */
function firstUses(graph: Graph, counted: readonly Weight[]): readonly Dim[] {
  const left = new Set(counted.map(weight => weight.id));
  return graph.nodes.map(node => (node.weights.length === 0 ? 0 : elementsOf(node.weights.filter(weight => left.delete(weight.id)).map(weight => weight.type))));
}

/** Running mean and variance, which Keras counts among the weights: nothing learns them. */
function isStatistic(weight: Weight): boolean {
  return !weight.trainable && /(^|[./_])(moving|running)_(mean|var|variance|std)$/.test(weight.name);
}

// ——— graph: what the framework really executes ———

/** Every operator once; views, reshapes and in-place operators allocate nothing. */
function executed(graph: Graph, node: Node, params: Dim): Counts {
  return { params, macs: node.macs, activations: node.allocates ? producedElements(graph, node) : 0 };
}

/** Other composites than those that run as one operator make the results of their parts. */
function producedElements(graph: Graph, node: Node): Dim {
  return node.parts.length > 0 && !opOfKind(node.op)?.singleKernel ? total(node.parts.map(part => part.outputElements)) : outputElements(graph, node);
}

// ——— paper: comparable with the published networks ———

/** The `graph` MACs, and what an operator counts here beyond them: 1 per output element of an affine batch normalisation (the Scale), for instance. */
function paperMacs(graph: Graph, node: Node): Dim {
  const macs = opOfKind(node.op)?.paper?.macs;
  const more = macs ? figureOf(graph, node, macs) : 0;
  return more === 0 ? node.macs : more;
}

/** Outputs count in place or not, dropout also in eval mode; what only moves or makes values does not. */
function paperActivations(graph: Graph, node: Node): Dim {
  if (isInput(graph, node)) return outputElements(graph, node);
  const outputs = tensorsOf(graph, node.outputs);
  if (outputs.every(output => output.origin === 'constant')) return 0;
  const activations = opOfKind(node.op)?.paper?.activations;
  if (activations) return figureOf(graph, node, activations);
  switch (roleOf(node)) {
    case 'product': case 'pool': case 'mean': case 'local-response': case 'activation': case 'softmax': case 'dropout':
    case 'concat': case 'split': case 'interpolate': case 'pad': case 'embedding': case 'normalization':
      return outputElements(graph, node);
    // Attention counts like its parts written out.
    case 'composite': return node.parts.length > 0 ? total(node.parts.map(part => part.outputElements)) : outputElements(graph, node);
    case 'elementwise': return joinsFeatureMaps(graph, node) ? outputElements(graph, node) : 0;
    case 'shape': case 'constant': case 'statistics': return 0;
  }
}

/** What the operator says of one call. */
function figureOf(graph: Graph, node: Node, figure: Figure<unknown>): Dim {
  const [inputs, outputs] = [shapesOf(graph, node.inputs), shapesOf(graph, node.outputs)];
  if (isUnknown(inputs)) return inputs;
  if (isUnknown(outputs)) return outputs;
  const value = figure(node.attrs, inputs.map(sizesOf), outputs.map(sizesOf));
  if (Number.isFinite(value)) return value;
  for (const shape of [...outputs, ...inputs]) {
    const because = firstUnknown(shape);
    if (because) return because;
  }
  return unknown('an attribute that decides about a size is not known');
}

/** Unknown when one of the ranks is. */
function shapesOf(graph: Graph, ids: readonly TensorId[]): readonly Shape[] | Unknown {
  const shapes: Shape[] = [];
  for (const { shape } of tensorsOf(graph, ids)) {
    if (isUnknown(shape)) return shape;
    shapes.push(shape);
  }
  return shapes;
}

/** Masks and indices are no feature maps. */
function joinsFeatureMaps(graph: Graph, node: Node): boolean {
  return tensorsOf(graph, node.inputs).filter(input => input.origin === 'activation' && !['bool', 'int32', 'int64'].includes(input.dtype)).length >= 2;
}

/** A frontend may give the network's inputs rows of their own (Caffe does). */
function isInput(graph: Graph, node: Node): boolean {
  return node.outputs.some(output => graph.inputs.some(input => input.tensor === output));
}

function inputActivations(graph: Graph): Dim {
  const withRow = new Set(graph.nodes.flatMap(node => node.outputs));
  const inputs = [...new Set(graph.inputs.map(input => input.tensor))].filter(id => !withRow.has(id));
  return elementsOf(tensorsOf(graph, inputs));
}

// ——— fused: what an inference runtime executes ———

/**
 * `graph` with batch normalisation, and the learned scale behind it, folded into the convolution or linear layer whose only reader it is
 * (the layer then has a bias), and activation functions computed by the operator whose only reader they are.
 */
function fused(graph: Graph, nodes: readonly Counts[]): Counts[] {
  const links = linksOf(graph);
  const users = usersOfWeights(graph);
  const result = [...nodes];
  const position = new Map(graph.nodes.map((node, index) => [node, index]));
  /** What was folded, by the layer that carries it. */
  const folded = new Map<Node, Node>();
  graph.nodes.forEach((node, index) => {
    const counts = result[index];
    const producer = fusableProducer(graph, links, node);
    if (!counts || !producer) return;
    const fuses = opOfKind(node.op)?.fuses;
    if (fuses === 'scale') {
      const known = folded.get(producer);
      const layer = known ?? producer;
      const carrierAt = position.get(layer) ?? -1;
      const carrier = result[carrierAt];
      const target = opOfKind(layer.op)?.scalable?.(layer.attrs);
      if (graph.mode !== 'eval' || !carrier || !target) return;
      // A layer that is called twice cannot carry the normalisation of one of its calls.
      if (layer.weights.some(weight => (users.get(weight.id) ?? 0) > 1)) return;
      folded.set(node, layer);
      result[carrierAt] = { ...carrier, params: total([carrier.params, target.bias || known ? 0 : target.channels]) };
      result[index] = { params: 0, macs: 0, activations: 0 };
    } else if (fuses === 'function' && computes(producer)) {
      result[index] = { ...counts, activations: 0 };
    }
  });
  return result;
}

/** The operator that made the first input, if this node is the only one that reads it. */
function fusableProducer(graph: Graph, links: Links, node: Node): Node | undefined {
  const input: TensorId | undefined = node.inputs[0];
  if (input === undefined || soleConsumer(graph, links, input) !== node) return undefined;
  return links.producer.get(input);
}

function computes(node: Node): boolean {
  const role = roleOf(node);
  return role !== 'shape' && role !== 'constant' && role !== 'split';
}

function usersOfWeights(graph: Graph): Map<number, number> {
  const users = new Map<number, number>();
  for (const node of graph.nodes) for (const weight of new Set(node.weights)) users.set(weight.id, (users.get(weight.id) ?? 0) + 1);
  return users;
}
