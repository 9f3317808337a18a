/** Group normalisation: statistics over groups of channels. */
import type { Layout } from '../tensor/layout';
import { normWeights } from './batch-norm';
import { checkDivides, checkMinRank, inputAt } from './checks';
import { defineOp } from './define';

export type GroupNormAttrs = {
  readonly groups: number;
  readonly channels: number;
  readonly scale: boolean;
  readonly shift: boolean;
  readonly layout: Layout;
  /** Where the channels are, if elsewhere than the layout says. */
  readonly axis?: number;
};

export const groupNorm = defineOp<GroupNormAttrs>({
  kind: 'group-norm',
  role: 'normalization',
  summary: 'Group normalisation',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.GroupNorm.html',
  formula: 'no MACs; weights = 2 × C',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    checkDivides(attrs.groups, attrs.channels, 'channels', report, 'groups');
    if (checkMinRank(input, 2, report)) report.expect('channels', attrs.channels, input.at(attrs.axis ?? (attrs.layout === 'channels-first' ? 1 : -1)) ?? NaN, 'channels');
    return [input];
  },
  weights: attrs => normWeights([attrs.channels], attrs),
  examples: [
    { attrs: { groups: 32, channels: 256, scale: true, shift: true, layout: 'channels-first' }, inputs: [[8, 256, 28, 28]], outputs: [[8, 256, 28, 28]], weights: 512 },
    { attrs: { groups: 1, channels: 64, scale: false, shift: false, layout: 'channels-last' }, inputs: [[1, 14, 14, 64]], outputs: [[1, 14, 14, 64]], weights: 0 },
  ],
});
