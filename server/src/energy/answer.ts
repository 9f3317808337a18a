/** What a device, its software, an element type and a batch come to for a model: the room's one door. */
import { factOf, type Device, type StackProfile } from './device';
import { datasheetEstimate, scaledProfile } from './datasheet';
import type { Estimate } from './estimate';
import { bitsOf, dtypeNamed, findDevice, matchingStacks, usualStack } from './find';
import { acceleratorEstimate } from './hierarchy/accelerator';
import { rangeOver, scaled } from './interval';
import { profiledEstimate } from './profiled';
import { devices as knownDevices, profiles as knownProfiles } from './tables.generated';
import type { Workload } from './work';

export interface EnergyRequest {
  readonly device: string;
  readonly stack?: string;
  readonly dtype?: string;
  /** Absent: what is usual on such a device. */
  readonly batch?: number;
}

export interface Catalogue {
  readonly devices: readonly Device[];
  readonly profiles: readonly StackProfile[];
}

export const builtIn: Catalogue = { devices: knownDevices, profiles: knownProfiles };

/** With a device of the user's own, which goes before one of the same name. */
export function withOwn({ device, profiles }: { readonly device: Device; readonly profiles: readonly StackProfile[] }): Catalogue {
  return {
    devices: [device, ...knownDevices.filter(each => each.id !== device.id)], profiles: [...profiles, ...knownProfiles.filter(each => each.device !== device.id)],
  };
}

export type Answer = { readonly estimate: Estimate } | { readonly problem: string };

/** Software as far from each other as what was measured on one card: eager, compiled and an engine of its maker (3.6×). */
const otherSoftware = 2;

export function answer(request: EnergyRequest, workload: Workload, catalogue: Catalogue = builtIn): Answer {
  if (workload.works.length === 0) return { problem: 'nothing that runs in it is known' };
  const device = findDevice(request.device, catalogue.devices);
  if ('problem' in device) return device;
  const dtype = request.dtype === undefined ? undefined : dtypeNamed(request.dtype);
  if (request.dtype !== undefined && dtype === undefined) return { problem: `there is no element type ${request.dtype}; there are ${Object.keys(bitsOf).join(', ')}` };
  if (request.batch !== undefined && !(Number.isSafeInteger(request.batch) && request.batch >= 1)) return { problem: `a batch is a whole number of at least 1, not ${request.batch}` };
  if (device.hierarchy) return planned(device, dtype, request.batch ?? 1, workload);
  const batch = request.batch ?? usualBatch(device);
  const own = catalogue.profiles.filter(profile => profile.device === device.id);
  const wanted = withType(matchingStacks(request.stack, own), dtype);
  const profile = usualStack(wanted);
  if (profile) return { estimate: profiledEstimate(workload, device, profile, batch) };
  const byDatasheet = fromDatasheet(request, device, dtype, batch, workload, catalogue);
  if (byDatasheet) return byDatasheet;
  return own.length > 0 ? rangeOfOwn(request, device, dtype, own, batch, workload) : fromFacts(request, device, dtype, batch, workload, catalogue);
}

/** What a server with such a card, and what a board or a processor by itself, is usually asked for. */
export function usualBatch({ kind }: Device): number {
  return kind === 'gpu' ? 64 : 1;
}

function withType(profiles: readonly StackProfile[], dtype: string | undefined): readonly StackProfile[] {
  return dtype === undefined ? profiles : profiles.filter(profile => profile.dtype === dtype);
}

function planned(device: Device, dtype: string | undefined, batch: number, workload: Workload): Answer {
  const { hierarchy } = device;
  if (!hierarchy) return { problem: `${device.name} plans no data movement` };
  const bits = dtype === undefined ? hierarchy.wordBits : bitsOf[dtype] ?? hierarchy.wordBits;
  const estimate = acceleratorEstimate(workload, device, hierarchy, { weightBits: bits, inputBits: bits, outputBits: bits }, batch);
  return { estimate: dtype === undefined ? estimate : { ...estimate, dtype } };
}

