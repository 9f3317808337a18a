/** Views of part of an axis: one entry, a run, or a slice with a step. */
import { product, type Sizes } from '../tensor/shape';
import { inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp, type Content } from './define';
import { resolveSlice } from './index';
import { sliceContent } from './split';

export type SelectAttrs = {
  readonly axis: number;
  readonly index: number;
};

export const select = defineOp<SelectAttrs>({
  kind: 'select',
  role: 'shape',
  summary: 'One entry of an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.select.html',
  formula: 'no MACs; the axis goes',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis)) return [unknownSizes(input.length - 1)];
    const size = input[axis] ?? NaN;
    if (attrs.index >= size || attrs.index < -size) report.fail('index', `index ${attrs.index} is out of range for axis ${axis} of size ${size}`);
    return [input.filter((_, i) => i !== axis)];
  },
  view: true,
  fold: (attrs, contents, inputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    return [sliceContent(contents[0] ?? [], input, axis, attrs.index < 0 ? attrs.index + (input[axis] ?? 0) : attrs.index, 1)];
  },
  examples: [
    { attrs: { axis: 1, index: 0 }, inputs: [[8, 197, 768]], outputs: [[8, 768]] },
    { attrs: { axis: -1, index: -1 }, inputs: [[5, 3]], outputs: [[5]] },
  ],
});

export type SliceAttrs = {
  readonly axes: Sizes;
  readonly starts: readonly (number | null)[];
  readonly stops: readonly (number | null)[];
  readonly steps: readonly (number | null)[];
};

/** Every step-th entry of an axis, from the start on; a negative step counts down. */
function stridedContent(content: Content, sizes: Sizes, axis: number, run: { readonly start: number; readonly step: number; readonly count: number }): Content {
  const inner = product(sizes.slice(axis + 1));
  const blocks = product(sizes.slice(0, axis));
  const size = sizes[axis] ?? 1;
  const result: number[] = [];
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < run.count; i++) {
      const from = (block * size + run.start + i * run.step) * inner;
      for (let offset = 0; offset < inner; offset++) result.push(content[from + offset] ?? NaN);
    }
  }
  return result;
}

export const slice = defineOp<SliceAttrs>({
  kind: 'slice',
  role: 'shape',
  summary: 'A run of some axes',
  source: 'https://onnx.ai/onnx/operators/onnx__Slice.html',
  formula: 'no MACs; out size = ⌈(stop − start) / step⌉',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    let sizes = inputAt(inputs, 0);
    attrs.axes.forEach((named, i) => {
      const axis = resolveAxis(named, sizes.length, report, 'axes');
      const size = sizes[axis];
      if (size === undefined) {
        if (Number.isNaN(axis)) sizes = unknownSizes(sizes.length);
        return;
      }
      sizes = replaceAt(sizes, axis, resolveSlice({ start: attrs.starts[i] ?? null, stop: attrs.stops[i] ?? null, step: attrs.steps[i] ?? null }, size).count);
    });
    return [sizes];
  },
  view: true,
  fold: (attrs, contents, inputs) => {
    let sizes = inputAt(inputs, 0);
    let content = contents[0] ?? [];
    for (const [i, named] of attrs.axes.entries()) {
      const axis = named < 0 ? named + sizes.length : named;
      const run = resolveSlice({ start: attrs.starts[i] ?? null, stop: attrs.stops[i] ?? null, step: attrs.steps[i] ?? null }, sizes[axis] ?? 0);
      content = run.step === 1 ? sliceContent(content, sizes, axis, run.start, run.count) : stridedContent(content, sizes, axis, run);
      sizes = replaceAt(sizes, axis, run.count);
    }
    return [content];
  },
  examples: [
    { attrs: { axes: [1], starts: [1], stops: [null], steps: [null] }, inputs: [[8, 197, 768]], outputs: [[8, 196, 768]] },
    { attrs: { axes: [0, -1], starts: [0, -1], stops: [2, -10], steps: [1, -2] }, inputs: [[5, 3, 7]], outputs: [[2, 3, 4]] },
  ],
});

export type NarrowAttrs = {
  readonly axis: number;
  readonly start: number;
  readonly length: number;
};

export const narrow = defineOp<NarrowAttrs>({
  kind: 'narrow',
  role: 'shape',
  summary: 'A run of one axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.narrow.html',
  formula: 'no MACs; out size = length',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis) || input.length === 0) return [unknownSizes(input.length)];
    const size = input[axis] ?? NaN;
    const start = attrs.start < 0 ? attrs.start + size : attrs.start;
    if (start + attrs.length > size || start < 0) report.fail('length', `start ${attrs.start} and length ${attrs.length} exceed axis ${axis} of size ${size}`);
    return [replaceAt(input, axis, attrs.length)];
  },
  view: true,
  fold: (attrs, contents, inputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    return [sliceContent(contents[0] ?? [], input, axis, attrs.start < 0 ? attrs.start + (input[axis] ?? 0) : attrs.start, attrs.length)];
  },
  examples: [
    { attrs: { axis: 1, start: 16, length: 32 }, inputs: [[8, 64, 7, 7]], outputs: [[8, 32, 7, 7]] },
    { attrs: { axis: 0, start: -2, length: 2 }, inputs: [[5]], outputs: [[2]] },
  ],
});

export type CropLikeAttrs = {
  /** From this axis on the first input is cut to the sizes of the second. */
  readonly axis: number;
  /** Where the cut begins: one entry for all axes, or one each. */
  readonly offsets: Sizes;
};

/** Inputs: the tensor that is cut, and the one whose sizes it takes. */
export const cropLike = defineOp<CropLikeAttrs>({
  kind: 'crop-like',
  role: 'shape',
  summary: 'Cuts a tensor to the size of another',
  source: 'https://caffe.berkeleyvision.org/tutorial/layers/crop.html',
  formula: 'no MACs; from the axis on the sizes of the second input',
  reads: (_attrs, _inputs, outputs) => [product(inputAt(outputs, 0)), 0],
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const like = inputAt(inputs, 1);
    const first = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(first)) return [unknownSizes(input.length)];
    return [input.map((size, axis) => {
      if (axis < first) return size;
      const wanted = like[axis] ?? NaN;
      const offset = attrs.offsets[attrs.offsets.length === 1 ? 0 : axis - first] ?? 0;
      if (size - offset < wanted) report.fail('offsets', `axis ${axis} of size ${size} cannot be cut to ${wanted} from ${offset} on`);
      return wanted;
    })];
  },
  examples: [
    { attrs: { axis: 2, offsets: [19] }, inputs: [[1, 21, 544, 544], [1, 3, 500, 500]], outputs: [[1, 21, 500, 500]], note: 'the last layer of FCN' },
    { attrs: { axis: 1, offsets: [0, 5] }, inputs: [[8, 10, 20], [1, 4, 6]], outputs: [[8, 4, 6]] },
  ],
});
