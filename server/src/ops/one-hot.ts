/** Class indices as unit vectors. */
import { inputAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type OneHotAttrs = {
  /** NaN: as many as the data has. */
  readonly classes: number;
  /** Place of the new axis in the result. */
  readonly axis: number;
};

export const oneHot = defineOp<OneHotAttrs>({
  kind: 'one-hot',
  role: 'statistics',
  summary: 'Unit vectors of class indices',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.one_hot.html',
  formula: 'no MACs; a new axis of C classes',
  indices: [0],
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length + 1, report);
    return [Number.isNaN(axis) ? unknownSizes(input.length + 1) : [...input.slice(0, axis), attrs.classes, ...input.slice(axis)]];
  },
  dtype: () => ['int64'],
  examples: [
    { attrs: { classes: 10, axis: -1 }, inputs: [[8]], outputs: [[8, 10]] },
    { attrs: { classes: 4, axis: 1 }, inputs: [[8, 3]], outputs: [[8, 4, 3]] },
  ],
});
