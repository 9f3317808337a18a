import { strict as assert } from 'node:assert';
import { expand, ExpansionError } from './expand';

const texts = (...given: readonly string[]): string[] => expand(given).map(variants => variants.map(({ text }) => text).join(' | '));

describe('alternatives in braces', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Net()', ['Net()']],
    ['Net({1,2})', ['Net(1)', 'Net(2)']],
    ['Net(width={0.5, 1}, depth={1..3})', ['Net(width=0.5, depth=1)', 'Net(width=0.5, depth=2)', 'Net(width=0.5, depth=3)', 'Net(width=1, depth=1)', 'Net(width=1, depth=2)', 'Net(width=1, depth=3)']],
    ['Net({8..32..8})', ['Net(8)', 'Net(16)', 'Net(24)', 'Net(32)']],
    ['Net({3..1})', ['Net(3)', 'Net(2)', 'Net(1)']],
    ['Net({w=4,8}, {w})', ['Net(4, 4)', 'Net(8, 8)']],
    ['Net({[1, 2],[3]})', ['Net([1, 2])', 'Net([3])']],
    ['Net({"a,b","c"})', ['Net("a,b")', 'Net("c")']],
    // Python's own braces.
    ['Net({"a": 1, "b": 2})', ['Net({"a": 1, "b": 2})']],
    ['Net(**{"width": {1,2}})', ['Net(**{"width": 1})', 'Net(**{"width": 2})']],
    ['Net({x})', ['Net({x})']],
  ];
  for (const [given, expected] of cases) it(given, () => { assert.deepEqual(texts(given), expected); });

  it('are the same value in every text that names them', () => {
    assert.deepEqual(texts('Net({r=32,64})', '1,3,{r},{r}'), ['Net(32) | 1,3,32,32', 'Net(64) | 1,3,64,64']);
  });

  it('have a name each: the argument, the one given, or a number', () => {
    const [variants] = expand(['Net({1,2}, width={3,4}, f(width={5,6}))']);
    assert.deepEqual([...variants?.[0]?.values ?? []], [['value1', '1'], ['width', '3'], ['width2', '5']]);
  });

  it('are refused where they are too many, endless or not closed', () => {
    for (const given of ['Net({1..1000},{1..1000})', 'Net({1..5..0})', 'Net({1..99999999})', 'Net({1,2)']) assert.throws(() => expand([given]), ExpansionError, given);
  });
});
