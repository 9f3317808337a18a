import { strict as assert } from 'node:assert';
import { fixtureFiles, fixtureText, prepareParser } from '../../../../../test/harness/analyse';
import { logicalLines } from '../logical-lines';
import { parseWithGrammar } from '../parse';
import { readQuickly, type QuickReading } from './statements';

function quickly(text: string): QuickReading | undefined {
  const lines = logicalLines(text, false);
  return readQuickly(text, lines, { from: 0, to: lines.starts.length, start: 0, end: text.length });
}

/** What the grammar adds to a compound statement whose last line ends in a comment. */
const nothingSaid = /^\s*(?:#.*\s*)*$/;

/** The same tree, but for comments at the end of a block, which the grammar sometimes counts to it. */
function assertSame(text: string, quick: unknown, slow: unknown, path: string): void {
  if (typeof quick === 'number' && typeof slow === 'number' && slow > quick && path.endsWith('.span.end') && nothingSaid.test(text.slice(quick, slow))) return;
  if (typeof quick !== 'object' || typeof slow !== 'object' || quick === null || slow === null || quick instanceof Set) {
    assert.deepEqual(quick, slow, path);
    return;
  }
  for (const key of new Set([...Object.keys(quick), ...Object.keys(slow)])) {
    assertSame(text, (quick as Record<string, unknown>)[key], (slow as Record<string, unknown>)[key], `${path}.${key}`);
  }
}

describe('reading plain Python quickly', () => {
  before(prepareParser);

  const plain = [
    'x = (a)\n(b) + c\n(d, e)\nf, g\n',
    '(h)[0], (i).j = 1, (2)\n',
    'f(a for a in b)\nf((a for a in b), c)\nf(*a, **b, c=d, e=(g := 1))\n',
    'a[1:2, :, ..., None, ::3][b:][:, :c]\na[*b]\n',
    "f'{a!r:>{b}}{c=}{{d}}' 'e' rb'f' f'''{g['h']}'''\n",
    '# one\ndef f(a, /, b: int = 1, *, c, **d) -> int:  # two\n    # three\n    return a  # four\n# five\n',
    'if a: b; c = d\nelif e:\n  pass\nelse:\n  if f: g\n  # h\ni\n',
    '@a.b(1)\n@c\nasync def d():\n  async with e as (f, g): await h\n  yield\n  x = yield from i\n',
    'try:\n  a\nexcept (B, C) as d: raise E from d\nexcept:\n  raise\nelse: pass\nfinally:\n  del a, b[0]\n',
    'a & b ^ (c | d) & e; -f ** -g; not h is not i not in j; k if l else lambda m, *n: o if p else q\n',
    'from . import (a as b, c,)\nfrom ...d.e import f\nimport g.h, i as j\nfrom k import *\n',
    'x: int\nx.y: List[int] = 1,\nx += yield\nx = y = z, *w = 1, 2\n',
    'while a := b:\n\tbreak\nelse:\n\tcontinue\nfor a, in b, c: global d\n',
    '{**a, "b": c}; {a, *b}; {a: b for a, (b, *c) in d if e if f for g in h}; [*a, b]; (*a, b); ()\n',
    'a = 0x_ff + 1_0.5e-3 + .5 + 1. + 0o7\\\n  + 1\n',
  ];

  for (const text of plain) {
    it(`as the grammar does: ${text.split('\n', 1)[0] ?? ''}`, () => {
      const quick = quickly(text);
      assert.ok(quick, 'it is not read quickly');
      const slow = parseWithGrammar(text);
      assertSame(text, quick.body, slow?.body, 'body');
      assert.deepEqual(quick.comments, slow?.comments);
    });
  }

  const left = ['match a:\n  case 1: pass\n', 'type A = int\n', 'print "a"\n', 'exec "a"\n', 'x = 1j\n', 'x = 0777\n', 'ä = 1\n', 'with (a as b, c): pass\n', 'try: a\nexcept* B: c\n'];
  for (const text of left) it(`leaves to the grammar: ${text.split('\n', 1)[0] ?? ''}`, () => { assert.equal(quickly(text), undefined); });

  it('every fixture as the grammar does, or leaves it; most it reads', () => {
    let read = 0;
    let all = 0;
    for (const folder of ['models', 'samples', 'pytorch', 'keras']) {
      for (const name of fixtureFiles(folder, '.py')) {
        const text = fixtureText(folder, name);
        const quick = quickly(text);
        all++;
        if (!quick) continue;
        read++;
        const slow = parseWithGrammar(text);
        assert.deepEqual(slow?.problems, [], name);
        assertSame(text, quick.body, slow?.body, name);
        assert.deepEqual(quick.comments, slow?.comments, name);
      }
    }
    assert.ok(read > 0.8 * all, `${read} of ${all}`);
  });

  it('nothing that does not parse: files from which a piece is missing', () => {
    for (const name of fixtureFiles('samples', '.py')) {
      const whole = fixtureText('samples', name);
      for (let at = 0; at < whole.length; at += 7) {
        const text = whole.slice(0, at) + whole.slice(at + 1 + at % 5);
        const quick = quickly(text);
        if (!quick) continue;
        const slow = parseWithGrammar(text);
        assert.deepEqual(slow?.problems, [], `${name} at ${at}`);
        assertSame(text, quick.body, slow?.body, `${name} at ${at}`);
      }
    }
  });
});
