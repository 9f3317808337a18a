import { strict as assert } from 'node:assert';
import { int, list, tuple, type Value } from '../python/values';
import { mapStructure, tensorsIn, unknownIn } from './structures';

describe('structures of tensors', () => {
  const row = list(Array.from({ length: 500 }, (_, i) => int(i)));
  const rows = list(Array.from({ length: 500 }, () => row));

  it('are looked into once where a container stands in many places', () => {
    let asked = 0;
    const mapped = mapStructure(tuple([rows, rows]), value => {
      asked++;
      return value;
    });
    assert.equal(asked, 500);
    assert.equal(mapped.kind === 'tuple' && mapped.items[1]?.kind === 'list' && mapped.items[1].items.length, 500);
    assert.deepEqual(tensorsIn(rows), []);
    assert.equal(unknownIn(rows), undefined);
  });

  it('may hold themselves', () => {
    const items: Value[] = [int(1)];
    const self = list(items);
    items.push(self, self);
    assert.deepEqual(tensorsIn(self), []);
    assert.equal(mapStructure(self, value => value).kind, 'list');
  });
});
