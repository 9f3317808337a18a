/**
 * What the Netscope CNN Analyzer, with which the published networks were counted, counts otherwise than the rest of the `paper` convention.
 * Applies to Caffe files alone: their layers are the ones that it knew (docs/metrics.md). Source: github.com/dgschwend/netscope, src/analyzer.coffee.
 */
import type { Graph, Node } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import { product, sizesOf, type Dim } from '../tensor/shape';
import { isUnknown } from '../base/unknown';
import { activation } from '../ops/activation';
import { batchNorm } from '../ops/batch-norm';
import { convTranspose } from '../ops/conv-transpose';
import { attrsIf, type AnyOp } from '../ops/define';
import { elementwise } from '../ops/elementwise';
import { localResponseNorm } from '../ops/local-response-norm';
import { normalize, scale } from '../ops/normalize';
import { flatten } from '../ops/reshape';
import { cropLike } from '../ops/slice';
import { elementsOf, times } from './count';
import type { Counts } from './metrics';
import { outputElements } from './reuse';

type Count = (graph: Graph, node: Node) => Dim;

const none: Count = () => 0;
/** Each output counts as many MACs, or as many activations, as it has elements. */
const perElement: Count = (graph, node) => outputElements(graph, node);

type Counted = Partial<Readonly<Record<keyof Counts, Count>>>;

/** By operator; what a row leaves out is counted as everywhere else. */
const rows: readonly (readonly [AnyOp, Counted])[] = [
  // A mean and a variance for each channel; the Scale behind it multiplies, and its weights are left out.
  [batchNorm, { params: (graph, node) => times(channels(graph, node), 2), macs: none, activations: perElement }],
  [scale, { params: none, macs: perElement, activations: perElement }],
  // alpha and beta.
  [localResponseNorm, { params: () => 2 }],
  [normalize, { params: () => 2, macs: perElement }],
  [activation, { params: none }],
  [convTranspose, { params: transposedParams, macs: transposedMacs }],
  [flatten, { activations: perElement }],
  [cropLike, { activations: perElement }],
];

const byOp: ReadonlyMap<string, Counted> = new Map(rows.map(([op, counted]) => [op.kind, counted]));

/** By layer type, where the operator says too little. */
const byType: Readonly<Record<string, Counted>> = {
  Blob: { activations: perElement },
  // With a second bottom for the factors it is the same layer.
  Scale: { params: none, macs: perElement, activations: perElement },
  Power: { macs: (graph, node) => (attrsIf(node, elementwise)?.factor === 1 ? 0 : outputElements(graph, node)), activations: perElement },
};

/** Undefined where the counts of the convention stand as they are. */
export function netscopeCounts(graph: Graph, node: Node): Partial<Counts> | undefined {
  if (graph.framework !== 'caffe') return undefined;
  const row = byType[node.type] ?? byOp.get(node.op);
  return row && Object.fromEntries(Object.entries(row).map(([name, count]) => [name, count(graph, node)]));
}

function channels(graph: Graph, node: Node): Dim {
  const [output] = tensorsOf(graph, node.outputs);
  if (!output || isUnknown(output.shape)) return elementsOf(output ? [output] : []);
  return output.shape[1] ?? 1;
}

/** Without a bias, and as if there were one group. */
function transposedParams(_graph: Graph, node: Node): Dim {
  const attrs = attrsIf(node, convTranspose);
  return attrs ? product(attrs.kernel) * attrs.inChannels * attrs.outChannels : 0;
}

function transposedMacs(graph: Graph, node: Node): Dim {
  const attrs = attrsIf(node, convTranspose);
  const [output] = tensorsOf(graph, node.outputs);
  if (!attrs || !output || isUnknown(output.shape)) return node.macs;
  const { inChannels, outChannels, kernel, stride } = attrs;
  const [batch = 1, , ...size] = sizesOf(output.shape);
  const macs = batch * inChannels * outChannels * product(size.map((extent, axis) => extent * (kernel[axis] ?? 1) / (stride[axis] ?? 1)));
  return Number.isFinite(macs) ? macs : node.macs;
}
