/** Dropout of elements or whole channels. */
import { inputAt } from './checks';
import { defineOp } from './define';

export type DropoutAttrs = {
  readonly rate: number;
  readonly unit: 'element' | 'channel';
  /** Off in eval mode, where the input passes through. */
  readonly training: boolean;
};

export const dropout = defineOp<DropoutAttrs>({
  kind: 'dropout',
  role: 'dropout',
  summary: 'Dropout',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html',
  formula: 'no MACs; one value per element',
  elementwise: true,
  shape: (attrs, inputs, report) => {
    if (attrs.rate < 0 || attrs.rate > 1) report.fail('rate', `a probability lies between 0 and 1, received ${attrs.rate}`);
    return [inputAt(inputs, 0)];
  },
  view: attrs => !attrs.training,
  strides: (_attrs, _input, strides) => strides,
  examples: [
    { attrs: { rate: 0.5, unit: 'element', training: false }, inputs: [[8, 4096]], outputs: [[8, 4096]] },
    { attrs: { rate: 0.1, unit: 'channel', training: true }, inputs: [[64, 7, 7]], outputs: [[64, 7, 7]] },
  ],
});
