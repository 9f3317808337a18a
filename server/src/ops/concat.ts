/** Joining tensors: along an axis they have, or along a new one. */
import { promote } from '../tensor/dtype';
import { product, type Sizes } from '../tensor/shape';
import { describeSizes, inputAt, resolveAxis, replaceAt, unknownSizes } from './checks';
import { defineOp, type Content } from './define';

export type ConcatAttrs = { readonly axis: number };

/** Interleaves the inputs block by block: a block is everything from the axis on. */
function joined(contents: readonly Content[], inputs: readonly Sizes[], axis: number): Content {
  const blocks = product(inputAt(inputs, 0).slice(0, axis));
  const result: number[] = [];
  for (let block = 0; block < blocks; block++) {
    contents.forEach((content, i) => {
      const length = product(inputAt(inputs, i).slice(axis));
      for (let offset = 0; offset < length; offset++) result.push(content[block * length + offset] ?? NaN);
    });
  }
  return result;
}

/** An empty 1-D tensor joins anything (a PyTorch courtesy that growing loops rely on). */
function isEmptyStart(sizes: Sizes): boolean {
  return sizes.length === 1 && sizes[0] === 0;
}

export const concat = defineOp<ConcatAttrs>({
  kind: 'concat',
  role: 'concat',
  summary: 'Concatenation',
  source: 'https://pytorch.org/docs/stable/generated/torch.cat.html',
  formula: 'no MACs; out size = Σ sizes along the axis',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const parts = inputs.some(input => !isEmptyStart(input)) ? inputs.filter(input => !isEmptyStart(input)) : inputs;
    const first = parts[0];
    if (!first) {
      report.fail('', 'nothing to concatenate');
      return [[NaN]];
    }
    const axis = resolveAxis(attrs.axis, first.length, report);
    if (first.length === 0) report.fail('', 'scalars cannot be concatenated');
    if (Number.isNaN(axis) || first.length === 0) return [unknownSizes(first.length)];
    const other = parts.find(part => part.length !== first.length);
    // An unknown number of elements may be none.
    if (other && parts.some(part => part.length === 1 && Number.isNaN(part[0]))) return [unknownSizes(Math.max(...parts.map(part => part.length)))];
    if (other) {
      report.fail('', `tensors of different rank cannot be concatenated: ${describeSizes(first)} and ${describeSizes(other)}`);
      return [unknownSizes(first.length)];
    }
    const clash = parts.find(part => part.some((size, i) => i !== axis && Math.abs(size - (first[i] ?? NaN)) > 0));
    if (clash) report.fail('', `${describeSizes(first)} and ${describeSizes(clash)} differ in more than axis ${axis}`);
    const merged = first.map((size, i) => parts.reduce((known, part) => (Number.isNaN(known) ? (part[i] ?? NaN) : known), size));
    return [replaceAt(clash ? unknownSizes(first.length) : merged, axis, parts.reduce((total, part) => total + (part[axis] ?? NaN), 0))];
  },
  dtype: (_attrs, inputs) => [inputs.length > 0 ? inputs.reduce(promote) : 'float32'],
  fold: (attrs, contents, inputs, outputs) => {
    const rank = inputAt(outputs, 0).length;
    const kept = inputs.flatMap((input, i) => (isEmptyStart(input) && rank !== 1 ? [] : [i]));
    return [joined(kept.map(i => contents[i] ?? []), kept.map(i => inputAt(inputs, i)), attrs.axis < 0 ? attrs.axis + rank : attrs.axis)];
  },
  examples: [
    { attrs: { axis: 1 }, inputs: [[8, 64, 56, 56], [8, 32, 56, 56]], outputs: [[8, 96, 56, 56]] },
    { attrs: { axis: -1 }, inputs: [[1, 5], [1, 7], [1, 2]], outputs: [[1, 14]] },
    { attrs: { axis: 0 }, inputs: [[0], [3, 4]], outputs: [[3, 4]] },
  ],
});

export type StackAttrs = { readonly axis: number };

export const stack = defineOp<StackAttrs>({
  kind: 'stack',
  role: 'concat',
  summary: 'Joins tensors along a new axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.stack.html',
  formula: 'no MACs; the new axis has one entry per tensor',
  shape: (attrs, inputs, report) => {
    const first = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, first.length + 1, report);
    const clash = inputs.find(input => input.length !== first.length || input.some((size, i) => Math.abs(size - (first[i] ?? NaN)) > 0));
    if (clash) report.fail('', `tensors of different sizes cannot be stacked: ${describeSizes(first)} and ${describeSizes(clash)}`);
    if (Number.isNaN(axis) || clash) return [unknownSizes(first.length + 1)];
    const merged = first.map((size, i) => inputs.reduce((known, input) => (Number.isNaN(known) ? (input[i] ?? NaN) : known), size));
    return [[...merged.slice(0, axis), inputs.length, ...merged.slice(axis)]];
  },
  dtype: (_attrs, inputs) => [inputs.length > 0 ? inputs.reduce(promote) : 'float32'],
  fold: (attrs, contents, inputs) => {
    const rank = inputAt(inputs, 0).length + 1;
    return [joined(contents, inputs, attrs.axis < 0 ? attrs.axis + rank : attrs.axis)];
  },
  examples: [
    { attrs: { axis: 0 }, inputs: [[8, 4], [8, 4], [8, 4]], outputs: [[3, 8, 4]] },
    { attrs: { axis: -1 }, inputs: [[5], [5]], outputs: [[5, 2]] },
  ],
});
