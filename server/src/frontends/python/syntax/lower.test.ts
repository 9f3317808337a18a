import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionDefinition } from './ast';
import { digestBlock } from './digest';
import { initParser, parseModule, parseWithGrammar } from './parse';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();

/** Source → digest; every source is valid Python and must read without a problem. */
const constructs: Readonly<Record<string, readonly (readonly [source: string, digest: string])[]>> = {
  literals: [
    ['0xff; 0o17; 0b101; 1_000; 10L', '255; 15; 5; 1000; 10'],
    ['1.; .5; 1e3; 1_0.0_1; 1E-2', '1f; 0.5f; 1000f; 10.01f; 0.01f'],
    ['9007199254740993; 2 ** 64', '9007199254740992; (2 ** 64)'],
    ['1j', '⟨?⟩'],
    ['True; False; None; ...', 'True; False; None; ...'],
  ],
  strings: [
    [`'a\\n\\x41\\u00e9\\101\\'' "b" """c\nd"""`, String.raw`"a\nAéA'bc\nd"`],
    [String.raw`r'\n' R"\d"; '\d'; '\U0001F600'; '\N{BULLET}'`, String.raw`"\\n\\d"; "\\d"; "😀"; "�"`],
    ["'a\\\nb'; u'x'", '"ab"; "x"'],
    [String.raw`b'\xff\u0041' B"c"; Rb'\x00'`, String.raw`b"ÿ\\u0041c"; b"\\x00"`],
    ["'''a\r\nb'''", String.raw`"a\nb"`],
    ["f'a{x}b'; F'{{}}'; f''", 'f("a" {x} "b"); f("{}"); f()'],
    ["f'{x!r:>{w}.{p}f}'", 'f({x!r:f(">" {w} "." {p} "f")})'],
    ["f'{x=}{y = !s}{z=:3}'", 'f({x=|x} {y = |y!s} {z=|z:f("3")})'],
    [`f'{a["k"]} {f"{b}"}' 'c{d}' rf'\\{e}'`, String.raw`f({a["k"]} " " {f({b})} "c{d}\\" {e})`],
    ["f'{x, y}{lambda_}'", 'f({Tuple(x, y)} {lambda_})'],
    ["f'''{\nx\n}'''", 'f({x})'],
  ],
  operators: [
    ['a + b * c ** -d // e', '(a + ((b * (c ** (- d))) // e))'],
    ['-a ** b; ~a @ b; not a == b', '(- (a ** b)); ((~ a) @ b); (not (a == b))'],
    ['a & b ^ c | d & e; a ^ b & c; a & (b ^ c)', '(((a & b) ^ c) | (d & e)); (a ^ (b & c)); (a & (b ^ c))'],
    ['a << b >> c % d', '((a << b) >> (c % d))'],
    ['a and b and c or not d', '((a and b and c) or (not d))'],
    ['a < b <= c != d', '(a < b <= c != d)'],
    ['a not in b; a is not b; a is b in c', '(a not in b); (a is not b); (a is b in c)'],
    ['a if b else c if d else e', '(a if b else (c if d else e))'],
    ['(y := f(x)); [z := 1]', '(y := f(x)); [(z := 1)]'],
    ['(a); ((b)).c', 'a; b.c'],
    ['lambda: 0; lambda x, *a, k=1, **kw: x', '(lambda : 0); (lambda x, *a, !k=1, **kw: x)'],
  ],
  displays: [
    ['(); (a,); a, b; [*a, b]; {a, *b}; {}; {**a, b: c}', 'Tuple(); Tuple(a); Tuple(a, b); [*a, b]; {a, *b}; {}; {**a, b: c}'],
    ['[x for x in y if a if b for z in w]', 'list(x for x in y if a if b for z in w)'],
    ['{k: v for k, v in d}; {x async for x in y}; f(x for x in y)', 'dict(k: v for Tuple(k, v) in d); set(x async for x in y); f(generator(x for x in y))'],
    ['x[1]; x[1:]; x[::2]; x[:, None, ...]; x[a:b, *c]; x[1,]; x[*a]', 'x[1]; x[1::]; x[::2]; x[Tuple(::, None, ...)]; x[Tuple(a:b:, *c)]; x[Tuple(1)]; x[Tuple(*a)]'],
    ['x = *a.shape, b; [*a.b(c)[0], d]; f(*a.b, *c or d)', 'x = Tuple(*a.shape, b); [*a.b(c)[0], d]; f(*a.b, *(c or d))'],
  ],
  calls: [
    ['f(); f(a, *b, c=d, **e)', 'f(); f(a, *b, c=d, **e)'],
    ['f(\n  a,  # comment\n  b,\n)', 'f(a, b)'],
    ['a.b.c(d)(e)[f].g', 'a.b.c(d)(e)[f].g'],
    ['print(a); exec(b); match(c); type(d); case(e)', 'print(a); exec(b); match(c); type(d); case(e)'],
  ],
  assignments: [
    ['a = b = c', 'a = b = c'],
    ['a, *b = c; (a, b), [c, d] = e; a[0], b.c = d', 'Tuple(a, *b) = c; Tuple(Tuple(a, b), [c, d]) = e; Tuple(a[0], b.c) = d'],
    ['a: int; a: int = 1; a.b: list[int] = []; (a): b', 'a: int; a: int = 1; a.b: list[int] = []; a: b'],
    ['a += 1; a @= b; a //= c; a **= d; a >>= e', 'a += 1; a @= b; a //= c; a **= d; a >>= e'],
    ['x = yield; x = yield a, b; x = yield from c; await d', 'x = (yield); x = (yield Tuple(a, b)); x = (yield from c); (await d)'],
    ['type(a).b = c; type(a, b)[0] = d', 'type(a).b = c; type(a, b)[0] = d'],
    ['x: a[b] | c.d | None = e', 'x: ((a[b] | c.d) | None) = e'],
    ['x: Dict[str, List[int]]; y: tuple[int, ...]; z: Callable[[int], str]', 'x: Dict[Tuple(str, List[int])]; y: tuple[Tuple(int, ...)]; z: Callable[Tuple([int], str)]'],
    ['x = 1 \\\n  + 2', 'x = (1 + 2)'],
  ],
  simple: [
    ['pass; break; continue; return; return a, b', 'pass; break; continue; return; return Tuple(a, b)'],
    ['del a, b[0]; del (c, d)', 'del a, b[0]; del Tuple(c, d)'],
    ['global a, b; nonlocal c', 'global a, b; nonlocal c'],
    ['raise; raise A; raise A(b) from c', 'raise; raise A; raise A(b) from c'],
    ['assert a; assert a, b', 'assert a; assert a, b'],
    ['import a.b as c, d.e', 'import a.b as c, d.e'],
    ['from a.b import c as d, e; from . import f; from ...g import (\n  h,\n)\nfrom i import *', 'from a.b import c as d, e; from . import f; from ...g import h; from i import *'],
    ['from __future__ import annotations', 'from __future__ import annotations'],
    ['type X = int; type Y[T] = list[T]; type = 3', 'type X = int; type Y = list[T]; type = 3'],
  ],
  blocks: [
    ['if a: b\nelif c: d\nelif e: f\nelse: g', 'if a { b } else { if c { d } else { if e { f } else { g } } }'],
    ['for a, b in c, d:\n  e\nelse:\n  f', 'for Tuple(a, b) in Tuple(c, d) { e } else { f }'],
    ['for (a) in b: pass', 'for a in b { pass }'],
    ['while a: b\nelse: c', 'while a { b } else { c }'],
    ['try: a\nexcept B as c: d\nexcept (E, F): g\nexcept: h\nelse: i\nfinally: j', 'try { a } except B as c { d } except Tuple(E, F) { g } except { h } else { i } finally { j }'],
    ['try: a\nexcept* B: c', 'try { a } except B { c }'],
    ['with a as b, c: d\nwith (a as b, c as (d, e)): f\nwith (a): b\nwith (a, b): c', 'with a as b, c { d }; with a as b, c as Tuple(d, e) { f }; with a { b }; with a, b { c }'],
    ['async def f():\n  async for a in b: await c\n  async with d: pass', 'async def f() { async for a in b { (await c) }; async with d { pass } }'],
    ['if a:\n\n  # comment\n  b\n# end\n', 'if a { b }'],
  ],
  definitions: [
    ['def f(a, b: int, c=1, d: str = "s", /, e=2, *, g, h=3, **k) -> int: pass', 'def f(/a, /b: int, /c=1, /d: str="s", e=2, !g, !h=3, **k) -> int { pass }'],
    ['def f(*args: int, a): pass', 'def f(*args: int, !a) { pass }'],
    ['def f[T: int](x: T) -> T: return x', 'def f(x: T) -> T { return x }'],
    ['@a.b(1)\n@c\nclass D(E, metaclass=F): x = 1; y = 2', '@a.b(1) @c class D(E, metaclass=F) { x = 1; y = 2 }'],
    ['class A[T]: pass\nclass B(): "doc"', 'class A() { pass }; class B() { "doc" }'],
    ['@p\nasync def f(): pass', '@p async def f() { pass }'],
  ],
  patterns: [
    ['match x:\n  case 1 | -2 | "a" | None: pass\n  case _: pass', 'match x { case 1 | (- 2) | "a" | None { pass } case _ { pass } }'],
    ['match x, y:\n  case [a, *_], (b): pass\n  case c, : pass', 'match Tuple(x, y) { case [[?a, *_], ?b] { pass } case [?c] { pass } }'],
    [
      'match x:\n  case {"k": v, **r} if v > 1: pass\n  case A.B(1, c=d) as e: pass\n  case f.g: pass',
      'match x { case {"k": ?v, **r} if (v > 1) { pass } case A.B(1, c=?d) as e { pass } case f.g { pass } }',
    ],
    ['match x:\n  case (): pass\n  case (a,): pass\n  case P(q=_): pass', 'match x { case [] { pass } case [?a] { pass } case P(q=_) { pass } }'],
  ],
};

