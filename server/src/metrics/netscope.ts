/**
 * What the Netscope CNN Analyzer, with which the published networks were counted, counts otherwise than the rest of the `paper` convention.
 * Applies to Caffe files alone: their layers are the ones that it knew (docs/metrics.md). Source: github.com/dgschwend/netscope, src/analyzer.coffee.
 */
import type { Graph, Node } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import { product, sizesOf, type Dim } from '../tensor/shape';
import { isUnknown } from '../base/unknown';
import { elementsOf, times } from './count';
import type { Counts } from './metrics';
import { outputElements } from './reuse';

type Count = (graph: Graph, node: Node) => Dim;

const none: Count = () => 0;
/** Each output counts as many MACs, or as many activations, as it has elements. */
const perElement: Count = (graph, node) => outputElements(graph, node);

/** By operator; what a row leaves out is counted as everywhere else. */
const rows: Readonly<Record<string, Partial<Readonly<Record<keyof Counts, Count>>>>> = {
  // A mean and a variance for each channel; the Scale behind it multiplies, and its weights are left out.
  'batch-norm': { params: (graph, node) => times(channels(graph, node), 2), macs: none, activations: perElement },
  'scale': { params: none, macs: perElement, activations: perElement },
  // alpha and beta.
  'local-response-norm': { params: () => 2 },
  'normalize': { params: () => 2, macs: perElement },
  'activation': { params: none },
  'conv-transpose': { params: transposedParams, macs: transposedMacs },
  'flatten': { activations: perElement },
  'crop-like': { activations: perElement },
};

/** By layer type, where the operator says too little. */
const byType: typeof rows = {
  Blob: { activations: perElement },
  Power: { macs: (graph, node) => (node.attrs['factor'] === 1 ? 0 : outputElements(graph, node)), activations: perElement },
};

/** Undefined where the counts of the convention stand as they are. */
export function netscopeCounts(graph: Graph, node: Node): Partial<Counts> | undefined {
  if (graph.framework !== 'caffe') return undefined;
  const row = byType[node.type] ?? rows[node.op];
  return row && Object.fromEntries(Object.entries(row).map(([name, count]) => [name, count(graph, node)]));
}

function channels(graph: Graph, node: Node): Dim {
  const [output] = tensorsOf(graph, node.outputs);
  if (!output || isUnknown(output.shape)) return elementsOf(output ? [output] : []);
  return output.shape[1] ?? 1;
}

interface Transposed {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
}

/** Without a bias, and as if there were one group. */
function transposedParams(_graph: Graph, node: Node): Dim {
  const { inChannels, outChannels, kernel } = node.attrs as unknown as Transposed;
  return product(kernel) * inChannels * outChannels;
}

function transposedMacs(graph: Graph, node: Node): Dim {
  const { inChannels, outChannels, kernel, stride } = node.attrs as unknown as Transposed;
  const [output] = tensorsOf(graph, node.outputs);
  if (!output || isUnknown(output.shape)) return node.macs;
  const [batch = 1, , ...size] = sizesOf(output.shape);
  const macs = batch * inChannels * outChannels * product(size.map((extent, axis) => extent * (kernel[axis] ?? 1) / (stride[axis] ?? 1)));
  return Number.isFinite(macs) ? macs : node.macs;
}
