/** Answers without a figure: the lowest to the highest of what was measured, or of what a datasheet allows. */
import { factOf, type Device, type FactName, type StackProfile } from './device';
import type { Estimate } from './estimate';
import { bitsOf } from './find';
import { notBelow, rangeOver, scaled } from './interval';
import { profiledEstimate } from './profiled';
import type { Answer, Catalogue, EnergyRequest } from './request';
import { peakOf } from './roof';
import type { Workload } from './work';

/** Software as far from each other as what was measured on one card: eager, compiled and an engine of its maker (3.6×). */
const otherSoftware = 2;

/** Of the measured stacks the lowest to the highest, and more to either side: software that was not measured may be better or worse. */
export function rangeOfOwn(request: EnergyRequest, device: Device, dtype: string | undefined, own: readonly StackProfile[], batch: number, workload: Workload): Answer {
  const alike = dtype === undefined ? own : own.filter(profile => profile.dtype === dtype);
  const estimates = (alike.length > 0 ? alike : own).map(profile => profiledEstimate(workload, device, profile, batch));
  const asked = [request.stack, request.dtype].filter(each => each !== undefined && each !== '').join(' ');
  const known = own.map(profile => profile.stack).join('; ');
  const why = `${asked} was not measured on ${device.name}: a range over what was (${known}), widened by ${otherSoftware}× to either side`;
  const over = ranged(estimates, request.stack ?? dtype ?? '', why);
  if (dtype === undefined || alike.length > 0 || 'problem' in over) return over;
  return { estimate: notFasterThan(leastByFacts(device, dtype, batch, workload), inOtherType(over.estimate, dtype)) };
}

/**
 * A range over measurements in one element type, for another. Multipliers grow with the square of the bits and traffic grows with the bits:
 * twice the bits take up to four times as long and as much, and may take no more; half of them down to a quarter.
 */
function inOtherType(estimate: Estimate, dtype: string): Estimate {
  const ratio = (bitsOf[dtype] ?? 32) / (bitsOf[estimate.dtype] ?? 32);
  const widest = (range: Estimate['energy']): Estimate['energy'] =>
    ({ low: scaled(range, Math.min(1, ratio ** 2)).low, high: scaled(range, Math.max(1, ratio ** 2)).high });
  const why = `${estimate.why}, and for ${dtype} in place of ${estimate.dtype} by the square of their bits`;
  return { ...estimate, dtype, energy: widest(estimate.energy), ...(estimate.time ? { time: widest(estimate.time) } : {}), why };
}

function ranged(estimates: readonly Estimate[], stack: string, why: string): Answer {
  const [first] = estimates;
  const energy = rangeOver(estimates.map(each => each.energy));
  const times = estimates.flatMap(each => (each.time ? [each.time] : []));
  const time = rangeOver(times);
  if (!first || !energy) return { problem: why };
  const { parts: _parts, ...shared } = first;
  return {
    estimate: {
      ...shared, stack, software: stack === '' ? first.software : stack, estimator: 'datasheet', calibrated: false, timeCalibrated: false, layers: [],
      energy: widened(energy), ...(time ? { time: widened(time) } : {}), why,
    },
  };
}

function widened(range: Estimate['energy']): Estimate['energy'] {
  return { low: scaled(range, 1 / otherSoftware).low, high: scaled(range, otherSoftware).high };
}

/** What a device without software of its own is taken to run. */
export function usualType({ facts }: Device): string {
  return facts.vectorMacsPerSecond ? 'float32' : facts.matrixMacsPerSecond ? 'float16' : 'int8';
}

/** Seconds of a sample that arithmetic at the peak and one reading of the weights take; undefined where the peak is not known. */
function leastByFacts(device: Device, dtype: string, batch: number, { works }: Workload): number | undefined {
  const peak = mostMacsPerSecond(device, dtype);
  if (peak === undefined) return undefined;
  const macs = works.reduce((sum, work) => sum + work.macs, 0);
  const weightBytes = works.reduce((sum, work) => sum + (work.macs > 0 ? work.weightElements : 0), 0) * (bitsOf[dtype] ?? 32) / 8;
  const bandwidth = factOf(device, 'bandwidthBytesPerSecond');
  const beyondCache = Math.max(0, weightBytes - (factOf(device, 'cacheBytes') ?? 0));
  return Math.max(macs / peak, bandwidth === undefined ? 0 : beyondCache / batch / bandwidth);
}

const peaks: readonly (readonly [FactName, bits: number])[] = [['matrixMacsPerSecond', 16], ['vectorMacsPerSecond', 32], ['int8MacsPerSecond', 8]];

/** The peak of a type or, where no datasheet has it, what that of another comes to at most: half the bits, twice the products. */
function mostMacsPerSecond(device: Device, dtype: string): number | undefined {
  const known = peakOf(device, dtype);
  if (known !== undefined) return known;
  const bits = bitsOf[dtype] ?? 32;
  const others = peaks.flatMap(([name, width]) => {
    const peak = factOf(device, name);
    return peak === undefined ? [] : [peak * Math.max(1, width / bits)];
  });
  return others[0];
}

function notFasterThan(least: number | undefined, estimate: Estimate): Estimate {
  return least === undefined || !estimate.time ? estimate : { ...estimate, time: notBelow(estimate.time, least), leastSeconds: least };
}

/**
 * Arithmetic at the peak and traffic at full bandwidth is the least a model can take; software reaches a third of it, or a thirtieth,
 * and starts each operator as slowly as the slowest that was measured.
 */
export function fromFacts(request: EnergyRequest, device: Device, asked: string | undefined, batch: number, workload: Workload, { profiles }: Catalogue): Answer {
  const dtype = asked ?? usualType(device);
  const least = leastByFacts(device, dtype, batch, workload);
  const watts = factOf(device, 'maximumWatts') ?? factOf(device, 'loadWatts');
  if (least === undefined || watts === undefined) return { problem: `nothing was measured on ${device.name}, and ${least === undefined ? 'what it multiplies at most' : 'what power it draws'} is not known` };
  const idle = factOf(device, 'idleWatts') ?? 0.2 * watts;
  const slowestLaunch = Math.max(0, ...profiles.filter(({ kind }) => kind === 'eager' || kind === 'compiled').map(({ constants }) => constants.launchSeconds));
  const most = least * 30 + workload.works.length * slowestLaunch / batch;
  return {
    estimate: {
      estimator: 'datasheet', device: device.id, deviceName: device.name, stack: request.stack ?? '', software: request.stack ?? 'any software', dtype, batch,
      includes: 'board', time: { low: least, high: most }, leastSeconds: least, energy: { low: least * idle, high: most * watts },
      layers: [], calibrated: false, timeCalibrated: false, lowerBound: workload.lowerBound,
      why: `uncalibrated, and nothing of its kind and software was measured: from its peak and bandwidth to a thirtieth of these and slow starts of its operators, at ${idle.toPrecision(2)} to ${watts.toPrecision(2)} W`,
    },
  };
}

