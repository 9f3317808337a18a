/** One map, two layouts. */
import { strict as assert } from 'node:assert';
import { readMap, writeMap, type Layout } from './layout';

describe('layout', () => {
  const cases: readonly (readonly [readonly number[], Layout, number, { batch: number[]; channels: number; size: number[] }])[] = [
    [[8, 3, 32, 16], 'channels-first', 2, { batch: [8], channels: 3, size: [32, 16] }],
    [[8, 32, 16, 3], 'channels-last', 2, { batch: [8], channels: 3, size: [32, 16] }],
    [[3, 32, 16], 'channels-first', 2, { batch: [], channels: 3, size: [32, 16] }],
    [[32, 16, 3], 'channels-last', 2, { batch: [], channels: 3, size: [32, 16] }],
    [[8, 3, 100], 'channels-first', 1, { batch: [8], channels: 3, size: [100] }],
    [[1, 4, 5, 6, 3], 'channels-last', 3, { batch: [1], channels: 3, size: [4, 5, 6] }],
  ];
  for (const [sizes, layout, rank, map] of cases) {
    it(`reads and writes ${JSON.stringify(sizes)} as ${layout}`, () => {
      assert.deepEqual(readMap(sizes, layout, rank), map);
      assert.deepEqual(writeMap(map, layout), sizes);
    });
  }

  it('has unknown channels when there are none', () => {
    assert.ok(Number.isNaN(readMap([], 'channels-first', 2).channels));
    assert.ok(Number.isNaN(readMap([], 'channels-last', 2).channels));
  });
});
