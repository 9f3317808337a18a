/** Moving elements between channels and space, and between groups of channels. */
import { readMap, writeMap, type Layout } from '../tensor/layout';
import { checkDivides, checkMinRank, inputAt, unknownSizes } from './checks';
import { defineOp } from './define';

export type PixelShuffleAttrs = {
  readonly factor: number;
  readonly layout: Layout;
};

export const pixelShuffle = defineOp<PixelShuffleAttrs>({
  kind: 'pixel-shuffle',
  role: 'shape',
  summary: 'Channels to space',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.PixelShuffle.html',
  formula: 'no MACs; C / r² channels of r × the size',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 3, report)) return [unknownSizes(input.length)];
    // Any number of leading axes is allowed: they are the batch.
    const map = readMap(input.slice(-3), attrs.layout, 2);
    const square = attrs.factor ** 2;
    if (map.channels % square > 0) report.fail('factor', `${map.channels} channels cannot be divided by ${attrs.factor}² = ${square}`);
    const channels = map.channels % square > 0 ? NaN : map.channels / square;
    return [[...input.slice(0, -3), ...writeMap({ batch: [], channels, size: map.size.map(extent => extent * attrs.factor) }, attrs.layout)]];
  },
  examples: [
    { attrs: { factor: 3, layout: 'channels-first' }, inputs: [[8, 9, 4, 4]], outputs: [[8, 1, 12, 12]] },
    { attrs: { factor: 2, layout: 'channels-last' }, inputs: [[1, 4, 5, 16]], outputs: [[1, 8, 10, 4]] },
    { attrs: { factor: 2, layout: 'channels-first' }, inputs: [[16, 4, 5]], outputs: [[4, 8, 10]], note: 'unbatched' },
  ],
});

export const pixelUnshuffle = defineOp<PixelShuffleAttrs>({
  kind: 'pixel-unshuffle',
  role: 'shape',
  summary: 'Space to channels',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.PixelUnshuffle.html',
  formula: 'no MACs; C × r² channels of size / r',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 3, report)) return [unknownSizes(input.length)];
    const map = readMap(input.slice(-3), attrs.layout, 2);
    for (const extent of map.size) checkDivides(attrs.factor, extent, 'the spatial size', report, 'factor');
    const size = map.size.map(extent => (extent % attrs.factor > 0 ? NaN : extent / attrs.factor));
    return [[...input.slice(0, -3), ...writeMap({ batch: [], channels: map.channels * attrs.factor ** 2, size }, attrs.layout)]];
  },
  examples: [
    { attrs: { factor: 3, layout: 'channels-first' }, inputs: [[8, 1, 12, 12]], outputs: [[8, 9, 4, 4]] },
    { attrs: { factor: 2, layout: 'channels-last' }, inputs: [[1, 8, 10, 4]], outputs: [[1, 4, 5, 16]] },
  ],
});

export type ChannelShuffleAttrs = {
  readonly groups: number;
  /** Default 1: channels first. */
  readonly axis?: number;
};

export const channelShuffle = defineOp<ChannelShuffleAttrs>({
  kind: 'channel-shuffle',
  role: 'shape',
  summary: 'Interleaves groups of channels',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.ChannelShuffle.html',
  formula: 'no MACs; the same elements',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis ?? 1;
    checkDivides(attrs.groups, input[axis < 0 ? axis + input.length : axis] ?? NaN, 'channels', report, 'groups');
    return [input];
  },
  examples: [
    { attrs: { groups: 2 }, inputs: [[8, 116, 28, 28]], outputs: [[8, 116, 28, 28]] },
    { attrs: { groups: 3, axis: -1 }, inputs: [[1, 28, 28, 240]], outputs: [[1, 28, 28, 240]] },
  ],
});
