import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestBlock } from './digest';
import { logicalLines } from './logical-lines';
import { forgetParsed, initParser, parseModule } from './parse';
import { isValid } from './wasm-parser';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();

/** A line inside `__init__`: everything around it must survive. */
function inModel(line: string): string {
  return `import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Conv2d(3, 8, 3)\n${line}\n        self.b = nn.Linear(8, 2)\n\n    def forward(self, x):\n        return self.b(self.a(x))\n\nnet = Net()\n`;
}
const before_ = 'import torch; from torch import nn; class Net(nn.Module) { def __init__(self) { super().__init__(); self.a = nn.Conv2d(3, 8, 3); ';
const after_ = 'self.b = nn.Linear(8, 2) }; def forward(self, x) { return self.b(self.a(x)) } }; net = Net()';

/** Half-typed line → what it becomes, what is said, and about which text. */
const typing: readonly (readonly [line: string, digest: string, message: string, at?: string])[] = [
  ['self.c = nn.Conv2d(3, ', 'self.c = ⟨?⟩', '`(` is not closed', '('],
  ['self.c = nn.Conv2d(3, 8, 3', 'self.c = ⟨?⟩', '`(` is not closed', '('],
  ['self.c = nn.', 'self.c = ⟨?⟩', 'this line is not valid Python'],
  ['self.c =', 'self.c = ⟨?⟩', 'this line is not valid Python', 'self.c ='],
  ['self.', '⟨missing⟩', 'this line is not valid Python'],
  ['self.c = nn.Conv2d(3, 64 kernel_size=3)', 'self.c = ⟨?⟩', 'this line is not valid Python'],
  ['x: int =', 'x: int = ⟨?⟩', 'this line is not valid Python'],
  ['x += ', 'x += ⟨?⟩', 'this line is not valid Python'],
  ['x = [1, 2', 'x = ⟨?⟩', '`[` is not closed', '['],
  ['x = {"a": 1', 'x = ⟨?⟩', '`{` is not closed', '{'],
  ['x = (1))', 'x = ⟨?⟩', '`)` closes nothing', ')'],
  ['x = "abc', 'x = ⟨?⟩', 'this string is not closed', '"abc'],
  ['x = f"{a', 'x = ⟨?⟩', 'this string is not closed'],
  ['"""doc', '⟨missing⟩', 'this string is not closed'],
  ['return x +', 'return ⟨?⟩', 'this line is not valid Python'],
  ['x = y if z', 'x = ⟨?⟩', 'this line is not valid Python'],
  ['$?!', '⟨missing⟩', 'this line is not valid Python'],
  ['import', '⟨missing⟩', 'this line is not valid Python'],
  ['import torch.', 'import torch', 'this line is not valid Python'],
  ['from torch import (nn, optim', 'from torch import nn, optim', '`(` is not closed'],
  ['@foo(', '⟨missing⟩', '`(` is not closed'],
  ['else:', '⟨missing⟩', 'this line is not valid Python'],
  ['if self.a', 'if self.a { ⟨missing⟩ }', '`:` is missing at the end of this line'],
  ['if self.a:', 'if self.a { ⟨missing⟩ }', 'the indented block after this line is missing'],
  ['if x ==:\n            y = 1', 'if ⟨?⟩ { y = 1 }', 'this line is not valid Python'],
  ['for i in range(', 'for i in ⟨?⟩ { ⟨missing⟩ }', '`(` is not closed'],
  ['for i in range(3)\n            self.x = i', 'for i in range(3) { self.x = i }', '`:` is missing at the end of this line'],
  ['with torch.no_grad(:\n            y = 1', 'with ⟨?⟩ { y = 1 }', '`(` is not closed'],
  ['tr:\n            y = 1\n        except:\n            z = 1', '⟨missing⟩; y = 1; ⟨missing⟩; z = 1', 'this line is not valid Python'],
  ['self.s = nn.Sequential(\n            nn.ReLU(),\n            nn.Conv2d(8, 8 3),\n        )', 'self.s = nn.Sequential(nn.ReLU(), ⟨?⟩)', 'this line is not valid Python'],
  ['self.s = nn.Sequential(\n            nn.ReLU(),\n            nn.Conv2d(8, ', 'self.s = ⟨?⟩', '`(` is not closed'],
];

