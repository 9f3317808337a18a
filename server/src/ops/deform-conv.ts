/** Convolution whose sampling points are shifted by learned offsets. */
import { readMap } from '../tensor/layout';
import { product } from '../tensor/shape';
import { checkRank, inputAt } from './checks';
import { convMacs, convShape, convSymbols, convWeights, type ConvAttrs } from './conv';
import { defineOp } from './define';

/** Inputs: the map, the offsets and, for version 2, the modulation mask. */
export type DeformConvAttrs = ConvAttrs & {
  /** Sets of offsets the channels are shared among; NaN: not checked. */
  readonly offsetGroups: number;
};

const plain = {
  inChannels: 64, outChannels: 64, kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: { before: [1, 1], after: [1, 1] }, groups: 1, bias: true,
  layout: 'channels-first', offsetGroups: 1,
} as const;

export const deformConv = defineOp<DeformConvAttrs>({
  kind: 'deform-conv',
  role: 'product',
  oneType: 'all',
  summary: 'Deformable convolution',
  source: 'https://pytorch.org/vision/stable/generated/torchvision.ops.deform_conv2d.html',
  formula: 'N × C_out × Π out size × (C_in/g) × Π kernel',
  symbols: (attrs, _inputs, outputs) => convSymbols(attrs, inputAt(outputs, 0)),
  convolution: attrs => attrs,
  shape: (attrs, inputs, report) => {
    const output = convShape(attrs, inputAt(inputs, 0), report);
    const offsets = inputs[1];
    if (offsets && checkRank(offsets, [attrs.kernel.length + 1, attrs.kernel.length + 2], report)) {
      report.expect('offsetGroups', attrs.kernel.length * attrs.offsetGroups * product(attrs.kernel), readMap(offsets, attrs.layout, attrs.kernel.length).channels, 'channels of offsets');
    }
    return [output];
  },
  macs: (attrs, _inputs, outputs) => convMacs(attrs, inputAt(outputs, 0)),
  weights: convWeights,
  examples: [
    { attrs: plain, inputs: [[8, 64, 28, 28], [8, 18, 28, 28]], outputs: [[8, 64, 28, 28]], macs: 231_211_008, weights: 36_928 },
    { attrs: { ...plain, groups: 64, offsetGroups: 2, bias: false }, inputs: [[1, 64, 14, 14], [1, 36, 14, 14], [1, 18, 14, 14]], outputs: [[1, 64, 14, 14]], macs: 112_896, weights: 576 },
  ],
});
