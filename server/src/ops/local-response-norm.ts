/** Local response normalisation over neighbouring channels. */
import type { Layout } from '../tensor/layout';
import { product } from '../tensor/shape';
import { checkMinRank, inputAt } from './checks';
import { defineOp } from './define';

export type LocalResponseNormAttrs = {
  /** Channels in a neighbourhood. */
  readonly size: number;
  readonly layout: Layout;
};

export const localResponseNorm = defineOp<LocalResponseNormAttrs>({
  kind: 'local-response-norm',
  role: 'local-response',
  summary: 'Local response normalisation',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.LocalResponseNorm.html',
  formula: 'no MACs; one value per element',
  paper: { macs: (attrs, _inputs, outputs) => product(inputAt(outputs, 0)) * attrs.size },
  shape: (_attrs, inputs, report) => {
    checkMinRank(inputAt(inputs, 0), 2, report);
    return [inputAt(inputs, 0)];
  },
  examples: [
    { attrs: { size: 5, layout: 'channels-first' }, inputs: [[8, 96, 55, 55]], outputs: [[8, 96, 55, 55]] },
    { attrs: { size: 5, layout: 'channels-last' }, inputs: [[1, 55, 55, 96]], outputs: [[1, 55, 55, 96]] },
  ],
});
