/** Energy and time in words: one line for lenses, the assumptions for whoever asks. */
import { energyInterval, energyText, timeInterval } from '../base/format';
import type { Answer } from './answer';
import { shortDeviceName, type Includes } from './device';
import type { Estimate } from './estimate';

/** `RTX 4090` */
export function shortName({ deviceName }: Pick<Estimate, 'deviceName'>): string {
  return shortDeviceName(deviceName);
}

/** `31 mJ (21–46) on RTX 4090, batch 64`; of a model with unknown operators at least so much. */
export function estimateText(given: Answer): string {
  if ('problem' in given) return `no energy: ${given.problem}`;
  const { energy, batch, lowerBound } = given.estimate;
  return `${lowerBound ? '≥ ' : ''}${energyInterval(energy)} on ${shortName(given.estimate)}, batch ${batch}`;
}

/** `31 mJ on RTX 4090`, where there is no room for more; a range where there is no figure. */
export function shortEstimateText(estimate: Estimate): string {
  const { energy, lowerBound } = estimate;
  const joules = energy.estimate === undefined ? energyInterval(energy) : energyText(energy.estimate);
  return `${lowerBound ? '≥ ' : ''}${joules} on ${shortName(estimate)}`;
}

const includesTexts: Readonly<Record<Includes, string>> = {
  chip: 'chip and memory', board: 'the card or board', wall: 'everything at the plug',
};

/** What has to stand beside a figure: software, type, what the joules include, how sure. */
export function assumptionsText(estimate: Estimate): string {
  const { software, dtype, includes, calibrated, batch } = estimate;
  return `per sample at a batch of ${batch} · ${dtype} · ${software} · joules of ${includesTexts[includes]} · 80 % interval${calibrated ? '' : ` · ${standingText(estimate)}`}`;
}

/** How much stands behind a figure. */
export function standingText({ calibrated, timeCalibrated, estimator }: Pick<Estimate, 'calibrated' | 'timeCalibrated' | 'estimator'>): string {
  if (calibrated) return 'calibrated';
  if (timeCalibrated) return 'time calibrated, power assumed';
  return estimator === 'hierarchical' ? 'modelled' : 'uncalibrated';
}

export function timeLine({ time }: Estimate): string | undefined {
  return time && timeInterval(time);
}
