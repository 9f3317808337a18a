/** The constants of a stack from measured times of models whose operators are known. */
import { constantNames, constantsOf, isCalled, isFused, launchesOf, trafficBytes, type Execution, type Need, type StackConstants } from '../stack-time';
import { robustFit } from './robust-fit';

export interface MeasuredModel {
  /** Operators, alike ones once with their number. */
  readonly needs: readonly (Need & { readonly count: number })[];
  readonly batch: number;
  /** Of the whole batch. */
  readonly seconds: number;
  /** How much it counts among the others; default: one. */
  readonly weight?: number;
}

export interface StackPrior {
  /** Those that are zero stay so. */
  readonly constants: StackConstants;
  /** How much an error of a factor e of each constant weighs against one measurement's. */
  readonly weight: number;
  /** Of the launch, where measurements at large batches hardly tell it; default: as the others. */
  readonly launchWeight?: number;
}

const size = constantNames.length;
const bandwidthAt = constantNames.indexOf('bandwidth');
const fixedAt = constantNames.indexOf('fixedSeconds');
const callAt = constantNames.indexOf('callSeconds');
const positionOf = new Map<string, number>(constantNames.map((name, index) => [name, index]));

/** Below anything that could be measured, and it has a logarithm. */
const nothing = 1e-15;
const firm = 1e12;

/** Numbers only: a fit goes over them hundreds of times. */
interface Prepared {
  readonly starts: Int32Array;
  readonly rateAt: Int8Array;
  readonly shareAt: Int8Array;
  readonly called: Uint8Array;
  readonly launches: Float64Array;
  readonly macs: Float64Array;
  readonly bytes: Float64Array;
  readonly count: Float64Array;
}

function prepare(models: readonly MeasuredModel[], execution: Execution): Prepared {
  const operators = models.reduce((sum, model) => sum + model.needs.length, 0);
  const numbers = (): Float64Array => new Float64Array(operators);
  const prepared: Prepared = {
    starts: new Int32Array(models.length + 1), rateAt: new Int8Array(operators), shareAt: new Int8Array(operators), called: new Uint8Array(operators),
    launches: numbers(), macs: numbers(), bytes: numbers(), count: numbers(),
  };
  let at = 0;
  models.forEach(({ needs, batch }, index) => {
    prepared.starts[index] = at;
    for (const need of needs) {
      if (isFused(need, execution)) continue;
      const { rate, share } = constantsOf[need.workClass];
      prepared.rateAt[at] = rate && need.macs > 0 ? positionOf.get(rate) ?? -1 : -1;
      prepared.shareAt[at] = share ? positionOf.get(share) ?? -1 : -1;
      prepared.called[at] = isCalled(need.workClass) ? 1 : 0;
      prepared.launches[at] = launchesOf(need, execution, batch);
      prepared.macs[at] = batch * need.macs;
      prepared.bytes[at] = trafficBytes(need, execution, batch);
      prepared.count[at] = need.count;
      at++;
    }
  });
  prepared.starts[models.length] = at;
  return prepared;
}

export function fitStack(models: readonly MeasuredModel[], execution: Execution, prior: StackPrior, start?: StackConstants): StackConstants {
  const prepared = prepare(models, execution);
  const centre = logs(prior.constants);
  const fitted = robustFit({
    measured: Float64Array.from(models, model => Math.log(model.seconds)),
    counts: Float64Array.from(models, model => model.weight ?? 1),
    prior: { centre, weight: Float64Array.from(constantNames, name => (prior.constants[name] === 0 ? firm : name === 'launchSeconds' ? prior.launchWeight ?? prior.weight : prior.weight)) },
    start: start ? logs(start) : centre,
    model: (constants, index, gradient) => logTime(prepared, constants, index, gradient),
  });
  return constantsFrom((name, i) => (prior.constants[name] === 0 ? 0 : Math.exp(fitted[i] ?? 0)));
}

function constantsFrom(value: (name: keyof StackConstants, index: number) => number): StackConstants {
  const constants: Partial<Record<keyof StackConstants, number>> = {};
  constantNames.forEach((name, index) => { constants[name] = value(name, index); });
  return constants as StackConstants;
}

function logs(constants: StackConstants): Float64Array {
  return Float64Array.from(constantNames, name => Math.log(Math.max(constants[name], nothing)));
}

/** ln of the model's time; launch is the first constant. */
function logTime(prepared: Prepared, logConstants: Float64Array, model: number, gradient: Float64Array): number {
  const { starts, rateAt, shareAt, called, launches, macs, bytes, count } = prepared;
  gradient.fill(0, 0, size);
  for (let i = 0; i < size; i++) constants[i] = Math.exp(logConstants[i] ?? 0);
  const perByte = 1 / (constants[bandwidthAt] ?? 1);
  let seconds = constants[fixedAt] ?? 0;
  gradient[fixedAt] = seconds;
  for (let at = starts[model] ?? 0, end = starts[model + 1] ?? 0; at < end; at++) {
    const rate = rateAt[at] ?? -1;
    const share = shareAt[at] ?? -1;
    const number = count[at] ?? 0;
    const launch = (launches[at] ?? 1) * (constants[0] ?? 0);
    const call = called[at] === 1 ? constants[callAt] ?? 0 : 0;
    const compute = rate < 0 ? 0 : (macs[at] ?? 0) / (constants[rate] ?? 1);
    const traffic = (share < 0 ? 1 : constants[share] ?? 1) * (bytes[at] ?? 0) * perByte;
    if (compute + traffic + call < launch) {
      seconds += number * launch;
      gradient[0] = (gradient[0] ?? 0) + number * launch;
      continue;
    }
    seconds += number * (compute + traffic + call);
    if (rate >= 0) gradient[rate] = (gradient[rate] ?? 0) - number * compute;
    if (share >= 0) gradient[share] = (gradient[share] ?? 0) + number * traffic;
    gradient[bandwidthAt] = (gradient[bandwidthAt] ?? 0) - number * traffic;
    gradient[callAt] = (gradient[callAt] ?? 0) + number * call;
  }
  for (let i = 0; i < size; i++) gradient[i] = (gradient[i] ?? 0) / seconds;
  return Math.log(seconds);
}

const constants = new Float64Array(size);
