/** Sliding windows: every framework's rounding and padding, axis by axis. */
import { strict as assert } from 'node:assert';
import { dilatedExtent, slideBack, slideOver, type Padding, type Window } from './window';

function window(kernel: number, stride: number, padding: number | readonly [number, number] | 'same' | 'valid', more: Partial<Window> = {}): Window {
  const pads: Padding = typeof padding === 'string' ? padding : typeof padding === 'number' ? { before: [padding], after: [padding] } : { before: [padding[0]], after: [padding[1]] };
  return { kernel: [kernel], stride: [stride], dilation: [1], padding: pads, rounding: 'floor', clipStart: false, ...more };
}

describe('slideOver', () => {
  const cases: readonly (readonly [string, number, Window, number])[] = [
    ['keeps the size with half padding', 32, window(3, 1, 1), 32],
    ['halves with stride 2', 224, window(7, 2, 3), 112],
    ['rounds down', 6, window(3, 2, 0), 2],
    ['rounds up', 6, window(3, 2, 0, { rounding: 'ceil' }), 3],
    ['keeps a last window that starts in the image', 5, window(2, 2, 0, { rounding: 'ceil', clipStart: true }), 3],
    ['drops a last window that starts in the padding', 4, window(1, 3, 1, { rounding: 'ceil', clipStart: true }), 2],
    ['keeps it without clipping', 4, window(1, 4, 1, { rounding: 'ceil' }), 3],
    ['pads unevenly', 224, window(3, 2, [0, 1]), 112],
    ['takes no padding', 5, window(5, 1, 'valid'), 1],
    ['pads to the same size', 225, window(3, 2, 'same'), 113],
    ['counts the gaps of a dilated kernel', 10, window(3, 1, 0, { dilation: [2] }), 6],
    ['gives nothing for a window that does not fit', 3, window(5, 1, 0), -1],
    ['carries an unknown size on', NaN, window(3, 1, 1), NaN],
    ['carries an unknown stride on', 8, window(3, NaN, 1), NaN],
  ];
  for (const [name, size, shape, result] of cases) {
    it(name, () => { assert.deepEqual(slideOver([size], shape), [result]); });
  }

  it('treats axes apart', () => {
    assert.deepEqual(slideOver([10, 20], { kernel: [3, 1], stride: [1, 2], dilation: [1, 1], padding: { before: [1, 0], after: [1, 0] }, rounding: 'floor', clipStart: false }), [10, 10]);
  });
});

describe('slideBack', () => {
  const cases: readonly (readonly [string, number, number, number, number | 'same' | 'valid', number, number])[] = [
    ['doubles', 16, 4, 2, 1, 0, 32],
    ['adds output padding', 6, 3, 2, 1, 1, 12],
    ['takes no padding', 5, 3, 2, 0, 0, 11],
    ['same: stride times the size', 5, 3, 2, 'same', 0, 10],
    ['valid: at least one stride per element', 5, 3, 2, 'valid', 0, 11],
    ['valid with a kernel smaller than the stride', 5, 1, 2, 'valid', 0, 10],
  ];
  for (const [name, size, kernel, stride, padding, outputPadding, result] of cases) {
    it(name, () => { assert.deepEqual(slideBack([size], window(kernel, stride, padding), [outputPadding]), [result]); });
  }
});

describe('dilatedExtent', () => {
  it('is the kernel itself without dilation', () => {
    assert.equal(dilatedExtent(3, 1), 3);
    assert.equal(dilatedExtent(3, 4), 9);
    assert.equal(dilatedExtent(1, 7), 1);
  });
});
