/** The only place that knows α: DI of layers and networks, from what was counted. Source: paper 2 (docs/metrics.md), Eq. 2 (DI) and Eq. 5 (d_f). */
import { isUnknown } from '../base/unknown';
import type { Dim } from '../tensor/shape';
import { copyOf } from './copy';
import type { LayerCounts, LayerMetrics, Reuse, TotalCounts, Totals } from './metrics';
import type { NetworkReuse } from './totals';

/** DI = (α · M_c/A + (1 − α) · M_c/W) / 4, of a layer or of a network. */
function weightedReuse(activationReuse: number, weightReuse: number, alpha: number): number {
  return (alpha * activationReuse + (1 - alpha) * weightReuse) / 4;
}

/** Undefined where DI does not apply: without weights, or without MACs and activations. */
function layerDi({ activationReuse, weightReuse }: Reuse, alpha: number): Dim | undefined {
  if (activationReuse === undefined || weightReuse === undefined) return undefined;
  if (isUnknown(activationReuse)) return activationReuse;
  return isUnknown(weightReuse) ? weightReuse : weightedReuse(activationReuse, weightReuse, alpha);
}

export function layerAt<Counted extends LayerCounts>(counts: Counted, alpha: number): Counted & LayerMetrics {
  const di = layerDi(counts, alpha);
  return di === undefined ? counts : Object.assign(copyOf(counts), { di }) as Counted & LayerMetrics;
}

/** DI and disparity of a whole network. */
export function networkDi({ activationReuse, weightReuse, intensity }: NetworkReuse, alpha: number): Pick<Totals, 'di' | 'disparity'> {
  if (activationReuse === undefined || weightReuse === undefined || intensity === undefined) return {};
  const di = weightedReuse(activationReuse, weightReuse, alpha);
  return { di, ...(intensity > 0 ? { disparity: (intensity - di) / intensity * 100 } : {}) };
}

export function totalsAt(counts: TotalCounts, alpha: number): Totals {
  return { ...counts, ...networkDi(counts, alpha) };
}
