/** Models that spend most of their MACs in 1×1 convolutions, and the layers that matter for it. */
import { figure, percent, ratio } from '../base/format';
import { isUnknown } from '../base/unknown';
import { sumOf } from '../metrics/count';
import { defineRule } from './define';
import { argumentOf } from './places';

export const rule = defineRule({
  id: 'JL102',
  name: 'pointwise-low-reuse',
  summary: 'A 1×1 convolution carries much of a model whose MACs are mostly in 1×1 convolutions.',
  since: '0.1.0',
  severity: 'hint',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  docs: {
    what: 'A 1×1 convolution with at least `layerShare` of the model\'s MACs, in a model of whose MACs at least `modelShare` are in 1×1 convolutions. Its MACs per activation, M_c/A, are compared with a 3×3 convolution of the same channels and output: 1/9 of it.',
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
    modelShare: { description: 'Share of the model\'s MACs in 1×1 convolutions from which on layers are reported.', default: 0.75, unit: 'of the model\'s MACs', minimum: 0, maximum: 1 },
    layerShare: { description: 'Smallest share of the model\'s MACs of a layer that is reported.', default: 0.05, unit: 'of the model\'s MACs', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => {
    const all = sumOf(metrics.layers.map(layer => layer.executedMacs)).known;
    const pointwise = metrics.layers.filter(layer => layer.kind === 'pointwise');
    const share = sumOf(pointwise.map(layer => layer.executedMacs)).known / all;
    // With parts of the model unknown, a share of the known MACs says little.
    if (metrics.status !== 'exact' || !(share >= options.modelShare)) return [];
    return pointwise.flatMap(({ node, reference, activationReuse, executedMacs }) => {
      if (!reference || typeof activationReuse !== 'number' || typeof executedMacs !== 'number' || isUnknown(reference.activationReuse)) return [];
      if (executedMacs / all < options.layerShare) return [];
      return [{
        at: argumentOf(node.site, 'kernel'),
        path: node.path, node,
        badness: executedMacs,
        message: `1×1 convolutions hold ${percent(share)} of this model's MACs; this one has ${percent(executedMacs / all)}, at ${ratio(reference.ratio)} the M_c/A of ${reference.name} (${figure(activationReuse)} vs ${figure(reference.activationReuse)} MACs/activation)`,
        data: { modelShare: share, layerShare: executedMacs / all, ratio: reference.ratio, activationReuse },
      }];
    });
  },
  examples: {
    firing: [{
      source: 'import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(\n    nn.Conv2d(64, 64, 3, padding=1, groups=64),\n    nn.Conv2d(64, 128, kernel_size=1),\n)\nmodel(torch.randn(1, 64, 28, 28))\n',
      at: 'kernel_size=1', message: 'hold 93.4 % of this model\'s MACs',
    }],
    silent: [{
      source: 'import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(\n    nn.Conv2d(64, 64, 3, padding=1),\n    nn.Conv2d(64, 128, kernel_size=1),\n)\nmodel(torch.randn(1, 64, 28, 28))\n',
    }],
  },
});
