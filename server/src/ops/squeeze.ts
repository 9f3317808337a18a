/** Views that add or drop axes of size 1. */
import type { Sizes } from '../tensor/shape';
import { inputAt, resolveAxes, unknownSizes } from './checks';
import { viewStrides } from '../tensor/strides';
import { defineOp } from './define';

export type SqueezeAttrs = {
  /** Axes to drop; null: every axis of size 1. */
  readonly axes: Sizes | null;
  /** True: a named axis of another size is an error (ONNX, Keras); false: it stays (PyTorch). */
  readonly strict?: boolean;
};

export const squeeze = defineOp<SqueezeAttrs>({
  kind: 'squeeze',
  role: 'shape',
  summary: 'Drops axes of size 1',
  source: 'https://pytorch.org/docs/stable/generated/torch.squeeze.html',
  formula: 'no MACs; the same elements',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axes = attrs.axes === null ? input.map((_, axis) => axis) : resolveAxes(attrs.axes, input.length, report);
    if (axes === undefined) return [unknownSizes(input.length - (attrs.axes?.length ?? 0))];
    if (attrs.strict && attrs.axes !== null) {
      for (const axis of axes) report.expect('axes', 1, input[axis] ?? 1, `as the size of axis ${axis}`);
      return [input.filter((_, axis) => !axes.includes(axis))];
    }
    // A named axis of unknown size is taken for 1: that is why it is named.
    const gone = (size: number, axis: number): boolean => axes.includes(axis) && (size === 1 || (attrs.axes !== null && Number.isNaN(size)));
    return [input.filter((size, axis) => !gone(size, axis))];
  },
  view: true,
  strides: (_attrs, input, strides, output) => viewStrides(input, strides, output),
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: { axes: null }, inputs: [[8, 512, 1, 1]], outputs: [[8, 512]] },
    { attrs: { axes: [-1] }, inputs: [[1, 512, 1]], outputs: [[1, 512]] },
    { attrs: { axes: [1] }, inputs: [[8, 512, 1]], outputs: [[8, 512, 1]], note: 'an axis of another size stays' },
  ],
});

export type UnsqueezeAttrs = {
  /** Places of the new axes in the result. */
  readonly axes: Sizes;
};

export const unsqueeze = defineOp<UnsqueezeAttrs>({
  kind: 'unsqueeze',
  role: 'shape',
  summary: 'Adds axes of size 1',
  source: 'https://pytorch.org/docs/stable/generated/torch.unsqueeze.html',
  formula: 'no MACs; the same elements',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const rank = input.length + attrs.axes.length;
    const axes = resolveAxes(attrs.axes, rank, report);
    if (!axes) return [unknownSizes(rank)];
    let next = 0;
    return [Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : (input[next++] ?? NaN)))];
  },
  view: true,
  strides: (_attrs, input, strides, output) => viewStrides(input, strides, output),
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: { axes: [-1] }, inputs: [[8, 512]], outputs: [[8, 512, 1]] },
    { attrs: { axes: [0, 3] }, inputs: [[3, 4]], outputs: [[1, 3, 4, 1]] },
  ],
});
