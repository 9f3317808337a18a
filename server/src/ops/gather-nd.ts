/** Picks slices at positions that an index tensor lists. */
import type { Sizes } from '../tensor/shape';
import { inputAt } from './checks';
import { defineOp } from './define';
import { picked } from './index-select';

export type GatherNdAttrs = {
  /** Axes of the data that a position leaves open. */
  readonly axes: Sizes;
};

export const gatherNd = defineOp<GatherNdAttrs>({
  kind: 'gather-nd',
  role: 'shape',
  summary: 'Picks slices at listed positions',
  source: 'https://onnx.ai/onnx/operators/onnx__GatherND.html',
  formula: 'no MACs; the sizes of the index without its last, then the axes of the data that a position leaves open',
  indices: [1],
  reads: (_attrs, inputs, outputs) => picked(inputs, outputs),
  shape: (attrs, inputs): readonly Sizes[] => [[...inputAt(inputs, 1).slice(0, -1), ...attrs.axes.map(axis => inputAt(inputs, 0)[axis] ?? NaN)]],
  examples: [
    { attrs: { axes: [] }, inputs: [[2, 2], [2, 2]], outputs: [[2]] },
    { attrs: { axes: [2] }, inputs: [[2, 2, 2], [2, 1, 2]], outputs: [[2, 1, 2]] },
    { attrs: { axes: [2] }, inputs: [[8, 100, 256], [8, 10, 1]], outputs: [[8, 10, 256]], note: 'one axis is the batch of both' },
  ],
});
