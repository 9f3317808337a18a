/** Widths that do not fill the chosen device's matrix units. */
import { isUnknown } from '../base/unknown';
import { percent } from '../base/format';
import { shortName } from '../energy/text';
import type { Graph, Node } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { linear } from '../ops/linear';
import { defineRule, type Observation } from './define';
import { behindLargeMap, caffeNet, kerasModel, torchModel } from './example-sources';
import { isLaunchBound, matrixUnitsOf, upTo } from './hardware';
import { moved, partOf } from './parts';
import { argumentOf } from './places';
import { isAssumedSize, linksIn, normsBehind } from './queries';
import { changeWidth } from './remedies';

export const rule = defineRule({
  id: 'JL201',
  name: 'channels-off-grid',
  summary: 'Channels or features that are no multiple of what the matrix units of the chosen device take at once.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Round the width to that multiple',
  docs: {
    what: 'A convolution or dense layer whose input or output channels are no multiple of 8 (float16, bfloat16), 4 (float32) or 16 (int8), on a graphics card '
      + 'with matrix units, as the chosen device works. The channels of the network\'s input and of its results are given and left out; so are depthwise '
      + 'convolutions, and layers that hold less than `share` of the MACs.',
    why: 'Matrix units read 16 bytes at a time. A width that does not fill the last access is padded inside the library or computed by slower kernels: the '
      + 'missing channels are paid for without being there. How much that is differs from library to library; the message says what the full width would cost. On measured '
      + 'image models the difference is within what is sure: 0.98× eager and 1.05× compiled, at equal MACs and activations ([studies](../studies.md)).',
    instead: 'Choose widths that are multiples of 8, better of 64. Libraries of mobile networks round their widths for that reason (`make_divisible`).',
  },
  sources: [
    { title: 'NVIDIA Deep Learning Performance, Optimizing Convolutional Layers: channels divisible by 8 (FP16) or 4 (TF32)', url: 'https://docs.nvidia.com/deeplearning/performance/dl-performance-convolutional/index.html' },
    { title: 'NVIDIA Deep Learning Performance, Linear Layers: 16 bytes', url: 'https://docs.nvidia.com/deeplearning/performance/dl-performance-fully-connected/index.html' },
  ],
  options: {
    multiple: { description: 'Multiple that is asked for; 0: what the device and its element type ask for.', default: 0, unit: 'channels', minimum: 0, source: 'the first source' },
    share: { description: 'Smallest part of the MACs that such layers of one line must have.', default: 0.02, unit: 'of all MACs', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, device, options }) => {
    const units = matrixUnitsOf(device);
    if (!units || !device) return [];
    const multiple = options.multiple > 0 ? options.multiple : units.multiple;
    const target = shortName(units);
    return metrics.layers.flatMap(layer => {
      const widths = widthsOf(graph, layer);
      if (!widths) return [];
      const { node } = layer;
      const off = [widths.inner.in, widths.inner.out].filter(width => width !== undefined && width % multiple !== 0 && !isAssumedSize(graph, width));
      if (off.length === 0 || isLaunchBound(device, [node])) return [];
      const full = (width: number | undefined): number => (width === undefined ? 1 : upTo(width, multiple) / width);
      const padded = full(widths.inner.in) * full(widths.inner.out);
      const names = [...new Set(off)].map(width => `${width ?? 0} (${upTo(width ?? 0, multiple)})`).join(' and ');
      return [{
        at: widths.inner.out !== undefined && widths.inner.out % multiple !== 0 ? argumentOf(node.site, 'outChannels', 'outFeatures') : argumentOf(node.site, 'inChannels', 'inFeatures'),
        path: node.path, node,
        badness: moved(layer), share: partOf(metrics, layer, 'macs'), sayEnergy: true as const,
        message: `${off.length > 1 ? 'Widths' : 'A width'} of ${names}: ${target} takes ${units.dtype} in multiples of ${multiple}, and full ones are ${percent(padded - 1)} more MACs`,
        data: { multiple, paddedMacs: padded - 1 },
        ...remedyOf(graph, node, widths.inner.out, multiple),
      }];
    });
  },
  examples: {
    firing: [
      {
        source: torchModel(['nn.Conv2d(3, 32, 3)', 'nn.Conv2d(32, 36, 3)', 'nn.Conv2d(36, 32, 3)', 'nn.Conv2d(32, 8, 3)'], [1, 3, 64, 64]),
        at: '36',
        message: 'A width of 36 (40): RTX 4090 takes float16 in multiples of 8',
        fix: 'Pad 36 channels to 40',
      },
      { source: kerasModel(['x = layers.Conv2D(30, 3)(x)', 'x = layers.Conv2D(32, 3)(x)', 'x = layers.Conv2D(8, 3)(x)'], [64, 64, 3]), at: '30', message: 'A width of 30 (32)' },
      {
        extension: 'prototxt', message: 'A width of 30 (32)',
        source: caffeNet(
          [
            'a Convolution data | convolution_param { num_output: 30 kernel_size: 3 }',
            'b Convolution a | convolution_param { num_output: 32 kernel_size: 3 }',
            'c Convolution b | convolution_param { num_output: 32 kernel_size: 3 }',
          ],
          [1, 3, 64, 64],
        ),
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 32, 3)', 'nn.Conv2d(32, 64, 3)', 'nn.Conv2d(64, 10, 3)'], [1, 3, 64, 64]) },
      { source: kerasModel(['x = layers.Conv2D(32, 3)(x)', 'x = layers.Conv2D(10, 3)(x)'], [64, 64, 3]) },
      {
        extension: 'prototxt',
        source: caffeNet(
          ['a Convolution data | convolution_param { num_output: 32 kernel_size: 3 }', 'b Convolution a | convolution_param { num_output: 10 kernel_size: 3 }'],
          [1, 3, 64, 64],
        ),
      },
      { source: behindLargeMap(['nn.Conv2d(32, 36, 3)', 'nn.Conv2d(36, 32, 3)', 'nn.Conv2d(32, 8, 3)'], 32, 56) },
    ],
  },
});

