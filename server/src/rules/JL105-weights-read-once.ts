/** Large dense layers that use each of their weights once: reading the weights is all that they take time for. */
import { compact, figure } from '../base/format';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { numberOf, partOf } from './parts';
import { argumentOf } from './places';

export const rule = defineRule({
  id: 'JL105',
  name: 'weights-read-once',
  summary: 'A large dense layer uses each weight only once or twice, so that it takes as long as reading its weights.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Batches share the reading; a pooling before it, a smaller layer or fewer bits make less of it',
  docs: {
    what: 'A dense layer of at least `weights` weights that does at most `reuse` MACs with each of them, M_c/W, at the batch that the model is evaluated with, '
      + 'where such layers of one line hold at least `share` of the model\'s weights.',
    why: 'A processor does hundreds of MACs in the time in which one weight comes from memory. At batch 1 a dense layer does one with each: a layer of 4096 × '
      + '1024 has 1 operation per byte at batch 1 and 315 at batch 512, so only the second is bound by arithmetic.',
    instead: 'Run it on batches; replace the layer behind a convolutional network by global pooling; make it smaller, or keep its weights in fewer bits.',
  },
  sources: [
    { title: 'NVIDIA Deep Learning Performance, GPU Performance Background: arithmetic intensity of linear layers', url: 'https://docs.nvidia.com/deeplearning/performance/dl-performance-gpu-background/index.html' },
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: section 5.3' },
  ],
  options: {
    weights: { description: 'Smallest number of weights of a layer that is reported.', default: 1_000_000, unit: 'weights', minimum: 1 },
    reuse: { description: 'Most MACs per weight that are reported.', default: 2, unit: 'MACs per weight', minimum: 1 },
    share: { description: 'Smallest part of the weights that such layers of one line must hold.', default: 0.5, unit: 'of all weights', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => metrics.layers.flatMap(layer => {
    const { node, kind, weightElements, executedMacs } = layer;
    const weights = numberOf(weightElements);
    // The bias is no product: without it each weight of a single sample does one.
    const reuse = Math.round(numberOf(executedMacs) / weights * 100) / 100;
    if (kind !== 'dense' || weights < options.weights || !(reuse > 0 && reuse <= options.reuse)) return [];
    return [{
      at: argumentOf(node.site, 'inFeatures'), path: node.path, node,
      badness: weights, share: partOf(metrics, layer, 'weights'), sayEnergy: true as const,
      message: `${compact(weights)} weights are read for ${figure(reuse)} ${reuse > 1 ? 'MACs' : 'MAC'} with each: the layer takes as long as reading them does`,
      data: { weights, reuse },
    }];
  }),
  examples: {
    firing: [
      { source: torchModel(['nn.Flatten()', 'nn.Linear(1024, 4096)', 'nn.ReLU()', 'nn.Linear(4096, 10)'], [1, 1024]), at: '1024', message: '4.2 M weights are read for 1 MAC with each' },
      { source: kerasModel(['x = layers.Dense(4096)(x)'], [1024]), message: '4.2 M weights are read' },
      { extension: 'prototxt', source: caffeNet(['fc InnerProduct data | inner_product_param { num_output: 4096 }'], [1, 1024]), message: '4.2 M weights are read' },
    ],
    silent: [
      { source: torchModel(['nn.Linear(1024, 4096)'], [64, 1024]) },
      { source: kerasModel(['x = layers.Dense(512)(x)'], [1024]) },
      { extension: 'prototxt', source: caffeNet(['fc InnerProduct data | inner_product_param { num_output: 512 }'], [1, 1024]) },
      { source: torchModel(['nn.Conv2d(3, 1024, 16, 8)', 'nn.Conv2d(1024, 1024, 3)', 'nn.AdaptiveAvgPool2d(1)', 'nn.Flatten()', 'nn.Linear(1024, 1024)'], [1, 3, 224, 224]) },
    ],
  },
});
