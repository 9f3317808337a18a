/** Transposed convolution: every input element spreads one kernel. */
import type { Layout } from '../tensor/layout';
import { readMap, writeMap } from '../tensor/layout';
import { product, type Sizes } from '../tensor/shape';
import { slideBack, type Padding } from '../tensor/window';
import { checkDivides, describeSizes, featureMap, inputAt } from './checks';
import { defineOp } from './define';

export type ConvTransposeAttrs = {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
  readonly outputPadding: Sizes;
  readonly groups: number;
  readonly bias: boolean;
  readonly layout: Layout;
  /** Spatial output size asked for, in place of the one that follows from the window. */
  readonly outputSize?: Sizes | null;
};

const plain = {
  inChannels: 16, outChannels: 33, kernel: [3, 3], stride: [2, 2], dilation: [1, 1], padding: { before: [0, 0], after: [0, 0] }, outputPadding: [0, 0],
  groups: 1, bias: true, layout: 'channels-first',
} as const;

export const convTranspose = defineOp<ConvTransposeAttrs>({
  kind: 'conv-transpose',
  role: 'product',
  oneType: 'all',
  summary: 'Transposed convolution',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html',
  formula: 'N × C_in × Π in size × (C_out/g) × Π kernel',
  symbols: (attrs, inputs) => {
    const map = readMap(inputAt(inputs, 0), attrs.layout, attrs.kernel.length);
    return { N: product(map.batch), C_in: attrs.inChannels, 'Π in size': map.size, C_out: attrs.outChannels, g: attrs.groups, 'Π kernel': attrs.kernel };
  },
  convolution: attrs => attrs,
  scalable: attrs => ({ channels: attrs.outChannels, bias: attrs.bias }),
  shape: (attrs, inputs, report) => {
    const map = featureMap(inputAt(inputs, 0), attrs.layout, attrs.kernel.length, report);
    report.expect('inChannels', attrs.inChannels, map.channels, 'input channels');
    checkDivides(attrs.groups, attrs.inChannels, 'inChannels', report, 'groups');
    checkDivides(attrs.groups, attrs.outChannels, 'outChannels', report, 'groups');
    if (!attrs.outputSize && attrs.outputPadding.some((extra, axis) => extra >= Math.max(attrs.stride[axis] ?? 1, attrs.dilation[axis] ?? 1))) {
      report.fail('outputPadding', `the output padding ${describeSizes(attrs.outputPadding)} must be smaller than the stride ${describeSizes(attrs.stride)} or the dilation`);
    }
    const size = attrs.outputSize ?? slideBack(map.size, attrs, attrs.outputPadding);
    if (size.some(extent => extent < 1)) report.fail('padding', `the padding leaves no output for the ${describeSizes(map.size)} input`);
    return [writeMap({ batch: map.batch, channels: attrs.outChannels, size: size.map(extent => (extent < 1 ? NaN : extent)) }, attrs.layout)];
  },
  macs: (attrs, inputs) => product(inputAt(inputs, 0)) * (attrs.outChannels / attrs.groups) * product(attrs.kernel),
  weights: attrs => {
    const weight = { name: 'weight', sizes: [attrs.inChannels, attrs.outChannels / attrs.groups, ...attrs.kernel] };
    return attrs.bias ? [weight, { name: 'bias', sizes: [attrs.outChannels] }] : [weight];
  },
  examples: [
    { attrs: plain, inputs: [[20, 16, 50, 100]], outputs: [[20, 33, 101, 201]], macs: 475_200_000, weights: 4785 },
    {
      attrs: { ...plain, inChannels: 64, outChannels: 32, kernel: [4, 4], padding: { before: [1, 1], after: [1, 1] }, bias: false },
      inputs: [[8, 64, 16, 16]],
      outputs: [[8, 32, 32, 32]],
      macs: 67_108_864,
      weights: 32_768,
    },
    {
      attrs: { ...plain, inChannels: 16, outChannels: 16, padding: { before: [1, 1], after: [1, 1] }, outputPadding: [1, 1] },
      inputs: [[16, 6, 6]],
      outputs: [[16, 12, 12]],
      macs: 82_944,
      weights: 2320,
      note: 'unbatched',
    },
    { attrs: { ...plain, inChannels: 8, outChannels: 4, padding: 'same', layout: 'channels-last' }, inputs: [[1, 5, 5, 8]], outputs: [[1, 10, 10, 4]], macs: 7200, weights: 292 },
    {
      attrs: { ...plain, inChannels: 8, outChannels: 4, kernel: [3], stride: [2], dilation: [1], padding: 'valid', outputPadding: [0], outputSize: [12] },
      inputs: [[1, 8, 5]],
      outputs: [[1, 4, 12]],
      macs: 480,
      weights: 100,
    },
  ],
});
