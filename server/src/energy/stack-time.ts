/**
 * Time of an operator on a device with its software: launch, arithmetic and traffic.
 * t(batch) = fixed + Σ max(launches · launch, batch · MACs / rate[class] + share[class] · bytes / bandwidth + call): docs/energy.md.
 */
import type { WorkClass } from './work';

/** Times in seconds, rates in MAC/s, bandwidth in bytes/s. */
export interface StackConstants {
  /** The least an operator takes, however small it is. */
  readonly launchSeconds: number;
  readonly convolutionRate: number;
  /** Dense layers and 1×1 convolutions: one matrix product. */
  readonly matrixRate: number;
  readonly groupRate: number;
  readonly depthwiseRate: number;
  /** Attention, products of activations, recurrent layers. */
  readonly productRate: number;
  readonly bandwidth: number;
  /** Shares of an operator's bytes that cost time: below 1 what stays in caches or is fused, above 1 what is read more than once. */
  readonly scaleShare: number;
  readonly normalizationShare: number;
  readonly activationShare: number;
  readonly elementwiseShare: number;
  /** Once for every run. */
  readonly fixedSeconds: number;
  /** Beside the arithmetic of every layer with weights. */
  readonly callSeconds: number;
}

/** In the order of a fit's parameters. */
export const constantNames = [
  'launchSeconds', 'convolutionRate', 'matrixRate', 'groupRate', 'depthwiseRate', 'productRate', 'bandwidth',
  'scaleShare', 'normalizationShare', 'activationShare', 'elementwiseShare', 'fixedSeconds', 'callSeconds',
] as const satisfies readonly (keyof StackConstants)[];

/** How a stack runs what it is given. */
export interface Execution {
  /** Bytes that an element takes on its way: an activation, and a weight, which mixed precision reads, writes and reads again. */
  readonly activationBytes: number;
  readonly weightBytes: number;
  /** Normalisations by constants are folded into the layer before, activation functions computed by it. */
  readonly fuses?: boolean;
  /** A convolution by groups is a loop over groups and images, a normalisation by constants a dozen kernels (Caffe). */
  readonly loopsOverGroups?: boolean;
}

type RateName = 'convolutionRate' | 'matrixRate' | 'groupRate' | 'depthwiseRate' | 'productRate';
type ShareName = 'scaleShare' | 'normalizationShare' | 'activationShare' | 'elementwiseShare';

/** Which constants an operator of a class meets; without a share, all of its bytes count. */
export const constantsOf: Readonly<Record<WorkClass, { readonly rate?: RateName; readonly share?: ShareName }>> = {
  standard: { rate: 'convolutionRate' },
  pointwise: { rate: 'matrixRate' },
  dense: { rate: 'matrixRate' },
  group: { rate: 'groupRate' },
  depthwise: { rate: 'depthwiseRate' },
  product: { rate: 'productRate' },
  scale: { share: 'scaleShare' },
  normalization: { share: 'normalizationShare' },
  activation: { share: 'activationShare' },
  elementwise: { share: 'elementwiseShare' },
  copy: {},
};

/** What an operator needs the device for; per sample, weights whatever the batch. */
export interface Need {
  readonly workClass: WorkClass;
  readonly macs: number;
  readonly inElements: number;
  readonly outElements: number;
  readonly weightElements: number;
  /** Groups of a convolution; default: one. */
  readonly groups?: number;
}

export interface OperatorTime {
  /** Of the whole batch. */
  readonly seconds: number;
  readonly computeSeconds: number;
  readonly trafficSeconds: number;
  readonly boundBy: 'launch' | 'compute' | 'bandwidth';
}

const callClasses: ReadonlySet<WorkClass> = new Set(['standard', 'pointwise', 'group', 'depthwise', 'dense']);

export function isCalled(workClass: WorkClass): boolean {
  return callClasses.has(workClass);
}

/** Kernels of a normalisation in a framework that writes it out: mean, variance, power, product, each over channels and images. */
const kernelsOfScale = 12;

export function launchesOf({ workClass, groups = 1 }: Need, { loopsOverGroups }: Execution, batch: number): number {
  if (loopsOverGroups !== true) return 1;
  return workClass === 'scale' ? kernelsOfScale : groups > 1 ? groups * batch : 1;
}

/** Of a batch. */
export function trafficBytes({ inElements, outElements, weightElements }: Need, { activationBytes, weightBytes }: Execution, batch: number): number {
  return batch * (inElements + outElements) * activationBytes + weightElements * weightBytes;
}

/** Nothing is left of it in a stack that fuses. */
export function isFused({ workClass }: Need, { fuses }: Execution): boolean {
  return fuses === true && (workClass === 'scale' || workClass === 'activation');
}

/** What the hardware cannot exceed whatever the software, by its datasheet; absent: not known. */
export interface Roof {
  readonly macsPerSecond?: number;
  readonly bytesPerSecond?: number;
  /** What may stay on the chip from one operator to the next. */
  readonly cacheBytes: number;
  /** Each operator runs on its own: nothing is fused away, so that what it reads and writes and no cache holds crosses memory. */
  readonly operatorsAlone: boolean;
}

/** Seconds of a batch that no software gets below: arithmetic at the peak, or what must cross memory at its full bandwidth. */
export function leastSeconds(need: Need, execution: Execution, batch: number, { macsPerSecond, bytesPerSecond, cacheBytes, operatorsAlone }: Roof): number {
  const isProduct = constantsOf[need.workClass].rate !== undefined;
  const arithmetic = macsPerSecond === undefined ? 0 : batch * need.macs / macsPerSecond;
  if (bytesPerSecond === undefined || !(isProduct || operatorsAlone)) return arithmetic;
  const activations = batch * (need.inElements + need.outElements) * execution.activationBytes;
  // Of a table, a lookup reads single rows.
  const weights = isProduct ? need.weightElements * storedBytes(execution) : 0;
  return Math.max(arithmetic, Math.max(0, activations + weights - cacheBytes) / bytesPerSecond);
}

/** As weights lie in memory: mixed precision keeps four bytes of each, whatever it converts them to. */
export function storedBytes({ weightBytes }: Execution): number {
  return Math.min(weightBytes, 4);
}

export function operatorTime(need: Need, constants: StackConstants, execution: Execution, batch: number, roof?: Roof): OperatorTime {
  const { rate, share } = constantsOf[need.workClass];
  const computeSeconds = rate && need.macs > 0 ? batch * need.macs / constants[rate] : 0;
  const trafficSeconds = (share ? constants[share] : 1) * trafficBytes(need, execution, batch) / constants.bandwidth;
  const call = isCalled(need.workClass) ? constants.callSeconds : 0;
  const launch = launchesOf(need, execution, batch) * constants.launchSeconds;
  const needed = computeSeconds + trafficSeconds + call;
  const boundBy = needed < launch || call > computeSeconds + trafficSeconds ? 'launch' : computeSeconds >= trafficSeconds ? 'compute' : 'bandwidth';
  // The fits put most of the traffic of a normalisation by constants into the convolution before it: only the whole run is held to that (model-time).
  const least = roof && need.workClass !== 'scale' ? leastSeconds(need, execution, batch, roof) : 0;
  return { seconds: Math.max(launch, needed, least), computeSeconds, trafficSeconds, boundBy };
}
