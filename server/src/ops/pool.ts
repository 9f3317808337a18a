/** Pooling with a sliding window: maximum, average or p-norm. */
import { writeMap, type Layout } from '../tensor/layout';
import type { Sizes } from '../tensor/shape';
import type { Padding } from '../tensor/window';
import { describeSizes, featureMap, inputAt, slideChecked } from './checks';
import { defineOp } from './define';

export type PoolAttrs = {
  readonly function: 'max' | 'average' | 'lp' | 'stochastic';
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
  readonly rounding: 'floor' | 'ceil';
  /** With `ceil`: no last window that starts beyond the input and its leading padding. */
  readonly clipStart: boolean;
  readonly layout: Layout;
  /** A second output with the positions of the maxima. */
  readonly returnIndices?: boolean;
  /** The framework refuses padding beyond half the kernel. */
  readonly atMostHalfPadded?: boolean;
};

const plain = { function: 'max', kernel: [3, 3], stride: [2, 2], dilation: [1, 1], padding: { before: [1, 1], after: [1, 1] }, rounding: 'floor', clipStart: true, layout: 'channels-first' } as const;

export const pool = defineOp<PoolAttrs>({
  kind: 'pool',
  role: 'pool',
  summary: 'Pooling',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html',
  formula: 'no MACs; out size = ⌊(in + padding − (dilation × (kernel − 1) + 1)) / stride⌋ + 1',
  shape: (attrs, inputs, report) => {
    const map = featureMap(inputAt(inputs, 0), attrs.layout, attrs.kernel.length, report);
    const { padding } = attrs;
    if (attrs.atMostHalfPadded && typeof padding !== 'string' && attrs.kernel.some((size, axis) => (padding.before[axis] ?? 0) > size / 2)) {
      report.fail('padding', `padding ${describeSizes(padding.before)} is more than half of the kernel ${describeSizes(attrs.kernel)}`);
    }
    const output = writeMap({ ...map, size: slideChecked(map.size, attrs, report) }, attrs.layout);
    return attrs.returnIndices ? [output, output] : [output];
  },
  dtype: (attrs, inputs) => attrs.returnIndices ? [inputs[0] ?? 'float32', 'int64'] : [inputs[0] ?? 'float32'],
  examples: [
    { attrs: plain, inputs: [[1, 64, 112, 112]], outputs: [[1, 64, 56, 56]] },
    { attrs: { ...plain, padding: 'valid', rounding: 'ceil' }, inputs: [[8, 64, 112, 112]], outputs: [[8, 64, 56, 56]], note: 'rounding up' },
    { attrs: { ...plain, kernel: [2, 2], padding: 'valid', rounding: 'ceil', function: 'average' }, inputs: [[64, 7, 7]], outputs: [[64, 4, 4]], note: 'unbatched' },
    {
      attrs: { ...plain, kernel: [1, 1], padding: { before: [1, 1], after: [1, 1] }, stride: [3, 3], rounding: 'ceil' },
      inputs: [[1, 1, 4, 4]],
      outputs: [[1, 1, 2, 2]],
      note: 'the last window would start in the padding',
    },
    { attrs: { ...plain, padding: 'same', layout: 'channels-last' }, inputs: [[1, 35, 35, 192]], outputs: [[1, 18, 18, 192]] },
    { attrs: { ...plain, kernel: [2], stride: [2], dilation: [1], padding: 'valid', returnIndices: true }, inputs: [[8, 20, 51]], outputs: [[8, 20, 25], [8, 20, 25]] },
  ],
});
