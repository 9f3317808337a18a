/** Counting elements of known and unknown shapes. */
import { strict as assert } from 'node:assert';
import { isUnknown, unknown } from '../base/unknown';
import { axisIndex, definitelyDifferent, elementCount, firstUnknown, isConcrete, product, sizesOf } from './shape';

describe('shape', () => {
  const lost = unknown('read from a file');

  it('multiplies sizes, the empty product being 1', () => {
    assert.equal(product([2, 3, 4]), 24);
    assert.equal(product([]), 1);
    assert.ok(Number.isNaN(product([2, NaN])));
  });

  it('counts elements or says why not', () => {
    assert.equal(elementCount([2, 3]), 6);
    assert.equal(elementCount([]), 1);
    assert.ok(isUnknown(elementCount([2 ** 40, 2 ** 40])), 'a count beyond 2^53 is not exact');
    assert.equal(elementCount([2, lost]), lost);
    assert.equal(elementCount(lost), lost);
  });

  it('turns unknown sizes into NaN and finds the first of them', () => {
    assert.deepEqual(sizesOf([2, lost]), [2, NaN]);
    assert.equal(firstUnknown([2, lost]), lost);
    assert.equal(firstUnknown([2, 3]), undefined);
    assert.ok(isConcrete([2, 3]));
    assert.ok(!isConcrete([2, lost]));
    assert.ok(!isConcrete(lost));
    assert.ok(isUnknown(lost));
  });

  it('calls sizes different only when both are known', () => {
    assert.ok(definitelyDifferent(2, 3));
    assert.ok(!definitelyDifferent(2, 2));
    assert.ok(!definitelyDifferent(NaN, 3));
    assert.ok(!definitelyDifferent(NaN, NaN));
  });

  it('counts negative axes from the end', () => {
    assert.equal(axisIndex(-1, 4), 3);
    assert.equal(axisIndex(2, 4), 2);
  });
});
