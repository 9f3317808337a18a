/** A large depthwise kernel with `padding='same'`, which runtimes have slow paths for. */
import { defineRule } from './define';
import { behindLargeMap, torchModel } from './example-sources';
import { conv } from '../ops/conv';
import { attrsIf } from '../ops/define';
import { moved, partOf } from './parts';
import { setArgument } from './remedies';

export const rule = defineRule({
  id: 'JL503',
  name: 'large-depthwise-same',
  summary: 'A large depthwise convolution with `padding=\'same\'` runs twice as slowly in channels-last and compiled.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch'],
  advice: 'Measure it in the memory format it will run in; `padding=k // 2` is the same for an odd kernel',
  docs: {
    what: 'A depthwise convolution with a kernel of at least `kernel` and `padding=\'same\'` written in the source.',
    why: 'Channels-last and compilation make most networks faster: ResNets take 0.55 times as long compiled as eagerly, MobileNets 0.58 times. Networks of '
      + 'large depthwise kernels with `padding=\'same\'` (ConvMixer) were measured at 1.8 to 2.1 times the time on RTX 3090 and 4090, in both cases. The cause '
      + 'is not established.',
    instead: 'Give the padding as a number (`padding=4` for a 9×9 kernel), and measure both memory formats before choosing one.',
  },
  sources: [{ title: 'pytorch-image-models, benchmark results (inference, RTX 3090 and 4090, NCHW, NHWC and dynamo)', url: 'https://github.com/huggingface/pytorch-image-models/tree/main/results' }],
  options: {
    kernel: { description: 'Smallest kernel that is reported.', default: 7, unit: 'elements', minimum: 3 },
    share: { description: 'Smallest part of the activations moved that such layers of one line must have.', default: 0.05, unit: 'of all activations moved', minimum: 0, maximum: 1 },
  },
  check: ({ metrics, options }) => metrics.layers.flatMap(layer => {
    const { node, kind } = layer;
    const attrs = attrsIf(node, conv);
    const { padding } = node.site.argument;
    if (!attrs || kind !== 'depthwise' || attrs.padding !== 'same' || !padding || Math.max(...attrs.kernel) < options.kernel) return [];
    const [side = 0] = attrs.kernel;
    // The same on each side, for an odd square kernel without dilation.
    const half = side % 2 === 1 && attrs.kernel.every(each => each === side) && attrs.dilation.every(each => each === 1) ? (side - 1) / 2 : undefined;
    return [{
      at: { uri: node.site.declared.uri, span: padding }, path: node.path, node,
      badness: moved(layer), share: partOf(metrics, layer, 'activations'), sayEnergy: true as const, holdsForAnyInput: true as const,
      message: `Depthwise ${attrs.kernel.join('×')} with padding='same': such networks were measured at twice the time in channels-last and compiled`,
      data: { kernel: Math.max(...attrs.kernel) },
      ...(half === undefined ? {} : {
        remedies: [setArgument(node.site, { attr: 'padding', keyword: 'padding', value: String(half) }, { title: `padding=${half}, the same sizes without the slow path`, isSafe: true })],
      }),
    }];
  }),
  examples: {
    firing: [{
      source: torchModel(['nn.Conv2d(3, 64, 7, 7)', 'nn.Conv2d(64, 64, 9, groups=64, padding="same")', 'nn.Conv2d(64, 64, 1)'], [1, 3, 224, 224]),
      at: 'padding="same"',
      message: 'Depthwise 9×9', fix: 'padding=4, the same sizes without the slow path',
    }, {
      source: torchModel(['nn.Conv2d(64, 64, 8, groups=64, padding="same")'], [1, 64, 56, 56]), message: 'Depthwise 8×8', fix: '',
    }, {
      source: torchModel(['nn.Conv2d(64, 64, (7, 9), groups=64, padding="same")'], [1, 64, 56, 56]), message: 'Depthwise 7×9', fix: '',
    }, {
      source: torchModel(['nn.Conv2d(64, 64, 7, groups=64, dilation=2, padding="same")'], [1, 64, 56, 56]), message: 'Depthwise 7×7', fix: '',
    }],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 7, 7)', 'nn.Conv2d(64, 64, 9, groups=64, padding=4)', 'nn.Conv2d(64, 64, 3, groups=64, padding="same")'], [1, 3, 224, 224]) },
      { source: behindLargeMap(['nn.Conv2d(64, 64, 9, groups=64, padding="same")'], 64, 28) },
    ],
  },
});
