import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Span } from '../../../base/span';
import { forgetParsed, initParser, parseModule } from './parse';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();

interface Spanned { readonly kind: string; readonly span: Span }

/** Every node with a span, in any order. */
function nodesOf(value: unknown): Spanned[] {
  if (typeof value !== 'object' || value === null || value instanceof Set) return [];
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  const own = 'kind' in value && 'span' in value ? [value as Spanned] : [];
  return [...own, ...Object.values(value).flatMap(nodesOf)];
}

function textsOf(source: string, kind: string): string[] {
  return nodesOf(parseModule(source).body).filter(node => node.kind === kind).map(({ span }) => source.slice(span.start, span.end));
}

describe('spans', () => {
  before(() => initParser({
    runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
  }));

  it('count UTF-16 units', () => {
    assert.deepEqual(textsOf('x = "😀漢字"; nn.Conv2d(1, 2)  # 😀\nnaïve = Ω(é)\n', 'Call'), ['nn.Conv2d(1, 2)', 'Ω(é)']);
    assert.deepEqual(textsOf('x = "😀漢字"; nn.Conv2d(1, 2)  # 😀\nnaïve = Ω(é)\n', 'Name'), ['x', 'nn', 'naïve', 'Ω', 'é']);
  });

  it('begin after a byte order mark, and count it', () => {
    assert.deepEqual(textsOf('\ufeffx = y\n', 'Assign'), ['x = y']);
  });

  it('hold over carriage returns', () => {
    assert.deepEqual(textsOf('a = 1\r\nif a:\r\n    b = f(2)\r\n', 'Call'), ['f(2)']);
  });

  it('of arguments, names and parameters', () => {
    const source = 'm = nn.Conv2d(3, kernel_size=3, **kw)\ndef f(a, b: int = 1): pass\n';
    const [assign, definition] = parseModule(source).body;
    assert.ok(assign?.kind === 'Assign' && assign.value.kind === 'Call' && assign.value.callee.kind === 'Attribute' && definition?.kind === 'FunctionDefinition');
    const text = ({ start, end }: Span): string => source.slice(start, end);
    assert.deepEqual(assign.value.args.map(argument => text(argument.span)), ['3', 'kernel_size=3', '**kw']);
    assert.equal(text(assign.value.callee.nameSpan), 'Conv2d');
    assert.equal(text(definition.nameSpan), 'f');
    assert.deepEqual(definition.parameters.map(parameter => text(parameter.span)), ['a', 'b: int = 1']);
  });

  it('of a chain begin where its leftmost operand begins', () => {
    assert.deepEqual(textsOf('x = a + b * c - d\n', 'Binary').sort(), ['a + b * c', 'a + b * c - d', 'b * c']);
  });

  it('of what was repaired are those of the source', () => {
    const source = 'class A(B:\n    def f(self, x\n        y = g(1, \n        z = h(2)\n';
    assert.deepEqual(textsOf(source, 'Missing'), ['g(1,']);
    assert.deepEqual(textsOf(source, 'Call'), ['h(2)']);
    for (const { span } of nodesOf(parseModule(source).body)) assert.ok(span.start <= span.end && span.end <= source.length);
  });

  it('are right for pieces that are read from memory at another place', () => {
    const piece = `class Long:\n${Array.from({ length: 100 }, (_, at) => `    value_${String(at)} = call(${String(at)})  # comment\n`).join('')}\n`;
    const after = `def f(): return call("${'x'.repeat(50)}")\n`;
    forgetParsed();
    parseModule(`${piece}${after}`);
    const source = `import this\n${'# more\n'.repeat(300)}${piece}${piece}x = 1\n${after}`;
    const remembered = parseModule(source);
    forgetParsed();
    assert.deepEqual(remembered, parseModule(source));
    assert.ok(textsOf(source, 'Call').every(text => text.startsWith('call(') && text.endsWith(')')));
  });

  it('hold in a file full of everything, wherever it is cut', () => {
    const source = 'é = 1\n@d\nclass A(B):\n    """😀"""\n    def f(self, *a: int, **k) -> x[y]:\n        with b as c: return [i async for i in f"{a!r:>{w}}"]\n';
    for (let end = 0; end <= source.length; end++) {
      for (const { span } of nodesOf(parseModule(source.slice(0, end)).body)) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= end);
    }
  });
});
