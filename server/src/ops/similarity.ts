/** Distances and similarities between vectors. */
import { broadcast } from '../tensor/broadcast';
import { checkMinRank, describeSizes, inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type SimilarityAttrs = {
  readonly function: 'cosine' | 'distance';
  readonly axis: number;
  readonly keepDims?: boolean;
};

export const similarity = defineOp<SimilarityAttrs>({
  kind: 'similarity',
  role: 'statistics',
  summary: 'Similarity or distance along an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.CosineSimilarity.html',
  formula: 'no MACs; one value per pair of vectors',
  shape: (attrs, inputs, report) => {
    const { sizes, clashFromEnd } = broadcast(inputs.slice(0, 2));
    if (clashFromEnd !== undefined) report.fail('', `sizes ${inputs.slice(0, 2).map(describeSizes).join(' and ')} do not broadcast`);
    const axis = resolveAxis(attrs.axis, sizes.length, report);
    if (Number.isNaN(axis) || sizes.length === 0) return [unknownSizes(attrs.keepDims ? sizes.length : sizes.length - 1)];
    return [attrs.keepDims ? replaceAt(sizes, axis, 1) : sizes.filter((_, i) => i !== axis)];
  },
  examples: [
    { attrs: { function: 'cosine', axis: 1 }, inputs: [[8, 128], [8, 128]], outputs: [[8]] },
    { attrs: { function: 'distance', axis: -1, keepDims: true }, inputs: [[8, 1, 128], [1, 5, 128]], outputs: [[8, 5, 1]] },
  ],
});

export type PairwiseDistancesAttrs = { readonly order: number };

export const pairwiseDistances = defineOp<PairwiseDistancesAttrs>({
  kind: 'pairwise-distances',
  role: 'statistics',
  summary: 'Distance of every row of one matrix to every row of another',
  source: 'https://pytorch.org/docs/stable/generated/torch.cdist.html',
  formula: 'no MACs; one value per pair of rows',
  shape: (_attrs, inputs, report) => {
    const [first, second] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    if (!checkMinRank(first, 2, report) || !checkMinRank(second, 2, report)) return [[NaN, NaN]];
    report.expect('', first[first.length - 1] ?? NaN, second[second.length - 1] ?? NaN, 'features in the second input, as in the first');
    const { sizes, clashFromEnd } = broadcast([first.slice(0, -2), second.slice(0, -2)]);
    if (clashFromEnd !== undefined) report.fail('', `batch sizes of ${describeSizes(first)} and ${describeSizes(second)} do not broadcast`);
    return [[...sizes, first[first.length - 2] ?? NaN, second[second.length - 2] ?? NaN]];
  },
  examples: [
    { attrs: { order: 2 }, inputs: [[8, 100, 3], [8, 50, 3]], outputs: [[8, 100, 50]] },
    { attrs: { order: 1 }, inputs: [[10, 4], [20, 4]], outputs: [[10, 20]] },
  ],
});
