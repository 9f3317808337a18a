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
    { attrs: { heads: 9, keyHeads: 3, past: 12 }, inputs: [[2, 4, 72], [2, 6, 24], [2, 6, 24]], outputs: [[2, 4, 72], [2, 3, 18, 8], [2, 3, 18, 8], [2, 9, 4, 18]], macs: 20_736, note: 'grouped queries, with a past' },
  ],
});
