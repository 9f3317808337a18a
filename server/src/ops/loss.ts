/** Loss functions: a number, or one value per sample or element. */
import { broadcast } from '../tensor/broadcast';
import { inputAt, resolveAxis } from './checks';
import { defineOp } from './define';

export type LossAttrs = {
  /** The framework's own name: no figure depends on it. */
  readonly function: string;
  readonly reduction: 'none' | 'mean' | 'sum';
  /** Axis that goes without a reduction: the classes of a cross-entropy (1, or 0 unbatched), the features of a margin loss. */
  readonly dropAxis?: 'classes' | 'last' | null;
};

export const loss = defineOp<LossAttrs>({
  kind: 'loss',
  role: 'statistics',
  summary: 'Loss',
  source: 'https://pytorch.org/docs/stable/nn.html#loss-functions',
  formula: 'no MACs; one number after a reduction',
  shape: (attrs, inputs) => {
    if (attrs.reduction !== 'none') return [[]];
    const input = inputAt(inputs, 0);
    if (attrs.dropAxis === 'classes') return [input.filter((_, axis) => axis !== (input.length > 1 ? 1 : 0))];
    if (attrs.dropAxis === 'last') return [input.slice(0, -1)];
    return [broadcast(inputs.slice(0, 2)).sizes];
  },
  examples: [
    { attrs: { function: 'cross-entropy', reduction: 'mean', dropAxis: 'classes' }, inputs: [[8, 1000], [8]], outputs: [[]] },
    { attrs: { function: 'cross-entropy', reduction: 'none', dropAxis: 'classes' }, inputs: [[8, 21, 65, 65], [8, 65, 65]], outputs: [[8, 65, 65]] },
    { attrs: { function: 'squared-error', reduction: 'none' }, inputs: [[8, 10], [8, 10]], outputs: [[8, 10]] },
  ],
});

export type AccuracyAttrs = {
  /** A second output with one value per class. */
  readonly perClass: boolean;
  readonly axis: number;
};

/** Inputs: predictions and labels. */
export const accuracy = defineOp<AccuracyAttrs>({
  kind: 'accuracy',
  role: 'statistics',
  summary: 'Share of right predictions',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/accuracy.html',
  formula: 'no MACs; one number',
  shape: (attrs, inputs, report) => {
    if (!attrs.perClass) return [[]];
    const input = inputAt(inputs, 0);
    return [[], [input[resolveAxis(attrs.axis, input.length, report)] ?? NaN]];
  },
  dtype: (attrs, inputs) => new Array(attrs.perClass ? 2 : 1).fill(inputs[0] ?? 'float32'),
  examples: [
    { attrs: { perClass: false, axis: 1 }, inputs: [[8, 1000], [8]], outputs: [[]] },
    { attrs: { perClass: true, axis: 1 }, inputs: [[8, 10], [8]], outputs: [[], [10]] },
  ],
});
