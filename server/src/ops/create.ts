/** Tensors made out of nothing: filled, random, counted, and their contents where these are certain. */
import type { DType } from '../tensor/dtype';
import { product, type Sizes } from '../tensor/shape';
import { inputAt } from './checks';
import { defineOp, type Content } from './define';
import { stored } from './identity';

export type CreateAttrs = {
  readonly function: 'full' | 'random' | 'uninitialized';
  /** Null: the sizes of the input (zeros_like and its kin). */
  readonly sizes: Sizes | null;
  readonly value?: number;
  readonly dtype: DType;
};

export const create = defineOp<CreateAttrs>({
  kind: 'create',
  role: 'constant',
  summary: 'A new tensor',
  source: 'https://pytorch.org/docs/stable/torch.html#creation-ops',
  formula: 'no MACs; the sizes asked for',
  keepsWeights: true,
  reads: (_attrs, inputs) => inputs.map(() => 0),
  shape: (attrs, inputs) => [attrs.sizes ?? inputAt(inputs, 0)],
  dtype: attrs => [attrs.dtype],
  fold: (attrs, _contents, _inputs, outputs) => {
    if (attrs.function !== 'full' || attrs.value === undefined || Number.isNaN(attrs.value)) return undefined;
    return [new Array<number>(product(inputAt(outputs, 0))).fill(stored(attrs.value, attrs.dtype))];
  },
  examples: [
    { attrs: { function: 'full', sizes: [1, 1, 768], value: 0, dtype: 'float32' }, inputs: [], outputs: [[1, 1, 768]] },
    { attrs: { function: 'random', sizes: null, dtype: 'float32' }, inputs: [[8, 16]], outputs: [[8, 16]] },
  ],
});

export type ConstantAttrs = {
  readonly sizes: Sizes;
  /** Row-major; empty when the values are not known. */
  readonly values: Content;
  readonly dtype: DType;
};

export const constant = defineOp<ConstantAttrs>({
  kind: 'constant',
  role: 'constant',
  summary: 'A tensor of given values',
  source: 'https://pytorch.org/docs/stable/generated/torch.tensor.html',
  formula: 'no MACs; the sizes of the data',
  keepsWeights: true,
  shape: attrs => [attrs.sizes],
  dtype: attrs => [attrs.dtype],
  fold: (attrs, _contents, _inputs, outputs) => attrs.values.length === product(inputAt(outputs, 0)) ? [attrs.values.map(value => stored(value, attrs.dtype))] : undefined,
  examples: [
    { attrs: { sizes: [3], values: [1, 2, 3], dtype: 'int64' }, inputs: [], outputs: [[3]] },
    { attrs: { sizes: [], values: [0.5], dtype: 'float32' }, inputs: [], outputs: [[]] },
  ],
});

export type RangeAttrs = {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly dtype: DType;
};

export const range = defineOp<RangeAttrs>({
  kind: 'range',
  role: 'constant',
  summary: 'Evenly spaced values by step',
  source: 'https://pytorch.org/docs/stable/generated/torch.arange.html',
  formula: 'no MACs; ⌈(stop − start) / step⌉ values',
  shape: (attrs, _inputs, report) => {
    const count = Math.ceil((attrs.stop - attrs.start) / attrs.step);
    if (attrs.step === 0 || count < 0) {
      report.fail('step', `a step of ${attrs.step} does not lead from ${attrs.start} to ${attrs.stop}`);
      return [[NaN]];
    }
    return [[count]];
  },
  dtype: attrs => [attrs.dtype],
  fold: (attrs, _contents, _inputs, outputs) => [Array.from({ length: inputAt(outputs, 0)[0] ?? 0 }, (_, i) => stored(attrs.start + i * attrs.step, attrs.dtype))],
  examples: [
    { attrs: { start: 0, stop: 7, step: 1, dtype: 'int64' }, inputs: [], outputs: [[7]] },
    { attrs: { start: 1, stop: 2.5, step: 0.5, dtype: 'float32' }, inputs: [], outputs: [[3]] },
    { attrs: { start: 5, stop: 0, step: -2, dtype: 'int64' }, inputs: [], outputs: [[3]] },
  ],
});

export type LinspaceAttrs = {
  readonly start: number;
  readonly stop: number;
  readonly steps: number;
  readonly dtype: DType;
  /** Values are powers of this base (logspace). */
  readonly base?: number;
};

/** Counted from both ends in the element type, as PyTorch does. Source: pytorch.org/docs/stable/generated/torch.linspace.html. */
function linspaceValues(attrs: LinspaceAttrs): Content {
  const { start, stop, steps, dtype } = attrs;
  const single = dtype === 'float32' ? Math.fround : (value: number): number => value;
  const step = single((stop - start) / (steps - 1));
  const values = Array.from({ length: steps }, (_, i) => (steps === 1 ? start : i < Math.floor(steps / 2) ? single(start + single(step * i)) : single(stop - single(step * (steps - 1 - i)))));
  return values.map(value => stored(attrs.base === undefined ? value : attrs.base ** value, dtype));
}

