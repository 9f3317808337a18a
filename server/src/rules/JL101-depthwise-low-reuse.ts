/** Depthwise convolutions whose activation reuse is far below that of a standard convolution of the same shapes. */
import { figure, ratio } from '../base/format';
import { isUnknown } from '../base/unknown';
import type { Node } from '../graph/graph';
import { convolutionOf } from '../ops/registry';
import { defineRule, type Observation } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { moved, partOf } from './parts';
import { argumentOf } from './places';
import { changeWidth } from './remedies';

/** Of a group this wide a standard convolution's kernels are made. */
const groupChannels = 8;

export const rule = defineRule({
  id: 'JL101',
  name: 'depthwise-low-reuse',
  summary: 'A depthwise convolution uses each activation for a small fraction of the MACs that a standard convolution would.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Where maps are large, try a standard convolution (fused MBConv) or fewer channels',
  docs: {
    what: 'A depthwise convolution (groups = input channels) whose MACs per activation, M_c/A, are at most `ratio` of those of the standard '
      + 'convolution with the same channels and output. The ratio is exactly 1/groups: it is computed from the layer, with its true input and '
      + 'output sizes.',
    why: 'Every activation that is moved serves few MACs (k²/2 for a k×k kernel at stride 1), so energy goes into moving data rather than into '
      + 'arithmetic, and a larger batch does not help. Energy efficiency of whole networks correlates with activation reuse far more than with '
      + 'weight reuse. A depthwise convolution is not inefficient in itself: it saves MACs and weights. Measured over some 1,500 networks on 20 '
      + 'stacks, networks of depthwise convolutions take 2.4 to 2.9 times as long per MAC as those of dense ones, and 0.76 to 0.85 times as long per '
      + 'activation: such a layer costs what its activations cost, and nothing more.',
    instead: 'Where MACs are not the bottleneck, above all in early layers with large feature maps, use a standard convolution or a group convolution '
      + 'with few groups (fused MBConv), apply depthwise convolution at low resolution only, or check that the target runtime fuses it with its '
      + 'neighbours.',
  },
  sources: [
    { title: 'Modeling Data Reuse in Deep Neural Networks by Taking Data-Types into Cognizance, IEEE Transactions on Computers 2020: Tables 2 and 3, section 5.3' },
    { title: 'Run, Don\'t Walk: Chasing Higher FLOPS for Faster Neural Networks (FasterNet)', url: 'https://arxiv.org/abs/2303.03667' },
    { title: 'ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design', url: 'https://arxiv.org/abs/1807.11164' },
  ],
  options: {
    ratio: { description: 'Reported at or below this share of the standard convolution\'s M_c/A.', default: 0.1, unit: '× of standard', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => metrics.layers.flatMap(layer => {
    const { node, kind, reference, activationReuse } = layer;
    if (kind !== 'depthwise' || !reference || typeof activationReuse !== 'number' || isUnknown(reference.activationReuse) || reference.ratio > options.ratio) return [];
    return [{
      at: argumentOf(node.site, 'groups'),
      path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'activations'), sayEnergy: true,
      message: `DWConv lowers M_c/A to ${ratio(reference.ratio)} of ${reference.name} (${figure(activationReuse)} vs ${figure(reference.activationReuse)} MACs/activation): it costs what moving its activations costs`,
      data: { ratio: reference.ratio, activationReuse, standardActivationReuse: reference.activationReuse },
      ...remedyOf(node),
    }];
  }),
  examples: {
    firing: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(nn.Conv2d(256, 256, 3, padding=1, groups=256, bias=False))
model(torch.randn(1, 256, 28, 28))
`,
      at: 'groups=256', message: 'DWConv lowers M_c/A to 0.004× of a standard convolution (4.5 vs 1152 MACs/activation)',
    }, {
      source: kerasModel(['x = layers.DepthwiseConv2D(3, padding="same")(x)'], [28, 28, 256]), message: 'DWConv lowers M_c/A to 0.004× of a standard convolution',
    }, {
      extension: 'prototxt', message: 'DWConv lowers M_c/A to 0.016× of a standard convolution',
      source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 group: 64 }'], [1, 64, 28, 28]),
    }],
    silent: [{
      source: `import torch
import torch.nn as nn

model = nn.Sequential(nn.Conv2d(256, 256, 3, padding=1, groups=2, bias=False))
model(torch.randn(1, 256, 28, 28))
`,
    }, { source: torchModel(['nn.Conv2d(8, 8, 3, groups=8)'], [1, 8, 32, 32]) }, {
      source: kerasModel(['x = layers.Conv2D(256, 3, padding="same")(x)'], [28, 28, 256]),
    }, {
      extension: 'prototxt', source: caffeNet(['c Convolution data | convolution_param { num_output: 64 kernel_size: 3 }'], [1, 64, 28, 28]),
    }],
  },
});

function remedyOf(node: Node): Pick<Observation, 'remedies'> {
  const groups = (convolutionOf(node)?.groups ?? 0) / groupChannels;
  if (!Number.isInteger(groups) || groups < 2) return {};
  return { remedies: [changeWidth(node.site, 'groups', groups, { title: `groups=${groups}, of ${groupChannels} channels each`, isAlternative: true })] };
}
