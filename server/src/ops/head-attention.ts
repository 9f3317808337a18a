/** Attention of several heads over queries, keys and values that are projected already, with earlier keys and values kept. */
import type { Sizes } from '../tensor/shape';
import { checkRank, inputAt } from './checks';
import { defineOp, type PartSpec } from './define';

/**
 * Inputs: queries, keys, values. Either (batch, heads, length, width) or (batch, length, heads × width); keys and values may come in the other form.
 * Outputs: the context in the form of the queries, then keys and values with the earlier ones, then the scores.
 */
export type HeadAttentionAttrs = {
  readonly heads: number;
  /** Heads of keys and values: a group of query heads shares each. */
  readonly keyHeads: number;
  /** Keys and values that are there from earlier calls. */
  readonly past: number;
  /** Queries, keys and values lie side by side in one input. */
  readonly joined?: boolean;
};

interface Extents {
  readonly batch: number;
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly valueWidth: number;
}

function split(sizes: Sizes, heads: number): { readonly length: number; readonly width: number } {
  if (sizes.length === 4) return { length: sizes[2] ?? NaN, width: sizes[3] ?? NaN };
  return { length: sizes[1] ?? NaN, width: (sizes[2] ?? NaN) / heads };
}

function extents(attrs: HeadAttentionAttrs, inputs: readonly Sizes[]): Extents {
  if (attrs.joined) {
    const [batch = NaN, queries = NaN, features = NaN] = inputAt(inputs, 0);
    const width = features / (attrs.heads + 2 * attrs.keyHeads);
    return { batch, queries, keys: queries + attrs.past, width, valueWidth: width };
  }
  const query = split(inputAt(inputs, 0), attrs.heads);
  const key = split(inputAt(inputs, 1), attrs.keyHeads);
  const value = split(inputAt(inputs, 2), attrs.keyHeads);
  return { batch: inputAt(inputs, 0)[0] ?? NaN, queries: query.length, keys: key.length + attrs.past, width: query.width, valueWidth: value.width };
}

function parts(attrs: HeadAttentionAttrs, inputs: readonly Sizes[]): readonly PartSpec[] {
  const { batch, queries, keys, width, valueWidth } = extents(attrs, inputs);
  const scores = batch * attrs.heads * queries * keys;
  return [
    { name: 'scores', macs: scores * width, outputElements: scores },
    { name: 'softmax', macs: 0, outputElements: scores },
    { name: 'context', macs: scores * valueWidth, outputElements: batch * attrs.heads * queries * valueWidth },
  ];
}

export const headAttention = defineOp<HeadAttentionAttrs>({
  kind: 'head-attention',
  role: 'composite',
  summary: 'Attention of several heads',
  source: 'https://onnx.ai/onnx/operators/onnx__Attention.html',
  formula: 'N × heads × L × S × (E_qk + E_v)',
  symbols: (attrs, inputs) => {
    const { batch, queries, keys, width, valueWidth } = extents(attrs, inputs);
    return { N: batch, heads: attrs.heads, L: queries, S: keys, E_qk: width, E_v: valueWidth };
  },
  singleKernel: true,
  shape: (attrs, inputs, report) => {
    const query = inputAt(inputs, 0);
    checkRank(query, [3, 4], report);
    const { batch, queries, keys, width, valueWidth } = extents(attrs, inputs);
    const context = query.length === 4 ? [batch, attrs.heads, queries, valueWidth] : [batch, queries, attrs.heads * valueWidth];
    return [context, [batch, attrs.keyHeads, keys, width], [batch, attrs.keyHeads, keys, valueWidth], [batch, attrs.heads, queries, keys]];
  },
  dtype: (_attrs, inputs) => {
    const type = inputs[0] ?? 'float32';
    return [type, inputs[1] ?? type, inputs[2] ?? type, type];
  },
  macs: (attrs, inputs) => parts(attrs, inputs).reduce((total, part) => total + part.macs, 0),
  parts: (attrs, inputs) => parts(attrs, inputs),
  examples: [
    { attrs: { heads: 3, keyHeads: 3, past: 0 }, inputs: [[2, 3, 4, 8], [2, 3, 6, 8], [2, 3, 6, 10]], outputs: [[2, 3, 4, 10], [2, 3, 6, 8], [2, 3, 6, 10], [2, 3, 4, 6]], macs: 2592 },
    {
      attrs: { heads: 9, keyHeads: 3, past: 12 }, inputs: [[2, 4, 72], [2, 6, 24], [2, 6, 24]],
      outputs: [[2, 4, 72], [2, 3, 18, 8], [2, 3, 18, 8], [2, 9, 4, 18]], macs: 20_736, note: 'grouped queries, with a past',
    },
    { attrs: { heads: 4, keyHeads: 2, past: 0, joined: true }, inputs: [[1, 10, 64]], outputs: [[1, 10, 32], [1, 2, 10, 8], [1, 2, 10, 8], [1, 4, 10, 10]], macs: 6400, note: 'one joined input' },
  ],
});

