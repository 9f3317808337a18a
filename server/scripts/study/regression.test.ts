import { strict as assert } from 'node:assert';
import { leastSquares, randomFrom, resampled } from './regression';

describe('regression of the studies', () => {
  it('finds the coefficients that made the values', () => {
    const random = randomFrom(1);
    const rows = Array.from({ length: 50 }, () => [1, random(), random() * 10]);
    const found = leastSquares(rows, rows.map(([one = 0, a = 0, b = 0]) => 2 * one - 3 * a + 0.5 * b));
    assert.deepEqual(found?.map(value => Number(value.toFixed(6))), [2, -3, 0.5]);
    assert.equal(leastSquares([[1, 2], [2, 4]], [1, 2]), undefined);
  });

  it('resamples whole groups: what all groups share has no width', () => {
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.deepEqual(resampled([[1, 3], [2], [0, 4]], mean), { low: 2, high: 2 });
    const { low, high } = resampled([[0], [1], [0], [1], [0], [1]], mean);
    assert.ok(low < 0.5 && high > 0.5 && low >= 0 && high <= 1);
  });
});
