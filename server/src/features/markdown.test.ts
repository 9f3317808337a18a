import { strict as assert } from 'node:assert';
import { code, paragraphs, plain, table } from './markdown';

describe('markdown', () => {
  it('takes the meaning from characters of the source', () => {
    assert.equal(plain('a_b*c|d'), 'a\\_b\\*c\\|d');
    assert.equal(plain('[x](command:evil)'), '\\[x\\](command:evil)');
    assert.equal(plain('two\n  lines'), 'two lines');
  });

  it('fences code with more backticks than it holds', () => {
    assert.equal(code('layer1.0'), '`layer1.0`');
    assert.equal(code('a`b'), '`` a`b ``');
    assert.equal(code('a|b'), '`a\\|b`');
  });

  it('leaves columns out that are empty', () => {
    assert.equal(table([['a', 'left'], ['b', 'right'], ['c', 'right']], [['1', '', '3'], ['4', '', '']]), '| a&nbsp;&nbsp; | &nbsp;&nbsp;c |\n| :-- | --: |\n| 1 | 3 |\n| 4 |  |');
    assert.equal(paragraphs(['a', undefined, '', 'b']), 'a\n\nb');
  });
});