export type ProjectedAttentionAttrs = {
  readonly heads: number;
  readonly inFeatures: number;
  /** Features of all heads' queries and keys, and of their values. */
  readonly keyFeatures: number;
  readonly valueFeatures: number;
  readonly past: number;
  readonly bias: boolean;
};

function projectedParts(attrs: ProjectedAttentionAttrs, inputs: readonly Sizes[]): readonly PartSpec[] {
  const [batch = NaN, length = NaN] = inputAt(inputs, 0);
  const scores = batch * attrs.heads * length * (length + attrs.past);
  const projection = (name: string, width: number): PartSpec => ({ name, macs: batch * length * width * attrs.inFeatures, outputElements: batch * length * width });
  return [
    projection('query projection', attrs.keyFeatures), projection('key projection', attrs.keyFeatures), projection('value projection', attrs.valueFeatures),
    { name: 'scores', macs: scores * (attrs.keyFeatures / attrs.heads), outputElements: scores },
    { name: 'softmax', macs: 0, outputElements: scores },
    { name: 'context', macs: scores * (attrs.valueFeatures / attrs.heads), outputElements: batch * length * attrs.valueFeatures },
  ];
}

/** Input: the sequence. Outputs: the context, and keys and values with the earlier ones. */
export const projectedAttention = defineOp<ProjectedAttentionAttrs>({
  kind: 'projected-attention',
  role: 'composite',
  summary: 'Self-attention with its input projections',
  source: 'https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Attention',
  formula: 'N × L × F_in × (2 × E_qk + E_v) + N × L × S × (E_qk + E_v)',
  symbols: (attrs, inputs) => {
    const [batch = NaN, length = NaN] = inputAt(inputs, 0);
    return { N: batch, L: length, S: length + attrs.past, F_in: attrs.inFeatures, E_qk: attrs.keyFeatures, E_v: attrs.valueFeatures };
  },
  singleKernel: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    checkRank(input, [3], report);
    report.expect('inFeatures', attrs.inFeatures, input[2] ?? NaN, 'input features');
    const [batch = NaN, length = NaN] = input;
    return [[batch, length, attrs.valueFeatures], [2, batch, attrs.heads, length + attrs.past, attrs.keyFeatures / attrs.heads]];
  },
  dtype: (_attrs, inputs) => [inputs[0] ?? 'float32', inputs[0] ?? 'float32'],
  macs: (attrs, inputs) => projectedParts(attrs, inputs).reduce((total, part) => total + part.macs, 0),
  parts: (attrs, inputs) => projectedParts(attrs, inputs),
  weights: attrs => {
    const features = 2 * attrs.keyFeatures + attrs.valueFeatures;
    const weight = { name: 'weight', sizes: [attrs.inFeatures, features] };
    return attrs.bias ? [weight, { name: 'bias', sizes: [features] }] : [weight];
  },
  examples: [
    {
      attrs: { heads: 12, inFeatures: 768, keyFeatures: 768, valueFeatures: 768, past: 0, bias: true },
      inputs: [[1, 128, 768]],
      outputs: [[1, 128, 768], [2, 1, 12, 128, 64]],
      macs: 251_658_240,
      weights: 1_771_776,
    },
    { attrs: { heads: 2, inFeatures: 4, keyFeatures: 8, valueFeatures: 6, past: 3, bias: false }, inputs: [[2, 5, 4]], outputs: [[2, 5, 6], [2, 2, 2, 8, 4]], macs: 2000, weights: 88 },
  ],
});
