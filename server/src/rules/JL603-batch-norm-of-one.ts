/** Batch normalisation in training whose statistics come from a handful of values. */
import { counted } from '../base/format';
import { elementCount } from '../tensor/shape';
import { isUnknown } from '../base/unknown';
import { defineRule } from './define';
import { kerasModel, torchModel } from './example-sources';
import { layerOf } from './queries';

export const rule = defineRule({
  id: 'JL603',
  name: 'batch-norm-of-one',
  summary: 'A batch normalisation trains with statistics of very few values.',
  since: '0.1.0',
  severity: 'info',
  kind: 'advice',
  frameworks: ['pytorch', 'keras'],
  advice: 'Train with larger batches, or normalise by group or layer',
  docs: {
    what: 'A batch normalisation of a model in training mode (the setting `mode`) that computes mean and variance of each channel over at most `values` values: batch times positions.',
    why: 'The statistics of few values are noise, and the running ones that inference uses differ from them. With batches of 2 a ResNet-50 lost 10 % of '
      + 'accuracy; group normalisation lost 0.5 %. Of a single value the variance is none at all, which PyTorch refuses.',
    instead: 'A larger batch, group normalisation, layer normalisation, or synchronised statistics over several devices.',
  },
  sources: [{ title: 'Group Normalization', url: 'https://arxiv.org/abs/1803.08494' }],
  options: { values: { description: 'Most values per channel that are reported.', default: 4, unit: 'values', minimum: 1 } },
  check: ({ graph, metrics, options }) => (graph.mode === 'train' ? graph.nodes.flatMap(node => {
    const layer = layerOf(metrics, node);
    const { channels } = node.attrs as { readonly channels?: number };
    if (node.op !== 'batch-norm' || !layer || channels === undefined) return [];
    const [shape] = layer.inputs;
    const elements = shape === undefined || isUnknown(shape) ? NaN : elementCount(shape);
    const values = typeof elements === 'number' ? elements / channels : NaN;
    if (!(values <= options.values)) return [];
    return [{
      at: node.site.from?.at ?? node.site.declared, path: node.path, node, badness: -values,
      message: `Mean and variance of each channel come from ${counted(values, 'value')} (batch ${metrics.batch})`,
      data: { values },
    }];
  }) : []),
  examples: {
    firing: [
      { settings: { mode: 'train' }, source: torchModel(['nn.Linear(64, 64)', 'nn.BatchNorm1d(64)'], [2, 64]), at: 'nn.BatchNorm1d(64)', message: 'come from 2 values (batch 2)' },
      { settings: { mode: 'train' }, source: kerasModel(['x = layers.Dense(64)(x)', 'x = layers.BatchNormalization()(x)'], [64]), message: 'come from 1 value' },
    ],
    silent: [
      { settings: { mode: 'train' }, source: torchModel(['nn.Conv2d(3, 64, 3)', 'nn.BatchNorm2d(64)'], [2, 3, 32, 32]) },
      { source: kerasModel(['x = layers.Dense(64)(x)', 'x = layers.BatchNormalization()(x)'], [64]) },
    ],
  },
});
