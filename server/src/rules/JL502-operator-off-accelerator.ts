/** Operators that the chosen device's compiler or runtime does not take. */
import { counted, percent } from '../base/format';
import { defineRule } from './define';
import { caffeNet, kerasModel, torchModel } from './example-sources';
import { numberOf } from './parts';
import { nameOf } from './queries';
import { runtimeOf } from './supported-operators';

export const rule = defineRule({
  id: 'JL502',
  name: 'operator-off-accelerator',
  summary: 'An operator that the compiler or the runtime of the chosen device does not take.',
  since: '0.1.0',
  severity: 'warning',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'Replace it by operators that the device has, or move it to the end of the network',
  docs: {
    what: 'On a device whose compiler or runtime has a fixed list of operators (Edge TPU, TensorFlow Lite for Microcontrollers), operators of the model that surely are not on it. The message '
      + 'names the first, how many there are, and what part of the MACs comes from it on. What may be turned into other operators on the way is not reported.',
    why: 'The compiler of the Edge TPU maps the model up to the first such operator: everything behind it runs on the processor, whatever it is. A microcontroller has no other processor: the model does not start.',
    instead: 'ReLU or hard-swish in the place of GELU, a convolution of two axes in the place of one of three; embeddings and what sorts or searches at the ends, in the program around the model.',
  },
  sources: [
    { title: 'Coral documentation, TensorFlow models on the Edge TPU: supported operations, compiling', url: 'https://coral.ai/docs/edgetpu/models-intro/' },
    { title: 'TensorFlow Lite for Microcontrollers: limitations and operators', url: 'https://github.com/tensorflow/tflite-micro' },
  ],
  options: {},
  check: ({ metrics, device }) => {
    const runtime = device && runtimeOf(device.device);
    if (!device || !runtime) return [];
    const layers = metrics.layers.flatMap((layer, place) => {
      const why = runtime.lacks(layer.node);
      return why === undefined ? [] : [{ layer, place, why }];
    });
    const [first] = layers;
    if (!first) return [];
    const behind = metrics.layers.slice(first.place).reduce((sum, layer) => sum + numberOf(layer.executedMacs), 0);
    const all = metrics.totals.macs;
    const { node } = first.layer;
    const others = layers.length > 1 ? `, the first of ${counted(layers.length, 'such operator')}` : '';
    const part = all > 0 ? `, ${percent(Math.min(1, behind / all))} of the MACs` : '';
    const then = runtime.leaves ? `everything from there on runs on the processor${part}` : `the model does not run on ${device.device.name}`;
    return [{
      at: node.site.from?.at ?? node.site.declared, path: '', node, badness: behind,
      message: `${runtime.name} has no ${first.why} (${nameOf(node)}${others}): ${then}`,
      data: { operator: node.op, operators: layers.length, macsBehind: behind },
      related: layers.slice(1, mostRelated).map(({ layer: other, why }) => ({ at: other.node.site.from?.at ?? other.node.site.declared, message: `${nameOf(other.node)}: ${why}` })),
    }];
  },
  examples: {
    firing: [
      {
        settings: { device: 'coral-edge-tpu' }, source: torchModel(['nn.Conv2d(3, 16, 3)', 'nn.GELU()', 'nn.Conv2d(16, 16, 3)'], [1, 3, 32, 32]),
        at: 'nn.GELU()', message: 'Edge TPU has no GELU',
      },
      { settings: { device: 'coral-edge-tpu' }, source: kerasModel(['x = layers.Conv3D(8, 3)(x)'], [8, 8, 8, 3]), message: 'convolution over three axes' },
      { settings: { device: 'stm32h743' }, source: torchModel(['nn.Conv3d(3, 8, 3)'], [1, 3, 8, 8, 8]), message: 'the model does not run on' },
      {
        settings: { device: 'coral-edge-tpu' },
        extension: 'prototxt',
        source: caffeNet(['a Convolution data | convolution_param { num_output: 16 kernel_size: 3 }', 'e ELU a'], [1, 3, 32, 32]),
        message: 'Edge TPU has no ELU',
      },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 16, 3)', 'nn.GELU()'], [1, 3, 32, 32]) },
      { settings: { device: 'coral-edge-tpu' }, source: torchModel(['nn.Conv2d(3, 16, 3)', 'nn.SiLU()', 'nn.Conv2d(16, 16, 3)'], [1, 3, 32, 32]) },
      { settings: { device: 'coral-edge-tpu' }, source: kerasModel(['x = layers.Conv2D(8, 3, activation="relu")(x)'], [32, 32, 3]) },
      {
        settings: { device: 'coral-edge-tpu' },
        extension: 'prototxt',
        source: caffeNet(['a Convolution data | convolution_param { num_output: 16 kernel_size: 3 }', 'r ReLU a'], [1, 3, 32, 32]),
      },
    ],
  },
});

const mostRelated = 20;
