/** Picks slices at positions that an index tensor lists. */
import type { Sizes } from '../tensor/shape';
import { inputAt } from './checks';
import { defineOp } from './define';

export type GatherNdAttrs = {
  /** Leading axes that data and indices share. */
  readonly batchAxes: number;
};

export const gatherNd = defineOp<GatherNdAttrs>({
  kind: 'gather-nd',
  role: 'shape',
  summary: 'Picks slices at listed positions',
  source: 'https://onnx.ai/onnx/operators/onnx__GatherND.html',
  formula: 'no MACs; the sizes of the index without its last, then the axes of the data that a position leaves open',
  shape: (attrs, inputs, report): readonly Sizes[] => {
    const data = inputAt(inputs, 0);
    const index = inputAt(inputs, 1);
    const places = index[index.length - 1] ?? NaN;
    if (Number.isNaN(places)) return [[NaN]];
    if (places > data.length - attrs.batchAxes) report.fail('', `positions of ${places} entries do not fit data of ${data.length} dimensions`);
    return [[...index.slice(0, -1), ...data.slice(attrs.batchAxes + places)]];
  },
  examples: [
    { attrs: { batchAxes: 0 }, inputs: [[2, 2], [2, 2]], outputs: [[2]] },
    { attrs: { batchAxes: 0 }, inputs: [[2, 2, 2], [2, 1, 2]], outputs: [[2, 1, 2]] },
    { attrs: { batchAxes: 1 }, inputs: [[8, 100, 256], [8, 10, 1]], outputs: [[8, 10, 256]] },
  ],
});
