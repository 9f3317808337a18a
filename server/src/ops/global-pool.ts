/** Pooling over all spatial axes. */
import type { Layout } from '../tensor/layout';
import { checkMinRank, inputAt } from './checks';
import { defineOp } from './define';

export type GlobalPoolAttrs = {
  readonly function: 'max' | 'average' | 'lp';
  readonly layout: Layout;
  /** True: spatial axes of size 1 stay; false: they go. */
  readonly keepDims: boolean;
};

export const globalPool = defineOp<GlobalPoolAttrs>({
  kind: 'global-pool',
  role: 'pool',
  summary: 'Pooling over the whole map',
  source: 'https://keras.io/api/layers/pooling_layers/global_average_pooling2d/',
  formula: 'no MACs; one value per channel',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 2, report)) return [[NaN, NaN]];
    const spatial = attrs.keepDims ? new Array<number>(input.length - 2).fill(1) : [];
    const batch = input[0] ?? NaN;
    return attrs.layout === 'channels-first' ? [[batch, input[1] ?? NaN, ...spatial]] : [[batch, ...spatial, input[input.length - 1] ?? NaN]];
  },
  examples: [
    { attrs: { function: 'average', layout: 'channels-first', keepDims: true }, inputs: [[1, 512, 7, 7]], outputs: [[1, 512, 1, 1]] },
    { attrs: { function: 'average', layout: 'channels-last', keepDims: false }, inputs: [[8, 7, 7, 512]], outputs: [[8, 512]] },
    { attrs: { function: 'max', layout: 'channels-last', keepDims: true }, inputs: [[1, 20, 64]], outputs: [[1, 1, 64]] },
  ],
});
