import { strict as assert } from 'node:assert';
import {
  activationCount, byteText, compact, counted, duration, energy, energyInterval, exactCount, figure, macCount, paramCount, percent, ratio, shapeText, timeInterval,
} from './format';
import { unknown } from './unknown';

function check(format: (value: number) => string, cases: Readonly<Record<string, number>>): void {
  for (const [text, value] of Object.entries(cases)) assert.equal(format(value), text);
}

describe('numbers as text', () => {
  it('counts have a prefix and three significant digits', () => {
    check(compact, { '0': 0, '7': 7, '999': 999, '1 k': 1000, '12.3 k': 12_345, '25.6 M': 25_557_032, '4.09 G': 4_089_184_256, '1 M': 999_950, '999 k': 999_499 });
    assert.equal(compact(null), '?');
    assert.equal(compact(unknown('because')), '?');
  });

  it('counts of one thing carry its unit', () => {
    assert.equal(macCount(4_089_184_256), '4.09 GMAC');
    assert.equal(macCount(12), '12 MAC');
    assert.equal(paramCount(25_557_032), '25.6 M params');
    assert.equal(paramCount(1), '1 param');
    assert.equal(activationCount(3_211_264), '3.21 M act.');
  });

  it('reuse figures keep their integer part', () => {
    check(figure, { '24.1': 24.07, '4.5': 4.5, '1152': 1152, '113': 112.9, '0.0141': 0.01408, '0': 0, '−5.2': -5.2, '∞': Infinity });
    assert.equal(figure(1e-9), '1e−9');
  });

  it('ratios have three decimals and never lose their last digit', () => {
    check(ratio, { '0.004×': 1 / 256, '0.031×': 1 / 32, '0.111×': 1 / 9, '0.0005×': 1 / 2048, '1.43×': 1.4289, '0.25×': 0.25, '0×': 0 });
  });

  it('shares, shapes, times', () => {
    assert.equal(percent(0.9486), '94.9 %');
    assert.equal(shapeText([1, 3, 224, 224]), '1×3×224×224');
    assert.equal(shapeText([1, null]), '1×?');
    assert.equal(shapeText([1, 3, 1], 1), 'None×3×1');
    assert.equal(shapeText([196, 64], 1), '196×64');
    assert.equal(shapeText([]), 'scalar');
    assert.equal(shapeText(null), '?');
    assert.deepEqual([0.84, 12_300, 240_000].map(duration), ['0.84 ms', '12.3 s', '4 min']);
    assert.deepEqual([0, 0.000_42, 0.0821, 1.43, 250].map(energy), ['0 J', '420 µJ', '82.1 mJ', '1.43 J', '250 J']);
    assert.deepEqual([1, 3].map(count => counted(count, 'layer')), ['1 layer', '3 layers']);
    assert.equal(exactCount(25_557_032), '25,557,032');
  });
});

describe('intervals and bytes', () => {
  it('two digits and the unit of the estimate', () => {
    assert.equal(energyInterval({ estimate: 0.0312, low: 0.0209, high: 0.0465 }), '31 mJ (21–47)');
    assert.equal(energyInterval({ estimate: 2.4e-9, low: 1.2e-9, high: 4.8e-9 }), '2.4 nJ (1.2–4.8)');
    assert.equal(timeInterval({ estimate: 0.000234, low: 0.00018, high: 0.0003 }), '230 µs (180–300)');
    assert.equal(timeInterval({ low: 0.02, high: 0.5 }), '20–500 ms');
  });

  it('bytes with decimal prefixes', () => {
    assert.deepEqual([byteText(512), byteText(102_228_128), byteText(1.6e9)], ['512 B', '102 MB', '1.6 GB']);
  });
});
