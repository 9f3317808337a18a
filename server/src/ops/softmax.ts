/** Softmax and its relatives along one axis. */
import { inputAt, resolveAxis } from './checks';
import { defineOp } from './define';

export type SoftmaxAttrs = {
  readonly function: 'softmax' | 'log-softmax' | 'softmin' | 'gumbel-softmax' | 'sparsemax' | 'hardmax';
  readonly axis: number;
};

export const softmax = defineOp<SoftmaxAttrs>({
  kind: 'softmax',
  role: 'softmax',
  summary: 'Softmax',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Softmax.html',
  formula: 'no MACs; one value per element',
  shape: (attrs, inputs, report) => {
    resolveAxis(attrs.axis, inputAt(inputs, 0).length, report);
    return [inputAt(inputs, 0)];
  },
  contiguous: () => 'with-inputs',
  examples: [
    { attrs: { function: 'softmax', axis: -1 }, inputs: [[8, 12, 197, 197]], outputs: [[8, 12, 197, 197]] },
    { attrs: { function: 'log-softmax', axis: 0 }, inputs: [[10]], outputs: [[10]] },
  ],
});
