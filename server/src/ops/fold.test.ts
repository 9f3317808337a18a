/** Contents of small tensors after an operator, as NumPy and PyTorch give them. */
import { strict as assert } from 'node:assert';
import type { DType } from '../tensor/dtype';
import type { Sizes } from '../tensor/shape';
import { concat, stack } from './concat';
import { create, eye, linspace, range, triangleIndices } from './create';
import { cumulative } from './cumulative';
import type { AnyOp, Content } from './define';
import { diagonalMatrix, meshgrid, triangle } from './diagonal';
import { elementwise } from './elementwise';
import { expand } from './expand';
import { cast } from './identity';
import { index } from './index';
import { gather, indexSelect } from './index-select';
import { maskedFill } from './masked';
import { permute, transpose } from './permute';
import { flip, roll } from './rearrange';
import { reduce } from './reduce';
import { slice } from './slice';
import { split } from './split';
import { repeatEntries, tile } from './tile';

const whole = { start: null, stop: null, step: null };

function folded(op: AnyOp, attrs: unknown, inputs: readonly (readonly [Sizes, Content])[], dtype: DType = 'int64'): readonly Content[] | undefined {
  const sizes = inputs.map(([size]) => size);
  const failures: string[] = [];
  const outputs = op.shape(attrs, sizes, { expect: () => undefined, fail: (_, message) => { failures.push(message); } });
  assert.deepEqual(failures, []);
  return op.fold?.(attrs, inputs.map(([, content]) => content), sizes, outputs, inputs.map(() => dtype));
}

const matrix = [[2, 3], [1, 2, 3, 4, 5, 6]] as const;

const cases: readonly (readonly [string, AnyOp, unknown, readonly (readonly [Sizes, Content])[], readonly Content[]])[] = [
  ['a column minus a row', elementwise, { function: 'subtract' }, [[[2, 1], [1, 2]], [[1, 3], [0, 1, 2]]], [[1, 0, -1, 2, 1, 0]]],
  ['10 // x', elementwise, { function: 'floor-divide', operands: [10, null] }, [[[3], [3, -3, 4]]], [[3, -4, 2]]],
  ['x % 3', elementwise, { function: 'remainder', operands: [null, 3] }, [[[3], [-1, 4, 5]]], [[2, 1, 2]]],
  ['rounding halves to even', elementwise, { function: 'round' }, [[[4], [0.5, 1.5, 2.5, -0.5]]], [[0, 2, 2, 0]]],
  ['where', elementwise, { function: 'where', operands: [null, null, 0] }, [[[3], [1, 0, 1]], [[3], [7, 8, 9]]], [[7, 0, 9]]],
  ['clamp', elementwise, { function: 'clamp', operands: [null, 0, Infinity] }, [[[3], [-1, 0, 5]]], [[0, 0, 5]]],
  ['rows backwards, every other column', slice, { axes: [0, 1], starts: [-1, 0], stops: [-9e18, 3], steps: [-1, 2] }, [matrix], [[4, 6, 1, 3]]],
  ['one element per index', gather, { axis: 1 }, [matrix, [[2, 2], [0, -1, 2, 1]]], [[1, 3, 6, 5]]],
  ['sum over rows', reduce, { function: 'sum', axes: [0], keepDims: false }, [matrix], [[5, 7, 9]]],
  ['max over columns', reduce, { function: 'max', axes: [-1], keepDims: false, returnIndices: true }, [matrix], [[3, 6], [2, 2]]],
  ['sum of all', reduce, { function: 'sum', axes: null, keepDims: false }, [matrix], [[21]]],
  ['running sum down', cumulative, { function: 'sum', axis: 0 }, [matrix], [[1, 2, 3, 5, 7, 9]]],
  ['running product across', cumulative, { function: 'product', axis: 1 }, [matrix], [[1, 2, 6, 4, 20, 120]]],
  ['transposed', transpose, { axisA: 0, axisB: 1 }, [matrix], [[1, 4, 2, 5, 3, 6]]],
  ['permuted', permute, { axes: [1, 0] }, [matrix], [[1, 4, 2, 5, 3, 6]]],
  ['expanded', expand, { sizes: [2, 3] }, [[[3], [1, 2, 3]]], [[1, 2, 3, 1, 2, 3]]],
  ['tiled', tile, { repeats: [2, 2] }, [[[1, 2], [1, 2]]], [[1, 2, 1, 2, 1, 2, 1, 2]]],
  ['entries repeated', repeatEntries, { repeats: [2], axis: 0 }, [[[2, 2], [1, 2, 3, 4]]], [[1, 2, 1, 2, 3, 4, 3, 4]]],
  ['concatenated across', concat, { axis: 1 }, [matrix, [[2, 1], [7, 8]]], [[1, 2, 3, 7, 4, 5, 6, 8]]],
  ['stacked last', stack, { axis: -1 }, [[[2], [1, 2]], [[2], [3, 4]]], [[1, 3, 2, 4]]],
  ['split across', split, { axis: 1, by: 'size', sizes: [2] }, [matrix], [[1, 2, 4, 5], [3, 6]]],
  ['x[:, 1]', index, { items: [whole, 1] }, [matrix], [[2, 5]]],
  ['x[:, ::-1]', index, { items: [whole, { start: null, stop: null, step: -1 }] }, [matrix], [[3, 2, 1, 6, 5, 4]]],
  ['x[1:]', index, { items: [{ start: 1, stop: null, step: null }] }, [matrix], [[4, 5, 6]]],
  ['x[i] by a tensor', index, { items: [{ tensor: 1 }] }, [matrix, [[3], [1, 0, -1]]], [[4, 5, 6, 1, 2, 3, 4, 5, 6]]],
  ['x[:, i]', index, { items: [whole, { tensor: 1 }] }, [matrix, [[2], [2, 0]]], [[3, 1, 6, 4]]],
  ['x[i, j]', index, { items: [{ tensor: 1 }, { tensor: 2 }] }, [matrix, [[2], [0, 1]], [[2], [2, 1]]], [[3, 5]]],
  ['columns picked', indexSelect, { axis: 1 }, [matrix, [[2], [2, 0]]], [[3, 1, 6, 4]]],
  ['rolled', roll, { shifts: [1], axes: [1] }, [matrix], [[3, 1, 2, 6, 4, 5]]],
  ['rolled flat', roll, { shifts: [-1], axes: [] }, [matrix], [[2, 3, 4, 5, 6, 1]]],
  ['flipped', flip, { axes: [0] }, [matrix], [[4, 5, 6, 1, 2, 3]]],
  ['upper triangle', triangle, { function: 'upper', offset: 1 }, [matrix], [[0, 2, 3, 0, 0, 6]]],
  ['diagonal matrix', diagonalMatrix, { offset: 1 }, [[[2], [5, 6]]], [[0, 5, 0, 0, 0, 6, 0, 0, 0]]],
  ['grids', meshgrid, { indexing: 'ij' }, [[[2], [1, 2]], [[2], [3, 4]]], [[1, 1, 2, 2], [3, 4, 3, 4]]],
  ['grids, xy', meshgrid, { indexing: 'xy' }, [[[2], [1, 2]], [[3], [3, 4, 5]]], [[1, 2, 1, 2, 1, 2], [3, 3, 4, 4, 5, 5]]],
  ['masked', maskedFill, { value: 9 }, [matrix, [[3], [0, 1, 0]]], [[1, 9, 3, 4, 9, 6]]],
  ['cast', cast, { dtype: 'int64', copies: true }, [[[2], [1.7, -1.7]]], [[1, -1]]],
  ['full', create, { function: 'full', sizes: [2], value: 3, dtype: 'int64' }, [], [[3, 3]]],
  ['range', range, { start: 1, stop: 8, step: 3, dtype: 'int64' }, [], [[1, 4, 7]]],
  ['linspace', linspace, { start: 0, stop: 1, steps: 5, dtype: 'float64' }, [], [[0, 0.25, 0.5, 0.75, 1]]],
  ['eye', eye, { rows: 2, columns: 3, dtype: 'float32' }, [], [[1, 0, 0, 0, 1, 0]]],
  ['triangle indices', triangleIndices, { function: 'upper', rows: 2, columns: 3, offset: 1 }, [], [[0, 0, 1, 1, 2, 2]]],
];

