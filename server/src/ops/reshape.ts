/** Views that regroup axes: reshape, flatten, unflatten. */
import { product, type Sizes } from '../tensor/shape';
import { contiguousStrides, viewStrides } from '../tensor/strides';
import { describeSizes, describeTuple, inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp, type Report } from './define';

export type ReshapeAttrs = {
  /** -1 stands for the size that is left over. */
  readonly sizes: Sizes;
  /** A size of 0 copies the input's size at that position (ONNX, Caffe). */
  readonly zeroCopies?: boolean;
  /** Of the input, where the result must share its memory (`.view()` of PyTorch) and they are known. */
  readonly strides?: Sizes;
};

/** The sizes asked for with -1 filled in; a count that cannot fit is reported. */
function filled(wanted: Sizes, count: number, from: Sizes, report: Report, attr: string): Sizes {
  const known = product(wanted.filter(size => size !== -1));
  const open = wanted.filter(size => size === -1).length;
  if (open > 1) {
    report.fail(attr, 'only one size can be -1');
    return wanted.map(size => (size === -1 ? NaN : size));
  }
  if (open === 1) {
    if (known === 0 || count % known !== 0) {
      if (!Number.isNaN(count % known) || known === 0) report.fail(attr, `${describeSizes(from)}${Number.isNaN(count) ? '' : ` (${count} elements)`} cannot be reshaped to ${describeTuple(wanted)}`);
      return wanted.map(size => (size === -1 ? NaN : size));
    }
    return wanted.map(size => (size === -1 ? count / known : size));
  }
  if (known !== count && !Number.isNaN(known) && !Number.isNaN(count)) {
    report.fail(attr, `${describeSizes(from)} (${count} elements) cannot be reshaped to ${describeTuple(wanted)} (${known} elements)`);
    return wanted.map(() => NaN);
  }
  // One unknown size in an otherwise known shape follows from the count.
  const unknown = wanted.filter(Number.isNaN).length;
  const rest = product(wanted.filter(size => !Number.isNaN(size)));
  return unknown === 1 && count % rest === 0 && rest > 0 ? wanted.map(size => (Number.isNaN(size) ? count / rest : size)) : wanted;
}

export const reshape = defineOp<ReshapeAttrs>({
  kind: 'reshape',
  role: 'shape',
  summary: 'Change of shape',
  source: 'https://pytorch.org/docs/stable/generated/torch.reshape.html',
  formula: 'no MACs; the same elements under new sizes',
  fixesInput: true,
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const wanted = attrs.zeroCopies ? attrs.sizes.map((size, axis) => (size === 0 ? (input[axis] ?? NaN) : size)) : attrs.sizes;
    const sizes = filled(wanted, product(input), input, report, 'sizes');
    if (attrs.strides && ![...input, ...attrs.strides, ...sizes].some(Number.isNaN) && !viewStrides(input, attrs.strides, sizes)) {
      report.fail(
        'sizes',
        `after a permutation ${describeSizes(input)} cannot be viewed as ${describeTuple(sizes)}: its elements lie in another order in memory; use reshape, or contiguous() before it`,
      );
    }
    return [sizes];
  },
  view: true,
  strides: (_attrs, input, strides, output) => viewStrides(input, strides, output) ?? contiguousStrides(output),
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: { sizes: [-1, 400] }, inputs: [[8, 16, 5, 5]], outputs: [[8, 400]] },
    { attrs: { sizes: [1, 197, 3, 12, 64] }, inputs: [[1, 197, 2304]], outputs: [[1, 197, 3, 12, 64]] },
    { attrs: { sizes: [0, -1], zeroCopies: true }, inputs: [[8, 16, 5, 5]], outputs: [[8, 400]] },
    { attrs: { sizes: [] }, inputs: [[1, 1]], outputs: [[]] },
    { attrs: { sizes: [8, 4, -1], strides: [40, 1, 8, 4] }, inputs: [[8, 4, 5, 2]], outputs: [[8, 4, 10]], note: 'a view whose joined axes are neighbours' },
  ],
});

export type FlattenAttrs = {
  readonly start: number;
  readonly end: number;
};

export const flatten = defineOp<FlattenAttrs>({
  kind: 'flatten',
  role: 'shape',
  summary: 'Joins neighbouring axes',
  source: 'https://pytorch.org/docs/stable/generated/torch.flatten.html',
  formula: 'no MACs; joined size = Π sizes from start to end',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (input.length === 0) return [[1]];
    const start = resolveAxis(attrs.start, input.length, report, 'start');
    const end = resolveAxis(attrs.end, input.length, report, 'end');
    if (Number.isNaN(start) || Number.isNaN(end)) return [[NaN]];
    if (start > end) {
      report.fail('start', `axis ${start} comes after axis ${end}`);
      return [unknownSizes(input.length)];
    }
    return [[...input.slice(0, start), product(input.slice(start, end + 1)), ...input.slice(end + 1)]];
  },
  view: true,
  strides: (_attrs, input, strides, output) => viewStrides(input, strides, output) ?? contiguousStrides(output),
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: { start: 1, end: -1 }, inputs: [[8, 512, 7, 7]], outputs: [[8, 25_088]] },
    { attrs: { start: 2, end: 3 }, inputs: [[1, 768, 14, 14]], outputs: [[1, 768, 196]] },
    { attrs: { start: 0, end: -1 }, inputs: [[]], outputs: [[1]] },
  ],
});

/** ONNX: always two axes, split before `axis`. */
export type FlattenToMatrixAttrs = { readonly axis: number };

export const flattenToMatrix = defineOp<FlattenToMatrixAttrs>({
  kind: 'flatten-to-matrix',
  role: 'shape',
  summary: 'Joins the axes before and after one into a matrix',
  source: 'https://onnx.ai/onnx/operators/onnx__Flatten.html',
  formula: 'no MACs; Π sizes before the axis × Π sizes from it on',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis === input.length ? input.length : resolveAxis(attrs.axis, input.length, report);
    return Number.isNaN(axis) ? [[NaN, NaN]] : [[product(input.slice(0, axis)), product(input.slice(axis))]];
  },
  view: true,
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: { axis: 1 }, inputs: [[8, 512, 7, 7]], outputs: [[8, 25_088]] },
    { attrs: { axis: 0 }, inputs: [[5, 4]], outputs: [[1, 20]] },
  ],
});

export type UnflattenAttrs = {
  readonly axis: number;
  readonly sizes: Sizes;
};

export const unflatten = defineOp<UnflattenAttrs>({
  kind: 'unflatten',
  role: 'shape',
  summary: 'Splits one axis into several',
  source: 'https://pytorch.org/docs/stable/generated/torch.nn.Unflatten.html',
  formula: 'no MACs; the same elements under new sizes',
  fixesInput: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis)) return [unknownSizes(input.length - 1 + attrs.sizes.length)];
    const size = input[axis] ?? 1;
    return [replaceAt(input, axis, ...filled(attrs.sizes, size, [size], report, 'sizes'))];
  },
  view: true,
  strides: (_attrs, input, strides, output) => viewStrides(input, strides, output),
  fold: (_attrs, contents) => contents.slice(0, 1),
  examples: [
    { attrs: { axis: 1, sizes: [2, -1] }, inputs: [[8, 50]], outputs: [[8, 2, 25]] },
    { attrs: { axis: -1, sizes: [12, 64] }, inputs: [[197, 768]], outputs: [[197, 12, 64]] },
  ],
});
