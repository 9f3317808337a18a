/** Training that keeps many times the weights in activations, which recomputation would leave out. */
import { byteText, percent } from '../base/format';
import { usualBatch } from '../energy/answer';
import { memoryBytesOf, usualTraining } from '../energy/memory-bytes';
import { defineRule } from './define';
import { kerasModel, torchModel } from './example-sources';

export const rule = defineRule({
  id: 'JL602',
  name: 'saved-activations',
  summary: 'Training keeps activations that are most of its memory, and checkpointing would leave many of them out.',
  since: '0.1.0',
  severity: 'hint',
  kind: 'advice',
  frameworks: ['pytorch', 'keras'],
  advice: 'torch.utils.checkpoint or jax.checkpoint around the blocks; it costs one more forward pass',
  docs: {
    what: 'A model in training mode (the setting `mode`) whose saved activations, at the batch that costs are said for, are at least `share` of what training '
      + 'needs, and of which recomputation in the best segments would leave out at least a third.',
    why: 'Each operator keeps what its gradient needs until the backward pass. Keeping the borders of segments alone and computing the rest again takes the '
      + 'square root of it, for about a third more time.',
    instead: '`torch.utils.checkpoint.checkpoint_sequential`, or `checkpoint` around each block; `keras.RematScope` in Keras.',
  },
  sources: [
    { title: 'Training Deep Nets with Sublinear Memory Cost', url: 'https://arxiv.org/abs/1604.06174' },
    { title: 'PyTorch documentation, torch.utils.checkpoint', url: 'https://pytorch.org/docs/stable/checkpoint.html' },
  ],
  options: {
    part: { description: 'Smallest part of the memory that saved activations take.', default: 0.8, unit: 'of what training needs', minimum: 0, maximum: 1 },
    bytes: { description: 'Smallest amount of saved activations.', default: 4_000_000_000, unit: 'bytes', minimum: 0 },
  },
  check: ({ graph, metrics, device, options }) => {
    if (graph.mode !== 'train') return [];
    const batch = device?.request.batch ?? (device ? usualBatch(device.device) : metrics.batch);
    const all = memoryBytesOf(graph, metrics, 4, batch).training;
    if (all.savedActivations < options.bytes || all.savedActivations / all.total < options.part) return [];
    const less = memoryBytesOf(graph, metrics, 4, batch, { ...usualTraining, checkpointing: true }).training;
    if (less.savedActivations > all.savedActivations * 2 / 3) return [];
    return [{
      at: graph.at, path: '', badness: all.savedActivations,
      message: `At a batch of ${batch}, ${byteText(all.savedActivations)} of the ${byteText(all.total)} that training needs are saved activations: checkpointing keeps ${byteText(less.savedActivations)}, `
        + `${percent(1 - less.total / all.total)} less memory in all`,
      data: { savedBytes: all.savedActivations, checkpointedBytes: less.savedActivations, batch },
    }];
  },
  examples: {
    firing: [
      {
        settings: { mode: 'train' },
        source: torchModel(['*[nn.Sequential(nn.Conv2d(64, 64, 3, padding=1), nn.ReLU()) for _ in range(24)]'], [1, 64, 128, 128]),
        message: 'are saved activations: checkpointing keeps',
      },
      {
        settings: { mode: 'train' },
        source: kerasModel(['for _ in range(24):', '    x = layers.Conv2D(64, 3, padding="same", activation="relu")(x)'], [128, 128, 64]),
        message: 'are saved activations',
      },
    ],
    silent: [
      { settings: { mode: 'train' }, source: torchModel(['nn.Linear(64, 64)'], [1, 64]) },
      { source: torchModel(['*[nn.Sequential(nn.Conv2d(64, 64, 3, padding=1), nn.ReLU()) for _ in range(24)]'], [1, 64, 128, 128]) },
    ],
  },
});
