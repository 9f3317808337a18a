/** A bias that the normalisation behind it takes away again. */
import { paramCount } from '../base/format';
import type { Graph, Node } from '../graph/graph';
import { opOfKind } from '../ops/registry';
import { defineRule, type Observation } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { argumentOf } from './places';
import { setArgument } from './remedies';
import { nextOperator } from './queries';

export const rule = defineRule({
  id: 'JL309',
  name: 'bias-before-norm',
  summary: 'A layer adds a bias that the batch normalisation behind it subtracts with the mean.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  oncePerFile: true,
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Leave the bias out: the normalisation has its own',
  docs: {
    what: 'A convolution or dense layer with a bias whose result goes, at most through a dropout, to a batch or instance normalisation of the same channels and to nothing else.',
    why: 'The normalisation subtracts the mean of each channel, and with it the bias, whatever its value; then it adds a shift of its own. The bias is stored, '
      + 'read, added, and in training has a gradient and an optimiser\'s state, for nothing.',
    instead: '`bias=False` (PyTorch), `use_bias=False` (Keras), `bias_term: false` (Caffe). Trained weights with a bias are loaded by adding it to the mean of the normalisation.',
  },
  sources: [
    { title: 'PyTorch Performance Tuning Guide: disable bias for convolutions directly followed by a batch norm', url: 'https://pytorch.org/tutorials/recipes/recipes/tuning_guide.html' },
    { title: 'Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift, section 3.2: the bias can be ignored', url: 'https://arxiv.org/abs/1502.03167' },
  ],
  options: {},
  check: ({ graph }) => {
    const seen = new Set<number>();
    return graph.nodes.flatMap(node => {
      const layer = opOfKind(node.op)?.scalable?.(node.attrs);
      const norm = layer?.bias ? nextOperator(graph, node.outputs[0]) : undefined;
      const bias = node.weights.find(weight => seen.has(weight.id) === false && /bias$/.test(weight.name)) ?? node.weights.at(-1);
      if (!layer || !norm || (norm.op !== 'batch-norm' && norm.op !== 'instance-norm') || (norm.attrs as { readonly channels?: number }).channels !== layer.channels) return [];
      // A layer that is called twice has one bias.
      if (bias && seen.has(bias.id)) return [];
      if (bias) seen.add(bias.id);
      return [{
        at: argumentOf(node.site, 'bias', 'useBias', 'biasTerm'), path: node.path, node,
        badness: layer.channels, saves: { amount: layer.channels, of: 'weights' as const }, holdsForAnyInput: true as const,
        message: `The bias of ${paramCount(layer.channels)} is taken away again by the normalisation behind it`,
        data: { params: layer.channels },
        ...remedyOf(graph, node),
      }];
    });
  },
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.BatchNorm2d(64)', 'nn.ReLU()'], [1, 3, 32, 32]),
        at: 'nn.Conv2d(3, 64, 3)', message: 'The bias of 64 params is taken away again', fix: 'Remove the bias',
      },
      { source: torchModel(['nn.Linear(8, 64)', 'nn.BatchNorm1d(64)'], [4, 8]), message: 'The bias of 64 params', fix: 'Remove the bias' },
      { source: torchModel(['nn.ConvTranspose2d(3, 64, 3)', 'nn.InstanceNorm2d(64)'], [1, 3, 32, 32]), message: 'The bias of 64 params', fix: 'Remove the bias' },
      { source: kerasModel(['x = layers.Conv2D(64, 3)(x)', 'x = layers.BatchNormalization()(x)'], [32, 32, 3]), message: 'The bias of 64 params', fix: 'Remove the bias' },
      {
        extension: 'prototxt',
        source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 }', 'n BatchNorm c', 's Scale n | scale_param { bias_term: true }'], [1, 3, 32, 32]),
        message: 'The bias of 64 params', fix: '',
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 3, bias=False)', 'nn.BatchNorm2d(64)', 'nn.Conv2d(64, 64, 3)', 'nn.ReLU()', 'nn.BatchNorm2d(64)'], [1, 3, 32, 32]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3, use_bias=False)(x)', 'x = layers.BatchNormalization()(x)', 'x = layers.Conv2D(64, 3)(x)', 'x = layers.LayerNormalization()(x)'], [32, 32, 3]) },
      { extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 bias_term: false }', 'n BatchNorm c'], [1, 3, 32, 32]) },
    ],
  },
});

/** A network of Caffe has no calls, and a file of ONNX cannot be written into. */
function remedyOf({ framework }: Graph, { op, site }: Node): Pick<Observation, 'remedies'> {
  const title = 'Remove the bias';
  if (framework === 'pytorch' && (op === 'conv' || op === 'linear' || op === 'conv-transpose')) return { remedies: [setArgument(site, { attr: 'bias', keyword: 'bias', value: 'False' }, { title })] };
  return framework === 'keras' ? { remedies: [setArgument(site, { attr: 'useBias', keyword: 'use_bias', value: 'False' }, { title })] } : {};
}
