/**
 * Energy per pass by Eq. 7 of paper 2 (docs/metrics.md): EPP ∝ M_c · (1/DI)^k. What the published networks say about it: the energy that the
 * proportion stands for on the devices they were measured on, and which α and k fit them, with how sure that is.
 */
import { networkDi } from '../intensity';
import { networkReuse } from '../totals';
import { joulesPerImage, publishedNetworks, type PublishedDevice, type PublishedNetwork } from './networks';

export function objectiveOf(macs: number, di: number, k: number): number {
  return macs / di ** k;
}

export interface MeasuredSetting {
  readonly device: PublishedDevice;
  readonly batch: 1 | 4;
}

export const measuredSettings: readonly MeasuredSetting[] = [{ device: 'P100', batch: 1 }, { device: 'P100', batch: 4 }, { device: 'P4000', batch: 1 }, { device: 'P4000', batch: 4 }];

export function diOf({ macs, params, activations }: PublishedNetwork, alpha: number): number {
  return networkDi(networkReuse(macs, params, activations), alpha).di ?? NaN;
}

/** Further than this from all that was measured a proportion says nothing. */
const beyond = 1.5;

/** Joules of an image, and the factor within which 80 % of the published networks lie when each is left out; undefined far from all of them. */
export function energyPerPass(objective: number, { device, batch }: MeasuredSetting, alpha: number, k: number): { readonly joules: number; readonly factor: number } | undefined {
  const published = publishedNetworks.map(network => objectiveOf(network.macs, diOf(network, alpha), k));
  if (!(objective >= Math.min(...published) / beyond && objective <= Math.max(...published) * beyond)) return undefined;
  const logs = publishedNetworks.map(network => Math.log(joulesPerImage(network, device, batch) / objectiveOf(network.macs, diOf(network, alpha), k)));
  const all = logs.reduce((sum, each) => sum + each, 0);
  const missed = logs.map(each => Math.abs(each - (all - each) / (logs.length - 1))).sort((a, b) => a - b);
  return { joules: objective * Math.exp(all / logs.length), factor: Math.exp(missed[Math.ceil(0.8 * missed.length) - 1] ?? 0) };
}

export interface Fitted {
  readonly at: number;
  /** 95 % of the networks drawn anew have their best value in between. */
  readonly low: number;
  readonly high: number;
}

export interface FittedSetting extends MeasuredSetting {
  /** That gives DI the highest linear correlation with measured efficiency. */
  readonly alpha: Fitted;
  /** That gives M_c/DI^k the highest correlation with measured energy, both logarithmic. */
  readonly k: Fitted;
}

/** By drawing the 25 networks anew a thousand times (`npm run reproduce`; a test works them out again). */
export const fittedConstants: readonly FittedSetting[] = [
  { device: 'P100', batch: 1, alpha: { at: 0.85, low: 0.75, high: 1 }, k: { at: 1.25, low: 0.95, high: 1.7 } },
  { device: 'P100', batch: 4, alpha: { at: 0.95, low: 0.8, high: 1 }, k: { at: 1.35, low: 0.95, high: 1.7 } },
  { device: 'P4000', batch: 1, alpha: { at: 0.9, low: 0.75, high: 1 }, k: { at: 1.7, low: 1.3, high: 2.45 } },
  { device: 'P4000', batch: 4, alpha: { at: 0.95, low: 0.8, high: 1 }, k: { at: 1.65, low: 1.1, high: 2.2 } },
];