/** A header → what becomes of it; the body below must stay its body. */
const headers: readonly (readonly [header: string, digest: string])[] = [
  ['    def forward(self, x', 'def forward(self, x)'],
  ['    def forward(self, x)', 'def forward(self, x)'],
  ['    def forward(self, x:', 'def forward(self, x)'],
  ['    def forward(self x):', 'def forward(self)'],
  ['    def forward(self, x, y=):', 'def forward(self, x, y)'],
  ['    def forward(\n        self,\n        x\n        y: int,\n    ):', 'def forward(self, x, y: int)'],
  ['    def forward(self, x) ->', 'def forward(self, x)'],
  ['    def forward', 'def forward()'],
  ['    def', 'def ()'],
  ['    class Inner(nn.):', 'class Inner(⟨?⟩)'],
  ['    if self.', 'if ⟨?⟩'],
  ['    while', 'while ⟨?⟩'],
];

describe('recovery from half-typed Python', () => {
  before(() => initParser({
    runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
  }));

  for (const [line, digest, message, at] of typing) {
    it(line.replace(/\n\s*/g, ' ⏎ '), () => {
      const text = inModel(`        ${line}`);
      const { body, problems } = parseModule(text);
      assert.equal(digestBlock(body), `${before_}${digest}; ${after_}`);
      assert.equal(problems[0]?.message, message);
      if (at !== undefined) assert.equal(text.slice(problems[0].span.start, problems[0].span.end), at);
    });
  }

  for (const [header, digest] of headers) {
    it(`${header.trim().replace(/\n\s*/g, ' ⏎ ')} above a body`, () => {
      const { body } = parseModule(`class Net(nn.Module):\n    a = 1\n\n${header}\n        x = self.a(x)\n        return x\n\nnet = Net()\n`);
      assert.equal(digestBlock(body), `class Net(nn.Module) { a = 1; ${digest} { x = self.a(x); return x } }; net = Net()`);
    });
  }

  it('a statement does not run on into the next line', () => {
    assert.equal(digestBlock(parseModule('x =\ny = 3\n').body), 'x = ⟨?⟩; y = 3');
  });

  it('a header that cannot be read leaves its block', () => {
    assert.equal(digestBlock(parseModule('class Net:\n    de forward(self):\n        y = 1\n').body), 'class Net() { ⟨missing⟩; y = 1 }');
  });

  it('an unclosed docstring ends before the next definition', () => {
    const { body } = parseModule('class A:\n    """\n    def f(self):\n        """doc"""\n        return 1\n\nclass B:\n    """doc"""\n    x = 1\n');
    assert.equal(digestBlock(body), 'class A() { ⟨missing⟩; def f(self) { "doc"; return 1 } }; class B() { "doc"; x = 1 }');
  });

  it('one problem per line', () => {
    const { problems } = parseModule('x = ) ] }\ny = 1 2 3 (\nz = 1\n');
    assert.equal(problems.length, 2);
  });

  it('a line indented out of nowhere is told', () => {
    assert.deepEqual(parseModule('x = 1\n    y = 2\n').problems.map(problem => problem.message), ['this line is indented further than the one above, which opens no block']);
  });

  it('cut anywhere, a file keeps what stands above the cut', () => {
    const text =
      `${inModel('        self.c = nn.Sequential(*[nn.Linear(8, 8) for _ in range(3)])  # three')}\n@torch.no_grad()\ndef main(a, *, b=f"{1}"):\n    """Doc."""\n    try:\n        return {k: v for k, v in a.items()}\n    except (A, B) as error:\n        raise C(f"{error!r:>{3}}") from error\n`;
    for (let end = 0; end <= text.length; end++) {
      forgetParsed();
      const digest = digestBlock(parseModule(text.slice(0, end)).body);
      if (end > 200) assert.ok(digest.startsWith('import torch; from torch import nn; class Net(nn.Module) { def __init__(self) { super().__init__(); self.a = nn.Conv2d(3, 8, 3)'), digest);
      if (end > 430) assert.ok(digest.includes('def forward(self, x) { return self.b(self.a(x)) } }; net = Net()'), digest);
    }
  });

  describe('hostile texts', () => {
    const repeat = (text: string, times: number): string => text.repeat(times);
    const texts: Readonly<Record<string, string>> = {
      'empty file': '',
      'nested parentheses': `x = ${repeat('(', 10_000)}1${repeat(')', 10_000)}\ny = 2\n`,
      'open parentheses': `x = ${repeat('(', 10_000)}\ny = 2\n`,
      'a long sum': `x = a${repeat(' + a', 50_000)}\ny = 2\n`,
      'a long conjunction': `x = a${repeat(' and a', 50_000)}\ny = 2\n`,
      'a long bitwise chain': `x = a${repeat(' & a ^ a', 20_000)}\ny = 2\n`,
      'a long attribute chain': `x = a${repeat('.b', 50_000)}\ny = 2\n`,
      'nested lambdas': `${repeat('lambda: ', 20_000)}1\ny = 2\n`,
      'many elifs': `if a: b\n${repeat('elif a: b\n', 20_000)}y = 2\n`,
      'nested blocks': `${Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')}${' '.repeat(1000)}x\ny = 2\n`,
      'not Python': repeat('function foo() { return {a: [1, 2]} }\n', 500),
      'NUL characters': `${repeat('\0', 1000)}\ny = 2\n`,
      'random bytes': Array.from({ length: 50_000 }, (_, at) => String.fromCharCode((at * 7919 + (at >> 3)) % 256)).join(''),
      'lone surrogates': 'x = "\ud800" \udc00 y\ny = 2\n',
      'many quotes': repeat('"""\n', 2001),
      'a gap in half a definition': `def f(a,${repeat(' ', 100_000)}b c\n  pass\ny = 2\n`,
      'a gap in half a loop': `for${repeat(' ', 100_000)}a b in${repeat(' ', 100_000)})\n  pass\ny = 2\n`,
      'a gap in half an import': `from a import b,${repeat(' ', 100_000)},c as\ny = 2\n`,
      'deep blocks in half a definition': `def f(a,\n${Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')}`,
      'a backslash at the end': 'x = \\',
    };
    for (const [name, text] of Object.entries(texts)) {
      it(name, () => {
        const { body, problems, length } = parseModule(text);
        assert.equal(length, text.length);
        assert.ok(digestBlock(body).length < 10_000_000);
        for (const { span } of problems) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length);
        if (text.endsWith('\ny = 2\n')) assert.match(digestBlock(body), /y = 2/);
      });
    }
  });
});

