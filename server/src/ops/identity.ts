/** Operators that hand their input on: as it is, as a copy, or in another element type. */
import type { DType } from '../tensor/dtype';
import { isFloating } from '../tensor/dtype';
import type { Sizes } from '../tensor/shape';
import { inputAt } from './checks';
import { defineOp, type Attrs } from './define';

export const identity = defineOp<Attrs>({
  kind: 'identity',
  role: 'shape',
  summary: 'Identity',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Identity.html',
  formula: 'no MACs; the input itself',
  keepsWeights: true,
  foldsUnknown: true,
  elementwise: true,
  shape: (_attrs, inputs) => [inputAt(inputs, 0)],
  view: true,
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: {}, inputs: [[8, 64, 7, 7]], outputs: [[8, 64, 7, 7]] },
    { attrs: {}, inputs: [[]], outputs: [[]] },
  ],
});

export type FanOutAttrs = { readonly count: number };

export const fanOut = defineOp<FanOutAttrs>({
  kind: 'fan-out',
  role: 'shape',
  summary: 'The same tensor under several names',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/split.html',
  formula: 'no MACs; views of the input',
  shape: (attrs, inputs) => new Array<Sizes>(attrs.count >= 0 && attrs.count <= 4096 ? attrs.count : 1).fill(inputAt(inputs, 0)),
  view: true,
  examples: [
    { attrs: { count: 2 }, inputs: [[8, 64, 7, 7]], outputs: [[8, 64, 7, 7], [8, 64, 7, 7]] },
    { attrs: { count: 1 }, inputs: [[3]], outputs: [[3]] },
  ],
});

export const sink = defineOp<Attrs>({
  kind: 'sink',
  role: 'shape',
  summary: 'Takes its inputs and makes nothing',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/silence.html',
  formula: 'no MACs; no output',
  reads: (_attrs, inputs) => inputs.map(() => 0),
  shape: () => [],
  examples: [
    { attrs: {}, inputs: [[8, 10]], outputs: [] },
    { attrs: {}, inputs: [[8, 10], [8]], outputs: [] },
  ],
});

export const clone = defineOp<Attrs>({
  kind: 'clone',
  role: 'shape',
  summary: 'Copy',
  source: 'https://pytorch.org/docs/stable/generated/torch.clone.html',
  formula: 'no MACs; a copy of the input',
  elementwise: true,
  shape: (_attrs, inputs) => [inputAt(inputs, 0)],
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: {}, inputs: [[8, 64, 7, 7]], outputs: [[8, 64, 7, 7]] },
    { attrs: {}, inputs: [[3]], outputs: [[3]] },
  ],
});

export type CastAttrs = {
  readonly dtype: DType;
  /** False when the input already has this type and is handed on. */
  readonly copies: boolean;
};

/** A value as an element type holds it. */
export function stored(value: number, dtype: DType): number {
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  if (dtype === 'float32') return Math.fround(value);
  return isFloating(dtype) || dtype.startsWith('complex') ? value : Math.trunc(value);
}

export const cast = defineOp<CastAttrs>({
  kind: 'cast',
  role: 'shape',
  summary: 'Change of element type',
  source: 'https://pytorch.org/docs/stable/generated/torch.Tensor.to.html',
  formula: 'no MACs; one value per element',
  keepsWeights: true,
  foldsUnknown: true,
  elementwise: true,
  shape: (_attrs, inputs) => [inputAt(inputs, 0)],
  dtype: attrs => [attrs.dtype],
  view: attrs => !attrs.copies,
  fold: (attrs, contents) => contents.slice(0, 1).map(content => content.map(value => stored(value, attrs.dtype))),
  examples: [
    { attrs: { dtype: 'float16', copies: true }, inputs: [[8, 3, 224, 224]], outputs: [[8, 3, 224, 224]] },
    { attrs: { dtype: 'float32', copies: false }, inputs: [[5]], outputs: [[5]] },
  ],
});
