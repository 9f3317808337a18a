/** What part of its model a layer is: of the activations that are moved, of the weights, of the MACs. */
import { workloadOfModel } from '../energy/work';
import { isUnknown } from '../base/unknown';
import type { LayerMetrics, ModelMetrics } from '../metrics/metrics';
import type { Dim } from '../tensor/shape';
import type { Share, ShareOf } from './define';

interface Sums {
  readonly activations: number;
  readonly weights: number;
  readonly macs: number;
}

const known = new WeakMap<ModelMetrics, Sums>();

/** Of everything that runs, a view not; per sample. */
function sumsOf(metrics: ModelMetrics): Sums {
  let sums = known.get(metrics);
  if (!sums) {
    const { works } = workloadOfModel(metrics);
    const sum = (of: (work: typeof works[number]) => number): number => works.reduce((total, work) => total + of(work), 0);
    known.set(metrics, sums = { activations: sum(work => work.inElements + work.outElements), weights: metrics.totals.frameworkParams, macs: sum(work => work.macs) });
  }
  return sums;
}

/** Activations that the layer reads and writes. */
export function moved({ ifmapElements, ofmapElements }: LayerMetrics): number {
  return numberOf(ifmapElements) + numberOf(ofmapElements);
}

/** Its activations, weights or MACs as a part of the model's. */
export function partOf(metrics: ModelMetrics, layer: LayerMetrics, of: ShareOf): Share {
  const batch = Math.max(1, metrics.batch);
  const sums = sumsOf(metrics);
  const own = of === 'activations' ? moved(layer) / batch : of === 'macs' ? numberOf(layer.executedMacs) / batch : numberOf(layer.weightElements);
  return { of, part: sums[of] > 0 ? Math.min(1, own / sums[of]) : 0 };
}

export function numberOf(value: Dim | undefined): number {
  return value === undefined || isUnknown(value) ? 0 : value;
}
