import { strict as assert } from 'node:assert';
import { paretoSet } from './pareto';

describe('Pareto set', () => {
  const objectives = [{ figure: 'work', more: true }, { figure: 'cost', more: false }] as const;

  it('is what nothing else beats', () => {
    const rows = [{ work: 1, cost: 1 }, { work: 2, cost: 1 }, { work: 3, cost: 5 }, { work: 2, cost: 6 }, { work: 0, cost: 0 }];
    assert.deepEqual(paretoSet(rows, objectives), [false, true, true, false, true]);
  });

  it('has both of two equal rows, and none without a figure', () => {
    assert.deepEqual(paretoSet([{ work: 1, cost: 1 }, { work: 1, cost: 1 }, { work: 9 }, { work: 9, cost: null }], objectives), [true, true, false, false]);
  });

  it('agrees with the definition on many rows', () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ work: (i * 7919) % 31, cost: (i * 104_729) % 37 }));
    const beaten = rows.map(row => rows.some(other => other.work >= row.work && other.cost <= row.cost && (other.work > row.work || other.cost < row.cost)));
    assert.deepEqual(paretoSet(rows, objectives), beaten.map(each => !each));
  });
});
