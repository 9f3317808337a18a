import { strict as assert } from 'node:assert';
import { contiguousStrides, isContiguous, viewStrides } from './strides';

/** As torch has it: `torch.empty_strided(sizes, strides).view(wanted).stride()`. */
const views: readonly (readonly [sizes: number[], strides: number[], wanted: number[], strides: number[] | undefined])[] = [
  [[2, 3, 4], [12, 4, 1], [6, 4], [4, 1]],
  [[2, 3, 4], [12, 4, 1], [2, 2, 6], [12, 6, 1]],
  [[2, 4, 3], [12, 1, 4], [2, 12], undefined],
  [[2, 4, 3], [12, 1, 4], [2, 2, 2, 3], [12, 2, 1, 4]],
  [[1, 4, 3], [12, 1, 4], [4, 3], [1, 4]],
  [[8, 1, 5], [5, 40, 1], [8, 5], [5, 1]],
  [[3, 5], [0, 1], [15], undefined],
  [[2, 0], [1, 1], [0, 7], [7, 1]],
  [[], [], [1, 1], [1, 1]],
  [[6], [2], [2, 3], [6, 2]],
];

describe('strides', () => {
  for (const [sizes, strides, wanted, expected] of views) {
    it(`(${sizes.join()}) by (${strides.join()}) as (${wanted.join()})`, () => { assert.deepEqual(viewStrides(sizes, strides, wanted), expected); });
  }

  it('of a contiguous tensor', () => {
    assert.deepEqual(contiguousStrides([2, 3, 4]), [12, 4, 1]);
    assert.ok(isContiguous([2, 1, 4], [4, 99, 1]));
    assert.ok(!isContiguous([4, 2], [1, 4]));
  });
});
