/** Selecting with an index tensor: rows along an axis, elements along an axis, and writing them back. */
import { broadcast } from '../tensor/broadcast';
import { product, type Sizes } from '../tensor/shape';
import { describeSizes, inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';
import { walk } from './elementwise';

/** What a lookup reads: the elements it picks, of which it may pick some more than once, and all of the indices. */
export function picked(inputs: readonly Sizes[], outputs: readonly Sizes[]): Sizes {
  return inputs.map((sizes, i) => (i === 0 ? Math.min(product(inputAt(outputs, 0)), product(sizes)) : product(sizes)));
}

export type IndexSelectAttrs = {
  readonly axis: number;
};

export const indexSelect = defineOp<IndexSelectAttrs>({
  kind: 'index-select',
  role: 'shape',
  summary: 'Picks entries of an axis; the index takes the place of the axis',
  source: 'https://onnx.ai/onnx/operators/onnx__Gather.html',
  formula: 'no MACs; the axis is replaced by the sizes of the index',
  foldsUnknown: true,
  indices: [1],
  reads: (_attrs, inputs, outputs) => picked(inputs, outputs),
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const index = inputAt(inputs, 1);
    const axis = resolveAxis(attrs.axis, input.length, report);
    return [Number.isNaN(axis) ? unknownSizes(input.length - 1 + index.length) : replaceAt(input, axis, ...index)];
  },
  fold: (attrs, contents, inputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    const size = input[axis] ?? 1;
    const inner = product(input.slice(axis + 1));
    const blocks = product(input.slice(0, axis));
    const [values = [], indices = []] = contents;
    return [Array.from({ length: blocks }, (_, block) => indices.flatMap(index =>
      Array.from({ length: inner }, (__, offset) => values[(block * size + (index < 0 ? index + size : index)) * inner + offset] ?? NaN))).flat()];
  },
  examples: [
    { attrs: { axis: 0 }, inputs: [[5, 3], [2]], outputs: [[2, 3]] },
    { attrs: { axis: 1 }, inputs: [[8, 5, 3], [2, 4]], outputs: [[8, 2, 4, 3]] },
    { attrs: { axis: 1 }, inputs: [[8, 5, 3], []], outputs: [[8, 3]], note: 'one index' },
  ],
});

export type GatherAttrs = {
  readonly axis: number;
  /** The other axes of input and index broadcast (take_along_dim). */
  readonly broadcast?: boolean;
};

export const gather = defineOp<GatherAttrs>({
  kind: 'gather',
  role: 'shape',
  summary: 'Picks one element per index along an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.gather.html',
  formula: 'no MACs; one value per index',
  foldsUnknown: true,
  indices: [1],
  reads: (_attrs, inputs, outputs) => picked(inputs, outputs),
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const index = inputAt(inputs, 1);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (input.length !== index.length) report.fail('', `input ${describeSizes(input)} and index ${describeSizes(index)} need the same number of dimensions`);
    if (!attrs.broadcast || input.length !== index.length) return [index];
    if (Number.isNaN(axis)) return [unknownSizes(index.length)];
    const { sizes, clashFromEnd } = broadcast([replaceAt(input, axis, 1), replaceAt(index, axis, 1)]);
    if (clashFromEnd !== undefined) report.fail('', `input ${describeSizes(input)} and index ${describeSizes(index)} do not broadcast`);
    return [index.length === 0 ? [] : replaceAt(sizes, axis, index[axis] ?? NaN)];
  },
  fold: (attrs, contents, inputs) => {
    const [input, index] = [inputAt(inputs, 0), inputAt(inputs, 1)];
    if (attrs.broadcast || input.length === 0) return undefined;
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    const strides = input.map((_, i) => product(input.slice(i + 1)));
    // Where each element of the index stands in the input, but for its place along the axis.
    const others = walk(index, strides.map((stride, i) => (i === axis ? 0 : stride)));
    const [values = [], indices = []] = contents;
    return [indices.map((entry, i) => values[(others[i] ?? 0) + (entry < 0 ? entry + (input[axis] ?? 0) : entry) * (strides[axis] ?? 1)] ?? NaN)];
  },
  examples: [
    { attrs: { axis: 1 }, inputs: [[8, 1000], [8, 5]], outputs: [[8, 5]] },
    { attrs: { axis: -1, broadcast: true }, inputs: [[4, 1, 10], [1, 3, 2]], outputs: [[4, 3, 2]] },
  ],
});

export type ScatterAttrs = {
  readonly axis: number;
  readonly function?: 'assign' | 'add' | 'multiply' | 'minimum' | 'maximum' | 'mean';
};

/** Inputs: the tensor written to, the index and, unless it is a number, the values. */
export const scatter = defineOp<ScatterAttrs>({
  kind: 'scatter',
  role: 'shape',
  summary: 'Writes values at indices along an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.scatter.html',
  formula: 'no MACs; sizes of the input',
  indices: [1],
  shape: (attrs, inputs, report) => {
    resolveAxis(attrs.axis, inputAt(inputs, 0).length, report);
    return [inputAt(inputs, 0)];
  },
  examples: [
    { attrs: { axis: 1 }, inputs: [[8, 10], [8, 1]], outputs: [[8, 10]] },
    { attrs: { axis: 0, function: 'add' }, inputs: [[5, 3], [7, 3], [7, 3]], outputs: [[5, 3]] },
  ],
});

/** `x[…] = y`: the whole of x, changed in place. Inputs: x and, when they are tensors, the values. */
export const assign = defineOp<Readonly<Record<string, never>>>({
  kind: 'assign',
  role: 'shape',
  summary: 'Writes into part of a tensor',
  source: 'https://pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html',
  formula: 'no MACs; the input itself',
  reads: (_attrs, inputs) => [0, ...inputs.slice(1).map(product)],
  // Which part is overwritten is not among its attributes.
  writes: () => NaN,
  shape: (_attrs, inputs: readonly Sizes[]) => [inputAt(inputs, 0)],
  view: true,
  examples: [
    { attrs: {}, inputs: [[1, 56, 56, 1], []], outputs: [[1, 56, 56, 1]] },
    { attrs: {}, inputs: [[8, 4]], outputs: [[8, 4]] },
  ],
});
