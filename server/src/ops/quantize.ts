/** Quantisation whose scale and zero point follow from the data. */
import { inputAt } from './checks';
import { defineOp, type Attrs } from './define';

export const dynamicQuantize = defineOp<Attrs>({
  kind: 'dynamic-quantize',
  role: 'shape',
  summary: 'Quantisation to 8 bits with the scale taken from the data',
  source: 'https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html',
  formula: 'no MACs; one value per element, a scale and a zero point',
  keepsWeights: true,
  shape: (_attrs, inputs) => [inputAt(inputs, 0), [], []],
  dtype: () => ['uint8', 'float32', 'uint8'],
  examples: [
    { attrs: {}, inputs: [[1, 64, 56, 56]], outputs: [[1, 64, 56, 56], [], []] },
    { attrs: {}, inputs: [[6]], outputs: [[6], [], []] },
  ],
});
