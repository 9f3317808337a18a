/** Sums over the network and the network's own reuse figures. */
import type { Graph } from '../graph/graph';
import { sumOf, type Sum } from './count';
import type { Counting } from './conventions';
import type { TotalCounts } from './metrics';
import { elementCount } from '../tensor/shape';

export type NetworkReuse = Pick<TotalCounts, 'weightReuse' | 'activationReuse' | 'intensity' | 'activationsPerParam'>;

export function totalsOf(graph: Graph, counting: Counting): TotalCounts {
  const used = new Set(graph.nodes.flatMap(node => node.weights.map(weight => weight.id)));
  const elements = (weights: Graph['weights']): Sum => sumOf(weights.map(weight => elementCount(weight.type.shape)));
  const executedParams = sumOf(counting.nodes.map(node => node.params));
  const unused = elements(counting.weights.filter(weight => !used.has(weight.id)));
  const macs = sumOf(counting.nodes.map(node => node.macs));
  const activations = sumOf([counting.inputActivations, ...counting.nodes.map(node => node.activations)]);
  const framework = elements(graph.weights);
  const sums = [executedParams, unused, macs, activations, framework];
  const uncounted = sums.find(({ because }) => because?.uncountable)?.because;
  return {
    params: executedParams.known + unused.known,
    frameworkParams: framework.known,
    trainableParams: elements(graph.weights.filter(weight => weight.trainable)).known,
    unusedParams: unused.known,
    buffers: graph.bufferElements,
    macs: macs.known,
    activations: activations.known,
    inputActivations: sumOf([counting.inputActivations]).known,
    ...networkReuse(macs.known, executedParams.known, activations.known),
    lowerBound: sums.some(sum => sum.because !== undefined),
    ...(uncounted ? { uncounted } : {}),
  };
}

/** M = MACs, W = executed weights, A = activations of the whole network. */
export function networkReuse(macs: number, weights: number, activations: number): NetworkReuse {
  if (activations === 0) return {};
  const byActivation = { activationReuse: macs / activations, intensity: macs / (weights + activations) };
  return weights === 0 ? byActivation : { ...byActivation, weightReuse: macs / weights, activationsPerParam: activations / weights };
}
