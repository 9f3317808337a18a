/** An operator of which only the sizes of its results are known, because the source states them. */
import type { Sizes } from '../tensor/shape';
import { defineOp } from './define';

export type DeclaredOutputsAttrs = { readonly sizes: readonly Sizes[] };

export const declaredOutputs = defineOp<DeclaredOutputsAttrs>({
  kind: 'declared-outputs',
  role: 'statistics',
  summary: 'An operator that is not modelled, with results as declared',
  source: 'https://onnx.ai/onnx/repo-docs/IR.html',
  formula: 'MACs not known; the sizes that the file declares',
  shape: attrs => attrs.sizes,
  examples: [
    { attrs: { sizes: [[1, 64, 56, 56]] }, inputs: [[1, 3, 224, 224]], outputs: [[1, 64, 56, 56]] },
    { attrs: { sizes: [[1, 10], [1]] }, inputs: [[1, 512]], outputs: [[1, 10], [1]] },
  ],
});
