/** Scaling to unit length along axes, and learned scale and shift without statistics. */
import type { Sizes } from '../tensor/shape';
import { checkMinRank, inputAt, resolveAxes, resolveAxis } from './checks';
import { normWeights } from './batch-norm';
import { defineOp } from './define';

export type NormalizeAttrs = {
  readonly axes: Sizes;
  readonly order: number;
};

export const normalize = defineOp<NormalizeAttrs>({
  kind: 'normalize',
  role: 'normalization',
  summary: 'Division by the norm along axes',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.normalize.html',
  formula: 'no MACs; one value per element',
  shape: (attrs, inputs, report) => {
    resolveAxes(attrs.axes, inputAt(inputs, 0).length, report);
    return [inputAt(inputs, 0)];
  },
  examples: [
    { attrs: { axes: [-1], order: 2 }, inputs: [[8, 12, 197, 64]], outputs: [[8, 12, 197, 64]] },
    { attrs: { axes: [0], order: 2 }, inputs: [[128]], outputs: [[128]] },
  ],
});

export type ScaleAttrs = {
  /** Sizes of the learned factor; they lie on the input's axes from `axis` on. */
  readonly sizes: Sizes;
  readonly axis: number;
  readonly scale: boolean;
  readonly shift: boolean;
};

export const scale = defineOp<ScaleAttrs>({
  kind: 'scale',
  role: 'normalization',
  summary: 'Learned scale and shift per channel',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/scale.html',
  formula: 'no MACs; weights = 2 × C',
  fuses: 'scale',
  elementwise: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, attrs.sizes.length, report, 'sizes')) return [input];
    const axis = resolveAxis(attrs.axis, input.length, report);
    attrs.sizes.forEach((size, i) => { report.expect('sizes', size, input[axis + i] ?? NaN, 'channels'); });
    return [input];
  },
  weights: attrs => normWeights(attrs.sizes, attrs),
  examples: [
    { attrs: { sizes: [64], axis: 1, scale: true, shift: true }, inputs: [[8, 64, 56, 56]], outputs: [[8, 64, 56, 56]], weights: 128 },
    { attrs: { sizes: [768], axis: -1, scale: true, shift: false }, inputs: [[197, 768]], outputs: [[197, 768]], weights: 768 },
  ],
});