export const linspace = defineOp<LinspaceAttrs>({
  kind: 'linspace',
  role: 'constant',
  summary: 'Evenly spaced values by number',
  source: 'https://pytorch.org/docs/stable/generated/torch.linspace.html',
  formula: 'no MACs; the number of values asked for',
  shape: (attrs, _inputs, report) => {
    if (attrs.steps < 0) report.fail('steps', `${attrs.steps} values are not possible`);
    return [[attrs.steps < 0 ? NaN : attrs.steps]];
  },
  dtype: attrs => [attrs.dtype],
  fold: attrs => Number.isNaN(attrs.start + attrs.stop) ? undefined : [linspaceValues(attrs)],
  examples: [
    { attrs: { start: 0, stop: 0.1, steps: 12, dtype: 'float32' }, inputs: [], outputs: [[12]] },
    { attrs: { start: 0, stop: 1, steps: 1, dtype: 'float32' }, inputs: [], outputs: [[1]] },
  ],
});

export type EyeAttrs = {
  readonly rows: number;
  readonly columns: number;
  readonly dtype: DType;
};

export const eye = defineOp<EyeAttrs>({
  kind: 'eye',
  role: 'constant',
  summary: 'Identity matrix',
  source: 'https://pytorch.org/docs/stable/generated/torch.eye.html',
  formula: 'no MACs; rows × columns',
  shape: attrs => [[attrs.rows, attrs.columns]],
  dtype: attrs => [attrs.dtype],
  fold: attrs => [Array.from({ length: attrs.rows * attrs.columns }, (_, i) => (Math.floor(i / attrs.columns) === i % attrs.columns ? 1 : 0))],
  examples: [
    { attrs: { rows: 3, columns: 3, dtype: 'float32' }, inputs: [], outputs: [[3, 3]] },
    { attrs: { rows: 2, columns: 5, dtype: 'float32' }, inputs: [], outputs: [[2, 5]] },
  ],
});

export type TriangleIndicesAttrs = {
  readonly function: 'lower' | 'upper';
  readonly rows: number;
  readonly columns: number;
  readonly offset: number;
};

function triangle(attrs: TriangleIndicesAttrs): readonly Content[] {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let row = 0; row < attrs.rows; row++) {
    for (let column = 0; column < attrs.columns; column++) {
      if (attrs.function === 'lower' ? column - row > attrs.offset : column - row < attrs.offset) continue;
      rows.push(row);
      columns.push(column);
    }
  }
  return [rows, columns];
}

/** Elements on the kept side, counted row by row without building them. */
function triangleCount({ function: side, rows, columns, offset }: TriangleIndicesAttrs): number {
  // Beyond this the loop would take longer than anyone waits.
  if (!(rows <= 1e6) || Number.isNaN(columns + offset)) return NaN;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const lower = Math.min(Math.max(row + offset + 1, 0), columns);
    count += side === 'lower' ? lower : columns - Math.min(Math.max(row + offset, 0), columns);
  }
  return count;
}

export const triangleIndices = defineOp<TriangleIndicesAttrs>({
  kind: 'triangle-indices',
  role: 'constant',
  summary: 'Row and column of every element of a triangle',
  source: 'https://pytorch.org/docs/stable/generated/torch.tril_indices.html',
  formula: 'no MACs; two rows of indices',
  shape: attrs => [[2, triangleCount(attrs)]],
  dtype: () => ['int64'],
  fold: attrs => [triangle(attrs).flat()],
  examples: [
    { attrs: { function: 'lower', rows: 3, columns: 3, offset: 0 }, inputs: [], outputs: [[2, 6]] },
    { attrs: { function: 'upper', rows: 3, columns: 4, offset: 1 }, inputs: [], outputs: [[2, 6]] },
  ],
});

/** The input's sizes as a tensor (ONNX Shape, Keras ops.shape). */
export type ShapeOfAttrs = {
  readonly start?: number;
  readonly end?: number;
};

export const shapeOf = defineOp<ShapeOfAttrs>({
  kind: 'shape-of',
  role: 'constant',
  summary: 'The sizes of a tensor, as a tensor',
  source: 'https://onnx.ai/onnx/operators/onnx__Shape.html',
  formula: 'no MACs; one value per axis',
  reads: (_attrs, inputs) => inputs.map(() => 0),
  shape: ({ start = 0, end }, inputs) => [[Number.isNaN(start + (end ?? 0)) ? NaN : inputAt(inputs, 0).slice(start, end).length]],
  dtype: () => ['int64'],
  fold: (attrs, _contents, inputs) => {
    const sizes = inputAt(inputs, 0).slice(attrs.start, attrs.end);
    return sizes.some(Number.isNaN) ? undefined : [sizes];
  },
  examples: [
    { attrs: {}, inputs: [[8, 3, 32, 32]], outputs: [[4]] },
    { attrs: { start: -2 }, inputs: [[8, 3, 32, 32]], outputs: [[2]] },
  ],
});
