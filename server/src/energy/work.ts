/** What a device is given to do: one piece of work per operator that runs, per sample, whatever framework it comes from. */
import { isUnknown } from '../base/unknown';
import type { Graph, Node } from '../graph/graph';
import type { LayerCounts, ModelMetrics } from '../metrics/metrics';
import { attrsIf } from '../ops/define';
import { cast, identity } from '../ops/identity';
import { opOfKind, roleOf } from '../ops/registry';
import type { Dim } from '../tensor/shape';
import { cacheElements } from './decoder-cache';
import { geometryOf, type Geometry } from './geometry';
import type { MemoryNeed } from './memory-need';

/**
 * How a device's libraries treat it: which kernel runs, and how much of its traffic reaches memory.
 * scale: normalisation by constants of a channel (batch normalisation); normalization: by statistics of the data itself, softmax too.
 */
export const workClasses = [
  'standard', 'pointwise', 'dense', 'group', 'depthwise', 'product', 'scale', 'normalization', 'activation', 'elementwise', 'copy',
] as const;
export type WorkClass = (typeof workClasses)[number];

export interface Work {
  readonly workClass: WorkClass;
  /** Of one sample. */
  readonly macs: number;
  readonly inElements: number;
  readonly outElements: number;
  /** Whatever the batch. */
  readonly weightElements: number;
  /** Node that it comes from. */
  readonly node: number;
  readonly path: string;
  /** Sizes of a convolution or product, for devices on which the order of its loops is a choice. */
  readonly geometry?: Geometry;
}

export interface Workload {
  readonly works: readonly Work[];
  /** Some operator's sizes are unknown: what is estimated is at least so much. */
  readonly lowerBound: boolean;
  /** Absent: nobody counted it. */
  readonly memory?: MemoryNeed;
}

/** Figures up to an error are exact as far as they go; what would come after it is no part of them. */
export function endsExactly({ endsAt }: ModelMetrics): boolean {
  return endsAt?.isExact === true;
}

const workloads = new WeakMap<ModelMetrics, { readonly graph: Graph | undefined; readonly workload: Workload }>();

/** Worked out once; what depends on device and batch is cheap then. With the graph, what a decoder keeps of its tokens has to have room too. */
export function workloadOfModel(metrics: ModelMetrics, graph?: Graph): Workload {
  const known = workloads.get(metrics);
  if (known && (graph === undefined || known.graph === graph)) return known.workload;
  const batch = Math.max(1, metrics.batch);
  const ends = endsExactly(metrics);
  const { works, lowerBound } = workloadOf(ends ? metrics.layers.filter(isKnown) : metrics.layers, batch);
  const cache = graph && cacheElements(graph);
  const workload: Workload = {
    works, lowerBound: !ends && (lowerBound || metrics.status !== 'exact'),
    memory: {
      weightElements: metrics.totals.frameworkParams, peakElements: metrics.memory.peakElements / batch,
      ...(cache === undefined ? {} : { cacheElements: cache / batch }),
    },
  };
  workloads.set(metrics, { graph, workload });
  return workload;
}

/** Figures of the layers are those of a whole batch; activations are shared out among its samples, weights are not. */
export function workloadOf(layers: readonly LayerCounts[], batch: number): Workload {
  const works: Work[] = [];
  let lowerBound = false;
  for (const layer of layers) {
    const workClass = classOf(layer);
    if (workClass === undefined) continue;
    const figures = [layer.executedMacs, layer.ifmapElements, layer.ofmapElements, layer.weightElements].map(known);
    const [macs = 0, inElements = 0, outElements = 0, weightElements = 0] = figures.map(value => value ?? 0);
    if (figures.includes(undefined)) lowerBound = true;
    const geometry = macs > 0 ? geometryOf(layer, batch) : undefined;
    const { id: node, path, type } = layer.node;
    works.push(...separated({
      workClass, macs: macs / batch, inElements: inElements / batch, outElements: outElements / batch, weightElements, node, path: path || type,
      ...(geometry ? { geometry } : {}),
    }, layer.node, batch));
  }
  return { works, lowerBound };
}

/** The operator that fails runs no more than those after it. */
function isKnown({ executedMacs, ofmapElements }: LayerCounts): boolean {
  return known(executedMacs) !== undefined && known(ofmapElements) !== undefined;
}

function known(value: Dim): number | undefined {
  return isUnknown(value) ? undefined : value;
}

/** Undefined for what no kernel runs for: views, constants, dropout in inference. */
export function classOf(layer: LayerCounts): WorkClass | undefined {
  const { kind, node } = layer;
  if (kind === 'standard' || kind === 'pointwise' || kind === 'group' || kind === 'depthwise' || kind === 'dense') return kind;
  const op = opOfKind(node.op);
  switch (roleOf(node)) {
    case 'product': case 'composite': return 'product';
    // A scale of channels is what an inference runtime folds away, and what costs little where it does not.
    case 'normalization': return op?.fuses === 'scale' ? 'scale' : 'normalization';
    case 'softmax': case 'local-response': return 'normalization';
    case 'activation': return 'activation';
    case 'elementwise': case 'pool': case 'mean': case 'statistics': return 'elementwise';
    case 'concat': case 'interpolate': case 'pad': case 'embedding': return 'copy';
    case 'split': case 'constant': case 'dropout': return undefined;
    case 'shape': return moves(node) ? 'copy' : undefined;
  }
}

/** An operator that never gives a view copies; a cast runs a kernel, and so does what is asked for in one piece. */
function moves(node: Node): boolean {
  const op = opOfKind(node.op);
  return op?.view === undefined || attrsIf(node, cast) !== undefined || attrsIf(node, identity)?.['inOnePiece'] === true;
}

/** A depthwise separable layer runs as the two convolutions that it stands for. */
function separated(work: Work, node: Node, batch: number): readonly Work[] {
  const [depthwise, pointwise] = node.parts;
  if (node.op !== 'separable-conv' || !depthwise || !pointwise) return [work];
  const between = (known(depthwise.outputElements) ?? 0) / batch;
  const pointwiseMacs = (known(pointwise.macs) ?? 0) / batch;
  const outputs = Math.max(1, work.outElements);
  // A 1×1 weight is used once at every place: outputs / channels of them, and between / middle of these.
  const pointwiseWeights = Math.round(weightsOfPointwise(node, work.weightElements));
  const { geometry: _whole, ...rest } = work;
  return [
    { ...rest, workClass: 'depthwise', macs: work.macs - pointwiseMacs, outElements: between, weightElements: work.weightElements - pointwiseWeights },
    { ...rest, workClass: 'pointwise', macs: pointwiseMacs, inElements: between, outElements: outputs, weightElements: pointwiseWeights },
  ];
}

function weightsOfPointwise(node: Node, all: number): number {
  const kernel = node.weights.find(weight => /pointwise/.test(weight.name));
  const shape = kernel?.type.shape;
  if (!shape || isUnknown(shape)) return all;
  return shape.reduce<number>((product, size) => product * (isUnknown(size) ? 1 : size), 1);
}
