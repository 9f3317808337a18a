/** Scaled dot-product attention: scores, softmax and context in one operator. */
import { broadcast } from '../tensor/broadcast';
import { product, type Sizes } from '../tensor/shape';
import { checkMinRank, describeSizes, inputAt } from './checks';
import { defineOp, type PartSpec } from './define';

/** Inputs: queries, keys, values (…, heads, length, width) and optionally a mask. */
export type AttentionAttrs = {
  readonly causal: boolean;
  /** Fewer key and value heads than query heads; each serves a group of them. */
  readonly groupedQueries?: boolean;
};

/** Elements of the score matrices: one per query, key and head. */
function scores(inputs: readonly Sizes[], outputs: readonly Sizes[]): number {
  const output = inputAt(outputs, 0);
  const keys = inputAt(inputs, 1);
  return product(output.slice(0, -1)) * (keys[keys.length - 2] ?? NaN);
}

function attentionParts(inputs: readonly Sizes[], outputs: readonly Sizes[]): readonly PartSpec[] {
  const output = inputAt(outputs, 0);
  const query = inputAt(inputs, 0);
  const elements = scores(inputs, outputs);
  return [
    { name: 'scores', macs: elements * (query[query.length - 1] ?? NaN), outputElements: elements },
    { name: 'softmax', macs: 0, outputElements: elements },
    { name: 'context', macs: elements * (output[output.length - 1] ?? NaN), outputElements: product(output) },
  ];
}

export const attention = defineOp<AttentionAttrs>({
  kind: 'attention',
  role: 'composite',
  oneType: 3,
  summary: 'Scaled dot-product attention',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html',
  formula: 'N × heads × L × S × (E_qk + E_v)',
  symbols: (_attrs, inputs, outputs) => {
    const [output, query, key] = [inputAt(outputs, 0), inputAt(inputs, 0), inputAt(inputs, 1)];
    return { N: product(output.slice(0, -3)), heads: output.at(-3) ?? 1, L: output.at(-2) ?? NaN, S: key.at(-2) ?? NaN, E_qk: query.at(-1) ?? NaN, E_v: output.at(-1) ?? NaN };
  },
  singleKernel: true,
  shape: (attrs, inputs, report) => {
    const [query, key, value] = [inputAt(inputs, 0), inputAt(inputs, 1), inputAt(inputs, 2)];
    if (![query, key, value].every(sizes => checkMinRank(sizes, 2, report))) return [query.map(() => NaN)];
    report.expect('', query[query.length - 1] ?? NaN, key[key.length - 1] ?? NaN, 'features in the keys, as in the queries');
    report.expect('', key[key.length - 2] ?? NaN, value[value.length - 2] ?? NaN, 'values, one per key');
    const leading = (sizes: Sizes): Sizes => (attrs.groupedQueries ? [...sizes.slice(0, -3), 1] : sizes.slice(0, -2));
    if (attrs.groupedQueries) {
      const remainder = (query[query.length - 3] ?? NaN) % (key[key.length - 3] ?? NaN);
      if (remainder > 0) report.fail('', `${query[query.length - 3] ?? NaN} query heads cannot share ${key[key.length - 3] ?? NaN} key heads`);
    }
    const { sizes, clashFromEnd } = broadcast([query.slice(0, -2), leading(key), leading(value)]);
    if (clashFromEnd !== undefined) report.fail('', `batch and heads of ${describeSizes(query)}, ${describeSizes(key)} and ${describeSizes(value)} do not agree`);
    return [[...sizes, query[query.length - 2] ?? NaN, value[value.length - 1] ?? NaN]];
  },
  macs: (_attrs, inputs, outputs) => attentionParts(inputs, outputs).reduce((total, part) => total + part.macs, 0),
  parts: (_attrs, inputs, outputs) => attentionParts(inputs, outputs),
  examples: [
    { attrs: { causal: false }, inputs: [[8, 12, 197, 64], [8, 12, 197, 64], [8, 12, 197, 64]], outputs: [[8, 12, 197, 64]], macs: 476_884_992 },
    { attrs: { causal: false }, inputs: [[10, 64], [20, 64], [20, 32]], outputs: [[10, 32]], macs: 19_200 },
    { attrs: { causal: true, groupedQueries: true }, inputs: [[1, 32, 256, 128], [1, 8, 256, 128], [1, 8, 256, 128]], outputs: [[1, 32, 256, 128]], macs: 536_870_912 },
  ],
});
