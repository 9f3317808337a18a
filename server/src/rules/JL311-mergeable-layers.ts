/** Two linear layers with nothing between them: together they are one, and a cheaper one. */
import { macCount, percent } from '../base/format';
import type { Node } from '../graph/graph';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { linear } from '../ops/linear';
import { product } from '../tensor/shape';
import { defineRule, type Observation } from './define';
import { behindLargeMap, caffeNet, kerasModel, torchModel } from './example-sources';
import { numberOf } from './parts';
import { argumentOf } from './places';
import { layerOf, nameOf, nextOperator } from './queries';
import { mergeInto } from './remedies';

export const rule = defineRule({
  id: 'JL311',
  name: 'mergeable-layers',
  summary: 'Two convolutions or dense layers follow each other without a non-linearity and do more than the one that they amount to.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Put an activation between them, or make them one layer',
  docs: {
    what: 'A dense layer, or a convolution with one group, whose result goes to a dense layer or a 1×1 convolution of stride 1 and to nothing else, with nothing '
      + 'but a dropout in between, where one layer from the first input to the second output would do fewer MACs. A narrow layer between wide ones, a low-rank '
      + 'factorisation, saves MACs and is not reported.',
    why: 'The product of two linear maps is a linear map: the pair can represent nothing that one layer cannot. What it does more is paid for in each pass. Mostly an activation was forgotten.',
    instead: 'If an activation belongs between them, add it. If not, replace them by one layer; for trained weights multiply the matrices (re-parameterisation).',
  },
  sources: [
    { title: 'RepVGG: Making VGG-style ConvNets Great Again: structural re-parameterization', url: 'https://arxiv.org/abs/2101.03697' },
    { title: 'ExpandNets: Linear Over-parameterization to Train Compact Convolutional Networks', url: 'https://arxiv.org/abs/1811.10495' },
  ],
  options: {
    macs: { description: 'Smallest number of MACs that one layer would do fewer.', default: 10_000, unit: 'MACs', minimum: 1 },
    share: { description: 'Smallest part of the MACs that the pairs of one line must have.', default: 0.001, unit: 'of all MACs', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => graph.nodes.flatMap(node => {
    const first = linearMap(node);
    const next = first && nextOperator(graph, node.outputs[0]);
    const second = next && linearMap(next);
    if (!first || !second || !next || first.op !== second.op || !second.isPointwise) return [];
    const [layer, other] = [layerOf(metrics, node), layerOf(metrics, next)];
    if (!layer || !other) return [];
    const macs = numberOf(layer.executedMacs) + numberOf(other.executedMacs);
    const merged = numberOf(other.executedMacs) / first.out * first.in * first.taps;
    if (macs - merged < options.macs) return [];
    const all = metrics.totals.macs;
    return [{
      at: argumentOf(next.site, 'inChannels', 'inFeatures'), path: next.path, node: next, nodes: [node],
      badness: macs - merged, share: { of: 'macs' as const, part: all > 0 ? macs / all : 0 }, sayEnergy: true as const,
      message: `Nothing but linear maps between ${nameOf(node)} and this layer: one layer from ${first.in} to ${second.out} would do the same with ${macCount(macs - merged)} (${percent(1 - merged / macs)}) less`,
      data: { macs, merged },
      ...remedyOf(node, next, second),
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Linear(256, 512)', 'nn.Dropout(0.1)', 'nn.Linear(512, 10)'], [1, 256]),
        at: '512',
        message: 'one layer from 256 to 10 would do the same with 134 kMAC (98.1 %) less',
        fix: 'Merge the two layers into one',
      },
      { source: kerasModel(['x = layers.Conv2D(64, 1)(x)', 'x = layers.Conv2D(64, 1)(x)'], [16, 16, 64]), message: '50 %', fix: 'Merge the two layers into one' },
      {
        extension: 'prototxt',
        source: caffeNet(['a InnerProduct data | inner_product_param { num_output: 512 }', 'b InnerProduct a | inner_product_param { num_output: 10 }'], [1, 256]),
        message: 'one layer from 256 to 10',
      },
    ],
    silent: [
      { source: torchModel(['nn.Linear(256, 512)', 'nn.ReLU()', 'nn.Linear(512, 8)', 'nn.Linear(8, 512)'], [1, 256]) },
      { source: kerasModel(['x = layers.Conv2D(64, 1, activation="relu")(x)', 'x = layers.Conv2D(64, 1)(x)'], [16, 16, 64]) },
      {
        extension: 'prototxt',
        source: caffeNet(['a InnerProduct data | inner_product_param { num_output: 512 }', 'r ReLU a', 'b InnerProduct r | inner_product_param { num_output: 10 }'], [1, 256]),
      },
      { source: torchModel(['nn.Linear(8, 16)', 'nn.Linear(16, 4)'], [1, 8]) },
      { source: behindLargeMap(['nn.Conv2d(64, 64, 1)', 'nn.Conv2d(64, 64, 1)'], 64, 17) },
    ],
  },
});

interface LinearMap {
  readonly op: 'conv' | 'linear';
  readonly in: number;
  readonly out: number;
  readonly taps: number;
  readonly isPointwise: boolean;
}

/** One bias serves both. In Keras the second has none that the first could not take over, either. */
function remedyOf(node: Node, next: Node, { op, out }: LinearMap): Pick<Observation, 'remedies'> {
  const biases = [node, next].map(each => each.weights.length > 1);
  if (biases[1] && !biases[0]) return {};
  return { remedies: [mergeInto(node.site, next.site, op === 'linear' ? 'outFeatures' : 'outChannels', out, { title: 'Merge the two layers into one' })] };
}

function linearMap(node: Node): LinearMap | undefined {
  const dense = attrsIf(node, linear);
  if (dense) return { op: 'linear', in: dense.inFeatures, out: dense.outFeatures, taps: 1, isPointwise: true };
  const convolution = attrsIf(node, conv);
  if (!convolution || convolution.groups > 1) return undefined;
  const taps = product(convolution.kernel);
  return { op: 'conv', in: convolution.inChannels, out: convolution.outChannels, taps, isPointwise: taps === 1 && product(convolution.stride) === 1 };
}
