/** The one shape of an answer, whichever model of a device gave it. */
import type { Includes } from './device';
import type { Interval } from './interval';

export type EstimatorName = 'profiled' | 'hierarchical' | 'datasheet' | 'language-model';
export type Bound = 'launch' | 'compute' | 'bandwidth';

/** Joules of one sample, by what they are spent on. */
export interface Parts {
  readonly compute: number;
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Drawn while the device runs, whatever it does. */
  readonly idle: number;
}

/** Per sample, at the estimate's batch. */
export interface LayerEstimate {
  readonly node: number;
  readonly path: string;
  readonly seconds: number;
  /** Absent where no single figure is supported. */
  readonly joules?: number;
  readonly boundBy: Bound;
  /** That cross the edge of memory. */
  readonly bytes: number;
  readonly macs: number;
}

export interface Estimate {
  readonly estimator: EstimatorName;
  readonly device: string;
  readonly deviceName: string;
  readonly stack: string;
  /** In words. */
  readonly software: string;
  readonly dtype: string;
  readonly batch: number;
  readonly includes: Includes;
  /** Joules of one sample. */
  readonly energy: Interval;
  /** Seconds of one sample: those of the batch, shared out. Absent: not modelled. */
  readonly time?: Interval;
  /** Of one sample: what no software gets below on this hardware, by its peak and its bandwidth. Absent or 0: not known. */
  readonly leastSeconds?: number;
  readonly parts?: Parts;
  /** What the device gives at most: dense layers and traffic, as measured and within its datasheet. Absent: not known. */
  readonly roof?: { readonly macsPerSecond: number; readonly bytesPerSecond: number };
  readonly layers: readonly LayerEstimate[];
  /** Measured networks stand behind time and energy, of this device and this software. */
  readonly calibrated: boolean;
  /** Behind the time, whatever is known of the power. */
  readonly timeCalibrated: boolean;
  /** Some operator is not known: there is at least so much. */
  readonly lowerBound: boolean;
  /** How it was made, and what widens it. */
  readonly why: string;
}
