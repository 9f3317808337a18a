/** Orderings along an axis: sorting, the largest few, insertion points. */
import { inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type SortAttrs = {
  readonly axis: number;
  readonly descending: boolean;
  readonly returns: 'both' | 'values' | 'indices';
};

export const sort = defineOp<SortAttrs>({
  kind: 'sort',
  role: 'statistics',
  summary: 'Sorts an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.sort.html',
  formula: 'no MACs; the same sizes',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    resolveAxis(attrs.axis, input.length, report);
    return attrs.returns === 'both' ? [input, input] : [input];
  },
  dtype: ({ returns }, inputs) => returns === 'both' ? [inputs[0] ?? 'float32', 'int64'] : [returns === 'indices' ? 'int64' : (inputs[0] ?? 'float32')],
  fold: (attrs, contents, inputs) => {
    if (inputAt(inputs, 0).length !== 1) return undefined;
    const values = contents[0] ?? [];
    const order = values.map((_, i) => i).sort((a, b) => ((values[a] ?? 0) - (values[b] ?? 0)) * (attrs.descending ? -1 : 1) || a - b);
    const sorted = order.map(i => values[i] ?? NaN);
    return attrs.returns === 'both' ? [sorted, order] : [attrs.returns === 'indices' ? order : sorted];
  },
  examples: [
    { attrs: { axis: -1, descending: true, returns: 'both' }, inputs: [[8, 100]], outputs: [[8, 100], [8, 100]] },
    { attrs: { axis: 0, descending: false, returns: 'indices' }, inputs: [[5]], outputs: [[5]] },
  ],
});

export type TopKAttrs = {
  readonly axis: number;
  readonly k: number;
};

export const topK = defineOp<TopKAttrs>({
  kind: 'top-k',
  role: 'statistics',
  summary: 'The k largest (or smallest) entries of an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.topk.html',
  formula: 'no MACs; out size = k',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis)) return [unknownSizes(input.length), unknownSizes(input.length)];
    if (attrs.k > (input[axis] ?? 1)) report.fail('k', `k=${attrs.k} exceeds the ${input[axis] ?? 1} entries of axis ${axis}`);
    const output = input.length === 0 ? [] : replaceAt(input, axis, attrs.k);
    return [output, output];
  },
  dtype: (_attrs, inputs) => [inputs[0] ?? 'float32', 'int64'],
  examples: [
    { attrs: { axis: -1, k: 5 }, inputs: [[8, 1000]], outputs: [[8, 5], [8, 5]] },
    { attrs: { axis: 1, k: 3 }, inputs: [[2, 10, 4]], outputs: [[2, 3, 4], [2, 3, 4]] },
  ],
});

/** Inputs: the sorted boundaries, then the values. */
export type SearchSortedAttrs = Readonly<Record<string, never>>;

export const searchSorted = defineOp<SearchSortedAttrs>({
  kind: 'search-sorted',
  role: 'statistics',
  summary: 'Insertion points of values in sorted boundaries',
  source: 'https://pytorch.org/docs/stable/generated/torch.searchsorted.html',
  formula: 'no MACs; one index per value',
  shape: (_attrs, inputs) => [inputAt(inputs, 1)],
  dtype: () => ['int64'],
  examples: [
    { attrs: {}, inputs: [[8, 100], [8, 5]], outputs: [[8, 5]] },
    { attrs: {}, inputs: [[10], []], outputs: [[]] },
  ],
});

export type ArgTopAttrs = {
  readonly k: number;
  /** Null: over everything but the batch. */
  readonly axis: number | null;
  /** Values as well as positions. */
  readonly values: boolean;
};

/** Positions of the largest values, in Caffe's layout: with an axis in its place, without one as N × 1 (or positions and values: 2) × k. */
export const argTop = defineOp<ArgTopAttrs>({
  kind: 'arg-top',
  role: 'statistics',
  summary: 'Positions of the largest values',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/argmax.html',
  formula: 'no MACs; k positions',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (attrs.axis === null) return [[input[0] ?? NaN, attrs.values ? 2 : 1, attrs.k, ...new Array<number>(Math.max(0, input.length - 3)).fill(1)]];
    const axis = resolveAxis(attrs.axis, input.length, report);
    return [Number.isNaN(axis) ? unknownSizes(input.length) : replaceAt(input, axis, attrs.k)];
  },
  examples: [
    { attrs: { k: 5, axis: null, values: true }, inputs: [[10, 1000]], outputs: [[10, 2, 5]] },
    { attrs: { k: 1, axis: 1, values: false }, inputs: [[1, 21, 500, 500]], outputs: [[1, 1, 500, 500]] },
    { attrs: { k: 1, axis: null, values: false }, inputs: [[1, 21, 500, 500]], outputs: [[1, 1, 1, 1]] },
  ],
});
