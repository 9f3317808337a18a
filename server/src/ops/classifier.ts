/** Linear classification: one score per class and the class that wins. */
import { inputAt } from './checks';
import { defineOp } from './define';

export type LinearClassifierAttrs = {
  readonly inFeatures: number;
  /** Rows of coefficients: one for two classes, else one per class. */
  readonly rows: number;
  readonly classes: number;
};

export const linearClassifier = defineOp<LinearClassifierAttrs>({
  kind: 'linear-classifier',
  role: 'product',
  summary: 'Linear classifier',
  source: 'https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html',
  formula: 'N × F_in × rows of coefficients',
  symbols: (attrs, _inputs, outputs) => ({ N: inputAt(outputs, 0)[0] ?? NaN, F_in: attrs.inFeatures, 'rows of coefficients': attrs.rows }),
  shape: (attrs, inputs) => {
    const input = inputAt(inputs, 0);
    const batch = input.length < 2 ? 1 : (input[0] ?? NaN);
    return [[batch], [batch, attrs.classes]];
  },
  dtype: () => ['int64', 'float32'],
  macs: (attrs, _inputs, outputs) => (inputAt(outputs, 0)[0] ?? NaN) * attrs.inFeatures * attrs.rows,
  examples: [
    { attrs: { inFeatures: 4, rows: 3, classes: 3 }, inputs: [[10, 4]], outputs: [[10], [10, 3]], macs: 120 },
    { attrs: { inFeatures: 12, rows: 1, classes: 2 }, inputs: [[12]], outputs: [[1], [1, 2]], macs: 12, note: 'two classes' },
  ],
});
