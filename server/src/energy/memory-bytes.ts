/** Bytes that a model needs: weights, activations alive at once, what training keeps, the cache of a decoder. */
import { isUnknown } from '../base/unknown';
import type { Graph, GraphTensor, Node, StorageId } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import type { ModelMetrics } from '../metrics/metrics';
import { activation } from '../ops/activation';
import { attrsIf } from '../ops/define';
import { elementwise } from '../ops/elementwise';
import { roleOf } from '../ops/registry';
import { elementCount } from '../tensor/shape';
import { cacheElements } from './decoder-cache';
import { endsExactly } from './work';

/** Numbers that an optimiser keeps for every weight. */
export const optimizers = { sgd: 0, momentum: 1, rmsprop: 1, adagrad: 1, adam: 2, adamw: 2, lion: 1 } as const;
export type Optimizer = keyof typeof optimizers;

export interface TrainingOptions {
  readonly optimizer: Optimizer;
  /** Activations are computed again in the backward pass, but those at the borders of the best segments. */
  readonly checkpointing: boolean;
  /** Products run in half precision beside weights kept in float32. */
  readonly autocast: boolean;
}

export const usualTraining: TrainingOptions = { optimizer: 'adam', checkpointing: false, autocast: false };

export interface TrainingBytes extends TrainingOptions {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizerState: number;
  /** Of the whole batch. */
  readonly savedActivations: number;
  readonly total: number;
}

export interface MemoryBytes {
  readonly batch: number;
  /** As inference keeps them, running statistics included. */
  readonly weights: number;
  /** Largest sum of tensors alive at once: the arena of a runtime that plans its memory. Weights are not in it. */
  readonly peakActivations: number;
  readonly inference: number;
  readonly training: TrainingBytes;
  /** Keys and values of the whole context; absent for what decodes nothing. */
  readonly keyValueCache?: number;
  readonly lowerBound: boolean;
}

/** float32, as frameworks train. */
const wide = 4;
const half = 2;

export function memoryBytesOf(graph: Graph, metrics: ModelMetrics, elementBytes: number, batch: number, options: TrainingOptions = usualTraining): MemoryBytes {
  const perSample = batch / Math.max(1, metrics.batch);
  const stored = metrics.totals.frameworkParams + (graph.framework === 'keras' ? 0 : graph.bufferElements);
  const weights = stored * elementBytes;
  const peakActivations = metrics.memory.peakElements * perSample * elementBytes;
  const cache = cacheElements(graph);
  return {
    batch, weights, peakActivations, inference: weights + peakActivations,
    training: trainingBytes(graph, metrics, perSample, options),
    ...(cache === undefined ? {} : { keyValueCache: cache * perSample * elementBytes }),
    lowerBound: !endsExactly(metrics) && (metrics.status !== 'exact' || metrics.memory.lowerBound || metrics.totals.lowerBound),
  };
}

function trainingBytes(graph: Graph, metrics: ModelMetrics, perSample: number, options: TrainingOptions): TrainingBytes {
  const { frameworkParams, trainableParams } = metrics.totals;
  const weights = frameworkParams * wide + (options.autocast ? trainableParams * half : 0);
  const gradients = trainableParams * wide;
  const optimizerState = trainableParams * wide * optimizers[options.optimizer];
  const saved = savedByNode(graph, options.autocast);
  const savedActivations = perSample * (options.checkpointing ? bestSegments(saved, metrics.memory.timeline, options.autocast).bytes : sum(saved));
  return { ...options, weights, gradients, optimizerState, savedActivations, total: weights + gradients + optimizerState + savedActivations };
}

/** Bytes that each operator is the first to keep for the backward pass; tensors that share memory count once. */
function savedByNode(graph: Graph, autocast: boolean): readonly number[] {
  const kept = new Set<StorageId>();
  return graph.nodes.map(node => savedTensors(graph, node).reduce((bytes, tensor) => {
    if (tensor.origin !== 'activation' || kept.has(tensor.storage)) return bytes;
    kept.add(tensor.storage);
    const elements = elementCount(tensor.shape);
    return bytes + (isUnknown(elements) ? 0 : elements * bytesOf(node, autocast));
  }, 0));
}

/** Normalisations and softmax stay in float32 under autocast. */
function bytesOf(node: Node, autocast: boolean): number {
  const role = roleOf(node);
  return autocast && role !== 'normalization' && role !== 'softmax' ? half : wide;
}

/** Functions whose derivative follows from the result. */
const fromResult: ReadonlySet<string> = new Set(['relu', 'relu6', 'sigmoid', 'tanh', 'leaky-relu', 'elu', 'hard-tanh', 'clipped-relu']);

