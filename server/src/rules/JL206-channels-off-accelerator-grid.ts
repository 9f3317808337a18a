/** Channels that leave lanes of a small accelerator empty. */
import { isUnknown } from '../base/unknown';
import { percent } from '../base/format';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { defineRule, type Citation } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { upTo } from './hardware';
import { moved, partOf } from './parts';
import { argumentOf } from './places';
import { normsBehind } from './queries';
import { changeWidth } from './remedies';

const sources: readonly [Citation, ...Citation[]] = [
  { title: 'Arm ML Developer Advocates, Ethos-U layer analysis: work is done in blocks of 16 output channels', url: 'https://developer.arm.com/community/arm-community-blogs' },
  { title: 'CMSIS-NN: Efficient Neural Network Kernels for Arm Cortex-M CPUs: kernels for input channels in multiples of 4', url: 'https://arxiv.org/abs/1801.06601' },
];

/** Channels that are worked on at once. */
const lanes: Readonly<Partial<Record<string, number>>> = { accelerator: 16, microcontroller: 4 };

export const rule = defineRule({
  id: 'JL206',
  name: 'channels-off-accelerator-grid',
  summary: 'Output channels that are no multiple of what the chosen accelerator or microcontroller works on at once.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Round the channels to that multiple, down or up',
  docs: {
    what: 'A convolution whose output channels are no multiple of 16 on an accelerator, or of 4 on a microcontroller, that is chosen as the device, where such layers of one line do at '
      + 'least `share` of the MACs. The last channels take a whole step of the hardware: the message says what part of its work is on channels that are not there.',
    why: 'Such hardware has no small steps: on an Ethos-U, 17 channels in the place of 16 took nearly twice as many cycles. The result of a network is left out, since its width is given.',
    instead: 'Choose multiples of 16 (8 or 4 on a microcontroller) when scaling a network by a width factor.',
  },
  sources,
  options: {
    multiple: { description: 'Multiple that is asked for; 0: 16 on an accelerator, 4 on a microcontroller.', default: 0, unit: 'channels', minimum: 0, source: 'both sources' },
    waste: { description: 'Smallest part of a layer\'s steps that is on channels that are not there.', default: 0.1, unit: 'of the layer\'s steps', minimum: 0, maximum: 1 },
    share: { description: 'Smallest part of the MACs that such layers of one line must have.', default: 0.02, unit: 'of all MACs', minimum: 0, maximum: 1 },
  },
  check: ({ graph, metrics, device, options }) => {
    const multiple = options.multiple > 0 ? options.multiple : device && lanes[device.device.kind];
    if (!device || multiple === undefined || lanes[device.device.kind] === undefined) return [];
    return metrics.layers.flatMap(layer => {
      const { node } = layer;
      const convolution = attrsIf(node, conv);
      if (!convolution || isUnknown(layer.executedMacs) || node.outputs.some(output => graph.outputs.includes(output))) return [];
      const { outChannels } = convolution;
      const full = upTo(outChannels, multiple);
      const waste = 1 - outChannels / full;
      if (!(waste > 0) || waste < options.waste) return [];
      return [{
        at: argumentOf(node.site, 'outChannels'), path: node.path, node,
        badness: moved(layer) * waste, share: partOf(metrics, layer, 'macs'), sayEnergy: true as const,
        message: `${outChannels} channels take as many steps of ${multiple} on ${device.device.name} as ${full}: ${percent(waste)} of them work on nothing`,
        data: { channels: outChannels, multiple, waste },
        ...(layer.kind === 'depthwise' ? {} : {
          remedies: [changeWidth(node.site, 'outChannels', full, { title: `Pad ${outChannels} channels to ${full}`, saysCounts: true }, normsBehind(graph, node))],
        }),
      }];
    });
  },
  examples: {
    firing: [
      {
        settings: { device: 'coral-edge-tpu' }, source: torchModel(['nn.Conv2d(3, 17, 3)', 'nn.ReLU()', 'nn.Conv2d(17, 16, 3)'], [1, 3, 64, 64]),
        at: '17', message: '17 channels take as many steps of 16 on', fix: 'Pad 17 channels to 32',
      },
      { settings: { device: 'stm32h743' }, source: kerasModel(['x = layers.Conv2D(9, 3)(x)', 'x = layers.Conv2D(8, 3)(x)'], [32, 32, 3]), message: '9 channels take as many steps of 4 on' },
      {
        settings: { device: 'coral-edge-tpu' },
        extension: 'prototxt',
        source: caffeNet(['a Convolution data | convolution_param { num_output: 20 kernel_size: 3 }', 'b Convolution a | convolution_param { num_output: 16 kernel_size: 3 }'], [1, 3, 32, 32]),
        message: '37.5 % of them work on nothing',
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 17, 3)', 'nn.ReLU()', 'nn.Conv2d(17, 16, 3)'], [1, 3, 64, 64]) },
      { settings: { device: 'coral-edge-tpu' }, source: torchModel(['nn.Conv2d(3, 32, 3)', 'nn.Conv2d(32, 17, 3)'], [1, 3, 64, 64]) },
      { settings: { device: 'stm32h743' }, source: kerasModel(['x = layers.Conv2D(8, 3)(x)', 'x = layers.Conv2D(8, 3)(x)'], [32, 32, 3]) },
      {
        settings: { device: 'coral-edge-tpu' },
        extension: 'prototxt',
        source: caffeNet(['a Convolution data | convolution_param { num_output: 16 kernel_size: 3 }', 'b Convolution a | convolution_param { num_output: 10 kernel_size: 3 }'], [1, 3, 32, 32]),
      },
    ],
  },
});
