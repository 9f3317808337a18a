/** Decoders that serve many sequences at once: time and energy of a step that gives each of them one token. Source: docs/energy.md. */
import { within, type Interval } from './interval';

/** Fitted by `npm run calibrate` to published servings of dense models (vLLM), accelerator by accelerator. */
export interface ServingConstants {
  /** How many times as long as its bytes at the datasheet's bandwidth the reading of weights and of caches takes. */
  readonly weightFactor: number;
  readonly cacheFactor: number;
  /** How many times as long as at the peak of 16-bit products the arithmetic takes. */
  readonly computeFactor: number;
  /** Of every step, however small the model. */
  readonly fixedSeconds: number;
  /** Of every step, where several accelerators share a model. */
  readonly togetherSeconds: number;
  /** Of one accelerator. */
  readonly baseWatts: number;
  readonly joulesPerByte: number;
  readonly joulesPerMac: number;
  readonly batches: readonly [number, number];
  /** Within which 80 % of unseen models lie. */
  readonly timeFactor: number;
  readonly energyFactor: number;
  readonly models: number;
  readonly source: string;
}

export interface ServingStep {
  readonly weightBytes: number;
  /** Keys and values of one sequence. */
  readonly cacheBytes: number;
  /** Of one token. */
  readonly macs: number;
  readonly batch: number;
  /** Accelerators that share the model. */
  readonly devices: number;
}

export interface Speed {
  readonly bytesPerSecond: number;
  readonly macsPerSecond: number;
}

/** Seconds of a step, by what they are spent on. */
export function servingParts({ weightBytes, cacheBytes, macs, batch, devices }: ServingStep, { bytesPerSecond, macsPerSecond }: Speed): readonly [weights: number, cache: number, compute: number] {
  return [weightBytes / (devices * bytesPerSecond), batch * cacheBytes / (devices * bytesPerSecond), batch * macs / (devices * macsPerSecond)];
}

export function servingSeconds(step: ServingStep, speed: Speed, constants: Pick<ServingConstants, 'weightFactor' | 'cacheFactor' | 'computeFactor' | 'fixedSeconds' | 'togetherSeconds'>): number {
  const [weights, cache, compute] = servingParts(step, speed);
  return constants.weightFactor * weights + constants.cacheFactor * cache + constants.computeFactor * compute + constants.fixedSeconds + (step.devices > 1 ? constants.togetherSeconds : 0);
}

/** Joules of a step, of all accelerators. */
export function servingJoules(
  { weightBytes, cacheBytes, macs, batch, devices }: ServingStep, seconds: number, { baseWatts, joulesPerByte, joulesPerMac }: Pick<ServingConstants, 'baseWatts' | 'joulesPerByte' | 'joulesPerMac'>,
): number {
  return devices * baseWatts * seconds + joulesPerByte * (weightBytes + batch * cacheBytes) + joulesPerMac * batch * macs;
}

/** Of one token of one sequence. */
export interface Serving {
  readonly secondsPerStep: Interval;
  readonly joulesPerToken: Interval;
}

/** Beyond the batches that were measured, each doubling may be off by so much more. */
const perDoubling = 1.15;

export function servingOf(step: ServingStep, speed: Speed, constants: ServingConstants): Serving {
  const seconds = servingSeconds(step, speed, constants);
  const [least, most] = constants.batches;
  const doublings = step.batch < least ? Math.log2(least / step.batch) : step.batch > most ? Math.log2(step.batch / most) : 0;
  const wider = perDoubling ** doublings;
  return {
    secondsPerStep: within(seconds, constants.timeFactor * wider),
    joulesPerToken: within(servingJoules(step, seconds, constants) / step.batch, constants.energyFactor * wider),
  };
}
