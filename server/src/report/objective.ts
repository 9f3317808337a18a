/** Energy per pass by M_c · (1/DI)^k: as data, as a line, and what the published networks say about α and k. */
import { defaultSettings } from '../../../shared/src/settings';
import type { Model } from '../../../shared/src/report';
import { compact, energyInterval, figure } from '../base/format';
import { within } from '../energy/interval';
import type { ModelMetrics } from '../metrics/metrics';
import { publishedDevices, publishedNetworks } from '../metrics/published/networks';
import { energyPerPass, fittedConstants, measuredSettings, objectiveOf } from '../metrics/published/objective';
import { isComparable, placementOf } from '../metrics/published/placement';
import { inUnits, type CostLine } from './cost-lines';

export function objectivePart(metrics: ModelMetrics, k: number = defaultSettings.exponent): Pick<Model, 'objective'> {
  const { totals: { macs, di, activationReuse }, alpha } = metrics;
  if (metrics.status === 'failed' || di === undefined || !(di > 0)) return {};
  const value = objectiveOf(macs, di, k);
  const placement = placementOf({ ...metrics, di, activationReuse });
  if (placement === undefined || !isComparable(placement)) return { objective: { k, value } };
  const measured = measuredSettings.flatMap(setting => {
    const found = energyPerPass(value, setting, alpha, k);
    return found ? [{ device: setting.device, batch: setting.batch, millijoules: within(found.joules * 1e3, found.factor) }] : [];
  });
  return { objective: { k, value, ...(measured.length > 0 ? { energyPerPass: measured } : {}) } };
}

/** Of a model that is like the published networks. */
export function objectiveLine({ objective, alpha }: Model): CostLine | undefined {
  if (!objective?.energyPerPass) return undefined;
  const { k, value, energyPerPass: measured } = objective;
  const on = measured.filter(({ batch }) => batch === 1).map(({ device, millijoules }) => `${energyInterval(inUnits(millijoules))} on ${device}`);
  return ['EPP', `∝ M_c/DI^k ${compact(value)} (k = ${figure(k)}, α = ${figure(alpha)}); an image of a published network of that value took ${on.join(', ')} (Caffe, batch 1)`];
}

/** How sure α and k are. */
export function fittedText(): string {
  const texts = fittedConstants.map(({ device, batch, alpha, k }) =>
    `${publishedDevices[device]}, batch ${batch}: α ${figure(alpha.at)} (${figure(alpha.low)} to ${figure(alpha.high)}), k ${figure(k.at)} (${figure(k.low)} to ${figure(k.high)})`);
  return `α and k that fit the measured energy of the ${publishedNetworks.length} networks best, with what 95 % of the networks drawn anew give: ${texts.join('; ')}. `
    + 'α = 0.8 lies in all of these ranges, so it stays the default; k is 1 unless set.';
}
