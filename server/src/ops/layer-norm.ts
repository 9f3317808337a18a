/** Layer normalisation over the trailing axes (or over named ones). */
import type { Sizes } from '../tensor/shape';
import { normWeights } from './batch-norm';
import { checkMinRank, inputAt, resolveAxes } from './checks';
import { defineOp, type Report } from './define';

export type LayerNormAttrs = {
  readonly normalizedShape: Sizes;
  readonly scale: boolean;
  readonly shift: boolean;
  /** Axes that are normalised; default: the last ones, as many as `normalizedShape` has. */
  readonly axes?: Sizes;
};

export function expectNormalized(attrs: { readonly normalizedShape: Sizes; readonly axes?: Sizes }, input: Sizes, report: Report): void {
  if (!checkMinRank(input, attrs.normalizedShape.length, report, 'normalizedShape')) return;
  const last = attrs.normalizedShape.map((_, i) => i - attrs.normalizedShape.length);
  const axes = resolveAxes(attrs.axes ?? last, input.length, report) ?? [];
  axes.forEach((axis, i) => { report.expect('normalizedShape', attrs.normalizedShape[i] ?? NaN, input[axis] ?? NaN, axis === input.length - 1 ? 'features' : `as the size of axis ${axis}`); });
}

export const layerNorm = defineOp<LayerNormAttrs>({
  kind: 'layer-norm',
  role: 'normalization',
  summary: 'Layer normalisation',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.LayerNorm.html',
  formula: 'no MACs; weights = 2 × Π normalised sizes',
  shape: (attrs, inputs, report) => {
    expectNormalized(attrs, inputAt(inputs, 0), report);
    return [inputAt(inputs, 0)];
  },
  contiguous: () => 'with-inputs',
  weights: attrs => normWeights(attrs.normalizedShape, attrs),
  examples: [
    { attrs: { normalizedShape: [768], scale: true, shift: true }, inputs: [[1, 197, 768]], outputs: [[1, 197, 768]], weights: 1536 },
    { attrs: { normalizedShape: [5, 10, 10], scale: true, shift: true }, inputs: [[8, 5, 10, 10]], outputs: [[8, 5, 10, 10]], weights: 1000 },
    { attrs: { normalizedShape: [32], scale: true, shift: false }, inputs: [[32]], outputs: [[32]], weights: 32 },
    { attrs: { normalizedShape: [7], scale: true, shift: true, axes: [1] }, inputs: [[8, 7, 3]], outputs: [[8, 7, 3]], weights: 14 },
  ],
});
