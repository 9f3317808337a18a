/** Pooling to a given output size. */
import { writeMap, type Layout } from '../tensor/layout';
import { featureMap, inputAt } from './checks';
import { defineOp } from './define';

export type AdaptivePoolAttrs = {
  readonly function: 'max' | 'average';
  /** One entry per spatial axis; null keeps the input's size. */
  readonly outputSize: readonly (number | null)[];
  readonly layout: Layout;
  readonly returnIndices?: boolean;
};

export const adaptivePool = defineOp<AdaptivePoolAttrs>({
  kind: 'adaptive-pool',
  role: 'pool',
  summary: 'Pooling to a given size',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html',
  formula: 'no MACs; out size = the size asked for',
  shape: (attrs, inputs, report) => {
    const map = featureMap(inputAt(inputs, 0), attrs.layout, attrs.outputSize.length, report);
    const size = attrs.outputSize.map((wanted, axis) => wanted ?? map.size[axis] ?? NaN);
    const output = writeMap({ ...map, size }, attrs.layout);
    return attrs.returnIndices ? [output, output] : [output];
  },
  dtype: (attrs, inputs) => attrs.returnIndices ? [inputs[0] ?? 'float32', 'int64'] : [inputs[0] ?? 'float32'],
  examples: [
    { attrs: { function: 'average', outputSize: [1, 1], layout: 'channels-first' }, inputs: [[1, 2048, 7, 7]], outputs: [[1, 2048, 1, 1]] },
    { attrs: { function: 'max', outputSize: [7, null], layout: 'channels-first' }, inputs: [[8, 64, 10, 9]], outputs: [[8, 64, 7, 9]] },
    { attrs: { function: 'average', outputSize: [5], layout: 'channels-first' }, inputs: [[64, 8]], outputs: [[64, 5]], note: 'unbatched' },
    { attrs: { function: 'average', outputSize: [2, 2], layout: 'channels-last' }, inputs: [[1, 8, 8, 16]], outputs: [[1, 2, 2, 16]] },
  ],
});