/** Of the measured stacks the lowest to the highest, and more to either side: software that was not measured may be better or worse. */
function rangeOfOwn(request: EnergyRequest, device: Device, dtype: string | undefined, own: readonly StackProfile[], batch: number, workload: Workload): Answer {
  const alike = withType(own, dtype);
  const estimates = (alike.length > 0 ? alike : own).map(profile => profiledEstimate(workload, device, profile, batch));
  const asked = [request.stack, dtype].filter(each => each !== undefined && each !== '').join(' ');
  const known = own.map(profile => profile.stack).join('; ');
  const why = `${asked} was not measured on ${device.name}: a range over what was (${known}), widened by ${otherSoftware}× to either side`;
  const over = ranged(estimates, asked, why);
  return dtype === undefined || alike.length > 0 || 'problem' in over ? over : { estimate: inOtherType(over.estimate, dtype) };
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
      ...shared, stack, software: stack === '' ? first.software : stack, estimator: 'datasheet', calibrated: false, layers: [],
      energy: widened(energy), ...(time ? { time: widened(time) } : {}), why,
    },
  };
}

function widened(range: Estimate['energy']): Estimate['energy'] {
  return { low: scaled(range, 1 / otherSoftware).low, high: scaled(range, otherSoftware).high };
}

/** Undefined where no device of its kind was measured with software of the kind that is asked for. */
function fromDatasheet(
  request: EnergyRequest, device: Device, dtype: string | undefined, batch: number, workload: Workload, { devices, profiles }: Catalogue,
): Answer | undefined {
  if (factOf(device, 'maximumWatts') === undefined || factOf(device, 'matrixMacsPerSecond') === undefined) return undefined;
  const deviceOf = (id: string): Device | undefined => devices.find(each => each.id === id);
  const torch = profiles.filter(profile => profile.kind === 'eager' || profile.kind === 'compiled');
  const wanted = withType(matchingStacks(request.stack, torch), dtype);
  const newest = usualStack(wanted);
  const alike = newest ? wanted.filter(profile => profile.stack === newest.stack) : [];
  const found = scaledProfile(device, alike, deviceOf);
  return found && { estimate: datasheetEstimate(workload, device, found, batch) };
}

function usualType({ facts }: Device): string {
  return facts.vectorMacsPerSecond ? 'float32' : facts.matrixMacsPerSecond ? 'float16' : 'int8';
}

/**
 * Arithmetic at the peak and traffic at full bandwidth is the least a model can take; software reaches a third of it, or a thirtieth,
 * and starts each operator as slowly as the slowest that was measured.
 */
function fromFacts(request: EnergyRequest, device: Device, asked: string | undefined, batch: number, workload: Workload, { profiles }: Catalogue): Answer {
  const dtype = asked ?? usualType(device);
  const int8 = dtype === 'int8' || dtype === 'int4' ? factOf(device, 'int8MacsPerSecond') : undefined;
  const macsPerSecond = int8 ?? (dtype === 'float32' ? undefined : factOf(device, 'matrixMacsPerSecond')) ?? factOf(device, 'vectorMacsPerSecond');
  const watts = factOf(device, 'maximumWatts') ?? factOf(device, 'loadWatts');
  if (macsPerSecond === undefined || watts === undefined) return { problem: `nothing was measured on ${device.name} with ${dtype}, and its peak or its power is not known` };
  const bytes = (bitsOf[dtype] ?? 32) / 8;
  const macs = workload.works.reduce((sum, work) => sum + work.macs, 0);
  const weights = workload.works.reduce((sum, work) => sum + work.weightElements, 0);
  const bandwidth = factOf(device, 'bandwidthBytesPerSecond');
  const least = Math.max(macs / macsPerSecond, bandwidth === undefined ? 0 : weights * bytes / batch / bandwidth);
  const idle = factOf(device, 'idleWatts') ?? 0.2 * watts;
  const slowestLaunch = Math.max(0, ...profiles.filter(({ kind }) => kind === 'eager' || kind === 'compiled').map(({ constants }) => constants.launchSeconds));
  const most = least * 30 + workload.works.length * slowestLaunch / batch;
  return {
    estimate: {
      estimator: 'datasheet', device: device.id, deviceName: device.name, stack: request.stack ?? '', software: request.stack ?? 'any software', dtype, batch,
      includes: 'board', time: { low: least, high: most }, energy: { low: least * idle, high: most * watts },
      layers: [], calibrated: false, lowerBound: workload.lowerBound,
      why: `uncalibrated, and nothing of its kind and software was measured: from its peak and bandwidth to a thirtieth of these and slow starts of its operators, at ${idle.toPrecision(2)} to ${watts.toPrecision(2)} W`,
    },
  };
}

