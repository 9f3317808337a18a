/** Convolution over any number of spatial axes, grouped or not, in either layout. */
import type { Layout } from '../tensor/layout';
import { readMap, writeMap } from '../tensor/layout';
import { product, type Sizes } from '../tensor/shape';
import type { Padding } from '../tensor/window';
import { checkDivides, featureMap, inputAt, slideChecked } from './checks';
import { defineOp, type Quantity, type Report, type WeightSpec } from './define';

export type ConvAttrs = {
  readonly inChannels: number;
  readonly outChannels: number;
  /** One entry per spatial axis, as for stride and dilation. */
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
  readonly groups: number;
  readonly bias: boolean;
  readonly layout: Layout;
};

export function convShape(attrs: ConvAttrs, input: Sizes, report: Report): Sizes {
  const map = featureMap(input, attrs.layout, attrs.kernel.length, report);
  report.expect('inChannels', attrs.inChannels, map.channels, 'input channels');
  checkDivides(attrs.groups, attrs.inChannels, 'inChannels', report, 'groups');
  checkDivides(attrs.groups, attrs.outChannels, 'outChannels', report, 'groups');
  const size = slideChecked(map.size, { ...attrs, rounding: 'floor', clipStart: false }, report);
  return writeMap({ batch: map.batch, channels: attrs.outChannels, size }, attrs.layout);
}

export function convMacs(attrs: ConvAttrs, output: Sizes): number {
  const map = readMap(output, attrs.layout, attrs.kernel.length);
  return product(map.batch) * attrs.outChannels * product(map.size) * (attrs.inChannels / attrs.groups) * product(attrs.kernel);
}

export function convSymbols(attrs: ConvAttrs, output: Sizes): Readonly<Record<string, Quantity>> {
  const map = readMap(output, attrs.layout, attrs.kernel.length);
  return { N: product(map.batch), C_out: attrs.outChannels, 'Π out size': map.size, C_in: attrs.inChannels, g: attrs.groups, 'Π kernel': attrs.kernel };
}

export function convWeights(attrs: ConvAttrs): readonly WeightSpec[] {
  const weight = { name: 'weight', sizes: [attrs.outChannels, attrs.inChannels / attrs.groups, ...attrs.kernel] };
  return attrs.bias ? [weight, { name: 'bias', sizes: [attrs.outChannels] }] : [weight];
}

const square = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: { before: [1, 1], after: [1, 1] }, groups: 1, bias: true, layout: 'channels-first' } as const;

export const conv = defineOp<ConvAttrs>({
  kind: 'conv',
  role: 'product',
  oneType: 'all',
  summary: 'Convolution',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html',
  formula: 'N × C_out × Π out size × (C_in/g) × Π kernel',
  symbols: (attrs, _inputs, outputs) => convSymbols(attrs, inputAt(outputs, 0)),
  convolution: attrs => attrs,
  scalable: attrs => ({ channels: attrs.outChannels, bias: attrs.bias }),
  shape: (attrs, inputs, report) => [convShape(attrs, inputAt(inputs, 0), report)],
  macs: (attrs, _inputs, outputs) => convMacs(attrs, inputAt(outputs, 0)),
  weights: convWeights,
  examples: [
    {
      attrs: { ...square, inChannels: 3, outChannels: 64, kernel: [7, 7], stride: [2, 2], padding: { before: [3, 3], after: [3, 3] }, bias: false },
      inputs: [[1, 3, 224, 224]],
      outputs: [[1, 64, 112, 112]],
      macs: 118_013_952,
      weights: 9408,
      note: 'the stem of ResNet-50',
    },
    {
      attrs: { ...square, inChannels: 3, outChannels: 64, kernel: [7, 7], stride: [2, 2], padding: { before: [3, 3], after: [3, 3] }, bias: false },
      inputs: [[8, 3, 224, 224]],
      outputs: [[8, 64, 112, 112]],
      macs: 944_111_616,
      weights: 9408,
    },
    { attrs: { ...square, inChannels: 256, outChannels: 256, groups: 256 }, inputs: [[256, 28, 28]], outputs: [[256, 28, 28]], macs: 1_806_336, weights: 2560, note: 'depthwise, unbatched' },
    {
      attrs: { ...square, inChannels: 16, outChannels: 33, kernel: [3, 5], stride: [2, 1], padding: { before: [4, 2], after: [4, 2] }, dilation: [3, 1] },
      inputs: [[20, 16, 50, 100]],
      outputs: [[20, 33, 26, 100]],
      macs: 411_840_000,
      weights: 7953,
    },
    {
      attrs: { ...square, inChannels: 3, outChannels: 32, stride: [2, 2], padding: 'same', layout: 'channels-last' },
      inputs: [[1, 225, 225, 3]],
      outputs: [[1, 113, 113, 32]],
      macs: 11_032_416,
      weights: 896,
    },
    {
      attrs: { ...square, inChannels: 80, outChannels: 512, kernel: [3], stride: [1], dilation: [1], padding: 'valid' },
      inputs: [[1, 80, 100]],
      outputs: [[1, 512, 98]],
      macs: 12_042_240,
      weights: 123_392,
    },
    {
      attrs: { ...square, inChannels: 3, outChannels: 64, kernel: [3, 7, 7], stride: [1, 2, 2], dilation: [1, 1, 1], padding: { before: [1, 3, 3], after: [1, 3, 3] }, bias: false },
      inputs: [[1, 3, 16, 112, 112]],
      outputs: [[1, 64, 16, 56, 56]],
      macs: 1_416_167_424,
      weights: 28_224,
    },
  ],
});
