/** A device that nobody measured: the constants of the nearest one of its kind, scaled by what the two datasheets say. */
import { factOf, isMeasured, type Device, type StackProfile } from './device';
import type { Estimate } from './estimate';
import { jointFactor, notBelow, within } from './interval';
import { profiledEstimate } from './profiled';
import type { StackConstants } from './stack-time';
import type { Workload } from './work';

/** Measured on cards of one maker with one software: 80 % of unseen networks within 1.23 to 1.40. */
const timeFactor = 1.4;
/** And with power known as a share of the limit alone. */
const energyFactor = 1.7;

export interface Scaled {
  readonly profile: StackProfile;
  readonly from: Device;
}

interface Speed {
  readonly macs: number;
  readonly bandwidth: number;
}

function speedOf(device: Device, dtype: string): Speed | undefined {
  const macs = factOf(device, dtype === 'float32' ? 'vectorMacsPerSecond' : 'matrixMacsPerSecond') ?? factOf(device, 'vectorMacsPerSecond');
  const bandwidth = factOf(device, 'bandwidthBytesPerSecond');
  return macs === undefined || bandwidth === undefined ? undefined : { macs, bandwidth };
}

/** Kinds between which software carries over: discrete cards of one maker. */
function isAlike(device: Device, other: Device): boolean {
  return device.kind === 'gpu' && other.kind === 'gpu' && /^NVIDIA/.test(device.name) && /^NVIDIA/.test(other.name);
}

/** Undefined where no device of its kind was measured with that software, or a datasheet lacks a figure. */
export function scaledProfile(device: Device, candidates: readonly StackProfile[], deviceOf: (id: string) => Device | undefined): Scaled | undefined {
  let best: (Scaled & { readonly distance: number }) | undefined;
  for (const profile of candidates) {
    const from = deviceOf(profile.device);
    const target = speedOf(device, profile.dtype);
    const source = from && speedOf(from, profile.dtype);
    if (!from || !target || !source || !isAlike(device, from)) continue;
    const faster = target.macs / source.macs;
    const wider = target.bandwidth / source.bandwidth;
    const distance = Math.abs(Math.log(faster)) + Math.abs(Math.log(wider));
    if (!best || distance < best.distance) best = { from, distance, profile: { ...profile, device: device.id, constants: scale(profile.constants, faster, wider) } };
  }
  return best;
}

function scale(constants: StackConstants, faster: number, wider: number): StackConstants {
  const { convolutionRate, matrixRate, groupRate, depthwiseRate, productRate, bandwidth } = constants;
  return {
    ...constants, convolutionRate: convolutionRate * faster, matrixRate: matrixRate * faster, groupRate: groupRate * faster,
    depthwiseRate: depthwiseRate * faster, productRate: productRate * faster, bandwidth: bandwidth * wider,
  };
}

/** `own`: what was measured on the device with other software. */
export function datasheetEstimate(workload: Workload, device: Device, { profile, from }: Scaled, batch: number, own: readonly StackProfile[] = []): Estimate {
  const limit = factOf(device, 'maximumWatts');
  const watts = limit ?? NaN;
  // A device has one power, whatever runs on it: where it was measured, joules include the same for every software.
  const measured = own.map(each => each.power).find(isMeasured);
  const power = measured ?? { lowWatts: 0.45 * watts, highWatts: 0.9 * watts, factor: 1.5, includes: 'board' as const, source: '45 to 90 % of the power limit' };
  const estimate = profiledEstimate(workload, device, { ...profile, power }, batch);
  const seconds = estimate.time?.estimate ?? NaN;
  const beyond = Math.max(1, (estimate.time?.high ?? seconds) / seconds / profile.factor);
  const joules = measured ? `energy: ${measured.source}` : `power taken as 45 to 90 % of the limit of ${watts} W`;
  return {
    ...estimate, estimator: 'datasheet', calibrated: false, timeCalibrated: false,
    time: notBelow(within(seconds, Math.max(timeFactor, timeFactor * beyond)), estimate.leastSeconds ?? 0),
    energy: within(estimate.energy.estimate ?? NaN, jointFactor(energyFactor, beyond)),
    software: `${profile.software}, scaled from ${from.name}`,
    why: `uncalibrated: constants of ${from.name}, rates scaled by peak and bandwidth of the datasheets; ${joules}`,
  };
}
