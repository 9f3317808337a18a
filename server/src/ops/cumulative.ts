/** Running totals along an axis. */
import { categoryOf } from '../tensor/dtype';
import { product } from '../tensor/shape';
import { inputAt, resolveAxis } from './checks';
import { defineOp } from './define';

export type CumulativeAttrs = {
  readonly function: 'sum' | 'product' | 'maximum' | 'minimum' | 'log-sum-exp';
  readonly axis: number;
  /** A second output with positions (cummax, cummin). */
  readonly returnIndices?: boolean;
};

const steps: Readonly<Record<CumulativeAttrs['function'], (total: number, value: number) => number>> = {
  sum: (total, value) => total + value,
  product: (total, value) => total * value,
  maximum: Math.max,
  minimum: Math.min,
  'log-sum-exp': (total, value) => Math.log(Math.exp(total) + Math.exp(value)),
};

export const cumulative = defineOp<CumulativeAttrs>({
  kind: 'cumulative',
  role: 'statistics',
  summary: 'Running total',
  source: 'https://pytorch.org/docs/stable/generated/torch.cumsum.html',
  formula: 'no MACs; one value per element',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    resolveAxis(attrs.axis, input.length, report);
    return attrs.returnIndices ? [input, input] : [input];
  },
  dtype: (attrs, inputs) => {
    const input = inputs[0] ?? 'float32';
    const type = categoryOf(input) < 2 && (attrs.function === 'sum' || attrs.function === 'product') ? 'int64' : input;
    return attrs.returnIndices ? [type, 'int64'] : [type];
  },
  fold: (attrs, contents, inputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    if (attrs.returnIndices || Number.isNaN(axis)) return undefined;
    const inner = product(input.slice(axis + 1));
    const size = input[axis] ?? 1;
    const result: number[] = [];
    (contents[0] ?? []).forEach((value, flat) => {
      const first = Math.floor(flat / inner) % size === 0;
      result.push(first ? value : steps[attrs.function](result[flat - inner] ?? NaN, value));
    });
    return [result];
  },
  examples: [
    { attrs: { function: 'sum', axis: 1 }, inputs: [[8, 28, 28]], outputs: [[8, 28, 28]] },
    { attrs: { function: 'maximum', axis: 0, returnIndices: true }, inputs: [[5]], outputs: [[5], [5]] },
  ],
});
