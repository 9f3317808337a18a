/** Programs that ask for more than any machine has: they end after a counted number of steps, say why, and cost the models of their file nothing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget, defaultLimits, release } from '../../base/budget';
import { initParser } from '../python/syntax/parse';
import { pytorchFrontend } from './frontend';

const root = process.env.JOULELINT_ROOT ?? '';
const model = '\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.c = nn.Linear(7, 3)\n    def forward(self, x):\n        return self.c(x)\nNet()(torch.zeros(2, 7))\n';

interface Outcome { readonly stops: readonly string[]; readonly macs: readonly unknown[]; readonly steps: number }

function run(statements: string): Outcome {
  const budget = new Budget(undefined, undefined, () => 0);
  const { graphs, problems } = pytorchFrontend.lower({
    uri: 'file:///p/net.py', text: `import copy, re\nimport numpy as np\nimport torch\nimport torch.nn as nn\n${statements}${model}`,
    sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget, defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  });
  const messages = [...problems, ...graphs.flatMap(graph => graph.problems)].map(({ message }) => message);
  return { stops: messages.filter(message => /stopped|nested|not followed/.test(message)), macs: graphs.at(-1)?.nodes.map(node => node.macs) ?? [], steps: budget.stepsUsed };
}

const doubled = (first: string, again: string): string => `t = ${first}\nfor _ in range(70):\n    t = ${again}\n`;

/** One statement's share, and what the rest of the file needs. */
const mostSteps = 14_000_000;

const tooLarge: Readonly<Record<string, string>> = {
  'a list that grows by itself': 's = [7]\nfor _ in range(50):\n    s += list(s)\n',
  'a list written into itself': 's = [7]\nfor _ in range(50):\n    s[1:1] = s\n',
  'a dict with an entry for each number': 'd = {}\nd.update((i, i) for i in range(10**8))\n',
  'a set of numbers': 'd = set(range(10**8))\n',
  'a text put into a format twice': doubled("'b'", "'%s-%s' % (t, t)"),
  'a text put into braces twice': doubled("'b'", "'{0}-{0}'.format(t)"),
  'a text translated into longer ones': doubled("'b'", "t.translate({98: 'bb'})"),
  'a text joined with itself': doubled("'b'", "t.join([t, t])"),
  'bytes of a text that grows': doubled("'b'", '(t + t).encode().decode()'),
  'the text of nested lists': `${doubled('[7]', '[t, t]')}s = repr(t)\n`,
  'the text of nested tuples': `${doubled('(7,)', '(t, t)')}s = f"{t}"\n`,
  'a tensor of nested lists': `${doubled('[7]', '[t, t]')}x = torch.tensor(t)\n`,
  'a tensor of a range': 'x = torch.tensor(range(10**10))\n',
  'the parts of a text, many times': "a = 'y' * 10**6\nfor _ in range(10**6):\n    b = a.split('y')\n",
  'a search in a long text, many times': "a = 'y' * 10**7\nfor _ in range(10**6):\n    a.rfind('yyz')\n",
  'whether a long text contains another, many times': "a = 'y' * 10**7\nb = [('yyz' in a) for _ in range(10**6)]\n",
  'a regular expression, many times': "r = [re.search('y*z', 'y' * 2000) for _ in range(10**6)]\n",
  'classes without end': 'a = []\nfor i in range(10**7):\n    class C(nn.Module):\n        n = i\n    a.append(C)\n',
  'classes each derived from the one before': 'C = object\nfor i in range(10**5):\n    class D(C): pass\n    C = D\n',
  'an enumeration with very many members': 'import enum\nE = enum.Enum("E", ["f%d" % i for i in range(10**6)])\n',
  'fields without end': 'import collections\nN = collections.namedtuple("N", ["f%d" % i for i in range(10**6)])\n',
  'a program that doubles itself': "s = 'y = 7\\n'\nfor _ in range(60):\n    s = s + s\nexec(s)\n",
  'expressions without end': 'for i in range(10**7):\n    eval("7 + %d" % i)\n',
  'keywords, many times': 'def f(**k): return k\nd = {"k%d" % i: i for i in range(20000)}\nfor i in range(10**6):\n    f(**d)\n',
  'sets, many times': 's = set(range(50000))\nfor i in range(10**6):\n    t = s ^ {i}\n',
  'parts of an array, many times': 'a = np.arange(100000)\nfor i in range(10**6):\n    b = a[::2]\n',
  'files that are not there': 'for i in range(10**7):\n    try: open("f%d.json" % i)\n    except OSError: pass\n',
  'modules that are not there': 'import importlib\nfor i in range(10**7):\n    try: importlib.import_module("m%d" % i)\n    except ImportError: pass\n',
  'digits of bytes': "b = b'y' * 10**7\nh = b.hex()\n",
  'a long text in a list, written out': "a = ['y' * 10**6] * 1000\ns = str(a)\n",
  'recurrent layers in layers': 'm = nn.LSTM(7, 7, num_layers=10**7)\n',
  'a list of modules': 'm = nn.ModuleList([nn.Linear(1, 1)] * 10**7)\n',
};

