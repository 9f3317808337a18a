/** Activations that do not fit into the memory on the chosen chip. */
import { byteText, counted, percent, ratio } from '../base/format';
import { factOf } from '../energy/device';
import { bitsOf } from '../energy/find';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { nameOf } from './queries';

export const rule = defineRule({
  id: 'JL301',
  name: 'peak-over-on-chip-memory',
  summary: 'The activations alive at once exceed the memory on the chosen chip.',
  since: '0.1.0',
  severity: 'warning',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Lower the resolution earlier, use fewer channels there, or run the first layers patch by patch',
  docs: {
    what: 'The largest sum of tensors alive at the same time, in the element type the device works in, is more than `part` of the memory on its chip '
      + '(microcontrollers, accelerators). The message says where the peak is and in how many operators the memory is exceeded.',
    why: 'A microcontroller has no other memory: the model does not run. An accelerator then goes to DRAM for what does not fit. The peak is usually in the '
      + 'first layers: of MobileNetV2 they need some eight times what the others do.',
    instead: 'A smaller stem, earlier pooling, fewer channels in the first blocks, or inference patch by patch for them (MCUNetV2).',
  },
  sources: [{ title: 'MCUNetV2: Memory-Efficient Patch-based Inference for Tiny Deep Learning', url: 'https://arxiv.org/abs/2110.15352' }],
  options: { part: { description: 'Part of the memory on the chip that activations may take.', default: 1, unit: 'of the memory', minimum: 0.01, maximum: 1 } },
  check: ({ graph, metrics, device, options }) => {
    const onChip = device && factOf(device.device, 'bufferBytes');
    if (!device || onChip === undefined || metrics.memory.peakNode === undefined) return [];
    const bytes = elementBytes(device.request.dtype);
    const perSample = Math.max(1, metrics.batch);
    const peak = metrics.memory.peakElements * bytes / perSample;
    const room = onChip * options.part;
    if (peak <= room) return [];
    const over = metrics.memory.timeline.filter(elements => elements * bytes / perSample > room).length;
    const node = graph.nodes[metrics.memory.peakNode];
    if (!node) return [];
    const forThem = options.part < 1 ? `, of which ${percent(options.part)} are for them` : '';
    return [{
      at: node.site.from?.at ?? node.site.declared, path: '', node, badness: peak,
      message: `${byteText(peak)} of activations are alive at once at ${nameOf(node)}, ${ratio(peak / onChip)} the ${byteText(onChip)} on ${device.device.name}${forThem}; more than fits is alive in ${counted(over, 'operator')} of ${graph.nodes.length}`,
      data: { peakBytes: peak, onChipBytes: onChip, operators: over },
    }];
  },
  examples: {
    firing: [
      {
        settings: { device: 'stm32h743' }, source: torchModel(['nn.Conv2d(3, 64, 3, padding=1)', 'nn.ReLU()', 'nn.MaxPool2d(2)'], [1, 3, 224, 224]),
        message: 'more than fits is alive in 3 operators of 3',
      },
      {
        settings: { device: 'stm32h743', rules: { JL301: { options: { part: 0.02 } } } }, source: torchModel(['nn.Conv2d(3, 8, 3, stride=2)', 'nn.ReLU()'], [1, 3, 96, 96]),
        message: 'of which 2 % are for them',
      },
      { settings: { device: 'stm32h743' }, source: kerasModel(['x = layers.Conv2D(64, 3, padding="same")(x)'], [224, 224, 3]), message: 'of activations are alive at once at' },
      {
        settings: { device: 'stm32h743' },
        extension: 'prototxt',
        source: caffeNet(['a Convolution data | convolution_param { num_output: 64 kernel_size: 3 }'], [1, 3, 224, 224]),
        message: 'of activations are alive at once at',
      },
    ],
    silent: [
      { settings: { device: 'stm32h743' }, source: torchModel(['nn.Conv2d(3, 8, 3, stride=2)', 'nn.ReLU()'], [1, 3, 96, 96]) },
      { source: torchModel(['nn.Conv2d(3, 64, 3, padding=1)'], [1, 3, 224, 224]) },
    ],
  },
});

/** Chips without another memory run in 8 bits unless somebody says otherwise. */
function elementBytes(dtype: string | undefined): number {
  return (bitsOf[dtype ?? 'int8'] ?? 8) / 8;
}
