/** Spatial pyramid pooling: the map pooled to 1, 4, 16 … places, all in one vector. */
import { checkRank, inputAt } from './checks';
import { defineOp } from './define';

export type PyramidPoolAttrs = {
  readonly function: 'max' | 'average' | 'stochastic';
  /** Number of levels; level i has 2^i × 2^i places. */
  readonly levels: number;
};

export const pyramidPool = defineOp<PyramidPoolAttrs>({
  kind: 'pyramid-pool',
  role: 'pool',
  summary: 'Spatial pyramid pooling',
  source: 'https://arxiv.org/abs/1406.4729',
  formula: 'no MACs; C × (1 + 4 + 16 + …) values',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkRank(input, [4], report)) return [[NaN, NaN]];
    const [batch = NaN, channels = NaN] = input;
    // With one level Caffe leaves the axes as they are.
    return [attrs.levels === 1 ? [batch, channels, 1, 1] : [batch, channels * (4 ** attrs.levels - 1) / 3]];
  },
  examples: [
    { attrs: { function: 'max', levels: 3 }, inputs: [[1, 256, 13, 13]], outputs: [[1, 5376]] },
    { attrs: { function: 'average', levels: 1 }, inputs: [[8, 64, 7, 7]], outputs: [[8, 64, 1, 1]] },
  ],
});
