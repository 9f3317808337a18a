/** Triangles and diagonals of matrices. */
import { product } from '../tensor/shape';
import { checkMinRank, checkRank, inputAt, resolveAxes, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type TriangleAttrs = {
  readonly function: 'lower' | 'upper';
  readonly offset: number;
};

export const triangle = defineOp<TriangleAttrs>({
  kind: 'triangle',
  role: 'shape',
  summary: 'Keeps one triangle of a matrix, zeros elsewhere',
  source: 'https://pytorch.org/docs/stable/generated/torch.tril.html',
  formula: 'no MACs; the same sizes',
  shape: (_attrs, inputs, report) => {
    checkMinRank(inputAt(inputs, 0), 2, report);
    return [inputAt(inputs, 0)];
  },
  fold: (attrs, contents, inputs) => {
    const [rows = 1, columns = 1] = inputAt(inputs, 0).slice(-2);
    if (Number.isNaN(attrs.offset)) return undefined;
    return [(contents[0] ?? []).map((value, flat) => {
      const above = (flat % columns) - (Math.floor(flat / columns) % rows) - attrs.offset;
      return (attrs.function === 'lower' ? above <= 0 : above >= 0) ? value : 0;
    })];
  },
  examples: [
    { attrs: { function: 'upper', offset: 1 }, inputs: [[128, 128]], outputs: [[128, 128]] },
    { attrs: { function: 'lower', offset: 0 }, inputs: [[8, 3, 4]], outputs: [[8, 3, 4]] },
  ],
});

export type DiagonalAttrs = {
  readonly offset: number;
  readonly axisA: number;
  readonly axisB: number;
};

export const diagonal = defineOp<DiagonalAttrs>({
  kind: 'diagonal',
  role: 'shape',
  summary: 'The diagonal of two axes, as a new last axis',
  source: 'https://pytorch.org/docs/stable/generated/torch.diagonal.html',
  formula: 'no MACs; a view',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 2, report)) return [[NaN]];
    const axes = resolveAxes([attrs.axisA, attrs.axisB], input.length, report, 'axisB');
    if (!axes) return [unknownSizes(input.length - 1)];
    const rows = input[resolveAxis(attrs.axisA, input.length, report)] ?? NaN;
    const columns = input[resolveAxis(attrs.axisB, input.length, report)] ?? NaN;
    const length = attrs.offset >= 0 ? Math.min(rows, columns - attrs.offset) : Math.min(rows + attrs.offset, columns);
    return [[...input.filter((_, axis) => !axes.includes(axis)), Math.max(0, length)]];
  },
  view: true,
  examples: [
    { attrs: { offset: 0, axisA: -2, axisB: -1 }, inputs: [[8, 5, 4]], outputs: [[8, 4]] },
    { attrs: { offset: 1, axisA: 0, axisB: 1 }, inputs: [[3, 3]], outputs: [[2]] },
  ],
});

export type DiagonalMatrixAttrs = {
  readonly offset: number;
  /** Places of the two matrix axes in the result; default: the last two. */
  readonly axisA?: number;
  readonly axisB?: number;
};

export const diagonalMatrix = defineOp<DiagonalMatrixAttrs>({
  kind: 'diagonal-matrix',
  role: 'shape',
  summary: 'Matrices with the last axis on their diagonal',
  source: 'https://pytorch.org/docs/stable/generated/torch.diag_embed.html',
  formula: 'no MACs; n + |offset| rows and columns',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 1, report)) return [[NaN, NaN]];
    const side = (input[input.length - 1] ?? NaN) + Math.abs(attrs.offset);
    const axes = resolveAxes([attrs.axisA ?? -2, attrs.axisB ?? -1], input.length + 1, report, 'axisB');
    if (!axes) return [unknownSizes(input.length + 1)];
    let next = 0;
    return [Array.from({ length: input.length + 1 }, (_, axis) => (axes.includes(axis) ? side : (input[next++] ?? NaN)))];
  },
  fold: (attrs, contents, inputs, outputs) => {
    if (inputAt(inputs, 0).length !== 1) return undefined;
    const side = inputAt(outputs, 0)[0] ?? 0;
    return [Array.from({ length: product(inputAt(outputs, 0)) }, (_, flat) => {
      const row = Math.floor(flat / side);
      return (flat % side) - row === attrs.offset ? (contents[0]?.[Math.min(row, flat % side)] ?? NaN) : 0;
    })];
  },
  examples: [
    { attrs: { offset: 0 }, inputs: [[8, 5]], outputs: [[8, 5, 5]] },
    { attrs: { offset: -1 }, inputs: [[3]], outputs: [[4, 4]] },
  ],
});

export type MeshgridAttrs = {
  /** `ij`: axes in the order of the inputs; `xy`: the first two swapped. */
  readonly indexing: 'ij' | 'xy';
};

export const meshgrid = defineOp<MeshgridAttrs>({
  kind: 'meshgrid',
  role: 'constant',
  summary: 'Coordinate grids of vectors',
  source: 'https://pytorch.org/docs/stable/generated/torch.meshgrid.html',
  formula: 'no MACs; one grid per vector',
  shape: (attrs, inputs, report) => {
    for (const input of inputs) checkRank(input, [0, 1], report);
    const lengths = inputs.map(input => input[0] ?? 1);
    const [first = 1, second = 1, ...rest] = lengths;
    const sizes = attrs.indexing === 'xy' && lengths.length > 1 ? [second, first, ...rest] : lengths;
    return inputs.length > 0 ? inputs.map(() => sizes) : [[]];
  },
  dtype: (_attrs, inputs) => inputs.length > 0 ? inputs : ['float32'],
  fold: (attrs, contents, inputs, outputs) => inputs.map((_, which) => {
    const sizes = outputs[which] ?? [];
    const axis = attrs.indexing === 'xy' && inputs.length > 1 && which < 2 ? 1 - which : which;
    const inner = product(sizes.slice(axis + 1));
    return Array.from({ length: product(sizes) }, (__, flat) => contents[which]?.[Math.floor(flat / inner) % (sizes[axis] ?? 1)] ?? NaN);
  }),
  examples: [
    { attrs: { indexing: 'ij' }, inputs: [[7], [5]], outputs: [[7, 5], [7, 5]] },
    { attrs: { indexing: 'xy' }, inputs: [[7], [5], [2]], outputs: [[5, 7, 2], [5, 7, 2], [5, 7, 2]] },
  ],
});
