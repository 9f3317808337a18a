/** 1×1 convolutions whose input and output widths differ so much that they move more data than their MACs need. */
import { figure, ratio } from '../base/format';
import type { Graph } from '../graph/graph';
import type { LayerMetrics } from '../metrics/metrics';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { defineRule } from './define';
import { behindLargeMap, caffeNet, kerasModel } from './example-sources';
import { moved, partOf } from './parts';
import { argumentOf } from './places';

export const rule = defineRule({
  id: 'JL104',
  name: 'unbalanced-pointwise',
  summary: 'A 1×1 convolution with very different input and output widths moves more data than a balanced one of the same MACs.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Widths closer to each other move less: a smaller expansion with a wider block',
  docs: {
    what: 'A 1×1 convolution of stride 1 from c₁ to c₂ channels on a map of h·w positions that moves at least `overhead` times the data of a balanced one with the same MACs: (hw(c₁ + c₂) + c₁c₂) / (2hw√(c₁c₂) + c₁c₂). Layers that read the network\'s input or make its result are left out: their widths are given.',
    why: 'At equal MACs the memory access cost of a 1×1 convolution is least when input and output have the same number of channels. On large maps '
      + 'a ratio of 1:6, as in an inverted bottleneck, costs 1.43 times that, 1:12 1.88 times; where the map is small the weights dominate and '
      + 'nothing is reported.',
    instead: 'Bring the widths closer: a smaller expansion ratio with a wider block, or a concatenation that keeps part of the channels as they are.',
  },
  sources: [
    { title: 'ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design, guideline G1', url: 'https://arxiv.org/abs/1807.11164' },
    { title: 'HarDNet: A Low Memory Traffic Network', url: 'https://arxiv.org/abs/1909.00948' },
  ],
  options: {
    overhead: { description: 'Smallest amount of data moved, compared with a balanced layer of the same MACs.', default: 1.4, unit: '×', minimum: 1 },
    share: { description: 'Smallest part of the activations moved that such layers of one line must have to be reported.', default: 0.05, unit: 'of all activations moved', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, options }) => metrics.layers.flatMap(layer => {
    const { node } = layer;
    const widths = widthsOf(layer);
    if (!widths || isAtTheEdge(graph, layer)) return [];
    const { inChannels, outChannels, positions } = widths;
    // Source: ShuffleNet V2, Eq. 1 (memory access cost) and its lower bound.
    const overhead = (positions * (inChannels + outChannels) + inChannels * outChannels) / (2 * positions * Math.sqrt(inChannels * outChannels) + inChannels * outChannels);
    if (!(overhead >= options.overhead)) return [];
    const channelRatio = Math.max(inChannels, outChannels) / Math.min(inChannels, outChannels);
    return [{
      at: argumentOf(node.site, 'outChannels'),
      path: node.path, node,
      badness: moved(layer) * (1 - 1 / overhead), share: partOf(metrics, layer, 'activations'),
      message: `1×1 convolution from ${inChannels} to ${outChannels} channels (1:${figure(channelRatio)}) moves ${ratio(overhead)} the data of a balanced one with the same MACs`,
      data: { overhead, inChannels, outChannels },
    }];
  }),
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1),
    nn.Conv2d(16, 96, 1),
    nn.Conv2d(96, 8, 3),
)
model(torch.randn(1, 3, 112, 112))
`,
      at: '96', message: 'from 16 to 96 channels (1:6) moves 1.43× the data',
    }, {
      source: kerasModel(['x = layers.Conv2D(16, 3)(x)', 'x = layers.Conv2D(96, 1)(x)', 'x = layers.Conv2D(8, 3)(x)'], [112, 112, 3]), message: 'from 16 to 96 channels (1:6)',
    }, {
      extension: 'prototxt', message: 'from 16 to 96 channels (1:6)',
      source: caffeNet(
        [
          'a Convolution data | convolution_param { num_output: 16 kernel_size: 3 }',
          'b Convolution a | convolution_param { num_output: 96 kernel_size: 1 }',
          'c Convolution b | convolution_param { num_output: 8 kernel_size: 3 }',
        ],
        [1, 3, 112, 112],
      ),
    }],
    silent: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1),
    nn.Conv2d(16, 32, 1),
    nn.Conv2d(32, 8, 3),
)
model(torch.randn(1, 3, 112, 112))
`,
    }, { source: behindLargeMap(['nn.Conv2d(16, 96, 1)', 'nn.Conv2d(96, 8, 3)'], 16, 28) }, {
      source: kerasModel(['x = layers.Conv2D(16, 3)(x)', 'x = layers.Conv2D(32, 1)(x)', 'x = layers.Conv2D(8, 3)(x)'], [112, 112, 3]),
    }, {
      extension: 'prototxt',
      source: caffeNet(
        [
          'a Convolution data | convolution_param { num_output: 16 kernel_size: 3 }',
          'b Convolution a | convolution_param { num_output: 32 kernel_size: 1 }',
          'c Convolution b | convolution_param { num_output: 8 kernel_size: 3 }',
        ],
        [1, 3, 112, 112],
      ),
    }],
  },
});

interface Widths {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Batch × Π size, the same before and after. */
  readonly positions: number;
}

function widthsOf({ node, kind, ifmapElements, ofmapElements }: LayerMetrics): Widths | undefined {
  const attrs = attrsIf(node, conv);
  if (!attrs || kind !== 'pointwise' || typeof ifmapElements !== 'number' || typeof ofmapElements !== 'number') return undefined;
  const { inChannels, outChannels } = attrs;
  const positions = ofmapElements / outChannels;
  return ifmapElements / inChannels === positions ? { inChannels, outChannels, positions } : undefined;
}

function isAtTheEdge(graph: Graph, { node }: LayerMetrics): boolean {
  return graph.inputs.some(input => node.inputs.includes(input.tensor)) || node.outputs.some(output => graph.outputs.includes(output));
}
