/** What part of its model a layer is: of the activations that are moved, of the weights, of the MACs. */
import { classOf } from '../energy/work';
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
    const batch = Math.max(1, metrics.batch);
    let [activations, macs] = [0, 0];
    for (const layer of metrics.layers) {
      if (classOf(layer) === undefined) continue;
      activations += moved(layer) / batch;
      macs += numberOf(layer.executedMacs) / batch;
    }
    known.set(metrics, sums = { activations, weights: metrics.totals.frameworkParams, macs });
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
