/** Products of two vectors: bilinear forms, outer and cross products. */
import { broadcast } from '../tensor/broadcast';
import { promote } from '../tensor/dtype';
import { product } from '../tensor/shape';
import { checkRank, describeSizes, inputAt } from './checks';
import { defineOp } from './define';

export type BilinearAttrs = {
  readonly inFeaturesA: number;
  readonly inFeaturesB: number;
  readonly outFeatures: number;
  readonly bias: boolean;
};

export const bilinear = defineOp<BilinearAttrs>({
  kind: 'bilinear',
  role: 'product',
  oneType: 'all',
  summary: 'Bilinear form of two inputs',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Bilinear.html',
  formula: 'Π leading sizes × F_out × F_a × F_b',
  symbols: (attrs, _inputs, outputs) => ({ 'Π leading sizes': inputAt(outputs, 0).slice(0, -1), F_out: attrs.outFeatures, F_a: attrs.inFeaturesA, F_b: attrs.inFeaturesB }),
  dense: true,
  shape: (attrs, inputs, report) => {
    const [first, second] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    report.expect('inFeaturesA', attrs.inFeaturesA, first[first.length - 1] ?? NaN, 'features in the first input');
    report.expect('inFeaturesB', attrs.inFeaturesB, second[second.length - 1] ?? NaN, 'features in the second input');
    return [[...first.slice(0, -1), attrs.outFeatures]];
  },
  macs: (attrs, _inputs, outputs) => product(inputAt(outputs, 0)) * attrs.inFeaturesA * attrs.inFeaturesB,
  weights: attrs => {
    const weight = { name: 'weight', sizes: [attrs.outFeatures, attrs.inFeaturesA, attrs.inFeaturesB] };
    return attrs.bias ? [weight, { name: 'bias', sizes: [attrs.outFeatures] }] : [weight];
  },
  examples: [
    { attrs: { inFeaturesA: 20, inFeaturesB: 30, outFeatures: 40, bias: true }, inputs: [[128, 20], [128, 30]], outputs: [[128, 40]], macs: 3_072_000, weights: 24_040 },
    { attrs: { inFeaturesA: 2, inFeaturesB: 3, outFeatures: 1, bias: false }, inputs: [[2], [3]], outputs: [[1]], macs: 6, weights: 6, note: 'unbatched' },
  ],
});

export type OuterAttrs = Readonly<Record<string, never>>;

export const outer = defineOp<OuterAttrs>({
  kind: 'outer',
  role: 'elementwise',
  summary: 'Outer product of two vectors',
  source: 'https://pytorch.org/docs/stable/generated/torch.outer.html',
  formula: 'no MACs (nothing is summed); one value per pair',
  shape: (_attrs, inputs, report) => {
    const [first, second] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    checkRank(first, [1], report);
    checkRank(second, [1], report);
    return [[first[0] ?? NaN, second[0] ?? NaN]];
  },
  dtype: (_attrs, inputs) => [inputs.length > 0 ? inputs.reduce(promote) : 'float32'],
  fold: (_attrs, [first = [], second = []]) => [first.flatMap(a => second.map(b => a * b))],
  examples: [
    { attrs: {}, inputs: [[197], [32]], outputs: [[197, 32]] },
    { attrs: {}, inputs: [[1], [8]], outputs: [[1, 8]] },
  ],
});

export type CrossAttrs = { readonly axis: number };

export const cross = defineOp<CrossAttrs>({
  kind: 'cross',
  role: 'elementwise',
  summary: 'Cross product of 3-vectors',
  source: 'https://pytorch.org/docs/stable/generated/torch.linalg.cross.html',
  formula: 'no MACs; sizes of the broadcast inputs',
  shape: (_attrs, inputs, report) => {
    const { sizes, clashFromEnd } = broadcast(inputs.slice(0, 2));
    if (clashFromEnd !== undefined) report.fail('', `sizes ${inputs.slice(0, 2).map(describeSizes).join(' and ')} do not broadcast`);
    return [sizes];
  },
  examples: [
    { attrs: { axis: -1 }, inputs: [[8, 3], [8, 3]], outputs: [[8, 3]] },
    { attrs: { axis: 0 }, inputs: [[3], [3]], outputs: [[3]] },
  ],
});
