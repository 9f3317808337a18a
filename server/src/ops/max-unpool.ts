/** Writing pooled values back to where their maxima were. */
import { writeMap, type Layout } from '../tensor/layout';
import type { Sizes } from '../tensor/shape';
import { slideBack, type Padding } from '../tensor/window';
import { featureMap, inputAt } from './checks';
import { defineOp } from './define';

/** Inputs: the values and the indices that the pooling returned. */
export type MaxUnpoolAttrs = {
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly padding: Padding;
  readonly layout: Layout;
  /** Spatial size asked for, in place of the one that follows from the window. */
  readonly outputSize?: Sizes | null;
};

export const maxUnpool = defineOp<MaxUnpoolAttrs>({
  kind: 'max-unpool',
  role: 'pool',
  summary: 'Inverse of max pooling',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.MaxUnpool2d.html',
  formula: 'no MACs; out size = (in − 1) × stride − padding + kernel',
  indices: [1],
  shape: (attrs, inputs, report) => {
    const map = featureMap(inputAt(inputs, 0), attrs.layout, attrs.kernel.length, report);
    const none = attrs.kernel.map(() => 0);
    const padding = attrs.padding === 'valid' ? { before: none, after: none } : attrs.padding;
    const size = attrs.outputSize ?? slideBack(map.size, { ...attrs, padding, dilation: attrs.kernel.map(() => 1) }, none);
    return [writeMap({ ...map, size: size.map(extent => (extent < 1 ? NaN : extent)) }, attrs.layout)];
  },
  examples: [
    { attrs: { kernel: [2, 2], stride: [2, 2], padding: 'valid', layout: 'channels-first' }, inputs: [[8, 512, 7, 7], [8, 512, 7, 7]], outputs: [[8, 512, 14, 14]] },
    {
      attrs: { kernel: [2, 2], stride: [2, 2], padding: 'valid', layout: 'channels-first', outputSize: [5, 5] },
      inputs: [[1, 2, 2], [1, 2, 2]],
      outputs: [[1, 5, 5]],
      note: 'unbatched, output size given',
    },
  ],
});
