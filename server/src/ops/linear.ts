/** Fully connected layer over the last axis, or over all axes from one on. */
import { product, type Sizes } from '../tensor/shape';
import { checkMinRank, inputAt, resolveAxis } from './checks';
import { defineOp } from './define';

export type LinearAttrs = {
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias: boolean;
  /** All axes from this one on are one feature axis; default: the last axis only. */
  readonly flattenFrom?: number;
};

export const linear = defineOp<LinearAttrs>({
  kind: 'linear',
  role: 'product',
  oneType: 'all',
  summary: 'Fully connected layer',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Linear.html',
  formula: 'Π leading sizes × F_in × F_out',
  fixesInput: true,
  symbols: (attrs, _inputs, outputs) => ({ 'Π leading sizes': inputAt(outputs, 0).slice(0, -1), F_in: attrs.inFeatures, F_out: attrs.outFeatures }),
  dense: true,
  scalable: attrs => ({ channels: attrs.outFeatures, bias: attrs.bias }),
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 1, report)) return [[attrs.outFeatures]];
    const axis = resolveAxis(attrs.flattenFrom ?? -1, input.length, report, 'flattenFrom');
    if (Number.isNaN(axis)) return [[NaN, attrs.outFeatures]];
    report.expect('inFeatures', attrs.inFeatures, product(input.slice(axis)), 'input features');
    return [[...input.slice(0, axis), attrs.outFeatures]];
  },
  contiguous: () => 'always',
  macs: (attrs, _inputs, outputs) => product(inputAt(outputs, 0)) * attrs.inFeatures,
  weights: attrs => {
    const weight = { name: 'weight', sizes: [attrs.outFeatures, attrs.inFeatures] satisfies Sizes };
    return attrs.bias ? [weight, { name: 'bias', sizes: [attrs.outFeatures] }] : [weight];
  },
  examples: [
    { attrs: { inFeatures: 2048, outFeatures: 1000, bias: true }, inputs: [[1, 2048]], outputs: [[1, 1000]], macs: 2_048_000, weights: 2_049_000 },
    { attrs: { inFeatures: 768, outFeatures: 3072, bias: true }, inputs: [[8, 197, 768]], outputs: [[8, 197, 3072]], macs: 3_718_250_496, weights: 2_362_368 },
    { attrs: { inFeatures: 20, outFeatures: 30, bias: false }, inputs: [[20]], outputs: [[30]], macs: 600, weights: 600, note: 'unbatched' },
    { attrs: { inFeatures: 800, outFeatures: 500, bias: true, flattenFrom: 1 }, inputs: [[8, 50, 4, 4]], outputs: [[8, 500]], macs: 3_200_000, weights: 400_500 },
  ],
});
