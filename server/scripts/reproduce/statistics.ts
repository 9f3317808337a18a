/** Correlation, confidence and fits, as the papers use them; plain functions of number lists. */

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Of a sample: divided by n − 1. */
export function sampleVariance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** r_p, the linear correlation. */
export function pearson(xs: readonly number[], ys: readonly number[]): number {
  const xMean = mean(xs);
  const yMean = mean(ys);
  let products = 0;
  let xSquares = 0;
  let ySquares = 0;
  xs.forEach((x, index) => {
    const dx = x - xMean;
    const dy = (ys[index] ?? NaN) - yMean;
    products += dx * dy;
    xSquares += dx * dx;
    ySquares += dy * dy;
  });
  return products / Math.sqrt(xSquares * ySquares);
}

/** r_s, the correlation of the ranks. */
export function spearman(xs: readonly number[], ys: readonly number[]): number {
  return pearson(ranks(xs), ranks(ys));
}

/** From 1; equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((left, right) => left - right);
  return values.map(value => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}

export type Confidence = '95' | '99';

/** Two-sided quantiles of the normal distribution. */
const normalQuantiles: Readonly<Record<Confidence, number>> = { 95: 1.959964, 99: 2.575829 };

/** The confidence interval of a linear correlation over `count` pairs, by Fisher's z = artanh r with standard error 1 / √(n − 3). */
export function fisherInterval(r: number, count: number, confidence: Confidence): readonly [low: number, high: number] {
  const reach = normalQuantiles[confidence] / Math.sqrt(count - 3);
  return [Math.tanh(Math.atanh(r) - reach), Math.tanh(Math.atanh(r) + reach)];
}

export interface PowerLaw {
  readonly factor: number;
  readonly exponent: number;
  /** Linear correlation of the logarithms. */
  readonly r: number;
}

/** y = factor · x ^ exponent, by least squares on the logarithms. */
export function powerLaw(xs: readonly number[], ys: readonly number[]): PowerLaw {
  const logX = xs.map(Math.log);
  const logY = ys.map(Math.log);
  const r = pearson(logX, logY);
  const exponent = r * Math.sqrt(sampleVariance(logY) / sampleVariance(logX));
  return { factor: Math.exp(mean(logY) - exponent * mean(logX)), exponent, r };
}

/** The candidate with the highest score; of equal ones the first. */
export function best(candidates: readonly number[], score: (candidate: number) => number): { readonly at: number; readonly score: number } {
  return candidates.map(at => ({ at, score: score(at) })).reduce((left, right) => (right.score > left.score ? right : left));
}
