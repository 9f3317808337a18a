/** Group convolutions with so many groups that activation reuse suffers. */
import { figure, ratio } from '../base/format';
import { isUnknown } from '../base/unknown';
import { convolutionOf } from '../ops/registry';
import { defineRule } from './define';
import { caffeNet, kerasModel } from './example-sources';
import { moved, partOf } from './parts';
import { argumentOf } from './places';
import { changeWidth } from './remedies';

export const rule = defineRule({
  id: 'JL103',
  name: 'group-convolution-low-reuse',
  summary: 'A group convolution divides activation reuse by its number of groups.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'At the same MACs, fewer groups with fewer channels move less',
  docs: {
    what: 'A group convolution (groups > 1, but not one per channel) with at least `groups` groups. Its MACs per activation, M_c/A, are 1/groups of '
      + 'those of the standard convolution with the same channels and output.',
    why: 'MACs fall with the number of groups, the activations that are moved do not: at 4 groups arithmetic intensity is 0.45× of a standard '
      + 'convolution. With 8 groups and the same FLOPs a network ran more than twice as slowly on a GPU, and up to 30 % more slowly on an ARM '
      + 'processor. On 20 stacks measured since, image models with such layers take no longer than their MACs and activations say (0.86 to 1.01×, [studies](../studies.md)).',
    instead: 'Use fewer groups and fewer channels at the same MACs; decide by the target and the task, not because more channels look affordable.',
  },
  sources: [
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: Table 3' },
    { title: 'ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design, guideline G2', url: 'https://arxiv.org/abs/1807.11164' },
  ],
  options: {
    groups: { description: 'Smallest number of groups that is reported.', default: 4, unit: 'groups', minimum: 2, source: 'Table 3 of the first source, which measures 4 groups' },
  },
  check: ({ metrics, options }) => metrics.layers.flatMap(layer => {
    const { node, kind, reference, activationReuse } = layer;
    const { groups } = convolutionOf(node) ?? { groups: 1 };
    if (kind !== 'group' || groups < options.groups || !reference || typeof activationReuse !== 'number' || isUnknown(reference.activationReuse)) return [];
    return [{
      at: argumentOf(node.site, 'groups'),
      path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'activations'), sayEnergy: true,
      message: `Group convolution with ${groups} groups lowers M_c/A to ${ratio(reference.ratio)} of ${reference.name} (${figure(activationReuse)} vs ${figure(reference.activationReuse)} MACs/activation)`,
      data: { groups, ratio: reference.ratio, activationReuse, standardActivationReuse: reference.activationReuse },
      ...(groups % 2 === 0 ? { remedies: [changeWidth(node.site, 'groups', groups / 2, { title: `groups=${groups / 2}`, isAlternative: true })] } : {}),
    }];
  }),
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(nn.Conv2d(256, 256, 3, padding=1, groups=32, bias=False))
model(torch.randn(1, 256, 28, 28))
`,
      at: 'groups=32', message: 'with 32 groups lowers M_c/A to 0.031× of a standard convolution (36 vs 1152 MACs/activation)', fix: 'groups=16',
    }, {
      source: kerasModel(['x = layers.Conv2D(256, 3, padding="same", groups=32)(x)'], [28, 28, 256]), message: 'with 32 groups lowers M_c/A to 0.031×',
    }, {
      extension: 'prototxt', message: 'with 8 groups lowers M_c/A to 0.125×',
      source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 group: 8 }'], [1, 64, 28, 28]),
    }],
    silent: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(nn.Conv2d(256, 256, 3, padding=1, groups=2, bias=False))
model(torch.randn(1, 256, 28, 28))
`,
    }, {
      source: kerasModel(['x = layers.Conv2D(256, 3, padding="same", groups=2)(x)'], [28, 28, 256]),
    }, {
      extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 group: 2 }'], [1, 64, 28, 28]),
    }],
  },
});