describe('the scanner of the grammar', () => {
  const blocks = (step: string, times: number): string => Array.from({ length: times }, (_, depth) => `${step.repeat(depth)}if a:\n`).join('');
  const texts: Readonly<Record<string, string>> = {
    'a string below many blocks': `${blocks(' ', 511)}${' '.repeat(511)}x = "a"\n`,
    'a call below many blocks': `${blocks('\t', 600)}${'\t'.repeat(600)}f("a" x)\n`,
    'continued indentations': `${Array.from({ length: 511 }, (_, depth) => `${' \\\n'.repeat(depth)} if a:\n`).join('')}${' \\\n'.repeat(511)} x = "a"\n`,
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`survives ${name}`, () => {
      assert.equal(isValid(text), false);
      assert.equal(isValid('if a:\n    x = "a"\n'), true);
    });
  }
});

describe('a text that does not parse anywhere', () => {
  it('is read to its end, with the repairs that there is room for', () => {
    const { body, problems } = parseModule(`${'def f(:\n'.repeat(50_000)}class Net(Module):\n    x = 7\n`);
    assert.ok(problems.length > 1000);
    assert.equal(body.at(-1)?.kind, 'ClassDefinition');
  });
});

describe('logical lines', () => {
  const lines = (text: string, tolerant = false): string[] => {
    const { starts, ends } = logicalLines(text, tolerant);
    return starts.map((start, row) => text.slice(start, ends[row]));
  };

  it('join what brackets, strings and backslashes hold together', () => {
    assert.deepEqual(lines('a = (1,\n  2)  # c\n# d\n\nb = """x\ny""" \\\n  "z"\r\nif c:\n\td\n'), ['a = (1,\n  2)', 'b = """x\ny""" \\\n  "z"', 'if c:', 'd']);
  });

  it('give up a bracket where a statement begins', () => {
    assert.deepEqual(lines('f(1,\ndef g(): pass\nx = [a\nself.b = c\n'), ['f(1,', 'def g(): pass', 'x = [a', 'self.b = c']);
  });

  it('give up a bracket by indentation only when tolerant', () => {
    assert.deepEqual(lines('f(1,\nx = 2\n'), ['f(1,\nx = 2']);
    assert.deepEqual(lines('f(1,\nx = 2\n', true), ['f(1,', 'x = 2']);
  });
});