describe('lowering Python', () => {
  before(() => initParser({
    runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
  }));

  for (const [name, cases] of Object.entries(constructs)) {
    it(name, () => {
      for (const [source, digest] of cases) {
        for (const read of [parseModule(source), parseWithGrammar(source)]) {
          assert.equal(digestBlock(read?.body ?? []), digest);
          assert.deepEqual(read?.problems, [], source);
        }
      }
    });
  }

  it('collects comments with their text', () => {
    const { comments } = parseModule('# joulelint: model\nx = f(  # in a call\n  1)\n#no newline');
    assert.deepEqual(comments.map(comment => comment.text), [' joulelint: model', ' in a call', 'no newline']);
  });

  it('says what is Python 2', () => {
    for (const [source, word] of [['print "a"', 'print'], ['print >>f, x', 'print'], ['exec "code"', 'exec']] as const) {
      const { body, problems } = parseModule(`${source}\ny = 1\n`);
      assert.equal(digestBlock(body), '⟨missing⟩; y = 1');
      assert.match(problems[0]?.message ?? '', new RegExp(`\`${word}\` is a statement only in Python 2`));
    }
  });

  describe('scope names', () => {
    const scopes: readonly (readonly [body: string, locals: string, globals?: string, nonlocals?: string])[] = [
      ['a = b.c = d[0] = 1', 'a p'],
      ['a, (b, *c) = x', 'a b c p'],
      ['a += 1; b: int; c: int = 1; del d', 'a b c d p'],
      ['for a, b in x: pass', 'a b p'],
      ['with x as a, y as (b, c): pass', 'a b c p'],
      ['try: pass\n  except E as a: b = 1', 'a b p'],
      ['import a.b, c.d as e; from f import g, h as i; from j import *', 'a e g i p'],
      ['def f(x): y = 1\n  class C(z := 1): w = 2', 'C f p z'],
      ['[a for a in (b := x) if (c := a)]', 'b c p'],
      ['lambda x: (y := x)', 'p'],
      ['global a; a = 1; b = 2', 'b p', 'a'],
      ['nonlocal a; a = 1', 'p', '', 'a'],
      ['match p:\n    case [a, *b] | {"k": c, **d}: pass\n    case K(e) as f: pass', 'a b c d e f p'],
      ['type T = int', 'T p'],
      ['while (a := p): pass', 'a p'],
    ];
    for (const [body, locals, globals = '', nonlocals = ''] of scopes) {
      it(body.replace(/\n\s*/g, ' ⏎ '), () => {
        const [definition] = parseModule(`def outer(p):\n  ${body}\n`).body as readonly [FunctionDefinition];
        const sorted = (names: ReadonlySet<string>): string => [...names].sort().join(' ');
        assert.deepEqual([sorted(definition.scope.locals), sorted(definition.scope.globals), sorted(definition.scope.nonlocals)], [locals, globals, nonlocals]);
      });
    }

    it('a generator has a yield of its own', () => {
      const generators = (source: string): boolean => (parseModule(source).body[0] as FunctionDefinition).isGenerator;
      assert.equal(generators('def f():\n  if a: x = yield 1'), true);
      assert.equal(generators('def f():\n  def g(): yield\n  return lambda: (yield)'), false);
    });
  });
});