/** What the derivative of an operator is made of. */
function savedTensors(graph: Graph, node: Node): readonly GraphTensor[] {
  const inputs = (): readonly GraphTensor[] => tensorsOf(graph, node.inputs);
  const outputs = (): readonly GraphTensor[] => tensorsOf(graph, node.outputs);
  switch (roleOf(node)) {
    case 'product': case 'normalization': case 'local-response': case 'pool': return inputs();
    case 'composite': return [...inputs(), ...outputs()];
    case 'softmax': return outputs();
    case 'activation': return fromResult.has(String(attrsIf(node, activation)?.function)) ? outputs() : inputs();
    case 'elementwise': return keepsOperands(node) ? inputs() : [];
    default: return [];
  }
}

/** Sums and differences need nothing. */
function keepsOperands(node: Node): boolean {
  const name = attrsIf(node, elementwise)?.function;
  return name === undefined || !['add', 'subtract', 'negative'].includes(name);
}

interface Segments {
  readonly bytes: number;
  /** Index of the last operator of each segment but the last one; empty: it saves nothing. */
  readonly ends: readonly number[];
}

/** Segments of operators: what lives at their borders is kept, and one segment at a time is computed again. The best of all equal splits. */
function bestSegments(saved: readonly number[], timeline: readonly number[], autocast: boolean): Segments {
  const all = sum(saved);
  let best: Segments = { bytes: all, ends: [] };
  for (let segments = 2; segments <= Math.min(64, saved.length); segments++) {
    let [largest, borders, current] = [0, 0, 0];
    const ends: number[] = [];
    saved.forEach((bytes, index) => {
      current += bytes;
      if (current < all / segments && index < saved.length - 1) return;
      largest = Math.max(largest, current);
      if (index < saved.length - 1) {
        borders += (timeline[index + 1] ?? 0) * (autocast ? half : wide);
        ends.push(index);
      }
      current = 0;
    });
    if (largest + borders < best.bytes) best = { bytes: largest + borders, ends };
  }
  return best;
}

/** What training keeps of one operator, in bytes of the whole batch; a weight belongs to the first that uses it. */
export interface NodeTraining {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizerState: number;
  readonly savedActivations: number;
  readonly savedWithAutocast: number;
  /** With checkpointing a segment ends here: what lives behind it is kept. */
  readonly endsSegment: boolean;
}

const byGraph = new WeakMap<Graph, ReadonlyMap<number, Omit<NodeTraining, 'optimizerState'>>>();

/** By node; of the batch that the graph was made with. */
function trainingByNode(graph: Graph, metrics: ModelMetrics): ReadonlyMap<number, Omit<NodeTraining, 'optimizerState'>> {
  const known = byGraph.get(graph);
  if (known) return known;
  const [saved, inHalf] = [savedByNode(graph, false), savedByNode(graph, true)];
  const ends = new Set(bestSegments(saved, metrics.memory.timeline, false).ends);
  const used = new Set<number>();
  const found = new Map(graph.nodes.map((node, index) => {
    let [weights, trainable] = [0, 0];
    for (const weight of node.weights) {
      if (used.has(weight.id)) continue;
      used.add(weight.id);
      const elements = elementCount(weight.type.shape);
      if (isUnknown(elements)) continue;
      weights += elements;
      if (weight.trainable) trainable += elements;
    }
    return [node.id, {
      weights: weights * wide, gradients: trainable * wide, savedActivations: saved[index] ?? 0, savedWithAutocast: inHalf[index] ?? 0, endsSegment: ends.has(index),
    }] as const;
  }));
  byGraph.set(graph, found);
  return found;
}

/** Summed over the operators of a row, at a batch. */
export function trainingOfNodes(graph: Graph, metrics: ModelMetrics, nodes: ReadonlySet<number>, batch: number, optimizer: Optimizer): NodeTraining {
  const perSample = batch / Math.max(1, metrics.batch);
  const all = trainingByNode(graph, metrics);
  let [weights, gradients, savedActivations, savedWithAutocast, endsSegment] = [0, 0, 0, 0, false];
  for (const id of nodes) {
    const node = all.get(id);
    if (!node) continue;
    weights += node.weights;
    gradients += node.gradients;
    savedActivations += node.savedActivations * perSample;
    savedWithAutocast += node.savedWithAutocast * perSample;
    endsSegment ||= node.endsSegment;
  }
  return { weights, gradients, optimizerState: gradients * optimizers[optimizer], savedActivations, savedWithAutocast, endsSegment };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
