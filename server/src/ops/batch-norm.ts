/** Batch normalisation over one channel axis. */
import { product, type Sizes } from '../tensor/shape';
import { checkMinRank, checkRank, inputAt, resolveAxis } from './checks';
import { defineOp, type WeightSpec } from './define';

/** Where running statistics live: nowhere, in buffers, or among the weights (as Keras counts them). */
export type Statistics = 'none' | 'buffers' | 'weights';

export type BatchNormAttrs = {
  readonly channels: number;
  readonly scale: boolean;
  readonly shift: boolean;
  readonly statistics: Statistics;
  /** The channel axis: 1 for channels-first (the default), -1 for channels-last. */
  readonly axis?: number;
  /** Ranks the layer accepts; default: 2 or more. */
  readonly ranks?: readonly number[];
};

/** Scale, shift and, where they count as weights, running statistics of a normalisation layer. */
export function normWeights(sizes: Sizes, attrs: { readonly scale: boolean; readonly shift: boolean; readonly statistics?: Statistics }): readonly WeightSpec[] {
  const weights: WeightSpec[] = [];
  if (attrs.scale) weights.push({ name: 'weight', sizes });
  if (attrs.shift) weights.push({ name: 'bias', sizes });
  if (attrs.statistics === 'weights') weights.push({ name: 'running_mean', sizes, trainable: false }, { name: 'running_var', sizes, trainable: false });
  return weights;
}

/** Buffers of a normalisation layer that keeps running statistics: mean, variance and one counter. */
export function normBuffers(attrs: { readonly channels: number; readonly statistics: Statistics }): readonly WeightSpec[] {
  if (attrs.statistics !== 'buffers') return [];
  const sizes = [attrs.channels];
  return [
    { name: 'running_mean', sizes, trainable: false },
    { name: 'running_var', sizes, trainable: false },
    { name: 'num_batches_tracked', sizes: [], trainable: false, dtype: 'int64' },
  ];
}

const plain = { channels: 64, scale: true, shift: true, statistics: 'buffers' } as const;

export const batchNorm = defineOp<BatchNormAttrs>({
  kind: 'batch-norm',
  role: 'normalization',
  summary: 'Batch normalisation',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.BatchNorm2d.html',
  formula: 'no MACs; weights = 2 × C',
  fixesInput: true,
  fuses: 'scale',
  paper: {
    macs: (attrs, _inputs, outputs) => (attrs.scale || attrs.shift ? product(inputAt(outputs, 0)) : 0),
    activations: (attrs, _inputs, outputs) => product(inputAt(outputs, 0)) * (attrs.scale || attrs.shift ? 2 : 1),
  },
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!(attrs.ranks ? checkRank(input, attrs.ranks, report) : checkMinRank(input, 2, report))) return [input];
    const axis = resolveAxis(attrs.axis ?? 1, input.length, report);
    report.expect('channels', attrs.channels, input[axis] ?? NaN, 'channels');
    return [input];
  },
  weights: attrs => normWeights([attrs.channels], attrs),
  examples: [
    { attrs: plain, inputs: [[1, 64, 112, 112]], outputs: [[1, 64, 112, 112]], weights: 128 },
    { attrs: { ...plain, ranks: [2, 3] }, inputs: [[8, 64]], outputs: [[8, 64]], weights: 128 },
    { attrs: { ...plain, scale: false, shift: false }, inputs: [[8, 64, 50]], outputs: [[8, 64, 50]], weights: 0 },
    { attrs: { ...plain, axis: -1, statistics: 'weights' }, inputs: [[1, 56, 56, 64]], outputs: [[1, 56, 56, 64]], weights: 256 },
  ],
});
