/** What each node counts under each convention (docs/metrics.md): `paper`, `graph` and `fused`. */
import type { Graph, Node, TensorId, Weight } from '../graph/graph';
import { linksOf, soleConsumer, tensorsOf, type Links } from '../graph/walk';
import { roleOf } from '../ops/registry';
import type { Dim } from '../tensor/shape';
import { elementsOf, times, total } from './count';
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

export function countingOf(graph: Graph, convention: Convention): Counting {
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

/** Composites that the framework runs as a single operator: what lies between their parts is never a tensor. */
const singleOperators: ReadonlySet<string> = new Set(['attention', 'head-attention', 'projected-attention', 'recurrent', 'recurrent-cell']);

/** Other composites make the results of their parts. */
function producedElements(graph: Graph, node: Node): Dim {
  return node.parts.length > 0 && !singleOperators.has(node.op) ? total(node.parts.map(part => part.outputElements)) : outputElements(graph, node);
}

// ——— paper: comparable with the published networks ———

/** The `graph` MACs, 1 per output element of an affine batch normalisation (the Scale), elements × size for local response normalisation. */
function paperMacs(graph: Graph, node: Node): Dim {
  if (isAffineBatchNorm(node)) return outputElements(graph, node);
  if (roleOf(node) === 'local-response') return times(outputElements(graph, node), typeof node.attrs['size'] === 'number' ? node.attrs['size'] : NaN);
  return node.macs;
}

/** Outputs count in place or not, dropout also in eval mode; what only moves or makes values does not. */
function paperActivations(graph: Graph, node: Node): Dim {
  if (isInput(graph, node)) return outputElements(graph, node);
  const outputs = tensorsOf(graph, node.outputs);
  if (outputs.every(output => output.origin === 'constant')) return 0;
  switch (roleOf(node)) {
    case 'product': case 'pool': case 'mean': case 'local-response': case 'activation': case 'softmax': case 'dropout':
    case 'concat': case 'split': case 'interpolate': case 'pad': case 'embedding':
      return outputElements(graph, node);
    case 'normalization': return times(outputElements(graph, node), isAffineBatchNorm(node) ? 2 : 1);
    case 'composite': return compositeActivations(graph, node);
    case 'elementwise': return joinsFeatureMaps(graph, node) ? outputElements(graph, node) : 0;
    case 'shape': case 'constant': case 'statistics': return 0;
  }
}

/** Attention counts like its parts written out; a recurrent layer counts every step's output. */
function compositeActivations(graph: Graph, node: Node): Dim {
  if (node.op === 'recurrent') return recurrentActivations(graph, node);
  const [first] = tensorsOf(graph, node.outputs);
  if (node.op === 'recurrent-cell') return first ? elementsOf([first]) : 0;
  return node.parts.length > 0 ? total(node.parts.map(part => part.outputElements)) : outputElements(graph, node);
}

/** steps × batch × state, for each layer and direction. */
function recurrentActivations(graph: Graph, node: Node): Dim {
  const { inputSize, hiddenSize, projectionSize, layers, bidirectional } = node.attrs;
  const [sequence] = tensorsOf(graph, node.inputs);
  if (!sequence || typeof inputSize !== 'number' || typeof hiddenSize !== 'number' || typeof layers !== 'number') return outputElements(graph, node);
  const state = typeof projectionSize === 'number' && projectionSize > 0 ? projectionSize : hiddenSize;
  return times(elementsOf([sequence]), state * layers * (bidirectional === true ? 2 : 1) / inputSize);
}

/** Masks and indices are no feature maps. */
function joinsFeatureMaps(graph: Graph, node: Node): boolean {
  return tensorsOf(graph, node.inputs).filter(input => input.origin === 'activation' && !['bool', 'int32', 'int64'].includes(input.dtype)).length >= 2;
}

function isAffineBatchNorm(node: Node): boolean {
  return node.op === 'batch-norm' && (node.attrs['scale'] === true || node.attrs['shift'] === true);
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

const carriers: ReadonlySet<string> = new Set(['conv', 'conv-transpose', 'linear']);

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
    if (node.op === 'batch-norm' || node.op === 'scale') {
      const known = folded.get(producer);
      const layer = known ?? producer;
      const carrierAt = position.get(layer) ?? -1;
      const carrier = result[carrierAt];
      const channels = layer.attrs['outChannels'] ?? layer.attrs['outFeatures'];
      if (graph.mode !== 'eval' || !carrier || typeof channels !== 'number' || !carriers.has(layer.op)) return;
      // A layer that is called twice cannot carry the normalisation of one of its calls.
      if (layer.weights.some(weight => (users.get(weight.id) ?? 0) > 1)) return;
      folded.set(node, layer);
      result[carrierAt] = { ...carrier, params: total([carrier.params, layer.attrs['bias'] === false && !known ? channels : 0]) };
      result[index] = { params: 0, macs: 0, activations: 0 };
    } else if (roleOf(node) === 'activation' && computes(producer)) {
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
