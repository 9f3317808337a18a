/** Masks and data-dependent selections; how many elements these give is known only when the data is. */
import { broadcast } from '../tensor/broadcast';
import { describeSizes, inputAt, resolveAxis } from './checks';
import { defineOp, type Attrs } from './define';
import { broadcastIndex } from './elementwise';

/** Inputs: values and mask, and the fill when it is a tensor. */
export type MaskedFillAttrs = { readonly value?: number };

export const maskedFill = defineOp<MaskedFillAttrs>({
  kind: 'masked-fill',
  role: 'shape',
  summary: 'Overwrites the elements under a mask',
  source: 'https://pytorch.org/docs/stable/generated/torch.Tensor.masked_fill.html',
  formula: 'no MACs; one value per element',
  elementwise: true,
  shape: (_attrs, inputs, report) => {
    const { sizes, clashFromEnd } = broadcast(inputs.slice(0, 2));
    if (clashFromEnd !== undefined) report.fail('', `the mask ${describeSizes(inputAt(inputs, 1))} does not broadcast to ${describeSizes(inputAt(inputs, 0))}`);
    return [sizes];
  },
  fold: (attrs, contents, inputs, outputs) => {
    const output = inputAt(outputs, 0);
    const [values = [], mask = [], fill] = contents;
    const value = attrs.value ?? fill?.[0];
    if (value === undefined || Number.isNaN(value)) return undefined;
    const covered = broadcastIndex(inputAt(inputs, 1), output);
    return [broadcastIndex(inputAt(inputs, 0), output).map((index, i) => (mask[covered[i] ?? 0] === 0 ? (values[index] ?? NaN) : value))];
  },
  examples: [
    { attrs: { value: -Infinity }, inputs: [[8, 12, 64, 64], [1, 1, 64, 64]], outputs: [[8, 12, 64, 64]] },
    { attrs: { value: 0 }, inputs: [[5], [5]], outputs: [[5]] },
  ],
});

export const maskedSelect = defineOp<Attrs>({
  kind: 'masked-select',
  role: 'shape',
  summary: 'The elements under a mask',
  source: 'https://pytorch.org/docs/stable/generated/torch.masked_select.html',
  formula: 'no MACs; as many elements as the mask lets through',
  shape: () => [[NaN]],
  examples: [
    { attrs: {}, inputs: [[8, 10], [8, 10]], outputs: [[NaN]] },
    { attrs: {}, inputs: [[5], [5]], outputs: [[NaN]] },
  ],
});

export type NonzeroAttrs = {
  /** One output per axis in place of one matrix of positions. */
  readonly separate?: boolean;
  /** Positions along the first axis of the matrix (ONNX). */
  readonly axisFirst?: boolean;
};

export const nonzero = defineOp<NonzeroAttrs>({
  kind: 'nonzero',
  role: 'statistics',
  summary: 'Positions of the elements that are not zero',
  source: 'https://pytorch.org/docs/stable/generated/torch.nonzero.html',
  formula: 'no MACs; as many positions as the data has',
  shape: (attrs, inputs) => {
    const rank = inputAt(inputs, 0).length;
    if (attrs.separate) return Array.from({ length: Math.max(1, rank) }, () => [NaN]);
    return [attrs.axisFirst ? [rank, NaN] : [NaN, rank]];
  },
  dtype: () => ['int64'],
  examples: [
    { attrs: {}, inputs: [[8, 10]], outputs: [[NaN, 2]] },
    { attrs: { separate: true }, inputs: [[8, 10]], outputs: [[NaN], [NaN]] },
    { attrs: { axisFirst: true }, inputs: [[3, 4, 5]], outputs: [[3, NaN]] },
  ],
});

export type UniqueAttrs = {
  /** Axis whose entries are compared; null: all elements. */
  readonly axis: number | null;
  readonly returnInverse?: boolean;
  readonly returnCounts?: boolean;
};

export const unique = defineOp<UniqueAttrs>({
  kind: 'unique',
  role: 'statistics',
  summary: 'The distinct values',
  source: 'https://pytorch.org/docs/stable/generated/torch.unique.html',
  formula: 'no MACs; as many values as the data has',
  shape: (attrs, inputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis !== null && attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    const values = axis === null ? [NaN] : Number.isNaN(axis) ? input.map(() => NaN) : input.map((size, i) => (i === axis ? NaN : size));
    const inverse = axis === null ? input : [input[axis] ?? NaN];
    return [values, ...(attrs.returnInverse ? [inverse] : []), ...(attrs.returnCounts ? [[NaN]] : [])];
  },
  dtype: (attrs, inputs) => [inputs[0] ?? 'float32', ...(attrs.returnInverse ? ['int64' as const] : []), ...(attrs.returnCounts ? ['int64' as const] : [])],
  examples: [
    { attrs: { axis: null, returnInverse: true }, inputs: [[8, 10]], outputs: [[NaN], [8, 10]] },
    { attrs: { axis: 0, returnCounts: true }, inputs: [[8, 3]], outputs: [[NaN, 3], [NaN]] },
  ],
});

/** Counts per value or bin. Inputs: the values. */
export type HistogramAttrs = {
  /** NaN: as many as the largest value asks for. */
  readonly bins: number;
};

export const histogram = defineOp<HistogramAttrs>({
  kind: 'histogram',
  role: 'statistics',
  summary: 'Counts per value',
  source: 'https://pytorch.org/docs/stable/generated/torch.histc.html',
  formula: 'no MACs; one count per bin',
  shape: attrs => [[attrs.bins]],
  examples: [
    { attrs: { bins: 100 }, inputs: [[8, 10]], outputs: [[100]] },
    { attrs: { bins: NaN }, inputs: [[50]], outputs: [[NaN]], note: 'bincount: the data decides' },
  ],
});

export type CompressAttrs = {
  /** Null: the flattened input. */
  readonly axis: number | null;
  /** Entries that are kept; NaN when the condition depends on data. */
  readonly count: number;
};

export const compress = defineOp<CompressAttrs>({
  kind: 'compress',
  role: 'shape',
  summary: 'The entries of an axis for which a condition holds',
  source: 'https://onnx.ai/onnx/operators/onnx__Compress.html',
  formula: 'no MACs; as many entries as the condition lets through',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (attrs.axis === null) return [[attrs.count]];
    const axis = resolveAxis(attrs.axis, input.length, report);
    return [input.map((size, i) => (Number.isNaN(axis) ? NaN : i === axis ? attrs.count : size))];
  },
  examples: [
    { attrs: { axis: 1, count: 1 }, inputs: [[3, 2]], outputs: [[3, 1]] },
    { attrs: { axis: null, count: NaN }, inputs: [[3, 2]], outputs: [[NaN]] },
  ],
});
