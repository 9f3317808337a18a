/** Checks and small shape steps that many operators share. */
import { readMap, type FeatureMap, type Layout } from '../tensor/layout';
import { axisIndex, definitelyDifferent, type Sizes } from '../tensor/shape';
import { slideOver, type Window } from '../tensor/window';
import type { Report } from './define';

export function unknownSizes(rank: number): Sizes {
  return new Array<number>(Math.max(0, rank)).fill(NaN);
}

/** `64×56×56`; unknown sizes read `?`, a scalar reads `()`. */
export function describeSizes(sizes: Sizes): string {
  return sizes.length === 0 ? '()' : sizes.map(size => (Number.isNaN(size) ? '?' : String(size))).join('×');
}

/** Sizes as a program asks for them: `(3, -1)`. */
export function describeTuple(sizes: Sizes): string {
  return `(${sizes.map(size => (Number.isNaN(size) ? '?' : String(size))).join(', ')})`;
}

/** The input at a position; a missing one is a scalar, so that no formula has to throw. */
export function inputAt(inputs: readonly Sizes[], position: number): Sizes {
  return inputs[position] ?? [];
}

/** Index of an axis that may count from the end; NaN when it is unknown or, reported, out of range. */
export function resolveAxis(axis: number, rank: number, report: Report, attr = 'axis'): number {
  if (Number.isNaN(axis)) return NaN;
  // A scalar accepts axis 0 and -1, as if it had one axis.
  const index = axisIndex(axis, Math.max(rank, 1));
  if (index >= 0 && index < Math.max(rank, 1)) return index;
  report.fail(attr, `axis ${axis} is out of range for a tensor of ${plural(rank, 'dimension')}`);
  return NaN;
}

/** Sorted indices of several axes, or undefined when one is unknown, out of range or named twice. */
export function resolveAxes(axes: Sizes, rank: number, report: Report, attr = 'axes'): Sizes | undefined {
  const indices = axes.map(axis => resolveAxis(axis, rank, report, attr));
  if (indices.some(Number.isNaN)) return undefined;
  if (new Set(indices).size < indices.length) {
    report.fail(attr, `axis ${indices.find((axis, i) => indices.indexOf(axis) !== i) ?? 0} is named twice`);
    return undefined;
  }
  return [...indices].sort((a, b) => a - b);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** True when the rank is (or, some being unknown, may be) one of those allowed; otherwise it is reported. */
export function checkRank(sizes: Sizes, allowed: readonly number[], report: Report, attr = ''): boolean {
  if (allowed.includes(sizes.length) || allowed.some(Number.isNaN)) return true;
  report.fail(attr, `expected an input of ${allowed.join(' or ')} dimensions, received ${sizes.length} (${describeSizes(sizes)})`);
  return false;
}

export function checkMinRank(sizes: Sizes, least: number, report: Report, attr = ''): boolean {
  if (sizes.length >= least) return true;
  report.fail(attr, `expected an input of at least ${plural(least, 'dimension')}, received ${sizes.length} (${describeSizes(sizes)})`);
  return false;
}

/** Batch, channels and spatial size of an input that may be unbatched; all unknown when the rank is wrong. */
export function featureMap(sizes: Sizes, layout: Layout, spatialRank: number, report: Report): FeatureMap {
  if (checkRank(sizes, [spatialRank + 1, spatialRank + 2], report)) return readMap(sizes, layout, spatialRank);
  return { batch: [NaN], channels: NaN, size: unknownSizes(spatialRank) };
}

/** Output size of a sliding window; one that does not fit is reported and unknown. */
export function slideChecked(size: Sizes, window: Window, report: Report): Sizes {
  const result = slideOver(size, window);
  if (!result.some(extent => extent < 1)) return result;
  const { padding } = window;
  const padded = typeof padding === 'string' ? size : size.map((extent, axis) => extent + (padding.before[axis] ?? 0) + (padding.after[axis] ?? 0));
  const dilated = window.dilation.some(step => step > 1) ? `, dilation ${describeSizes(window.dilation)},` : '';
  const after = padded.some((extent, axis) => extent !== size[axis]) ? ` (${describeSizes(padded)} with padding)` : '';
  report.fail('kernel', `kernel ${describeSizes(window.kernel)}${dilated} does not fit the ${describeSizes(size)} input${after}`);
  return result.map(extent => (extent < 1 ? NaN : extent));
}

/** Reports a number of groups that does not divide a number of channels. */
export function checkDivides(divisor: number, total: number, what: string, report: Report, attr: string): void {
  if (definitelyDifferent(total % divisor, 0) && divisor > 0) report.fail(attr, `${what} ${total} cannot be divided by ${attr}=${divisor}`);
}


/** The sizes with one axis replaced. */
export function replaceAt(sizes: Sizes, axis: number, ...replacement: readonly number[]): Sizes {
  return [...sizes.slice(0, axis), ...replacement, ...sizes.slice(axis + 1)];
}
