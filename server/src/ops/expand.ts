/** Views that repeat an axis of size 1 without copying. */
import { broadcast } from '../tensor/broadcast';
import type { Sizes } from '../tensor/shape';
import { describeSizes, describeTuple, inputAt } from './checks';
import { defineOp } from './define';
import { broadcastIndex } from './elementwise';

export type ExpandAttrs = {
  /** Sizes asked for, right-aligned; -1 keeps the input's. */
  readonly sizes: Sizes;
  /** An asked size of 1 keeps the input's size as well (ONNX). */
  readonly mutual?: boolean;
};

export const expand = defineOp<ExpandAttrs>({
  kind: 'expand',
  role: 'shape',
  summary: 'Repeats axes of size 1 as a view',
  source: 'https://pytorch.org/docs/stable/generated/torch.Tensor.expand.html',
  formula: 'no MACs; a view',
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const missing = attrs.sizes.length - input.length;
    const refused = (): void => { report.fail('sizes', `${describeSizes(input)} cannot be expanded to ${describeTuple(attrs.sizes)}`); };
    if (attrs.mutual) {
      const both = broadcast([input, attrs.sizes]);
      if (both.clashFromEnd !== undefined) refused();
      return [both.sizes];
    }
    if (missing < 0) {
      refused();
      return [attrs.sizes.map(() => NaN)];
    }
    const result = attrs.sizes.map((wanted, axis) => {
      const size = axis < missing ? 1 : (input[axis - missing] ?? NaN);
      if (wanted === -1) return axis < missing ? NaN : size;
      return wanted;
    });
    if (attrs.sizes.slice(0, missing).includes(-1)) report.fail('sizes', 'a new axis cannot keep a size (-1)');
    if (result.some((wanted, axis) => axis >= missing && input[axis - missing] !== 1 && Math.abs(wanted - (input[axis - missing] ?? NaN)) > 0)) refused();
    return [result];
  },
  view: true,
  fold: (_attrs, contents, inputs, outputs) => [broadcastIndex(inputAt(inputs, 0), inputAt(outputs, 0)).map(index => contents[0]?.[index] ?? NaN)],
  examples: [
    { attrs: { sizes: [8, -1, -1] }, inputs: [[1, 1, 768]], outputs: [[8, 1, 768]], note: 'the class token of a batch' },
    { attrs: { sizes: [2, 3, 4] }, inputs: [[3, 1]], outputs: [[2, 3, 4]] },
    { attrs: { sizes: [2, 1, 6], mutual: true }, inputs: [[3, 1]], outputs: [[2, 3, 6]] },
  ],
});

export type BroadcastAttrs = Readonly<Record<string, never>>;

export const broadcastTensors = defineOp<BroadcastAttrs>({
  kind: 'broadcast',
  role: 'shape',
  summary: 'Expands several tensors to one shape',
  source: 'https://pytorch.org/docs/stable/generated/torch.broadcast_tensors.html',
  formula: 'no MACs; views',
  shape: (_attrs, inputs, report) => {
    const { sizes, clashFromEnd } = broadcast(inputs);
    if (clashFromEnd !== undefined) report.fail('', `sizes ${inputs.map(describeSizes).join(' and ')} do not broadcast`);
    return inputs.map(() => sizes);
  },
  dtype: (_attrs, inputs) => inputs,
  view: true,
  fold: (_attrs, contents, inputs, outputs) => inputs.map((input, i) => broadcastIndex(input, outputs[i] ?? []).map(index => contents[i]?.[index] ?? NaN)),
  examples: [
    { attrs: {}, inputs: [[1, 3], [2, 1]], outputs: [[2, 3], [2, 3]] },
    { attrs: {}, inputs: [[8, 1, 4], [5, 1]], outputs: [[8, 5, 4], [8, 5, 4]] },
  ],
});
