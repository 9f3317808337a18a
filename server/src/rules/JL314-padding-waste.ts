/** Convolutions that mostly multiply zeros which padding has added. */
import { percent } from '../base/format';
import type { LayerMetrics } from '../metrics/metrics';
import { conv, type ConvAttrs } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { readMap } from '../tensor/layout';
import { dilatedExtent } from '../tensor/window';
import { isUnknown } from '../base/unknown';
import { sizesOf } from '../tensor/shape';
import { defineRule } from './define';
import { behindLargeMap, caffeNet, kerasModel, torchModel } from './example-sources';
import { moved, partOf } from './parts';
import { argumentOf } from './places';

export const rule = defineRule({
  id: 'JL314',
  name: 'padding-waste',
  summary: 'A large part of a convolution\'s MACs multiplies zeros that padding adds.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'A smaller kernel or dilation computes the same on a map of this size',
  docs: {
    what: 'A convolution of whose MACs at least `waste` meet padded positions, where such layers of one line do at least `share` of the MACs of the model.',
    why: 'A kernel that reaches beyond a small map multiplies zeros. A 3×3 kernel with a dilation of 18 on a map of 14×14 has nothing but its centre inside the '
      + 'map: it has become a 1×1 convolution at nine times the cost (DeepLabv3 names this).',
    instead: 'Choose kernel and dilation by the size of the map they work on.',
  },
  sources: [{ title: 'Rethinking Atrous Convolution for Semantic Image Segmentation (DeepLabv3): section 3.3', url: 'https://arxiv.org/abs/1706.05587' }],
  options: {
    waste: { description: 'Smallest part of the MACs of a layer that meets padding.', default: 0.4, unit: 'of the layer\'s MACs', minimum: 0, maximum: 1 },
    share: { description: 'Smallest part of the MACs that such layers of one line must have.', default: 0.01, unit: 'of all MACs', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => metrics.layers.flatMap(layer => {
    const { node } = layer;
    const attrs = attrsIf(node, conv);
    const waste = attrs ? wasteOf(attrs, layer, options.waste) : 0;
    if (!(waste >= options.waste)) return [];
    return [{
      at: argumentOf(node.site, 'dilation', 'padding', 'kernel'), path: node.path, node,
      badness: waste * moved(layer), share: partOf(metrics, layer, 'macs'), sayEnergy: true as const,
      message: `${percent(waste)} of the MACs of this convolution meet zeros of the padding`,
      data: { waste },
    }];
  }),
  examples: {
    firing: [
      { source: torchModel(['nn.Conv2d(16, 16, 3, padding=12, dilation=12)'], [1, 16, 14, 14]), at: 'dilation=12', message: '81.6 % of the MACs' },
      { source: kerasModel(['x = layers.Conv2D(16, 7, padding="same")(x)'], [4, 4, 16]), message: 'meet zeros of the padding' },
      { extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 16 kernel_size: 7 pad: 3 }'], [1, 16, 4, 4]), message: 'meet zeros of the padding' },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(16, 16, 3, padding=1)', 'nn.Conv2d(16, 16, 3, padding=2, dilation=2)'], [1, 16, 14, 14]) },
      { source: kerasModel(['x = layers.Conv2D(16, 3, padding="same")(x)'], [14, 14, 16]) },
      { extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 16 kernel_size: 7 }'], [1, 16, 14, 14]) },
      { source: behindLargeMap(['nn.Conv2d(64, 64, 3, padding=12, dilation=12)'], 64, 14) },
    ],
  },
});

/** Axis by axis: how many of the positions that the kernel visits lie inside the map. 0 where it is surely less than `least`. */
function wasteOf({ kernel, stride, dilation, padding, layout }: ConvAttrs, { inputs, outputs }: LayerMetrics, least: number): number {
  const [input, output] = [inputs[0], outputs[0]];
  if (padding === 'valid' || input === undefined || output === undefined || isUnknown(input) || isUnknown(output)) return 0;
  const [read, written] = [readMap(sizesOf(input), layout, kernel.length).size, readMap(sizesOf(output), layout, kernel.length).size];
  // Each tap reaches outside at no more places than the padding has.
  const surelyInside = kernel.reduce((all, taps, axis) => {
    const padded = padding === 'same' ? dilatedExtent(taps, dilation[axis] ?? 1) : (padding.before[axis] ?? 0) + (padding.after[axis] ?? 0) + 1;
    return all * Math.max(0, 1 - padded / Math.max(1, written[axis] ?? 1));
  }, 1);
  if (1 - surelyInside < least) return 0;
  let inside = 1;
  for (let axis = 0; axis < kernel.length; axis++) {
    const [extent = NaN, count = NaN, taps = 1, step = 1, spread = 1] = [read[axis], written[axis], kernel[axis], stride[axis], dilation[axis]];
    if (!(extent > 0) || !(count > 0) || count > mostPositions) return 0;
    const reach = dilatedExtent(taps, spread);
    const before = padding === 'same' ? Math.floor(Math.max(0, (count - 1) * step + reach - extent) / 2) : padding.before[axis] ?? 0;
    let visits = 0;
    for (let position = 0; position < count; position++) {
      for (let tap = 0; tap < taps; tap++) {
        const place = position * step - before + tap * spread;
        if (place >= 0 && place < extent) visits++;
      }
    }
    inside *= visits / (count * taps);
  }
  return 1 - inside;
}

/** On maps larger than this padding is no matter. */
const mostPositions = 256;
