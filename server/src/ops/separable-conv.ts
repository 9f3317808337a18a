/** Depthwise convolution followed by a pointwise one, as one layer. */
import { readMap, writeMap, type Layout } from '../tensor/layout';
import { product, type Sizes } from '../tensor/shape';
import type { Padding } from '../tensor/window';
import { inputAt } from './checks';
import { convShape, type ConvAttrs } from './conv';
import { defineOp, type PartSpec } from './define';

export type SeparableConvAttrs = {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Depthwise outputs per input channel. */
  readonly depthMultiplier: number;
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
  readonly bias: boolean;
  readonly layout: Layout;
};

function depthwise(attrs: SeparableConvAttrs): ConvAttrs {
  return { ...attrs, outChannels: attrs.inChannels * attrs.depthMultiplier, groups: attrs.inChannels, bias: false };
}

function separableParts(attrs: SeparableConvAttrs, outputs: readonly Sizes[]): readonly PartSpec[] {
  const map = readMap(inputAt(outputs, 0), attrs.layout, attrs.kernel.length);
  const places = product(map.batch) * product(map.size);
  const middle = attrs.inChannels * attrs.depthMultiplier;
  return [
    { name: 'depthwise', macs: places * middle * product(attrs.kernel), outputElements: places * middle },
    { name: 'pointwise', macs: places * middle * attrs.outChannels, outputElements: places * attrs.outChannels },
  ];
}

const plain = { inChannels: 32, outChannels: 64, depthMultiplier: 1, kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: 'same', bias: false, layout: 'channels-last' } as const;

export const separableConv = defineOp<SeparableConvAttrs>({
  kind: 'separable-conv',
  role: 'composite',
  summary: 'Depthwise separable convolution',
  source: 'https://keras.io/api/layers/convolution_layers/separable_convolution2d/',
  formula: 'N × Π out size × C_in × m × (Π kernel + C_out)',
  symbols: (attrs, _inputs, outputs) => {
    const map = readMap(inputAt(outputs, 0), attrs.layout, attrs.kernel.length);
    return { N: product(map.batch), 'Π out size': map.size, C_in: attrs.inChannels, m: attrs.depthMultiplier, 'Π kernel': attrs.kernel, C_out: attrs.outChannels };
  },
  shape: (attrs, inputs, report) => {
    const map = readMap(convShape(depthwise(attrs), inputAt(inputs, 0), report), attrs.layout, attrs.kernel.length);
    return [writeMap({ ...map, channels: attrs.outChannels }, attrs.layout)];
  },
  macs: (attrs, _inputs, outputs) => separableParts(attrs, outputs).reduce((total, part) => total + part.macs, 0),
  parts: (attrs, _inputs, outputs) => separableParts(attrs, outputs),
  weights: attrs => {
    const middle = attrs.inChannels * attrs.depthMultiplier;
    return [
      { name: 'depthwise_kernel', sizes: [...attrs.kernel, attrs.inChannels, attrs.depthMultiplier] },
      { name: 'pointwise_kernel', sizes: [...attrs.kernel.map(() => 1), middle, attrs.outChannels] },
      ...(attrs.bias ? [{ name: 'bias', sizes: [attrs.outChannels] }] : []),
    ];
  },
  examples: [
    { attrs: plain, inputs: [[1, 147, 147, 32]], outputs: [[1, 147, 147, 64]], macs: 50_478_624, weights: 2336 },
    { attrs: { ...plain, bias: true, depthMultiplier: 2, padding: 'valid', layout: 'channels-first' }, inputs: [[8, 32, 10, 10]], outputs: [[8, 64, 8, 8]], macs: 2_392_064, weights: 4736 },
  ],
});
