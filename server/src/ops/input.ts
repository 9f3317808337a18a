/** What goes into a network, as a row of its own where the format has one. */
import { defineOp, type Attrs } from './define';

export const input = defineOp<Attrs>({
  kind: 'input',
  role: 'constant',
  summary: 'Input of the network',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/input.html',
  formula: 'no MACs; the sizes stated',
  // It lies in memory before the network runs.
  writes: () => 0,
  shape: (_attrs, inputs) => inputs,
  dtype: (_attrs, inputs) => inputs,
  view: true,
  examples: [
    { attrs: {}, inputs: [[1, 3, 224, 224]], outputs: [[1, 3, 224, 224]] },
    { attrs: {}, inputs: [[64, 1, 28, 28], [64]], outputs: [[64, 1, 28, 28], [64]], note: 'images and labels' },
  ],
});
