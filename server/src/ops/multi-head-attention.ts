/** Multi-head attention with its projections: four products around scaled dot-product attention. */
import { product, type Sizes } from '../tensor/shape';
import { checkRank, inputAt } from './checks';
import { defineOp, type PartSpec, type WeightSpec } from './define';

/** Inputs: queries, keys, values. Widths that are absent follow from `embedDim` and `heads`. */
export type MultiHeadAttentionAttrs = {
  readonly embedDim: number;
  readonly heads: number;
  readonly bias: boolean;
  /** Features of keys and values as they come in. */
  readonly keyDim: number;
  readonly valueDim: number;
  /** One learned key and value are added to the sequence. */
  readonly biasKeyValue: boolean;
  /** One key and value of zeros are added to the sequence. */
  readonly addZeroAttention: boolean;
  readonly batchFirst: boolean;
  /** A second output with the attention weights. */
  readonly needWeights: boolean;
  readonly averageWeights: boolean;
  /** Width of one head's queries and keys, and of its values; default embedDim / heads. */
  readonly headDim?: number;
  readonly headValueDim?: number;
  readonly outputDim?: number;
};

interface Extents { readonly batch: Sizes; readonly queries: number; readonly keys: number; readonly rank: number }

function extents(attrs: MultiHeadAttentionAttrs, inputs: readonly Sizes[]): Extents {
  const query = inputAt(inputs, 0);
  const key = inputAt(inputs, 1);
  const batched = query.length === 3;
  const along = batched && attrs.batchFirst ? 1 : 0;
  return {
    batch: batched ? [query[attrs.batchFirst ? 0 : 1] ?? NaN] : [],
    queries: query[along] ?? NaN,
    keys: key[along] ?? NaN,
    rank: query.length,
  };
}

/** Features of all heads' queries and keys, of their values and of the result, and the keys that are added to the sequence. */
function widths(attrs: MultiHeadAttentionAttrs): { readonly query: number; readonly value: number; readonly output: number; readonly added: number } {
  return {
    query: attrs.heads * (attrs.headDim ?? attrs.embedDim / attrs.heads),
    value: attrs.heads * (attrs.headValueDim ?? attrs.embedDim / attrs.heads),
    output: attrs.outputDim ?? attrs.embedDim,
    added: (attrs.biasKeyValue ? 1 : 0) + (attrs.addZeroAttention ? 1 : 0),
  };
}

function attentionParts(attrs: MultiHeadAttentionAttrs, inputs: readonly Sizes[]): readonly PartSpec[] {
  const { batch, queries, keys } = extents(attrs, inputs);
  const rows = product(batch);
  const { query, value, output, added } = widths(attrs);
  const attended = keys + added;
  const scores = rows * attrs.heads * queries * attended;
  const part = (name: string, outputElements: number, width: number): PartSpec => ({ name, macs: outputElements * width, outputElements });
  return [
    part('query projection', rows * queries * query, attrs.embedDim),
    part('key projection', rows * keys * query, attrs.keyDim),
    part('value projection', rows * keys * value, attrs.valueDim),
    part('scores', scores, query / attrs.heads),
    { name: 'softmax', macs: 0, outputElements: scores },
    { name: 'context', macs: scores * (value / attrs.heads), outputElements: rows * queries * value },
    part('output projection', rows * queries * output, value),
  ];
}

/** In the order of `named_parameters()`: the module's own, then those of `out_proj`. */
function attentionWeights(attrs: MultiHeadAttentionAttrs): readonly WeightSpec[] {
  const { embedDim, keyDim, valueDim } = attrs;
  const weights: WeightSpec[] = keyDim === embedDim && valueDim === embedDim
    ? [{ name: 'in_proj_weight', sizes: [3 * embedDim, embedDim] }]
    : [{ name: 'q_proj_weight', sizes: [embedDim, embedDim] }, { name: 'k_proj_weight', sizes: [embedDim, keyDim] }, { name: 'v_proj_weight', sizes: [embedDim, valueDim] }];
  if (attrs.bias) weights.push({ name: 'in_proj_bias', sizes: [3 * embedDim] });
  if (attrs.biasKeyValue) weights.push({ name: 'bias_k', sizes: [1, 1, embedDim] }, { name: 'bias_v', sizes: [1, 1, embedDim] });
  weights.push({ name: 'out_proj.weight', sizes: [embedDim, embedDim] });
  if (attrs.bias) weights.push({ name: 'out_proj.bias', sizes: [embedDim] });
  return weights;
}

