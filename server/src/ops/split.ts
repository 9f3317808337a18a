/** Taking a tensor apart along one axis. */
import type { DType } from '../tensor/dtype';
import { product, type Sizes } from '../tensor/shape';
import { inputAt, plural, replaceAt, resolveAxis } from './checks';
import { defineOp, type Content, type Report } from './define';

/**
 * How the axis is divided:
 * - sizes: the pieces' sizes
 * - size: pieces of `sizes[0]`, the last may be smaller
 * - chunks: at most `sizes[0]` pieces of one size, rounded up (torch.chunk)
 * - even: exactly `sizes[0]` pieces, the first ones larger by one (torch.tensor_split)
 * - equal: exactly `sizes[0]` pieces, all of one size
 * - at: cut before each of the positions
 */
export type SplitAttrs = {
  readonly axis: number;
  readonly by: 'sizes' | 'size' | 'chunks' | 'even' | 'equal' | 'at';
  readonly sizes: Sizes;
};

/** More pieces than any network has: a wrong size in a half-typed file must not fill the memory. */
const maxPieces = 4096;

function runs(total: number, size: number): Sizes {
  const count = Math.max(1, Math.ceil(total / size));
  if (count > maxPieces) return [NaN];
  return Array.from({ length: count }, (_, i) => Math.min(size, total - i * size));
}

/** Sizes of the pieces. With an unknown total their number is the one asked for, or one. */
function pieces(attrs: SplitAttrs, total: number, report: Report): Sizes {
  const parameter = attrs.sizes[0] ?? NaN;
  const unknownPieces = (count: number): Sizes => new Array<number>(Number.isInteger(count) && count > 0 && count <= maxPieces ? count : 1).fill(NaN);
  switch (attrs.by) {
    case 'sizes': {
      const sum = attrs.sizes.reduce((a, b) => a + b, 0);
      report.expect('sizes', sum, total, `along axis ${attrs.axis} (the sum of the pieces)`);
      return attrs.sizes;
    }
    case 'size':
      if (parameter <= 0) report.fail('sizes', `pieces of ${parameter} are not possible`);
      return total >= 0 && parameter > 0 ? runs(total, parameter) : unknownPieces(1);
    case 'chunks':
      if (parameter <= 0) report.fail('sizes', `${plural(parameter, 'chunk')} are not possible`);
      return total >= 0 && parameter > 0 ? runs(total, Math.max(1, Math.ceil(total / parameter))) : unknownPieces(parameter);
    case 'even':
      if (!(total >= 0)) return unknownPieces(parameter);
      return unknownPieces(parameter).map((_, i) => Math.floor(total / parameter) + (i < total % parameter ? 1 : 0));
    case 'equal':
      if (total % parameter > 0) report.fail('sizes', `axis of size ${total} cannot be split into ${parameter} equal pieces`);
      return unknownPieces(parameter).map(() => (total % parameter > 0 ? NaN : total / parameter));
    case 'at': {
      const cuts = attrs.sizes.map(cut => Math.min(Math.max(cut < 0 ? cut + total : cut, 0), total));
      return [...cuts, total].map((cut, i) => Math.max(0, cut - (cuts[i - 1] ?? 0)));
    }
  }
}

/** The elements whose position along the axis lies in [start, start + length). */
export function sliceContent(content: Content, input: Sizes, axis: number, start: number, length: number): Content {
  const inner = product(input.slice(axis + 1));
  const size = input[axis] ?? 1;
  return content.filter((_, flat) => {
    const position = Math.floor(flat / inner) % size;
    return position >= start && position < start + length;
  });
}

export const split = defineOp<SplitAttrs>({
  kind: 'split',
  role: 'split',
  summary: 'Splits along an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.split.html',
  formula: 'no MACs; views of the pieces',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (input.length === 0) report.fail('', 'a scalar cannot be split');
    const total = input.length === 0 ? NaN : (input[axis] ?? NaN);
    return pieces(attrs, total, report).map(size => (Number.isNaN(axis) ? input.map(() => NaN) : input.length === 0 ? [] : replaceAt(input, axis, size)));
  },
  // As many as can be told without the input's size.
  dtype: (attrs, inputs) => {
    const count = attrs.by === 'sizes' ? attrs.sizes.length : attrs.by === 'at' ? attrs.sizes.length + 1 : attrs.by === 'size' ? 1 : (attrs.sizes[0] ?? 1);
    return new Array<DType>(Number.isInteger(count) && count > 0 && count <= maxPieces ? count : 1).fill(inputs[0] ?? 'float32');
  },
  view: true,
  fold: (attrs, contents, inputs, outputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    let start = 0;
    return outputs.map(output => {
      const length = output[axis] ?? 0;
      const piece = sliceContent(contents[0] ?? [], input, axis, start, length);
      start += length;
      return piece;
    });
  },
  examples: [
    { attrs: { axis: 1, by: 'sizes', sizes: [16, 48] }, inputs: [[8, 64, 7, 7]], outputs: [[8, 16, 7, 7], [8, 48, 7, 7]] },
    { attrs: { axis: 0, by: 'size', sizes: [2] }, inputs: [[5, 3]], outputs: [[2, 3], [2, 3], [1, 3]] },
    { attrs: { axis: -1, by: 'chunks', sizes: [4] }, inputs: [[1, 6]], outputs: [[1, 2], [1, 2], [1, 2]], note: 'fewer pieces than asked for' },
    { attrs: { axis: 0, by: 'even', sizes: [3] }, inputs: [[7]], outputs: [[3], [2], [2]] },
    { attrs: { axis: -1, by: 'equal', sizes: [2] }, inputs: [[2, 6]], outputs: [[2, 3], [2, 3]] },
    { attrs: { axis: 0, by: 'at', sizes: [1, 5] }, inputs: [[7, 2]], outputs: [[1, 2], [4, 2], [2, 2]] },
  ],
});

export type UnbindAttrs = { readonly axis: number };

export const unbind = defineOp<UnbindAttrs>({
  kind: 'unbind',
  role: 'shape',
  summary: 'Takes an axis apart, entry by entry',
  source: 'https://pytorch.org/docs/stable/generated/torch.unbind.html',
  formula: 'no MACs; one view per entry of the axis',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (input.length === 0) report.fail('', 'a scalar cannot be taken apart');
    const size = input[axis] ?? NaN;
    const rest = Number.isNaN(axis) ? input.slice(1).map(() => NaN) : input.filter((_, i) => i !== axis);
    return Array.from({ length: Number.isInteger(size) && size >= 0 && size <= maxPieces ? size : 1 }, () => rest);
  },
  view: true,
  fold: (attrs, contents, inputs, outputs) => {
    const input = inputAt(inputs, 0);
    const axis = attrs.axis < 0 ? attrs.axis + input.length : attrs.axis;
    return outputs.map((_, i) => sliceContent(contents[0] ?? [], input, axis, i, 1));
  },
  examples: [
    { attrs: { axis: 0 }, inputs: [[3, 8, 12, 197, 64]], outputs: [[8, 12, 197, 64], [8, 12, 197, 64], [8, 12, 197, 64]] },
    { attrs: { axis: -1 }, inputs: [[4, 2]], outputs: [[4], [4]] },
  ],
});
