/** Instance normalisation: statistics per map and channel. */
import { readMap, type Layout } from '../tensor/layout';
import { normWeights, type Statistics } from './batch-norm';
import { checkRank, inputAt } from './checks';
import { defineOp } from './define';

export type InstanceNormAttrs = {
  readonly channels: number;
  readonly spatialRank: number;
  readonly scale: boolean;
  readonly shift: boolean;
  readonly statistics: Statistics;
  readonly layout: Layout;
};

const plain = { channels: 64, spatialRank: 2, scale: false, shift: false, statistics: 'none', layout: 'channels-first' } as const;

export const instanceNorm = defineOp<InstanceNormAttrs>({
  kind: 'instance-norm',
  role: 'normalization',
  summary: 'Instance normalisation',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html',
  formula: 'no MACs; weights = 2 × C when affine',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkRank(input, [attrs.spatialRank + 1, attrs.spatialRank + 2], report)) return [input];
    // Without weights or statistics the declared number of channels is never used.
    if (attrs.scale || attrs.shift || attrs.statistics !== 'none') report.expect('channels', attrs.channels, readMap(input, attrs.layout, attrs.spatialRank).channels, 'channels');
    return [input];
  },
  weights: attrs => normWeights([attrs.channels], attrs),
  examples: [
    { attrs: plain, inputs: [[8, 64, 32, 32]], outputs: [[8, 64, 32, 32]], weights: 0 },
    { attrs: { ...plain, scale: true, shift: true }, inputs: [[64, 32, 32]], outputs: [[64, 32, 32]], weights: 128, note: 'unbatched' },
    { attrs: { ...plain, scale: true, shift: true, layout: 'channels-last' }, inputs: [[1, 32, 32, 64]], outputs: [[1, 32, 32, 64]], weights: 128 },
  ],
});
