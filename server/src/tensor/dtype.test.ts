/** Type promotion and widths. */
import { strict as assert } from 'node:assert';
import { bitsOf, categoryOf, dtypes, isDType, isFloating, promote, type DType } from './dtype';

describe('dtype', () => {
  const cases: readonly (readonly [DType, DType, DType])[] = [
    ['bool', 'uint8', 'uint8'],
    ['uint8', 'int8', 'int16'],
    ['int64', 'float16', 'float16'],
    ['float16', 'bfloat16', 'float32'],
    ['float32', 'float64', 'float64'],
    ['int32', 'int64', 'int64'],
    ['float64', 'complex64', 'complex64'],
    ['complex64', 'complex128', 'complex128'],
  ];
  for (const [a, b, result] of cases) {
    it(`${a} with ${b} gives ${result}`, () => {
      assert.equal(promote(a, b), result);
      assert.equal(promote(b, a), result);
    });
  }

  it('promotes a type with itself to itself', () => {
    for (const dtype of dtypes) assert.equal(promote(dtype, dtype), dtype);
  });

  it('knows widths, categories and names', () => {
    assert.equal(bitsOf('bfloat16'), 16);
    assert.equal(bitsOf('complex64'), 64);
    assert.equal(categoryOf('bool'), 0);
    assert.ok(isFloating('float8'));
    assert.ok(!isFloating('int8'));
    assert.ok(isDType('float32'));
    assert.ok(!isDType('float'));
  });
});
