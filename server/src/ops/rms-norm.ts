/** Root-mean-square normalisation over the trailing axes. */
import type { Sizes } from '../tensor/shape';
import { inputAt } from './checks';
import { defineOp } from './define';
import { expectNormalized } from './layer-norm';

export type RmsNormAttrs = {
  readonly normalizedShape: Sizes;
  readonly scale: boolean;
  readonly axes?: Sizes;
};

export const rmsNorm = defineOp<RmsNormAttrs>({
  kind: 'rms-norm',
  role: 'normalization',
  summary: 'Root-mean-square normalisation',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.RMSNorm.html',
  formula: 'no MACs; weights = Π normalised sizes',
  shape: (attrs, inputs, report) => {
    expectNormalized(attrs, inputAt(inputs, 0), report);
    return [inputAt(inputs, 0)];
  },
  weights: attrs => attrs.scale ? [{ name: 'weight', sizes: attrs.normalizedShape }] : [],
  examples: [
    { attrs: { normalizedShape: [4096], scale: true }, inputs: [[8, 128, 4096]], outputs: [[8, 128, 4096]], weights: 4096 },
    { attrs: { normalizedShape: [2, 3], scale: false }, inputs: [[2, 2, 3]], outputs: [[2, 2, 3]], weights: 0 },
  ],
});
