/** Reordering entries along axes: roll, flip, quarter turns. */
import { product, type Sizes } from '../tensor/shape';
import { inputAt, replaceAt, resolveAxes, unknownSizes } from './checks';
import { defineOp, type Content } from './define';

/** The entries of one axis taken in another order. */
function reorder(content: Content, sizes: Sizes, axis: number, from: (position: number, size: number) => number): Content {
  const inner = product(sizes.slice(axis + 1));
  const size = sizes[axis] ?? 1;
  return content.map((_, flat) => {
    const position = Math.floor(flat / inner) % size;
    return content[flat + (from(position, size) - position) * inner] ?? NaN;
  });
}

export type RollAttrs = {
  readonly shifts: Sizes;
  /** Empty: the flattened tensor is rolled. */
  readonly axes: Sizes;
};

export const roll = defineOp<RollAttrs>({
  kind: 'roll',
  role: 'shape',
  summary: 'Shifts entries around an axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.roll.html',
  formula: 'no MACs; the same elements',
  shape: (attrs, inputs, report) => {
    for (const axis of attrs.axes) resolveAxes([axis], inputAt(inputs, 0).length, report);
    return [inputAt(inputs, 0)];
  },
  fold: (attrs, contents, inputs) => {
    const input = inputAt(inputs, 0);
    if (attrs.shifts.some(Number.isNaN) || attrs.axes.some(Number.isNaN)) return undefined;
    const turn = (shift: number) => (position: number, size: number): number => (((position - shift) % size) + size) % size;
    if (attrs.axes.length === 0) return [reorder(contents[0] ?? [], [product(input)], 0, turn(attrs.shifts[0] ?? 0))];
    return [attrs.axes.reduce((content, axis, i) => reorder(content, input, axis < 0 ? axis + input.length : axis, turn(attrs.shifts[i] ?? 0)), contents[0] ?? [])];
  },
  examples: [
    { attrs: { shifts: [-3, -3], axes: [1, 2] }, inputs: [[8, 56, 56, 96]], outputs: [[8, 56, 56, 96]] },
    { attrs: { shifts: [1], axes: [] }, inputs: [[3, 4]], outputs: [[3, 4]] },
  ],
});

export type FlipAttrs = { readonly axes: Sizes };

export const flip = defineOp<FlipAttrs>({
  kind: 'flip',
  role: 'shape',
  summary: 'Reverses axes',
  source: 'https://pytorch.org/docs/stable/generated/torch.flip.html',
  formula: 'no MACs; the same elements',
  shape: (attrs, inputs, report) => {
    resolveAxes(attrs.axes, inputAt(inputs, 0).length, report);
    return [inputAt(inputs, 0)];
  },
  fold: (attrs, contents, inputs) => {
    const input = inputAt(inputs, 0);
    if (attrs.axes.some(Number.isNaN)) return undefined;
    return [attrs.axes.reduce((content, axis) => reorder(content, input, axis < 0 ? axis + input.length : axis, (position, size) => size - 1 - position), contents[0] ?? [])];
  },
  examples: [
    { attrs: { axes: [-1] }, inputs: [[8, 3, 32, 32]], outputs: [[8, 3, 32, 32]] },
    { attrs: { axes: [0, 1] }, inputs: [[2, 3]], outputs: [[2, 3]] },
  ],
});

export type Rotate90Attrs = {
  readonly turns: number;
  /** The plane: two axes. */
  readonly axes: Sizes;
};

export const rotate90 = defineOp<Rotate90Attrs>({
  kind: 'rotate-90',
  role: 'shape',
  summary: 'Quarter turns in a plane',
  source: 'https://pytorch.org/docs/stable/generated/torch.rot90.html',
  formula: 'no MACs; odd numbers of turns swap the two sizes',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axes = resolveAxes(attrs.axes, input.length, report);
    const [a, b] = axes ?? [];
    if (a === undefined || b === undefined || Number.isNaN(attrs.turns)) return [unknownSizes(input.length)];
    if (attrs.turns % 2 === 0) return [input];
    return [replaceAt(replaceAt(input, a, input[b] ?? NaN), b, input[a] ?? NaN)];
  },
  examples: [
    { attrs: { turns: 1, axes: [2, 3] }, inputs: [[8, 3, 32, 16]], outputs: [[8, 3, 16, 32]] },
    { attrs: { turns: 2, axes: [0, 1] }, inputs: [[4, 5]], outputs: [[4, 5]] },
  ],
});
