/** Estimates with their uncertainty: a figure that may be off by a factor, the same to either side. */

/** How sure an interval is meant to be. */
export const confidence = 0.8;

export interface Interval {
  /** Absent: the data support no single figure, only a range. */
  readonly estimate?: number;
  readonly low: number;
  readonly high: number;
}

/** `factor` 1.25: from a fifth less to a quarter more. */
export function within(estimate: number, factor: number): Interval {
  return { estimate, low: estimate / factor, high: estimate * factor };
}

/** Errors of factors that have nothing to do with each other: their logarithms add in quadrature. */
export function jointFactor(...factors: readonly number[]): number {
  return Math.exp(Math.sqrt(factors.reduce((sum, factor) => sum + Math.log(factor) ** 2, 0)));
}

/** From the lowest to the highest of several estimates, without a figure of its own. */
export function rangeOver(intervals: readonly Interval[]): Interval | undefined {
  if (intervals.length === 0) return undefined;
  return { low: Math.min(...intervals.map(each => each.low)), high: Math.max(...intervals.map(each => each.high)) };
}

export function scaled({ estimate, low, high }: Interval, factor: number): Interval {
  return { ...(estimate === undefined ? {} : { estimate: estimate * factor }), low: low * factor, high: high * factor };
}

/** Nothing in it lies below what is possible. */
export function notBelow({ estimate, low, high }: Interval, least: number): Interval {
  return { ...(estimate === undefined ? {} : { estimate: Math.max(estimate, least) }), low: Math.max(low, least), high: Math.max(high, least) };
}
