/** Models that do not fit into the memory of the chosen device. */
import { byteText } from '../base/format';
import { usualBatch } from '../energy/answer';
import { factOf } from '../energy/device';
import { bitsOf } from '../energy/find';
import { memoryBytesOf } from '../energy/memory-bytes';
import { defineRule } from './define';
import { kerasModel, torchModel } from './example-sources';

/** Of one value, whatever it is stored as. */
const widestBytes = 8;

export const rule = defineRule({
  id: 'JL305',
  name: 'model-over-device-memory',
  summary: 'Weights and activations exceed the memory of the chosen device.',
  since: '0.1.0',
  severity: 'warning',
  kind: 'advice',
  frameworks: ['pytorch', 'keras', 'caffe', 'onnx'],
  advice: 'A smaller batch, a lower resolution or fewer bits make it fit',
  docs: {
    what: 'Weights and the activations alive at once, at the batch and element type that costs are said for, are more than the memory of the chosen device. A '
      + 'model that trains is held against what training needs: weights, gradients, the state of Adam and the saved activations.',
    why: 'It stops with an out-of-memory error, or swaps.',
    instead: 'A smaller batch, lower resolution, half precision; for training gradient checkpointing (the message says what it saves).',
  },
  sources: [{ title: 'Training Deep Nets with Sublinear Memory Cost', url: 'https://arxiv.org/abs/1604.06174' }],
  options: {},
  check: ({ graph, metrics, device }) => {
    const memory = device && factOf(device.device, 'memoryBytes');
    if (!device || memory === undefined) return [];
    const batch = device.request.batch ?? usualBatch(device.device);
    // A network of Caffe is read in its training phase, whatever it is for.
    const isTrained = graph.mode === 'train' && graph.framework !== 'caffe';
    // Far away from the limit, and so are nearly all.
    const most = widestBytes * (metrics.totals.frameworkParams + graph.bufferElements + metrics.memory.peakElements / Math.max(1, metrics.batch) * batch);
    if (!isTrained && most < memory) return [];
    const dtype = 'problem' in device.answer ? 'float32' : device.answer.estimate.dtype;
    const bytes = memoryBytesOf(graph, metrics, (bitsOf[dtype] ?? 32) / 8, batch);
    const needed = isTrained ? bytes.training.total : bytes.inference;
    if (needed <= memory) return [];
    const at = `${byteText(needed)} at a batch of ${batch}`;
    const parts = isTrained ? `${byteText(bytes.training.savedActivations)} of them saved activations` : `${byteText(bytes.weights)} of weights and ${byteText(bytes.peakActivations)} of activations alive at once, ${dtype}`;
    return [{
      at: graph.at, path: '', badness: needed,
      message: `${isTrained ? 'Training' : 'It'} needs ${at} (${parts}), more than the ${byteText(memory)} of ${device.device.name}`,
      data: { neededBytes: needed, memoryBytes: memory, batch },
    }];
  },
  examples: {
    firing: [
      { source: torchModel(['nn.Conv2d(3, 1024, 3, padding=1)', 'nn.ReLU()'], [1, 3, 1024, 1024]), message: 'at a batch of 64' },
      { source: kerasModel(['x = layers.Conv2D(1024, 3, padding="same")(x)', 'x = layers.ReLU()(x)'], [1024, 1024, 3]), message: 'more than the 24' },
    ],
    silent: [
      { source: torchModel(['nn.Conv2d(3, 64, 3, padding=1)', 'nn.ReLU()'], [1, 3, 224, 224]) },
      { source: kerasModel(['x = layers.Conv2D(64, 3, padding="same")(x)'], [224, 224, 3]) },
    ],
  },
});
