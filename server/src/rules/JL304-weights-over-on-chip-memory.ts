/** Weights that do not fit into the memory of the chosen chip. */
import { byteText, ratio } from '../base/format';
import { factOf } from '../energy/device';
import { bitsOf } from '../energy/find';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';

export const rule = defineRule({
  id: 'JL304',
  name: 'weights-over-on-chip-memory',
  summary: 'The weights exceed the flash or the buffer of the chosen chip.',
  since: '0.1.0',
  severity: 'warning',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Fewer channels in the last stages and a smaller classifier save most weights',
  docs: {
    what: 'The weights, in the element type the device works in, are more than the flash of a microcontroller or the buffer of an accelerator.',
    why: 'A microcontroller has no other place for them. An accelerator reads from DRAM whatever does not stay in its buffer, for each sample anew, at some 200 '
      + 'times the energy of a multiplication.',
    instead: 'A narrower network, fewer blocks in its last stages, a smaller classifier, or fewer bits.',
  },
  sources: [
    { title: 'Coral, Edge TPU performance: parameter data caching', url: 'https://coral.ai/docs/edgetpu/compiler/' },
    { title: 'MCUNetV2: Memory-Efficient Patch-based Inference for Tiny Deep Learning', url: 'https://arxiv.org/abs/2110.15352' },
  ],
  options: {},
  check: ({ graph, metrics, device }) => {
    const flash = device && factOf(device.device, 'flashBytes');
    const place = device && (flash ?? factOf(device.device, 'bufferBytes'));
    if (!device || place === undefined) return [];
    const bytes = metrics.totals.frameworkParams * (bitsOf[device.request.dtype ?? 'int8'] ?? 8) / 8;
    if (bytes <= place) return [];
    return [{
      at: graph.at, path: '', badness: bytes, holdsForAnyInput: true as const,
      message: `${byteText(bytes)} of weights are ${ratio(bytes / place)} the ${byteText(place)} of ${flash === undefined ? 'buffer' : 'flash'} on ${device.device.name}`,
      data: { weightBytes: bytes, placeBytes: place },
    }];
  },
  examples: {
    firing: [
      { settings: { device: 'stm32h743' }, source: torchModel(['nn.Linear(4096, 1024)'], [1, 4096]), message: 'of weights are 2' },
      { settings: { device: 'coral-edge-tpu' }, source: kerasModel(['x = layers.Dense(4096)(x)'], [4096]), message: 'of buffer on' },
      { settings: { device: 'stm32h743' }, extension: 'prototxt', source: caffeNet(['fc InnerProduct data | inner_product_param { num_output: 4096 }'], [1, 4096]), message: 'of flash on' },
    ],
    silent: [
      { settings: { device: 'stm32h743' }, source: torchModel(['nn.Linear(256, 256)'], [1, 256]) },
      { source: torchModel(['nn.Linear(4096, 4096)'], [1, 4096]) },
    ],
  },
});