/** With head widths of its own (Keras) every projection has a weight and, with `bias`, a bias. */
function separateWeights(attrs: MultiHeadAttentionAttrs): readonly WeightSpec[] {
  const head = attrs.headDim ?? attrs.embedDim / attrs.heads;
  const value = attrs.headValueDim ?? head;
  const output = attrs.outputDim ?? attrs.embedDim;
  const one = (name: string, from: number, to: number): readonly WeightSpec[] => [
    { name: `${name}.weight`, sizes: [from, attrs.heads, to] },
    ...(attrs.bias ? [{ name: `${name}.bias`, sizes: [attrs.heads, to] }] : []),
  ];
  return [
    ...one('query', attrs.embedDim, head), ...one('key', attrs.keyDim, head), ...one('value', attrs.valueDim, value),
    { name: 'attention_output.weight', sizes: [attrs.heads, value, output] },
    ...(attrs.bias ? [{ name: 'attention_output.bias', sizes: [output] }] : []),
  ];
}

const plain = { embedDim: 768, heads: 12, bias: true, keyDim: 768, valueDim: 768, biasKeyValue: false, addZeroAttention: false, batchFirst: true, needWeights: false, averageWeights: true } as const;

export const multiHeadAttention = defineOp<MultiHeadAttentionAttrs>({
  kind: 'multi-head-attention',
  role: 'composite',
  summary: 'Multi-head attention',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html',
  formula: 'N × (L × E × D_qk + S × (E_k × D_qk + E_v × D_v) + L × T × (D_qk + D_v) + L × D_v × E_out)',
  symbols: (attrs, inputs) => {
    const { batch, queries, keys } = extents(attrs, inputs);
    const { query, value, output, added } = widths(attrs);
    return { N: product(batch), L: queries, S: keys, T: keys + added, E: attrs.embedDim, E_k: attrs.keyDim, E_v: attrs.valueDim, E_out: output, D_qk: query, D_v: value };
  },
  shape: (attrs, inputs, report) => {
    const [query, key, value] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
    const output = attrs.outputDim ?? attrs.embedDim;
    if (attrs.embedDim % attrs.heads > 0 && attrs.headDim === undefined) report.fail('heads', `embedDim ${attrs.embedDim} cannot be divided by heads=${attrs.heads}`);
    if (!checkRank(query, [2, 3], report) || !checkRank(key, [query.length], report) || !checkRank(value, [query.length], report)) {
      return attrs.needWeights ? [[NaN, NaN, output], [NaN, NaN, NaN]] : [[NaN, NaN, output]];
    }
    const { batch, queries, keys } = extents(attrs, inputs);
    report.expect('embedDim', attrs.embedDim, query[query.length - 1] ?? NaN, 'query features');
    report.expect('keyDim', attrs.keyDim, key[key.length - 1] ?? NaN, 'key features');
    report.expect('valueDim', attrs.valueDim, value[value.length - 1] ?? NaN, 'value features');
    const result = [...query.slice(0, -1), output];
    if (!attrs.needWeights) return [result];
    return [result, [...batch, ...(attrs.averageWeights ? [] : [attrs.heads]), queries, keys + widths(attrs).added]];
  },
  macs: (attrs, inputs) => attentionParts(attrs, inputs).reduce((total, part) => total + part.macs, 0),
  parts: (attrs, inputs) => attentionParts(attrs, inputs),
  dtype: (attrs, inputs) => new Array(attrs.needWeights ? 2 : 1).fill(inputs[0] ?? 'float32'),
  weights: attrs => (attrs.headDim === undefined ? attentionWeights(attrs) : separateWeights(attrs)),
  examples: [
    { attrs: plain, inputs: [[1, 197, 768], [1, 197, 768], [1, 197, 768]], outputs: [[1, 197, 768]], macs: 524_391_936, weights: 2_362_368, note: 'one block of ViT-B/16' },
    {
      attrs: { ...plain, embedDim: 512, heads: 8, keyDim: 256, valueDim: 128, batchFirst: false, needWeights: true },
      inputs: [[10, 8, 512], [20, 8, 256], [20, 8, 128]],
      outputs: [[10, 8, 512], [8, 10, 20]],
      macs: 75_038_720,
      weights: 722_944,
    },
    {
      attrs: { ...plain, embedDim: 64, heads: 4, keyDim: 64, valueDim: 64, biasKeyValue: true, addZeroAttention: true, needWeights: true, averageWeights: false },
      inputs: [[5, 64], [5, 64], [5, 64]],
      outputs: [[5, 64], [4, 5, 7]],
      macs: 86_400,
      weights: 16_768,
      note: 'unbatched',
    },
    {
      attrs: { ...plain, embedDim: 16, heads: 2, keyDim: 16, valueDim: 16, headDim: 3, headValueDim: 3 },
      inputs: [[8, 4, 16], [8, 4, 16], [8, 4, 16]],
      outputs: [[8, 4, 16]],
      macs: 13_824,
      weights: 418,
    },
  ],
});
