import { strict as assert } from 'node:assert';
import { amountOf } from './amounts';

describe('amounts', () => {
  it('counts, with a prefix and the word for what is counted', () => {
    assert.deepEqual(['4.2 GMAC', '4.2G', '4200 M', '4.2e9', '4200000 k params', '4.2 B'].map(text => amountOf('count', text)), Array(6).fill(4.2e9));
    assert.equal(amountOf('count', 7), 7);
    assert.equal(amountOf('count', '3.2 M act.'), 3.2e6);
  });

  it('bytes, energy and time in one unit each', () => {
    assert.deepEqual(['8 MB', '8000 kB', '8000000 B'].map(text => amountOf('bytes', text)), Array(3).fill(8e6));
    assert.equal(amountOf('bytes', '512 KiB'), 524_288);
    assert.deepEqual(['31 mJ', '0.031 J', '31000 µJ'].map(text => amountOf('millijoules', text)), [31, 31, 31]);
    assert.deepEqual(['12 ms', '0.012 s', '12000us'].map(text => amountOf('milliseconds', text)), [12, 12, 12]);
  });

  it('a text without its unit, or with that of something else, is none', () => {
    for (const text of ['', 'much', '4.2 GW', '-3', '1,000', 'NaN', 'Infinity', '4 MAC extra', ' 4', '1e9999x']) assert.equal(amountOf('count', text), undefined, text);
    for (const text of ['8', '8 mJ', '8 M']) assert.equal(amountOf('bytes', text), undefined, text);
    assert.equal(amountOf('milliseconds', '3 mJ'), undefined);
    assert.equal(amountOf('count', true), undefined);
  });
});