const shared: Readonly<Record<string, string>> = {
  'a key of nested tuples': `${doubled('(7,)', '(t, t)')}d = {t: 7}\nassert d[t] == 7\n`,
  'classes in nested tuples': `${doubled('(int,)', '(t, t)')}b = isinstance('y', t)\n`,
  'a copy of nested lists': `${doubled('[7]', '[t, t]')}c = copy.deepcopy(t)\n`,
  'modules that share their children': 's = nn.Linear(1, 1)\nfor _ in range(50):\n    s = nn.ModuleList([s, s])\ns.eval()\nw = list(s.parameters())\nassert len(w) == 2\n',
  'an array padded by more than it can hold': 'a = np.pad(np.ones(3), 10**10)\nassert a.shape == (20000000003,)\n',
  'a tensor of very many dimensions': 'x = torch.zeros([2] * 10**5)\ny = x.sum().reshape([1] * 10**5)\n',
  'a product of very many operands': 'x = torch.zeros(2, 2)\ny = torch.einsum(",".join(["ij"] * 9000) + "->", *[x] * 9000)\n',
};

describe('a file of many models', () => {
  it('names those that it did not come to', () => {
    const budget = new Budget({ ...defaultLimits, stepsOfFile: 1_500_000 });
    const heavy = ['A', 'B', 'C', 'D'].map(name => model.replaceAll('Net', name).replace('super().__init__()\n', 'super().__init__()\n        n = [str(i) for i in range(200_000)]\n').replace(/^.*torch.zeros.*$/m, '')).join('');
    const { graphs, problems } = pytorchFrontend.lower({
      uri: 'file:///p/net.py', text: `import torch\nimport torch.nn as nn\n${heavy}`, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget,
      defaultInputShape: [7], batch: 1, mode: 'eval',
    });
    const told = problems.find(({ code }) => code === 'models-skipped')?.message ?? '';
    const all = [...graphs.map(({ name }) => name), ...[...told.matchAll(/`(\w)`/g)].map(([, name]) => name)];
    assert.deepEqual(all, ['A', 'B', 'C', 'D']);
    assert.ok(graphs.length > 0 && graphs.length < 4, `${graphs.length} of 4`);
  });
});

const looping = (name: string, rounds: string): string => `
class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Linear(7, 7)
    def forward(self, x):
        for _ in range(${rounds}):
            x = self.c(x)
        return x
`;

describe('models of very many layers', () => {
  const lower = (text: string, limits: Partial<typeof defaultLimits>): { readonly layers: readonly number[]; readonly said: readonly string[] } => {
    const { graphs, problems } = pytorchFrontend.lower({
      uri: 'file:///p/net.py', text: `import torch\nimport torch.nn as nn\n${text}`, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'],
      budget: new Budget({ ...defaultLimits, ...limits }), defaultInputShape: [7], batch: 1, mode: 'eval',
    });
    return { layers: graphs.map(({ nodes }) => nodes.length), said: [...problems, ...graphs.flatMap(graph => graph.problems)].map(({ message }) => message) };
  };

  it('are followed for as many as one may have, and say so', () => {
    const { layers, said } = lower(looping('Net', '10**9'), { layers: 2_000 });
    assert.deepEqual(layers, [2_000]);
    assert.deepEqual(said, ['the model is followed for 2,000 layers: what it does after them is not counted']);
  });

  it('leave some to each model of the file', () => {
    const { layers, said } = lower(['A', 'B', 'C', 'D'].map(name => looping(name, '10**9')).join('') + looping('E', '300'), { layersOfFile: 3_000 });
    assert.deepEqual(layers, [1_000, 667, 500, 500, 300]);
    assert.equal(said.length, 4);
  });
});

describe('bounded evaluation', () => {
  before(async () => {
    await initParser({
      runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
      grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
    });
  });
  afterEach(() => { release(); });

  for (const [what, statements] of Object.entries(tooLarge)) {
    it(`stops at ${what}, and goes on with the model behind it`, () => {
      const { stops, macs, steps } = run(statements);
      assert.match(stops.join('; '), /evaluation stopped/);
      assert.deepEqual(macs, [42]);
      assert.ok(steps < mostSteps, `${steps} steps`);
    });
  }

  for (const [what, statements] of Object.entries(shared)) {
    it(`goes once over ${what}`, () => {
      const { stops, macs, steps } = run(statements);
      assert.deepEqual(stops, []);
      assert.deepEqual(macs, [42]);
      assert.ok(steps < 1_000_000, `${steps} steps`);
    });
  }
});
