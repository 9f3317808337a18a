/** Batch normalisations that no inference runtime can fold into the layer before. */
import type { Graph, Node } from '../graph/graph';
import { opOfKind } from '../ops/registry';
import { activationCount } from '../base/format';
import { defineRule } from './define';
import { behindLargeMap, caffeNet, kerasModel, torchModel } from './example-sources';
import { moved, partOf } from './parts';
import { layerOf, mainInput, operatorBefore } from './queries';

export const rule = defineRule({
  id: 'JL310',
  name: 'norm-not-foldable',
  summary: 'A batch normalisation cannot be folded into a layer before it, so that it stays an operator of its own in inference.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'For inference, put the normalisation right behind the convolution',
  docs: {
    what: 'A batch normalisation whose input is not the result of one convolution or dense layer that goes nowhere else (the result of an addition, a '
      + 'concatenation, a pooling), where such layers of one line have at least `share` of the activations moved.',
    why: 'In inference a batch normalisation is a scale and a shift per channel. Behind a convolution they go into its weights and cost nothing; before one, '
      + 'behind an addition or a concatenation, the map is read and written once more. The counts of the `paper` convention, which follow unfolded networks, '
      + 'show how much that is: half of the activations of MobileNet-V1.',
    instead: 'Convolution, normalisation, activation, in this order; networks with activations first (ResNet-V2, DenseNet) pay for the order.',
  },
  sources: [
    { title: 'Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference: section 3.2, batch normalization folding', url: 'https://arxiv.org/abs/1712.05877' },
    { title: 'PyTorch documentation, torch.nn.utils.fuse_conv_bn_eval', url: 'https://pytorch.org/docs/stable/generated/torch.nn.utils.fuse_conv_bn_eval.html' },
  ],
  options: { share: { description: 'Smallest part of the activations moved that such layers of one line must have.', default: 0.1, unit: 'of all activations moved', minimum: 0, maximum: 1 } },
  check: ({ graph, metrics }) => graph.nodes.flatMap(node => {
    const layer = layerOf(metrics, node);
    if (node.op !== 'batch-norm' || !layer || isFolded(graph, node)) return [];
    return [{
      at: node.site.from?.at ?? node.site.declared, path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'activations'), sayEnergy: true as const,
      message: `This normalisation cannot be folded into a layer before it: inference reads and writes ${activationCount(moved(layer))} for it`,
      data: { moved: moved(layer) },
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.ReLU()', 'nn.BatchNorm2d(64)', 'nn.Conv2d(64, 64, 3)'], [1, 3, 32, 32]),
        at: 'nn.BatchNorm2d(64)',
        message: 'cannot be folded into a layer before it',
      },
      { source: kerasModel(['x = layers.Conv2D(64, 3, activation="relu")(x)', 'x = layers.BatchNormalization()(x)'], [32, 32, 3]), message: 'cannot be folded' },
      {
        extension: 'prototxt',
        source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 }', 'r ReLU c', 'n BatchNorm r'], [1, 3, 32, 32]),
        message: 'cannot be folded',
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.BatchNorm2d(64)', 'nn.ReLU()', 'nn.Conv2d(64, 64, 3)'], [1, 3, 32, 32]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3)(x)', 'x = layers.BatchNormalization()(x)'], [32, 32, 3]) },
      { extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 }', 'n BatchNorm c'], [1, 3, 32, 32]) },
      { source: behindLargeMap(['nn.ReLU()', 'nn.BatchNorm2d(64)', 'nn.Conv2d(64, 64, 3)'], 64, 17) },
    ],
  },
});

function isFolded(graph: Graph, node: Node): boolean {
  const before = operatorBefore(graph, mainInput(graph, node));
  return before !== undefined && opOfKind(before.op)?.scalable?.(before.attrs) !== undefined;
}
