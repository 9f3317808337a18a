/** Operators that hand their input on: as it is, as a copy, or in another element type. */
import type { DType } from '../tensor/dtype';
import { isFloating } from '../tensor/dtype';
import { inputAt } from './checks';
import { defineOp, type Attrs } from './define';

export const identity = defineOp<Attrs>({
  kind: 'identity',
  role: 'shape',
  summary: 'Identity',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Identity.html',
  formula: 'no MACs; the input itself',
  shape: (_attrs, inputs) => [inputAt(inputs, 0)],
  view: true,
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: {}, inputs: [[8, 64, 7, 7]], outputs: [[8, 64, 7, 7]] },
    { attrs: {}, inputs: [[]], outputs: [[]] },
  ],
});

export const clone = defineOp<Attrs>({
  kind: 'clone',
  role: 'shape',
  summary: 'Copy',
  source: 'https://pytorch.org/docs/stable/generated/torch.clone.html',
  formula: 'no MACs; a copy of the input',
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
  shape: (_attrs, inputs) => [inputAt(inputs, 0)],
  dtype: attrs => [attrs.dtype],
  view: attrs => !attrs.copies,
  fold: (attrs, contents) => contents.slice(0, 1).map(content => content.map(value => stored(value, attrs.dtype))),
  examples: [
    { attrs: { dtype: 'float16', copies: true }, inputs: [[8, 3, 224, 224]], outputs: [[8, 3, 224, 224]] },
    { attrs: { dtype: 'float32', copies: false }, inputs: [[5]], outputs: [[5]] },
  ],
});
