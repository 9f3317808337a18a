/** Views that reorder axes: permute, transpose, move. */
import type { Sizes } from '../tensor/shape';
import { inputAt, resolveAxes, resolveAxis, unknownSizes } from './checks';
import { defineOp, type Content, type Report } from './define';
import { walk } from './elementwise';

const silent: Report = { expect: () => undefined, fail: () => undefined };

/** The same elements after their axes were reordered: output axis i is input axis `order[i]`. */
export function permuteContent(content: Content, input: Sizes, order: Sizes): Content {
  const strides: number[] = [];
  let stride = 1;
  for (let axis = input.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= input[axis] ?? 1;
  }
  const indices = walk(order.map(axis => input[axis] ?? 1), order.map(axis => strides[axis] ?? 0));
  return indices.map(index => content[index] ?? NaN);
}

export type PermuteAttrs = {
  /** Output axis i is input axis `axes[i]`; null reverses all. */
  readonly axes: Sizes | null;
};

function permuteOrder(attrs: PermuteAttrs, rank: number, report: Report): Sizes | undefined {
  if (attrs.axes === null) return Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if (attrs.axes.length !== rank) {
    report.fail('axes', `${attrs.axes.length} axes are named for a tensor of ${rank} dimensions`);
    return undefined;
  }
  return resolveAxes(attrs.axes, rank, report) && attrs.axes.map(axis => (axis < 0 ? axis + rank : axis));
}

export const permute = defineOp<PermuteAttrs>({
  kind: 'permute',
  role: 'shape',
  summary: 'Reorders axes',
  source: 'https://pytorch.org/docs/stable/generated/torch.permute.html',
  formula: 'no MACs; the same elements in another order of axes',
  keepsWeights: true,
  foldsUnknown: true,
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const order = permuteOrder(attrs, input.length, report);
    return [order ? order.map(axis => input[axis] ?? NaN) : unknownSizes(attrs.axes?.length ?? input.length)];
  },
  view: true,
  strides: (attrs, input, strides) => permuteOrder(attrs, input.length, silent)?.map(axis => strides[axis] ?? NaN),
  fold: (attrs, contents, inputs) => {
    const order = permuteOrder(attrs, inputAt(inputs, 0).length, silent);
    return order && [permuteContent(contents[0] ?? [], inputAt(inputs, 0), order)];
  },
  examples: [
    { attrs: { axes: [0, 2, 3, 1] }, inputs: [[8, 96, 56, 56]], outputs: [[8, 56, 56, 96]] },
    { attrs: { axes: [2, 0, 3, 1, 4] }, inputs: [[1, 197, 3, 12, 64]], outputs: [[3, 1, 12, 197, 64]] },
    { attrs: { axes: null }, inputs: [[2, 3]], outputs: [[3, 2]] },
  ],
});

export type TransposeAttrs = {
  readonly axisA: number;
  readonly axisB: number;
};

function transposeOrder(attrs: TransposeAttrs, rank: number, report: Report): Sizes | undefined {
  const a = resolveAxis(attrs.axisA, rank, report, 'axisA');
  const b = resolveAxis(attrs.axisB, rank, report, 'axisB');
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  return Array.from({ length: rank }, (_, axis) => (axis === a ? b : axis === b ? a : axis));
}

export const transpose = defineOp<TransposeAttrs>({
  kind: 'transpose',
  role: 'shape',
  summary: 'Swaps two axes',
  source: 'https://pytorch.org/docs/stable/generated/torch.transpose.html',
  formula: 'no MACs; the same elements with two axes swapped',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const order = transposeOrder(attrs, input.length, report);
    return [order ? order.map(axis => input[axis] ?? NaN) : unknownSizes(input.length)];
  },
  view: true,
  strides: (attrs, input, strides) => transposeOrder(attrs, input.length, silent)?.map(axis => strides[axis] ?? NaN),
  fold: (attrs, contents, inputs) => {
    const order = transposeOrder(attrs, inputAt(inputs, 0).length, silent);
    return order && [permuteContent(contents[0] ?? [], inputAt(inputs, 0), order)];
  },
  examples: [
    { attrs: { axisA: 1, axisB: 2 }, inputs: [[8, 768, 196]], outputs: [[8, 196, 768]] },
    { attrs: { axisA: -2, axisB: -1 }, inputs: [[12, 197, 64]], outputs: [[12, 64, 197]] },
  ],
});

export type MoveAxesAttrs = {
  readonly from: Sizes;
  readonly to: Sizes;
};

function moveOrder(attrs: MoveAxesAttrs, rank: number, report: Report): Sizes | undefined {
  const from = attrs.from.map(axis => resolveAxis(axis, rank, report, 'from'));
  const to = attrs.to.map(axis => resolveAxis(axis, rank, report, 'to'));
  if (from.length !== to.length) {
    report.fail('to', `${from.length} axes cannot move to ${to.length} places`);
    return undefined;
  }
  if ([...from, ...to].some(Number.isNaN) || new Set(from).size < from.length || new Set(to).size < to.length) return undefined;
  const stay = Array.from({ length: rank }, (_, axis) => axis).filter(axis => !from.includes(axis));
  return Array.from({ length: rank }, (_, place) => (to.includes(place) ? (from[to.indexOf(place)] ?? 0) : (stay.shift() ?? 0)));
}

export const moveAxes = defineOp<MoveAxesAttrs>({
  kind: 'move-axes',
  role: 'shape',
  summary: 'Moves axes to other places',
  source: 'https://pytorch.org/docs/stable/generated/torch.movedim.html',
  formula: 'no MACs; the same elements in another order of axes',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const order = moveOrder(attrs, input.length, report);
    return [order ? order.map(axis => input[axis] ?? NaN) : unknownSizes(input.length)];
  },
  view: true,
  strides: (attrs, input, strides) => moveOrder(attrs, input.length, silent)?.map(axis => strides[axis] ?? NaN),
  fold: (attrs, contents, inputs) => {
    const order = moveOrder(attrs, inputAt(inputs, 0).length, silent);
    return order && [permuteContent(contents[0] ?? [], inputAt(inputs, 0), order)];
  },
  examples: [
    { attrs: { from: [1], to: [-1] }, inputs: [[8, 3, 224, 224]], outputs: [[8, 224, 224, 3]] },
    { attrs: { from: [1, 2], to: [1, 0] }, inputs: [[3, 2, 1]], outputs: [[1, 2, 3]] },
  ],
});
