/** An operator known by the sizes of its results alone: the source states them, or its documentation does. */
import type { Sizes } from '../tensor/shape';
import { defineOp } from './define';

export type DeclaredOutputsAttrs = { readonly sizes: readonly Sizes[] };

export const declaredOutputs = defineOp<DeclaredOutputsAttrs>({
  kind: 'declared-outputs',
  role: 'statistics',
  summary: 'An operator known by its results alone',
  source: 'https://onnx.ai/onnx/repo-docs/IR.html',
  formula: 'no MACs counted; the sizes that the file or the documentation states',
  shape: attrs => attrs.sizes,
  examples: [
    { attrs: { sizes: [[1, 64, 56, 56]] }, inputs: [[1, 3, 224, 224]], outputs: [[1, 64, 56, 56]] },
    { attrs: { sizes: [[1, 10], [1]] }, inputs: [[1, 512]], outputs: [[1, 10], [1]] },
  ],
});
