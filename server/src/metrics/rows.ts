/** Graph → the figures of every layer and of the whole, under one convention. */
import type { Problem } from '../base/problem';
import { isUnknown, type Unknown } from '../base/unknown';
import type { Graph, TensorId } from '../graph/graph';
import { openBatchOf, tensorsOf } from '../graph/walk';
import type { Shape } from '../tensor/shape';
import { countingOf, type Counting } from './conventions';
import { memoryOf } from './memory';
import { layerAt, totalsAt } from './intensity';
import type { Convention, Counts, Doubt, LayerCounts, ModelCounts, ModelMetrics } from './metrics';
import { joinFollowers, rowsOf } from './outer-calls';
import { inputElements, kindOf, outputElements, referenceOf, reuseOf, weightElements } from './reuse';
import { doubtOf, statusOf } from './status';
import { totalsOf } from './totals';
import { untilError } from './until-error';

export interface MetricsOptions {
  readonly convention: Convention;
  /** Weight of activation reuse against weight reuse in DI. */
  readonly alpha: number;
  /** Where the inputs do not tell. */
  readonly batch: number;
  /** Problems of the whole file that put every model of it in doubt. */
  readonly doubts?: readonly Problem[];
}

const counted = new WeakMap<Graph, Map<Convention, ModelCounts>>();

/** A graph is counted once for each convention: what the figures depend on beyond that is worked out from the counts. */
export function metricsOf(graph: Graph, { convention, alpha, batch, doubts = [] }: MetricsOptions): ModelMetrics {
  const counts = countsOf(graph, convention);
  return {
    convention, alpha,
    batch: counts.batch ?? batch,
    ...statusOf(withSums(counts), doubts),
    layers: counts.layers.map(layer => layerAt(layer, alpha)),
    rows: counts.rows.map(row => layerAt(row, alpha)),
    totals: totalsAt(counts.totals, alpha),
    memory: counts.memory,
    ...(counts.endsAt ? { endsAt: counts.endsAt } : {}),
  };
}

/** A sum that is none is in doubt whatever the graph says. */
function withSums({ doubt, totals: { uncounted } }: ModelCounts): Doubt {
  return uncounted ? { ...doubt, inGraph: [...doubt.inGraph, { ...uncounted, code: 'unmodelled' }] } : doubt;
}

function countsOf(graph: Graph, convention: Convention): ModelCounts {
  let byConvention = counted.get(graph);
  if (!byConvention) counted.set(graph, byConvention = new Map());
  let counts = byConvention.get(convention);
  if (!counts) byConvention.set(convention, counts = count(graph, convention));
  return counts;
}

function count(whole: Graph, convention: Convention): ModelCounts {
  const { graph, endsAt } = untilError(whole);
  const counting = countingOf(graph, convention);
  const layers = layersOf(graph, counting);
  const memory = memoryOf(graph);
  const doubt = doubtOf(graph);
  return {
    batch: batchOf(graph), doubt, layers, rows: rowsOf(graph, layers, memory.timeline),
    totals: totalsOf(graph, counting), memory, ...(endsAt ? { endsAt: { ...endsAt, isExact: doubt.inGraph.length <= 1 } } : {}),
  };
}

function layersOf(graph: Graph, counting: Counting): readonly LayerCounts[] {
  return joinFollowers(graph, graph.nodes.map((node, index): LayerCounts => {
      const ifmapElements = inputElements(graph, node);
      const ofmapElements = outputElements(graph, node);
      const weights = weightElements(node);
      const reuse = reuseOf(node.macs, weights, ifmapElements, ofmapElements);
      const reference = referenceOf(node, reuse.activationReuse);
      const { params, macs, activations } = counting.nodes[index] ?? nothing;
      const layer: { -readonly [Field in keyof LayerCounts]: LayerCounts[Field] } = {
        node, kind: kindOf(node), inputs: shapesOf(graph, node.inputs), outputs: shapesOf(graph, node.outputs),
        ifmapElements, ofmapElements, weightElements: weights, executedMacs: node.macs, params, macs, activations,
      };
      // One by one: there are thousands of layers, and a spread of each costs more than counting it.
      const openBatch = openBatchOf(graph, node);
      if (openBatch !== undefined) layer.openBatch = openBatch;
      if (reuse.weightReuse !== undefined) layer.weightReuse = reuse.weightReuse;
      if (reuse.activationReuse !== undefined) layer.activationReuse = reuse.activationReuse;
      if (reuse.intensity !== undefined) layer.intensity = reuse.intensity;
      if (reference) layer.reference = reference;
      return layer;
  }));
}

const nothing: Counts = { params: 0, macs: 0, activations: 0 };

/** Weights among the inputs are left out: `in` is what flows. */
function shapesOf(graph: Graph, ids: readonly TensorId[]): (Shape | Unknown)[] {
  const tensors = tensorsOf(graph, ids);
  const flowing = tensors.some(tensor => tensor.origin === 'weight') ? tensors.filter(tensor => tensor.origin !== 'weight') : tensors;
  return (flowing.length > 0 ? flowing : tensors).map(tensor => tensor.shape);
}

/** The leading size of the first input, unless that input is a vector. */
function batchOf(graph: Graph): number | undefined {
  const tensor = graph.inputs[0] && graph.tensors.get(graph.inputs[0].tensor);
  if (!tensor || isUnknown(tensor.shape) || tensor.shape.length < 2) return undefined;
  const leading = tensor.shape[0];
  return typeof leading === 'number' ? leading : undefined;
}
