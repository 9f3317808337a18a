/** Time and energy on a stack whose constants were fitted to measurements. */
import { isMeasured, type Device, type MeasuredPower, type StackProfile } from './device';
import type { Bound, Estimate, LayerEstimate, Parts } from './estimate';
import { jointFactor, notBelow, within } from './interval';
import { runOf } from './model-time';
import { roofOf } from './roof';
import { isFused, storedBytes, trafficBytes, type OperatorTime, type Roof } from './stack-time';
import type { Work, Workload } from './work';

/** Beyond the batches that were measured, each doubling may be off by so much more. */
const perDoubling = 1.06;

/** A fit over one framework's operators, asked about others at other batches: no narrower than this. */
const leastEnergyFactor = 1.35;

export function profiledEstimate({ works, lowerBound }: Workload, device: Device, profile: StackProfile, batch: number): Estimate {
  const { constants, execution, power } = profile;
  const run = works.filter(work => !isFused(work, execution));
  const limits = roofOf(device, profile.kind, profile.dtype);
  const needs = run.map(work => (work.geometry ? { ...work, groups: work.geometry.groups } : work));
  const { times, seconds: batchSeconds, leastSeconds } = runOf(needs, constants, execution, batch, limits);
  const seconds = batchSeconds / batch;
  const beyond = jointFactor(beyondMeasured(profile, batch), unlike(profile, run, times));
  const timeFactor = jointFactor(profile.factor, beyond);
  const shared = {
    estimator: 'profiled' as const, device: device.id, deviceName: device.name, stack: profile.stack, software: profile.software, dtype: profile.dtype, batch,
    includes: power.includes, roof: shownRoof(profile, limits), time: notBelow(within(seconds, timeFactor), leastSeconds / batch), leastSeconds: leastSeconds / batch,
    calibrated: isMeasured(power), timeCalibrated: true, lowerBound, why: whyOf(profile, batch),
  };
  if (!isMeasured(power)) {
    const watts = Math.sqrt(power.lowWatts * power.highWatts);
    const layers = run.map((work, i) => layerOf(work, times[i], profile, batch, perSample => watts * perSample));
    return { ...shared, energy: within(watts * seconds, jointFactor(timeFactor, power.factor)), layers };
  }
  const parts = partsOf(run, profile, power, seconds, batch);
  const drawn = parts.compute + parts.weights + parts.inputs + parts.outputs + parts.idle;
  const cap = power.maximumWatts === undefined ? 1 : Math.min(1, power.maximumWatts * seconds / drawn);
  const layers = run.map((work, i) => layerOf(work, times[i], profile, batch, perSample =>
    cap * (power.baseWatts * perSample + power.joulesPerMac * work.macs + power.joulesPerByte * bytesOf(work, profile, batch))));
  const energyFactor = profile.energyFactor === undefined ? Math.max(leastEnergyFactor, jointFactor(timeFactor, power.factor)) : jointFactor(profile.energyFactor, beyond);
  return { ...shared, energy: within(cap * drawn, energyFactor), parts: scaledParts(parts, cap), layers };
}

function layerOf(work: Work, time: OperatorTime | undefined, profile: StackProfile, batch: number, joulesOf: (seconds: number) => number): LayerEstimate {
  const seconds = (time?.seconds ?? 0) / batch;
  const boundBy: Bound = time?.boundBy ?? 'launch';
  return { node: work.node, path: work.path, seconds, joules: joulesOf(seconds), boundBy, bytes: trafficBytes(work, profile.execution, batch) / batch, macs: work.macs };
}

/** Per sample; energy was fitted to weights read once, as they lie in memory. */
function bytesOf({ inElements, outElements, weightElements }: Work, { execution }: StackProfile, batch: number): number {
  return (inElements + outElements) * execution.activationBytes + weightElements * storedBytes(execution) / batch;
}

/** What was reached, and no more than the datasheet has. */
function shownRoof({ constants }: StackProfile, limits: Roof | undefined): NonNullable<Estimate['roof']> {
  return {
    macsPerSecond: Math.min(Math.max(constants.matrixRate, constants.convolutionRate), limits?.macsPerSecond ?? Infinity),
    bytesPerSecond: Math.min(constants.bandwidth, limits?.bytesPerSecond ?? Infinity),
  };
}

function partsOf(works: readonly Work[], profile: StackProfile, power: MeasuredPower, seconds: number, batch: number): Parts {
  const { activationBytes } = profile.execution;
  const sum = (of: (work: Work) => number): number => works.reduce((total, work) => total + of(work), 0);
  return {
    compute: power.joulesPerMac * sum(work => work.macs),
    weights: power.joulesPerByte * storedBytes(profile.execution) * sum(work => work.weightElements) / batch,
    inputs: power.joulesPerByte * activationBytes * sum(work => work.inElements),
    outputs: power.joulesPerByte * activationBytes * sum(work => work.outElements),
    idle: power.baseWatts * seconds,
  };
}

function scaledParts(parts: Parts, factor: number): Parts {
  return { compute: parts.compute * factor, weights: parts.weights * factor, inputs: parts.inputs * factor, outputs: parts.outputs * factor, idle: parts.idle * factor };
}

/** What the networks measured on boards and microcontrollers consist of. */
const seenOnBoards: ReadonlySet<Work['workClass']> = new Set(['pointwise', 'depthwise', 'dense', 'elementwise', 'activation', 'scale']);

/** Those were mobile networks alone: one that spends its time on other operators may be further off. */
function unlike({ kind }: StackProfile, works: readonly Work[], times: readonly OperatorTime[]): number {
  if (kind !== 'mobile' && kind !== 'microcontroller') return 1;
  let [other, all] = [0, 0];
  works.forEach(({ workClass }, i) => {
    const seconds = times[i]?.seconds ?? 0;
    all += seconds;
    if (!seenOnBoards.has(workClass)) other += seconds;
  });
  return all > 0 ? Math.exp(0.4 * other / all) : 1;
}

function beyondMeasured({ batches: [least, most] }: StackProfile, batch: number): number {
  const doublings = batch < least ? Math.log2(least / batch) : batch > most ? Math.log2(batch / most) : 0;
  return perDoubling ** (doublings * 2);
}

function whyOf({ networks, source, power, batches: [least, most] }: StackProfile, batch: number): string {
  const measured = `constants fitted to ${networks} measured networks: ${source}`;
  const joules = isMeasured(power) ? `energy: ${power.source}` : `power not measured, ${Math.round(power.lowWatts)} to ${Math.round(power.highWatts)} W assumed: ${power.source}`;
  const outside = batch < least || batch > most ? `; measured at batches of ${least} to ${most}, not at ${batch}: wider for that` : '';
  return `${measured}; ${joules}${outside}`;
}

