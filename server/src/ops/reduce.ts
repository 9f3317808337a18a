/** Reductions over some or all axes: sums, means, extremes, norms, positions. */
import { categoryOf, type DType } from '../tensor/dtype';
import type { Sizes } from '../tensor/shape';
import { inputAt, resolveAxes, unknownSizes } from './checks';
import { defineOp, type Content, type Role } from './define';
import { stored } from './identity';

export type ReduceFunction =
  | 'sum' | 'mean' | 'max' | 'min' | 'product' | 'median' | 'mode' | 'kth-value' | 'quantile' | 'any' | 'all' | 'argmax' | 'argmin' | 'count-nonzero'
  | 'variance' | 'standard-deviation' | 'variance-mean' | 'standard-deviation-mean' | 'extremes' | 'norm' | 'log-sum-exp' | 'sum-of-squares' | 'absolute-sum';

export type ReduceAttrs = {
  readonly function: ReduceFunction;
  /** Axes that are reduced; null: all. */
  readonly axes: Sizes | null;
  readonly keepDims: boolean;
  /** A second output with positions (max, min, median along one axis). */
  readonly returnIndices?: boolean;
  /** Result type asked for, where it is not the function's own. */
  readonly dtype?: DType;
};

const pairs: ReadonlySet<ReduceFunction> = new Set(['variance-mean', 'standard-deviation-mean', 'extremes']);

/**
 * A mean that takes the map or the sequence away is a pooling; a mean over one kept axis is part of a normalisation.
 * Attributes alone must tell, so the batch axis and a lone kept axis speak against it.
 */
function roleOf(attrs: ReduceAttrs): Role {
  if (attrs.function !== 'mean' || attrs.axes === null || attrs.axes.length === 0 || attrs.axes.includes(0)) return 'statistics';
  return attrs.axes.length > 1 || !attrs.keepDims ? 'mean' : 'statistics';
}

function resultType(attrs: ReduceAttrs, input: DType): DType {
  if (attrs.dtype) return attrs.dtype;
  if (attrs.function === 'any' || attrs.function === 'all') return 'bool';
  if (attrs.function.startsWith('arg') || attrs.function === 'count-nonzero') return 'int64';
  if ((attrs.function === 'sum' || attrs.function === 'product') && categoryOf(input) < 2) return 'int64';
  return attrs.function === 'norm' && categoryOf(input) === 3 ? (input === 'complex128' ? 'float64' : 'float32') : input;
}

function variance(values: Content): number {
  const mean = total(values) / values.length;
  return total(values.map(value => (value - mean) ** 2)) / (values.length - 1);
}

function total(values: Content): number {
  return values.reduce((a, b) => a + b, 0);
}

const reducers: Partial<Record<ReduceFunction, (values: Content) => number>> = {
  sum: total,
  mean: values => total(values) / values.length,
  max: values => values.reduce((a, b) => Math.max(a, b), -Infinity),
  min: values => values.reduce((a, b) => Math.min(a, b), Infinity),
  product: values => values.reduce((a, b) => a * b, 1),
  any: values => (values.some(value => value !== 0) ? 1 : 0),
  all: values => (values.every(value => value !== 0) ? 1 : 0),
  argmax: values => values.reduce((best, value, i) => (value > (values[best] ?? NaN) ? i : best), 0),
  argmin: values => values.reduce((best, value, i) => (value < (values[best] ?? NaN) ? i : best), 0),
  'count-nonzero': values => values.filter(value => value !== 0).length,
  variance,
  'standard-deviation': values => Math.sqrt(variance(values)),
  'sum-of-squares': values => total(values.map(value => value * value)),
  'absolute-sum': values => total(values.map(Math.abs)),
  'log-sum-exp': values => Math.log(total(values.map(Math.exp))),
};

/** The values that meet in each element of the result, in row-major order. */
function groups(content: Content, input: Sizes, axes: Sizes): readonly Content[] {
  const kept = input.map((_, axis) => axis).filter(axis => !axes.includes(axis));
  const count = kept.reduce((size, axis) => size * (input[axis] ?? 1), 1);
  const result: number[][] = Array.from({ length: count }, () => []);
  content.forEach((value, flat) => {
    const position: number[] = [];
    let rest = flat;
    for (let axis = input.length - 1; axis >= 0; axis--) {
      const size = input[axis] ?? 1;
      position[axis] = rest % size;
      rest = Math.floor(rest / size);
    }
    result[kept.reduce((index, axis) => index * (input[axis] ?? 1) + (position[axis] ?? 0), 0)]?.push(value);
  });
  return result;
}

const silent = { expect: () => undefined, fail: () => undefined };

export const reduce = defineOp<ReduceAttrs>({
  kind: 'reduce',
  role: roleOf,
  summary: 'Reduction',
  source: 'https://pytorch.org/docs/stable/torch.html#reduction-ops',
  formula: 'no MACs; reduced axes become 1 or go',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const all = input.map((_, axis) => axis);
    const axes = attrs.axes === null ? all : resolveAxes(attrs.axes, input.length, report);
    const output = axes === undefined
      ? unknownSizes(attrs.keepDims ? input.length : input.length - (attrs.axes?.length ?? 0))
      : attrs.keepDims ? input.map((size, axis) => (axes.includes(axis) ? 1 : size)) : input.filter((_, axis) => !axes.includes(axis));
    return attrs.returnIndices || pairs.has(attrs.function) ? [output, output] : [output];
  },
  dtype: (attrs, inputs) => {
    const type = resultType(attrs, inputs[0] ?? 'float32');
    return attrs.returnIndices ? [type, 'int64'] : pairs.has(attrs.function) ? [type, type] : [type];
  },
  fold: (attrs, contents, inputs, _outputs, dtypes) => {
    const apply = reducers[attrs.function];
    const input = inputAt(inputs, 0);
    const axes = attrs.axes === null ? input.map((_, axis) => axis) : resolveAxes(attrs.axes, input.length, silent);
    if (!apply || !axes) return undefined;
    const parts = groups(contents[0] ?? [], input, axes);
    const type = resultType(attrs, dtypes[0] ?? 'float32');
    const values = parts.map(part => stored(apply(part), type));
    if (!attrs.returnIndices) return [values];
    const position = attrs.function === 'max' ? reducers.argmax : attrs.function === 'min' ? reducers.argmin : undefined;
    return position ? [values, parts.map(position)] : undefined;
  },
  examples: [
    { attrs: { function: 'mean', axes: [2, 3], keepDims: false }, inputs: [[8, 1280, 7, 7]], outputs: [[8, 1280]], note: 'global average' },
    { attrs: { function: 'mean', axes: [-1], keepDims: true }, inputs: [[1, 197, 768]], outputs: [[1, 197, 1]] },
    { attrs: { function: 'sum', axes: null, keepDims: false }, inputs: [[2, 3]], outputs: [[]] },
    { attrs: { function: 'max', axes: [1], keepDims: false, returnIndices: true }, inputs: [[8, 10]], outputs: [[8], [8]] },
    { attrs: { function: 'variance-mean', axes: [0, -1], keepDims: true }, inputs: [[4, 5, 6]], outputs: [[1, 5, 1], [1, 5, 1]] },
  ],
});
