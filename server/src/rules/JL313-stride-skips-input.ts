/** A stride larger than the kernel: positions that were computed and that nobody reads. */
import { percent } from '../base/format';
import type { Graph, Node } from '../graph/graph';
import { dilatedExtent } from '../tensor/window';
import type { Sizes } from '../tensor/shape';
import { defineRule } from './define';
import { behindLargeMap, caffeNet, kerasModel, torchModel } from './example-sources';
import { macCount } from '../base/format';
import { moved, numberOf, partOf } from './parts';
import { argumentOf } from './places';
import { layerOf, linksIn, mainInput, producerOf } from './queries';
import { roleOf } from '../ops/registry';

export const rule = defineRule({
  id: 'JL313',
  name: 'stride-skips-input',
  summary: 'A stride larger than the kernel leaves positions out that the layer before has computed.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  oncePerFile: true,
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Give the stride to the layer before, or to a kernel that covers it',
  docs: {
    what: 'A convolution or pooling whose stride is larger than its (dilated) kernel, where nothing else reads the positions that it leaves out, and where such '
      + 'layers of one line have at least `share` of the activations moved. What the layer before computed for those positions is said in MACs.',
    why: 'With a 1×1 kernel and stride 2 three of four positions are never read: the work on them is wasted, and the information in them is lost. Moving the '
      + 'stride to the 3×3 convolution of a block makes ResNet-50 0.5 % better at 13 % more MACs; averaging before a 1×1 shortcut another 0.2 to 0.3 %.',
    instead: 'Stride in the layer before (the same result with fewer MACs), or in a kernel as large as the stride, or an average pooling before a 1×1 convolution of stride 1 (ResNet-D).',
  },
  sources: [{ title: 'Bag of Tricks for Image Classification with Convolutional Neural Networks: section 4, model tweaks', url: 'https://arxiv.org/abs/1812.01187' }],
  options: { share: { description: 'Smallest part of the activations moved that such layers of one line must have.', default: 0.005, unit: 'of all activations moved', minimum: 0, maximum: 1 } },
  check: ({ graph, metrics }) => graph.nodes.flatMap(node => {
    const layer = layerOf(metrics, node);
    const left = leftOut(node);
    const input = mainInput(graph, node);
    if (!layer || left === 0 || input === undefined) return [];
    const readers = linksIn(graph).consumers.get(input) ?? [];
    if (graph.outputs.includes(input) || readers.some(reader => leftOut(reader) === 0)) return [];
    const wasted = left * macsBehind(graph, input);
    return [{
      at: argumentOf(node.site, 'stride'), path: node.path, node,
      badness: moved(layer) + wasted, share: partOf(metrics, layer, 'activations'),
      message: `The stride steps over ${percent(left)} of the input, which nothing else reads${wasted > 0 ? `: ${macCount(wasted)} of the layer before are for nothing` : ''}`,
      data: { leftOut: left, wastedMacs: wasted },
    }];
  }),
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 64, 3, padding=1)', 'nn.ReLU()', 'nn.Conv2d(64, 64, 1, stride=2)'], [1, 3, 32, 32]),
        at: 'stride=2',
        message: 'steps over 75 % of the input, which nothing else reads: 1.33 MMAC of the layer before are for nothing',
      },
      { source: kerasModel(['x = layers.Conv2D(64, 3, padding="same")(x)', 'x = layers.Conv2D(64, 1, strides=2)(x)'], [32, 32, 3]), message: 'steps over 75 % of the input' },
      {
        extension: 'prototxt',
        source: caffeNet(
          ['a Convolution data | convolution_param { num_output: 64 kernel_size: 3 }', 'b Convolution a | convolution_param { num_output: 64 kernel_size: 1 stride: 2 }'],
          [1, 3, 32, 32],
        ),
        message: 'steps over 75 % of the input',
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 3, padding=1)', 'nn.ReLU()', 'nn.Conv2d(64, 64, 2, stride=2)', 'nn.MaxPool2d(3, 2)'], [1, 3, 32, 32]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3, padding="same")(x)', 'x = layers.Conv2D(64, 3, strides=2)(x)'], [32, 32, 3]) },
      {
        extension: 'prototxt',
        source: caffeNet(
          [
            'a Convolution data | convolution_param { num_output: 64 kernel_size: 3 }',
            'b Convolution a | convolution_param { num_output: 64 kernel_size: 1 stride: 2 }',
            'c Convolution a | convolution_param { num_output: 64 kernel_size: 3 stride: 2 }',
          ],
          [1, 3, 32, 32],
        ),
      },
      { source: behindLargeMap(['nn.ReLU()', 'nn.Conv2d(64, 64, 1, stride=2)'], 64, 17) },
    ],
  },
});

/** Share of the input that no window of the layer covers; 0 of what has no windows. */
function leftOut(node: Node): number {
  const { kernel, stride, dilation = [] } = node.attrs as { readonly kernel?: Sizes; readonly stride?: Sizes; readonly dilation?: Sizes };
  if ((node.op !== 'conv' && node.op !== 'pool') || !kernel || !stride) return 0;
  // A dilated kernel reads scattered positions, whose neighbours other windows read.
  if (dilation.some(each => each > 1)) return 0;
  const covered = kernel.reduce((all, size, axis) => all * Math.min(1, dilatedExtent(size, 1) / (stride[axis] ?? 1)), 1);
  return 1 - covered;
}

/** MACs of the layer that made it, behind normalisation and activation. */
function macsBehind(graph: Graph, tensor: number): number {
  let read: number | undefined = tensor;
  for (let steps = 0; steps < 4 && read !== undefined; steps++) {
    const node = producerOf(graph, read);
    if (!node) return 0;
    const macs = numberOf(node.macs);
    if (macs > 0) return macs;
    if (!['normalization', 'activation', 'dropout'].includes(roleOf(node))) return 0;
    read = node.inputs[0];
  }
  return 0;
}