describe('folding', () => {
  for (const [name, op, attrs, inputs, expected] of cases) {
    it(`${op.kind}: ${name}`, () => { assert.deepEqual(folded(op, attrs, inputs), expected); });
  }

  it('says nothing about random or unknown values', () => {
    assert.equal(folded(create, { function: 'random', sizes: [2], dtype: 'float32' }, []), undefined);
    assert.equal(folded(elementwise, { function: 'add', operands: [null, NaN] }, [[[2], [1, 2]]]), undefined);
    assert.equal(folded(elementwise, { function: 'erf' }, [[[2], [1, 2]]]), undefined);
  });

  it('keeps single precision', () => {
    assert.deepEqual(folded(elementwise, { function: 'multiply', operands: [null, 0.1], scalarKind: 'float' }, [[[1], [3]]]), [[Math.fround(3 * 0.1)]]);
  });
});

describe('elementwise types', () => {
  const dtype = (attrs: Record<string, unknown>, ...inputs: DType[]): DType | undefined => (elementwise as AnyOp).dtype?.(attrs, inputs)[0];

  it('promotes tensors, and scalars only by their kind', () => {
    assert.equal(dtype({ function: 'add' }, 'int64', 'float32'), 'float32');
    assert.equal(dtype({ function: 'multiply', operands: [null, 2.5], scalarKind: 'float' }, 'float16'), 'float16');
    assert.equal(dtype({ function: 'multiply', operands: [null, 2.5], scalarKind: 'float' }, 'int64'), 'float32');
    assert.equal(dtype({ function: 'multiply', operands: [null, 2] }, 'uint8'), 'uint8');
    assert.equal(dtype({ function: 'add', operands: [null, 1] }, 'bool'), 'int64');
  });

  it('knows functions that give booleans or fractions', () => {
    assert.equal(dtype({ function: 'less', operands: [null, 1] }, 'float32'), 'bool');
    assert.equal(dtype({ function: 'divide' }, 'int64', 'int64'), 'float32');
    assert.equal(dtype({ function: 'square-root' }, 'int32'), 'float32');
    assert.equal(dtype({ function: 'absolute' }, 'complex64'), 'float32');
    assert.equal(dtype({ function: 'where' }, 'bool', 'float16', 'float16'), 'float16');
  });
});
