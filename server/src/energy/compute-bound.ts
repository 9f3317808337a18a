/** From which batch on arithmetic, not memory or the start of operators, takes most of the time. */
import { answer, type Catalogue, type EnergyRequest } from './answer';
import type { Estimate } from './estimate';
import type { Workload } from './work';

export interface ComputeBound {
  /** The smallest batch at which layers bound by arithmetic take at least half of the time; absent: none up to `tried`. */
  readonly from?: number;
  /** The largest batch that was tried. */
  readonly tried: number;
  /** Share of the time in such layers at `from`, or at `tried`. */
  readonly share: number;
}

const largestBatch = 1024;

/** Undefined where the device gives no layers to tell. */
export function computeBoundFrom(request: EnergyRequest, workload: Workload, catalogue?: Catalogue): ComputeBound | undefined {
  const shareAt = (batch: number): number | undefined => {
    const given = answer({ ...request, batch }, workload, catalogue);
    return 'problem' in given ? undefined : computeShare(given.estimate);
  };
  let [below, tried, last] = [0, 0, 0];
  for (let batch = 1; batch <= largestBatch; batch *= 2) {
    const share = shareAt(batch);
    if (share === undefined) break;
    [tried, last] = [batch, share];
    if (share >= 0.5) return { from: between(below, batch, shareAt), tried: batch, share };
    below = batch;
  }
  return tried === 0 ? undefined : { tried, share: last };
}

function between(below: number, above: number, shareAt: (batch: number) => number | undefined): number {
  let [low, high] = [below, above];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((shareAt(middle) ?? 0) >= 0.5) high = middle;
    else low = middle;
  }
  return high;
}

function computeShare({ layers }: Estimate): number | undefined {
  const all = layers.reduce((sum, layer) => sum + layer.seconds, 0);
  return all > 0 ? layers.reduce((sum, layer) => sum + (layer.boundBy === 'compute' ? layer.seconds : 0), 0) / all : undefined;
}
