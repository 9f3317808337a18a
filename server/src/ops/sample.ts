/** Drawing from distributions given by data. */
import { checkRank, inputAt } from './checks';
import { defineOp } from './define';

export type SampleAttrs = {
  /** Draws per row of probabilities. */
  readonly samples: number;
};

export const sample = defineOp<SampleAttrs>({
  kind: 'sample',
  role: 'statistics',
  summary: 'Draws class indices from rows of probabilities',
  source: 'https://pytorch.org/docs/stable/generated/torch.multinomial.html',
  formula: 'no MACs; one index per draw',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    return [checkRank(input, [1, 2], report) ? [...input.slice(0, -1), attrs.samples] : [NaN, attrs.samples]];
  },
  dtype: () => ['int64'],
  examples: [
    { attrs: { samples: 1 }, inputs: [[8, 50_257]], outputs: [[8, 1]] },
    { attrs: { samples: 3 }, inputs: [[10]], outputs: [[3]] },
  ],
});
