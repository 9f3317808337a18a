/** Resampling of any axes: to sizes or by factors, with the ratio kept or not. */
import type { Sizes } from '../tensor/shape';
import { inputAt, resolveAxes, resolveAxis } from './checks';
import { defineOp } from './define';

export type ResizeAttrs = {
  /** The axes that `sizes` or `factors` speak of. */
  readonly axes: Sizes;
  readonly sizes: Sizes | null;
  readonly factors: Sizes | null;
  readonly mode: string;
  /** With sizes: all axes are scaled alike, so that none is larger, or none smaller, than asked for. */
  readonly keepRatio?: 'not-larger' | 'not-smaller';
};

/** Source: onnx.ai/onnx/operators/onnx__Resize.html (keep_aspect_ratio_policy). */
function proportional(attrs: ResizeAttrs, sizes: Sizes, input: Sizes, axes: Sizes): Sizes {
  const factors = sizes.map((size, i) => size / (input[axes[i] ?? 0] ?? NaN));
  const factor = attrs.keepRatio === 'not-larger' ? Math.min(...factors) : Math.max(...factors);
  return axes.map(axis => Math.floor(factor * (input[axis] ?? NaN) + 0.5));
}

export const resize = defineOp<ResizeAttrs>({
  kind: 'resize',
  role: 'interpolate',
  summary: 'Resampling of named axes',
  source: 'https://onnx.ai/onnx/operators/onnx__Resize.html',
  formula: 'no MACs; out size = the size asked for, or ⌊in size × factor⌋',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!resolveAxes(attrs.axes, input.length, report)) return [input.map(() => NaN)];
    const axes = attrs.axes.map(axis => resolveAxis(axis, input.length, report, 'axes'));
    const wanted = attrs.sizes && attrs.keepRatio ? proportional(attrs, attrs.sizes, input, axes) : attrs.sizes;
    const result = [...input];
    axes.forEach((axis, i) => {
      // A factor is stored as a 32-bit number; the product is rounded down as a runtime does it.
      result[axis] = wanted ? (wanted[i] ?? NaN) : Math.floor(Math.fround((input[axis] ?? NaN) * Math.fround(attrs.factors?.[i] ?? NaN)));
    });
    return [result];
  },
  examples: [
    { attrs: { axes: [0, 1, 2, 3], sizes: null, factors: [1, 1, 2, 2], mode: 'nearest' }, inputs: [[1, 256, 20, 20]], outputs: [[1, 256, 40, 40]] },
    { attrs: { axes: [2, 3], sizes: [7, 8], factors: null, mode: 'cubic' }, inputs: [[1, 1, 4, 4]], outputs: [[1, 1, 7, 8]] },
    { attrs: { axes: [2, 3], sizes: [7, 8], factors: null, mode: 'nearest', keepRatio: 'not-larger' }, inputs: [[1, 1, 2, 2]], outputs: [[1, 1, 7, 7]] },
    { attrs: { axes: [0, 1, 2, 3], sizes: null, factors: [1, 1, 0.6, 0.6], mode: 'linear' }, inputs: [[1, 1, 2, 4]], outputs: [[1, 1, 1, 2]] },
  ],
});
