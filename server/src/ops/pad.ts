/** Padding (and, with negative amounts, cropping) of some axes. */
import type { Sizes } from '../tensor/shape';
import { describeSizes, inputAt, resolveAxes, resolveAxis } from './checks';
import { defineOp } from './define';

export type PadAttrs = {
  /** The axes padded; they may count from the end. `before` and `after` have one entry each. */
  readonly axes: Sizes;
  readonly before: Sizes;
  readonly after: Sizes;
  readonly mode: 'constant' | 'reflect' | 'replicate' | 'circular' | 'symmetric';
};

export const pad = defineOp<PadAttrs>({
  kind: 'pad',
  role: 'pad',
  summary: 'Padding',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.pad.html',
  formula: 'no MACs; out size = in size + before + after',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const result = [...input];
    if (!resolveAxes(attrs.axes, input.length, report)) return [input.map(() => NaN)];
    attrs.axes.forEach((named, i) => {
      const axis = resolveAxis(named, input.length, report, 'axes');
      const size = input[axis] ?? NaN;
      const [before, after] = [attrs.before[i] ?? 0, attrs.after[i] ?? 0];
      const most = attrs.mode === 'reflect' ? size - 1 : attrs.mode === 'circular' || attrs.mode === 'symmetric' ? size : Infinity;
      if (before > most || after > most) report.fail('before', `${attrs.mode} padding of ${Math.max(before, after)} needs more than the ${size} elements of axis ${axis}`);
      const padded = size + before + after;
      if (padded < 0) report.fail('before', `cropping ${-before - after} elements from the ${describeSizes(input)} input leaves nothing on axis ${axis}`);
      if (axis < result.length) result[axis] = padded < 0 ? NaN : padded;
    });
    return [result];
  },
  examples: [
    { attrs: { axes: [-1, -2], before: [1, 2], after: [1, 2], mode: 'constant' }, inputs: [[8, 3, 32, 32]], outputs: [[8, 3, 36, 34]] },
    { attrs: { axes: [2, 3], before: [3, 3], after: [3, 3], mode: 'reflect' }, inputs: [[1, 3, 256, 256]], outputs: [[1, 3, 262, 262]] },
    { attrs: { axes: [1, 2], before: [0, 0], after: [1, 1], mode: 'constant' }, inputs: [[1, 224, 224, 3]], outputs: [[1, 225, 225, 3]], note: 'channels last' },
    { attrs: { axes: [-1], before: [-1], after: [-2], mode: 'constant' }, inputs: [[4, 10]], outputs: [[4, 7]], note: 'cropping' },
  ],
});
