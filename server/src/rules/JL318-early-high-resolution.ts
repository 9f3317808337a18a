/** First stages on large maps that move most of what the model moves, and do little of its work. */
import { isUnknown } from '../base/unknown';
import { counted, percent } from '../base/format';
import type { Node } from '../graph/graph';
import type { LayerMetrics, ModelMetrics } from '../metrics/metrics';
import { classOf } from '../energy/work';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { moved, numberOf, partOf } from './parts';
import { nameOf } from './queries';

export const rule = defineRule({
  id: 'JL318',
  name: 'early-high-resolution',
  summary: 'The first layers, on the largest maps, move most of the activations and do little of the MACs.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Lower the resolution earlier: a larger stride or a pooling in the first layers, or fewer channels there',
  docs: {
    what: 'The layers up to the last one that reads or gives a map with at least a quarter of the positions of the largest one (of half its sides), in a model that ends on smaller '
      + 'maps: together they move at least `share` of the activations and do at most `macs` of the MACs. Models that give back a map of the size of their input are left out.',
    why: 'A map of twice the side has four times the activations: what stays at high resolution for one layer more is paid for in memory and in data moved. SqueezeNet 1.1, with a smaller '
      + 'first convolution and earlier pooling, moves 31 % fewer activations with 87 % fewer MACs in the first layer; in MobileNetV2 the first five blocks need eight times the memory of the others.',
    instead: 'Stride 2 in the first convolution and again soon after, pooling earlier, a stem of patches (4×4, stride 4).',
  },
  sources: [
    { title: 'The Ramifications of Making Deep Neural Networks Compact, VLSID 2019: section III-C' },
    { title: 'MCUNetV2: Memory-Efficient Patch-based Inference for Tiny Deep Learning', url: 'https://arxiv.org/abs/2110.15352' },
  ],
  options: {
    share: { description: 'Smallest part of the activations moved that the first layers have.', default: 0.7, unit: 'of all activations moved', minimum: 0, maximum: 1 },
    macs: { description: 'Largest part of the MACs that they do.', default: 0.3, unit: 'of all MACs', minimum: 0, maximum: 1 },
    moved: { description: 'Smallest number of activations that they move.', default: 1_000_000, unit: 'activations', minimum: 0 },
  },
  check: ({ metrics, options }) => {
    const early = firstStage(metrics);
    const all = early.reduce((sum, layer) => sum + moved(layer), 0);
    const part = (of: 'activations' | 'macs'): number => early.reduce((sum, layer) => sum + partOf(metrics, layer, of).part, 0);
    const largest = early.reduce<LayerMetrics | undefined>((most, layer) => (most && moved(most) >= moved(layer) ? most : layer), undefined);
    if (!largest || all / Math.max(1, metrics.batch) < options.moved || metrics.status !== 'exact') return [];
    const macs = part('macs');
    if (macs > options.macs) return [];
    const { node } = largest;
    return [{
      at: node.site.from?.at ?? node.site.declared, path: '', node, nodes: early.map(layer => layer.node), badness: all, sayEnergy: true as const,
      share: { of: 'activations' as const, part: part('activations') },
      message: `The first ${counted(early.length, 'operator')}, on maps of up to ${sidesOf(largest)}, do ${percent(macs)} of the MACs; they move most at ${nameOf(node)}`,
      data: { moved: all, macs, operators: early.length },
    }];
  },
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 16, 3, padding=1)', 'nn.BatchNorm2d(16)', 'nn.ReLU()', 'nn.MaxPool2d(8)', 'nn.Conv2d(16, 256, 3)', 'nn.Conv2d(256, 256, 3)'], [1, 3, 224, 224]),
        message: 'on maps of up to 224×224',
      },
      {
        source: kerasModel(
          ['x = layers.Conv2D(16, 3, padding="same")(x)', 'x = layers.ReLU()(x)', 'x = layers.MaxPooling2D(8)(x)', 'x = layers.Conv2D(256, 3)(x)', 'x = layers.Conv2D(256, 3)(x)'],
          [224, 224, 3],
        ),
        message: 'on maps of up to 224×224',
      },
      {
        extension: 'prototxt', message: 'on maps of up to 224×224',
        source: caffeNet(
          [
            'a Convolution data | convolution_param { num_output: 16 kernel_size: 3 pad: 1 }',
            'r Sigmoid a',
            'p Pooling r | pooling_param { pool: MAX kernel_size: 8 stride: 8 }',
            'b Convolution p | convolution_param { num_output: 256 kernel_size: 3 }',
            'c Convolution b | convolution_param { num_output: 256 kernel_size: 3 }',
          ],
          [1, 3, 224, 224],
        ),
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 7, stride=4)', 'nn.ReLU()', 'nn.Conv2d(64, 64, 3, stride=2)', 'nn.Conv2d(64, 64, 3, stride=2)', 'nn.Conv2d(64, 64, 3)'], [1, 3, 224, 224]) },
      { source: torchModel(['nn.Conv2d(3, 16, 3, padding=1)', 'nn.ReLU()', 'nn.Conv2d(16, 3, 3, padding=1)'], [1, 3, 224, 224]) },
      { source: kerasModel(['x = layers.Conv2D(16, 3, padding="same")(x)', 'x = layers.ReLU()(x)'], [224, 224, 3]) },
      { extension: 'prototxt', source: caffeNet(['a Convolution data | convolution_param { num_output: 16 kernel_size: 3 }', 'r ReLU a'], [1, 3, 224, 224]) },
    ],
  },
});

/** Layers up to where maps are small for good; empty where the model has no maps or never makes them small. */
function firstStage({ layers }: ModelMetrics): readonly LayerMetrics[] {
  const running = layers.filter(layer => classOf(layer) !== undefined);
  const positions = running.map(positionsOf);
  const largest = Math.max(0, ...positions);
  // Behind the last operator on a large map nothing is large again.
  const end = positions.findLastIndex(each => each * 4 >= largest) + 1;
  return largest < 2 || end === running.length ? [] : running.slice(0, end);
}

/** Elements of one channel of the larger of the maps that the operator reads and gives. */
function positionsOf(layer: LayerMetrics): number {
  return Math.max(0, ...mapsOf(layer).map(([height = 0, width = 0]) => height * width));
}

function mapsOf({ inputs: [read], outputs: [given], node }: LayerMetrics): readonly (readonly number[])[] {
  return [read, given].flatMap(shape => { const sides = mapOf(shape, node); return sides ? [sides] : []; });
}

function mapOf(shape: LayerMetrics['outputs'][number] | undefined, node: Node): readonly number[] | undefined {
  if (shape === undefined || isUnknown(shape) || shape.length !== 4) return undefined;
  const sizes = shape.map(numberOf);
  const { layout } = node.attrs as { readonly layout?: string };
  // Of an operator that knows no layout: its two equal axes.
  const isLast = layout === 'channels-last' || (layout === undefined && sizes[1] === sizes[2] && sizes[2] !== sizes[3]);
  return isLast ? sizes.slice(1, 3) : sizes.slice(2);
}

function sidesOf(layer: LayerMetrics): string {
  const [largest = []] = [...mapsOf(layer)].sort((left, right) => (right[0] ?? 0) - (left[0] ?? 0));
  return largest.join('×');
}
