/** Broadcasting: sizes of 1 give way, unknown sizes never clash. */
import { strict as assert } from 'node:assert';
import { broadcast } from './broadcast';

describe('broadcast', () => {
  const cases: readonly (readonly [readonly (readonly number[])[], readonly number[], number?])[] = [
    [[], []],
    [[[]], []],
    [[[3], []], [3]],
    [[[2, 3], [3]], [2, 3]],
    [[[2, 1], [1, 3]], [2, 3]],
    [[[8, 1, 6, 1], [7, 1, 5]], [8, 7, 6, 5]],
    [[[5], [0]], [5], 1],
    [[[1], [0]], [0]],
    [[[2, 3], [2, 4]], [2, 3], 1],
    [[[2, 3], [4, 3]], [2, 3], 2],
    [[[NaN, 3], [4, 3]], [4, 3]],
    [[[NaN], [1]], [NaN]],
    [[[4], [NaN], [1]], [4]],
    [[[NaN], [NaN]], [NaN]],
  ];
  for (const [inputs, sizes, clash] of cases) {
    it(`${JSON.stringify(inputs)} → ${JSON.stringify(sizes)}`, () => {
      const result = broadcast(inputs);
      assert.deepEqual(result.sizes, sizes);
      assert.equal(result.clashFromEnd, clash);
    });
  }
});
