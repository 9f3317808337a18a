/** Table lookups: one row per index, or one pooled row per bag of indices. */
import { product } from '../tensor/shape';
import { checkRank, inputAt } from './checks';
import { defineOp } from './define';

export type EmbeddingAttrs = {
  readonly entries: number;
  readonly width: number;
};

export const embedding = defineOp<EmbeddingAttrs>({
  kind: 'embedding',
  role: 'embedding',
  summary: 'Embedding lookup',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html',
  formula: 'no MACs; weights = entries × width',
  indices: [0],
  readsOfWeights: (attrs, inputs, elements) => Math.min(product(inputAt(inputs, 0)) * attrs.width, elements),
  shape: (attrs, inputs) => [[...inputAt(inputs, 0), attrs.width]],
  dtype: () => ['float32'],
  contiguous: () => 'always',
  weights: attrs => [{ name: 'weight', sizes: [attrs.entries, attrs.width] }],
  examples: [
    { attrs: { entries: 30_522, width: 768 }, inputs: [[8, 128]], outputs: [[8, 128, 768]], weights: 23_440_896 },
    { attrs: { entries: 10, width: 3 }, inputs: [[]], outputs: [[3]], weights: 30, note: 'one index' },
  ],
});

export type EmbeddingBagAttrs = EmbeddingAttrs & {
  readonly function: 'sum' | 'mean' | 'max';
  /** The last offset is the end of the last bag, not the start of one more. */
  readonly includeLastOffset: boolean;
};

/** Inputs: indices and, when these are flat, the offsets of the bags. */
export const embeddingBag = defineOp<EmbeddingBagAttrs>({
  kind: 'embedding-bag',
  role: 'embedding',
  summary: 'Pooled embedding lookup',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.EmbeddingBag.html',
  formula: 'no MACs; weights = entries × width',
  indices: [0, 1],
  readsOfWeights: (attrs, inputs, elements) => Math.min(product(inputAt(inputs, 0)) * attrs.width, elements),
  shape: (attrs, inputs, report) => {
    const indices = inputAt(inputs, 0);
    if (!checkRank(indices, [1, 2], report)) return [[NaN, attrs.width]];
    const bags = indices.length === 2 ? indices[0] : (inputs[1]?.[0] ?? NaN) - (attrs.includeLastOffset ? 1 : 0);
    return [[bags ?? NaN, attrs.width]];
  },
  dtype: () => ['float32'],
  weights: attrs => [{ name: 'weight', sizes: [attrs.entries, attrs.width] }],
  examples: [
    { attrs: { entries: 10, width: 3, function: 'sum', includeLastOffset: false }, inputs: [[8], [2]], outputs: [[2, 3]], weights: 30 },
    { attrs: { entries: 10, width: 3, function: 'mean', includeLastOffset: false }, inputs: [[8, 4]], outputs: [[8, 3]], weights: 30 },
    { attrs: { entries: 10, width: 3, function: 'mean', includeLastOffset: true }, inputs: [[8], [3]], outputs: [[2, 3]], weights: 30 },
  ],
});
