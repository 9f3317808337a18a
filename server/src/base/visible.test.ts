import { strict as assert } from 'node:assert';
import { mapTexts, visible, visibleInLog, visibleLines } from './visible';

describe('texts of others', () => {
  it('control characters, line breaks and marks of direction become symbols', () => {
    const cases: Readonly<Record<string, string>> = {
      'a\nb\r\n\tc': 'a␊b␍␊␉c', '\u001B]0;x\u0007\u001B[2J': '␛]0;x␇␛[2J', '\0\u007F': '␀␡', '\u009B31m': '<U+009B>31m', 'x\u202Ey\u2066z\u200F': 'x<U+202E>y<U+2066>z<U+200F>',
      'a\u2028b\u0085c': 'a<U+2028>b<U+0085>c', 'a\u200B\uFEFFb': 'a<U+200B><U+FEFF>b', '\u{E0041}': '<U+E0041>',
      'größe 卷积 👩‍🚀 می‌خواهم': 'größe 卷积 👩‍🚀 می‌خواهم', '≥ 3 × 4 · 5': '≥ 3 × 4 · 5',
    };
    for (const [text, shown] of Object.entries(cases)) assert.equal(visible(text), shown);
    assert.equal(visibleLines('a\nb\u001Bc'), 'a\nb␛c');
  });

  it('commands of continuous integration become none', () => {
    for (const text of ['::error file=x::y', '  ::error::', '\n::error::', 'a ##[add-mask]b', '##vso[task.setvariable]x', '##VSO[x]']) {
      assert.doesNotMatch(visibleInLog(text), /^\s*::|##(vso)?\[/im, text);
    }
    assert.equal(visibleInLog('onnx::Conv_12 # ## [1]'), 'onnx::Conv_12 # ## [1]');
  });

  it('reaches every text of a value, and copies only what changes', () => {
    const value = { a: ['x', { b: '\u0007' }], kept: '\u0007', same: { list: [1, 'y'] } };
    const result = mapTexts(value, visible, key => key === 'kept');
    assert.deepEqual(result, { a: ['x', { b: '␇' }], kept: '\u0007', same: { list: [1, 'y'] } });
    assert.equal(result.same, value.same);
    assert.equal(mapTexts(value.same, visible), value.same);
  });
});