interface Widths {
  /** Those that nothing outside the network fixes. */
  readonly inner: { readonly in: number | undefined; readonly out: number | undefined };
}

function widthsOf(graph: Graph, { node, kind, executedMacs }: LayerMetrics): Widths | undefined {
  if (kind === 'depthwise' || isUnknown(executedMacs)) return undefined;
  const convolution = attrsIf(node, conv);
  const dense = attrsIf(node, linear);
  const widths = convolution ? { in: convolution.inChannels, out: convolution.outChannels } : dense ? { in: dense.inFeatures, out: dense.outFeatures } : undefined;
  if (!widths) return undefined;
  const readsInput = graph.inputs.some(input => node.inputs.includes(input.tensor)) || widths.in <= mostGiven;
  return { inner: { in: readsInput ? undefined : widths.in, out: isResult(graph, node.outputs[0]) ? undefined : widths.out } };
}

/** The width that the layer itself states; the one that it takes is stated by the layer before. */
function remedyOf(graph: Graph, node: Node, out: number | undefined, multiple: number): Pick<Observation, 'remedies'> {
  if (out === undefined || out % multiple === 0) return {};
  const { site } = node;
  const [attr, noun] = site.argument['outFeatures'] ? ['outFeatures', 'features'] : ['outChannels', 'channels'];
  return { remedies: [changeWidth(site, attr, upTo(out, multiple), { title: `Pad ${out} ${noun} to ${upTo(out, multiple)}`, saysCounts: true }, normsBehind(graph, node))] };
}

/** Colours, and what else an input consists of. */
const mostGiven = 4;

/** A result, or what becomes one without another layer of weights. */
function isResult(graph: Graph, tensor: number | undefined): boolean {
  const seen = new Set<number>();
  const open = tensor === undefined ? [] : [tensor];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (graph.outputs.includes(id)) return true;
    for (const reader of linksIn(graph).consumers.get(id) ?? []) if (reader.weights.length === 0) open.push(...reader.outputs);
  }
  return false;
}
