/** A 1×1 convolution behind an upsampling does its work on copies. */
import { macCount, ratio } from '../base/format';
import type { Node } from '../graph/graph';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { roleOf } from '../ops/registry';
import { product } from '../tensor/shape';
import { defineRule } from './define';
import { behindLargeMap, kerasModel, torchModel } from './example-sources';
import { numberOf, partOf } from './parts';
import { argumentOf } from './places';
import { elementsIn, layerOf, mainInput, nameOf, operatorBefore } from './queries';
import { swap } from './remedies';

export const rule = defineRule({
  id: 'JL312',
  name: 'upsample-before-pointwise',
  summary: 'A 1×1 convolution reads an upsampled map, where before the upsampling it would do a fraction of the MACs with the same result.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'onnx'],
  advice: 'Put the convolution before the upsampling',
  docs: {
    what: 'A 1×1 convolution of stride 1 without padding whose input is an interpolation (nearest, linear) that makes the map larger and that nothing else reads.',
    why: 'A 1×1 convolution mixes channels at each position, an interpolation mixes positions in each channel, with weights whose sum is one: the order makes '
      + 'no difference to the result. Behind the interpolation there are s² times as many positions, and the interpolation itself works on whatever has the '
      + 'larger number of channels.',
    instead: 'Swap the two. Where the convolution has fewer channels out than in, the interpolation becomes cheaper, too.',
  },
  sources: [
    { title: 'Is the deconvolution layer the same as a convolutional layer?: convolution in the low-resolution space', url: 'https://arxiv.org/abs/1609.07009' },
    { title: 'Algebra: both maps are linear, one acts on channels and the other on positions' },
  ],
  options: { share: { description: 'Smallest part of the MACs that such layers of one line must have.', default: 0.01, unit: 'of all MACs', minimum: 0, maximum: 1 } },
  check: ({ graph, metrics }) => graph.nodes.flatMap(node => {
    const attrs = attrsIf(node, conv);
    if (!attrs || product(attrs.kernel) !== 1 || product(attrs.stride) !== 1 || isPadded(attrs.padding)) return [];
    const before = operatorBefore(graph, mainInput(graph, node));
    const layer = layerOf(metrics, node);
    if (!before || !layer || !isSmooth(before)) return [];
    const [large, small] = [elementsIn(graph, before.outputs[0]), elementsIn(graph, mainInput(graph, before))];
    if (!large || !small || large <= small) return [];
    const macs = numberOf(layer.executedMacs);
    return [{
      at: argumentOf(node.site, 'kernel'), path: node.path, node,
      badness: macs, share: partOf(metrics, layer, 'macs'), sayEnergy: true as const,
      message: `This 1×1 convolution works behind ${nameOf(before)}, on ${ratio(large / small)} the positions: before it, it does the same with ${macCount(macs * (1 - small / large))} less`,
      data: { macs, saved: macs * (1 - small / large) },
      remedies: [swap(before.site, node.site, { title: 'Put the convolution before the upsampling' })],
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.Upsample(scale_factor=2)', 'nn.Conv2d(64, 32, 1)'], [1, 3, 34, 34]),
        at: '1',
        message: 'on 4× the positions: before it, it does the same with 6.29 MMAC less',
        fix: 'Put the convolution before the upsampling',
      },
      { source: kerasModel(['x = layers.Conv2D(64, 3)(x)', 'x = layers.UpSampling2D(2)(x)', 'x = layers.Conv2D(32, 1)(x)'], [34, 34, 3]), message: 'on 4× the positions' },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.Conv2d(64, 32, 1)', 'nn.Upsample(scale_factor=2)', 'nn.Conv2d(32, 32, 3)'], [1, 3, 34, 34]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3)(x)', 'x = layers.UpSampling2D(2)(x)', 'x = layers.Conv2D(32, 3)(x)'], [34, 34, 3]) },
      { source: behindLargeMap(['nn.Upsample(scale_factor=2)', 'nn.Conv2d(64, 32, 1)'], 64, 17) },
    ],
  },
});

function isPadded(padding: unknown): boolean {
  if (typeof padding === 'string') return false;
  const { before, after } = padding as { readonly before: readonly number[]; readonly after: readonly number[] };
  return [...before, ...after].some(count => count !== 0);
}

/** Bicubic and Lanczos weights sum to one as well; what crops or pads does not keep a constant. */
function isSmooth(node: Node): boolean {
  const { mode } = node.attrs as { readonly mode?: string };
  return roleOf(node) === 'interpolate' && mode !== undefined && /nearest|linear|bilinear|bicubic|cubic|area/.test(mode) && node.inputs.length <= 1;
}
