/** A feature map flattened into a dense layer that then holds most of the model's weights. */
import { paramCount, percent } from '../base/format';
import type { Graph, Node } from '../graph/graph';
import { attrsIf } from '../ops/define';
import { linear } from '../ops/linear';
import { roleOf } from '../ops/registry';
import type { Layout } from '../tensor/layout';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { numberOf, partOf } from './parts';
import { argumentOf } from './places';
import { mainInput, producerOf, sizesIn } from './queries';
import { poolInsteadOf } from './remedies';

export const rule = defineRule({
  id: 'JL306',
  name: 'flatten-into-linear',
  summary: 'A dense layer behind a flattened feature map holds most of the model\'s weights.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Pool each channel to one value before it (global average pooling)',
  docs: {
    what: 'A dense layer with at least `weights` weights and `share` of those of the model, whose input is a feature map of more than one position, flattened. '
      + 'The message says what it has with global average pooling in the place of flattening.',
    why: 'Such a layer has a weight for every position of every channel: the first of VGG-16 holds 103 million, three quarters of the network, and uses each '
      + 'once per image. Networks since NiN pool the map first and need a weight per channel.',
    instead: '`nn.AdaptiveAvgPool2d(1)` or `GlobalAveragePooling2D` before the dense layer; or pool to 2×2, where positions matter.',
  },
  sources: [
    { title: 'Network In Network: global average pooling', url: 'https://arxiv.org/abs/1312.4400' },
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: Table 7' },
  ],
  options: {
    weights: { description: 'Smallest number of weights of the layer.', default: 1_000_000, unit: 'weights', minimum: 1 },
    share: { description: 'Smallest part of the model\'s weights that it holds.', default: 0.5, unit: 'of all weights', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => metrics.layers.flatMap(layer => {
    const { node } = layer;
    const dense = attrsIf(node, linear);
    const weights = numberOf(layer.weightElements);
    const map = dense && weights >= options.weights ? flattenedMap(graph, node) : undefined;
    if (!dense || !map || map.channels * map.positions !== dense.inFeatures) return [];
    const saved = (dense.inFeatures - map.channels) * dense.outFeatures;
    return [{
      at: argumentOf(node.site, 'inFeatures'), path: node.path, node,
      badness: weights, share: partOf(metrics, layer, 'weights'),
      message: `${paramCount(weights)} for a flattened map of ${map.channels} channels and ${map.positions} positions: with global average pooling it has ${paramCount(weights - saved)}, ${percent(saved / metrics.totals.frameworkParams)} of the model fewer`,
      data: { weights, saved },
      ...(map.flatten ? { remedies: [poolInsteadOf(map.flatten, graph.framework, map.rank, { title: 'Pool globally instead of flattening' })] } : {}),
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 64, 3, stride=2)', 'nn.Flatten()', 'nn.Linear(64 * 15 * 15, 256)'], [1, 3, 32, 32]),
        at: '64 * 15 * 15',
        message: '3.69 M params for a flattened map of 64 channels and 225 positions: with global average pooling it has 16.6 k params',
        fix: 'Pool globally instead of flattening',
      },
      { source: kerasModel(['x = layers.Conv2D(64, 3, strides=2)(x)', 'x = layers.Flatten()(x)', 'x = layers.Dense(256)(x)'], [32, 32, 3]), message: '64 channels and 225 positions' },
      {
        extension: 'prototxt', message: '64 channels and 225 positions',
        source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 stride: 2 }', 'fc InnerProduct c | inner_product_param { num_output: 256 }'], [1, 3, 32, 32]),
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 4096, 3, stride=2)', 'nn.AdaptiveAvgPool2d(1)', 'nn.Flatten()', 'nn.Linear(4096, 1024)'], [1, 3, 32, 32]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3, strides=2)(x)', 'x = layers.GlobalAveragePooling2D()(x)', 'x = layers.Dense(256)(x)'], [32, 32, 3]) },
      { source: torchModel(['nn.Conv2d(3, 4, 3, stride=2)', 'nn.Flatten()', 'nn.Linear(4 * 15 * 15, 10)'], [1, 3, 32, 32]) },
      { source: torchModel(['nn.Conv2d(3, 1024, 3, stride=2)', 'nn.Conv2d(1024, 1024, 3)', 'nn.AdaptiveAvgPool2d(2)', 'nn.Flatten()', 'nn.Linear(4096, 512)'], [1, 3, 32, 32]) },
    ],
  },
});

interface FlattenedMap {
  readonly channels: number;
  readonly positions: number;
  /** Of its positions. */
  readonly rank: number;
  /** What makes a row of it, if one operator does. */
  readonly flatten: Node | undefined;
}

function flattenedMap(graph: Graph, node: Node): FlattenedMap | undefined {
  let flatten: Node | undefined;
  let read = mainInput(graph, node);
  for (let steps = 0; steps < 12; steps++) {
    const sizes = sizesIn(graph, read);
    const producer = producerOf(graph, read);
    if (sizes && sizes.length >= 4) {
      const channels = sizes[layoutOf(graph, producer) === 'channels-last' ? sizes.length - 1 : 1] ?? 0;
      const positions = sizes.slice(1).reduce((all, size) => all * size, 1) / channels;
      return positions > 1 ? { channels, positions, rank: sizes.length - 2, flatten } : undefined;
    }
    if (!producer || !['shape', 'dropout'].includes(roleOf(producer))) return undefined;
    flatten = roleOf(producer) === 'shape' ? producer : flatten;
    read = mainInput(graph, producer);
  }
  return undefined;
}

/** Of the nearest operator before that has one. */
function layoutOf(graph: Graph, node: Node | undefined): Layout {
  for (let before = node, steps = 0; before && steps < 12; before = producerOf(graph, mainInput(graph, before)), steps++) {
    const { layout } = before.attrs as { readonly layout?: Layout };
    if (layout !== undefined) return layout;
  }
  return graph.framework === 'keras' ? 'channels-last' : 'channels-first';
}
