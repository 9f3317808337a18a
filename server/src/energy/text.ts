/** Energy and time in words: one line for lenses, the assumptions for whoever asks. */
import { energyInterval, timeInterval } from '../base/format';
import type { Answer } from './answer';
import type { Includes } from './device';
import type { Estimate } from './estimate';

const makers = /^(?:NVIDIA (?:GeForce |Tesla |Quadro )?|Intel Core )/;

/** `RTX 4090` */
export function shortName({ deviceName }: Pick<Estimate, 'deviceName'>): string {
  return deviceName.replace(makers, '').replace(/ \(.*\)$/, '');
}

/** `31 mJ (21–46) on RTX 4090, batch 64`; of a model with unknown operators at least so much. */
export function estimateText(given: Answer): string {
  if ('problem' in given) return `no energy: ${given.problem}`;
  const { energy, batch, lowerBound } = given.estimate;
  return `${lowerBound ? '≥ ' : ''}${energyInterval(energy)} on ${shortName(given.estimate)}, batch ${batch}`;
}

const includesTexts: Readonly<Record<Includes, string>> = {
  chip: 'chip and memory', board: 'the card or board', wall: 'everything at the plug',
};

/** What has to stand beside a figure: software, type, what the joules include, how sure. */
export function assumptionsText({ software, dtype, includes, calibrated, estimator, batch }: Estimate): string {
  const standing = calibrated ? '' : estimator === 'hierarchical' ? ' · modelled' : ' · uncalibrated';
  return `per sample at a batch of ${batch} · ${dtype} · ${software} · joules of ${includesTexts[includes]} · 80 % interval${standing}`;
}

export function timeLine({ time }: Estimate): string | undefined {
  return time && timeInterval(time);
}
