/** Models that spend most of their MACs in 1×1 convolutions, and the layers that matter for it. */
import { counted, figure, percent } from '../base/format';
import { sumOf } from '../metrics/count';
import type { LayerMetrics } from '../metrics/metrics';
import { defineRule } from './define';
import { caffeNet, kerasModel } from './example-sources';
import { moved, numberOf } from './parts';
import { argumentOf } from './places';

export const rule = defineRule({
  id: 'JL102',
  name: 'pointwise-low-reuse',
  summary: 'A model whose MACs are mostly in 1×1 convolutions, which use each activation seldom.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Before trusting its low MACs, compare M_c/A and DI with a model of fewer, denser layers',
  docs: {
    what: 'A model of whose MACs at least `modelShare` are in 1×1 convolutions. It is said once, where most activations are moved, with the MACs per activation, M_c/A, of the model and of that layer.',
    why: 'A 1×1 kernel uses each activation once per output channel and never again for its neighbours. One such layer is harmless and often the '
      + 'right choice; a model made of them (94.9 % of the MACs of MobileNet) has the activation traffic of a large network at the MACs of a '
      + 'small one.',
    instead: 'Compare M_c/A and DI of the whole model with an alternative that has fewer, denser layers (fused MBConv, plain 3×3 blocks in early stages) before trusting its low MAC count.',
  },
  sources: [
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: Table 3' },
    { title: 'The Ramifications of Making Deep Neural Networks Compact, VLSID 2019: section II-C' },
  ],
  options: {
    modelShare: { description: 'Share of the model\'s MACs in 1×1 convolutions from which on it is reported.', default: 0.75, unit: 'of the model\'s MACs', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => {
    const all = sumOf(metrics.layers.map(layer => layer.executedMacs)).known;
    const pointwise = metrics.layers.filter(layer => layer.kind === 'pointwise');
    const share = sumOf(pointwise.map(layer => layer.executedMacs)).known / all;
    // With parts of the model unknown, a share of the known MACs says little.
    if (metrics.status !== 'exact' || !(share >= options.modelShare)) return [];
    const largest = pointwise.reduce<LayerMetrics | undefined>((most, layer) => (most && moved(most) >= moved(layer) ? most : layer), undefined);
    if (!largest) return [];
    const { node, activationReuse } = largest;
    return [{
      at: argumentOf(node.site, 'kernel'), path: '', node, nodes: pointwise.map(layer => layer.node), badness: 0, sayEnergy: true as const,
      message: `1×1 convolutions hold ${percent(share)} of this model's MACs, in ${counted(pointwise.length, 'layer')}: it does ${figure(metrics.totals.activationReuse)} MACs for each `
        + `activation, and ${figure(activationReuse)} in the layer that moves most, ${node.path}`,
      data: { modelShare: share, activationReuse: numberOf(activationReuse) },
    }];
  },
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(64, 64, 3, padding=1, groups=64),
    nn.Conv2d(64, 128, kernel_size=1),
)
model(torch.randn(1, 64, 28, 28))
`,
      at: 'kernel_size=1', message: 'hold 93.4 % of this model\'s MACs',
    }, {
      source: kerasModel(['x = layers.Conv2D(128, 1)(x)'], [28, 28, 64]), message: 'hold 100 % of this model\'s MACs',
    }, {
      extension: 'prototxt', message: 'hold 100 % of this model\'s MACs',
      source: caffeNet(['c Convolution data | convolution_param { num_output: 128 kernel_size: 1 }'], [1, 64, 28, 28]),
    }],
    silent: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(
    nn.Conv2d(64, 64, 3, padding=1),
    nn.Conv2d(64, 128, kernel_size=1),
)
model(torch.randn(1, 64, 28, 28))
`,
    }, {
      source: kerasModel(['x = layers.Conv2D(128, 3)(x)'], [28, 28, 64]),
    }, {
      extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 128 kernel_size: 3 }'], [1, 64, 28, 28]),
    }],
  },
});
