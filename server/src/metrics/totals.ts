/** Sums over the network and the network's own reuse figures. Source: paper 2, Eq. 2 (DI) and Eq. 5 (d_f). */
import type { Graph } from '../graph/graph';
import { sumOf, type Sum } from './count';
import type { Counting } from './conventions';
import type { Totals } from './metrics';
import { weightedReuse } from './reuse';
import { elementCount } from '../tensor/shape';

type NetworkReuse = Pick<Totals, 'weightReuse' | 'activationReuse' | 'intensity' | 'di' | 'disparity' | 'activationsPerParam'>;

export function totalsOf(graph: Graph, counting: Counting, alpha: number): Totals {
  const used = new Set(graph.nodes.flatMap(node => node.weights.map(weight => weight.id)));
  const elements = (weights: Graph['weights']): Sum => sumOf(weights.map(weight => elementCount(weight.type.shape)));
  const executedParams = sumOf(counting.nodes.map(node => node.params));
  const unused = elements(counting.weights.filter(weight => !used.has(weight.id)));
  const macs = sumOf(counting.nodes.map(node => node.macs));
  const activations = sumOf([counting.inputActivations, ...counting.nodes.map(node => node.activations)]);
  const framework = elements(graph.weights);
  return {
    params: executedParams.known + unused.known,
    frameworkParams: framework.known,
    trainableParams: elements(graph.weights.filter(weight => weight.trainable)).known,
    unusedParams: unused.known,
    buffers: graph.bufferElements,
    macs: macs.known,
    activations: activations.known,
    inputActivations: sumOf([counting.inputActivations]).known,
    ...networkReuse(macs.known, executedParams.known, activations.known, alpha),
    lowerBound: [executedParams, unused, macs, activations, framework].some(sum => sum.because !== undefined),
  };
}

/** M = MACs, W = executed weights, A = activations of the whole network. */
export function networkReuse(macs: number, weights: number, activations: number, alpha: number): NetworkReuse {
  const byActivation = activations > 0 ? { activationReuse: macs / activations, intensity: macs / (weights + activations) } : {};
  if (weights === 0 || activations === 0) return byActivation;
  const weightReuse = macs / weights;
  const di = weightedReuse(macs / activations, weightReuse, alpha);
  const intensity = macs / (weights + activations);
  return {
    ...byActivation, weightReuse, di,
    ...(intensity > 0 ? { disparity: (intensity - di) / intensity * 100 } : {}),
    activationsPerParam: activations / weights,
  };
}
