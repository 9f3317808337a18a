/** Blocks that are alike are made twice and copied from then on, and nobody can tell: every program here would show a copy that is not what its constructor makes. */
import { strict as assert } from 'node:assert';
import { Budget } from '../src/base/budget';
import { Constructions } from '../src/frontends/python/evaluate/constructions';
import { pytorchFrontend } from '../src/frontends/pytorch/frontend';
import { prepareParser } from './harness/analyse';

interface Shown {
  readonly weights: number;
  readonly elements: number;
  readonly macs: number;
  readonly paths: readonly string[];
  readonly said: readonly string[];
  /** How often each class of the program was constructed, rather than copied. */
  readonly made: ReadonlyMap<string, number>;
}

function run(text: string): Shown {
  const made = new Map<string, number>();
  const { make } = Constructions.prototype;
  Constructions.prototype.make = function (interpreter, cls, args, construct) {
    return make.call(this, interpreter, cls, args, () => {
      made.set(cls.name, (made.get(cls.name) ?? 0) + 1);
      return construct();
    });
  };
  try {
    const { graphs: [graph], problems } = pytorchFrontend.lower({
      uri: 'file:///p/net.py', text: `import functools\nimport torch\nfrom torch import nn\n\n${text}`, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'],
      budget: new Budget(undefined, undefined, () => 0), defaultInputShape: [8], batch: 1, mode: 'eval',
    });
    assert.ok(graph);
    const sizeOf = (shape: unknown): number => (Array.isArray(shape) ? shape.reduce<number>((product, size) => product * Number(size), 1) : NaN);
    return {
      weights: new Set(graph.weights.map(({ id }) => id)).size,
      elements: graph.weights.reduce((sum, { type }) => sum + sizeOf(type.shape), 0),
      macs: graph.nodes.reduce((sum, { macs }) => sum + (typeof macs === 'number' ? macs : NaN), 0),
      paths: graph.nodes.map(({ path }) => path),
      said: [...problems, ...graph.problems, ...graph.gaps, ...graph.mismatches].map(({ message }) => message),
      made,
    };
  } finally {
    Constructions.prototype.make = make;
  }
}

const block = (init: string, forward = 'self.b(self.act(self.a(x)))', before = '', parameters = 'width'): string => `${before}
class Block(nn.Module):
    def __init__(self, ${parameters}):
        super().__init__()
${init.replace(/^/gm, '        ')}

    def forward(self, x):
        return ${forward}

`;
/** What it works out itself makes copying pay. */
const work = 'self.table = [[len(str(i)), j] for i in range(24) for j in range(24)][-1][1]\n';
const layers = work + 'self.a = nn.Linear(width, width)\nself.act = nn.ReLU()\nself.b = nn.Linear(width, width)';
const net = (init: string, forward = 'for block in self.blocks:\n    x = block(x)\nreturn x'): string => `class Net(nn.Module):
    def __init__(self):
        super().__init__()
${init.replace(/^/gm, '        ')}

    def forward(self, x):
${forward.replace(/^/gm, '        ')}
`;
const six = 'self.blocks = nn.ModuleList([Block(8) for _ in range(6)])';

describe('blocks that are alike', () => {
  before(prepareParser);

  it('are made twice, have weights of their own and paths of their own', () => {
    const shown = run(block(layers) + net(six));
    assert.equal(shown.made.get('Block'), 2);
    assert.deepEqual([shown.weights, shown.elements, shown.macs, shown.said], [24, 6 * 2 * 72, 6 * 2 * 64, []]);
    assert.deepEqual(shown.paths.slice(-3), ['blocks.5.a', 'blocks.5.act', 'blocks.5.b']);
  });

  it('are copied from one model of the file to the next', () => {
    const shown = run(`${block(layers)}${net(six)}\n\nclass Other(Net):\n    def __init__(self):\n        super().__init__()\n        self.more = Block(8)\n\n\nmodels = None\n`);
    assert.ok((shown.made.get('Block') ?? 0) <= 3, String(shown.made.get('Block')));
  });

  it('take functions of what they are given with them', () => {
    const shown = run(block(`self.a = norm(width)\n${layers}`, 'self.b(self.act(self.a(x)))', '', 'width, norm')
      + net('norm = functools.partial(nn.LayerNorm, eps=1e-6)\nself.blocks = nn.ModuleList([Block(8, norm_layer) for norm_layer in [norm] * 6])'));
    assert.equal(shown.made.get('Block'), 2);
    assert.deepEqual([shown.weights, shown.macs, shown.said], [24, 6 * 2 * 64, []]);
  });

  it('keep what they share within themselves', () => {
    const shown = run(block(`${layers}\nself.b.weight = self.a.weight`) + net(six));
    assert.deepEqual([shown.made.get('Block'), shown.weights, shown.elements], [2, 18, 6 * (64 + 8 + 8)]);
  });

  it('may be changed one by one afterwards', () => {
    const shown = run(block(`${layers}\nself.sizes = [1]`) + net(`${six}\nself.blocks[3].a = nn.Linear(8, 8, bias=False)\nself.blocks[4].act = nn.Linear(8, 8)\nself.blocks[5].sizes.append(2)\nself.last = nn.Linear(8, sum(len(block.sizes) for block in self.blocks))`,
      'for block in self.blocks:\n    x = block(x)\nreturn self.last(x)'));
    assert.equal(shown.made.get('Block'), 2);
    assert.deepEqual([shown.elements, shown.macs], [6 * 144 - 8 + 72 + 63, (6 * 2 + 1) * 64 + 56]);
  });

  const widths = work + 'self.a = nn.Linear(width, wide)\nself.act = nn.ReLU()\nself.b = nn.Linear(wide, width)';
  const growing: Readonly<Record<string, string>> = {
    'an attribute of their class': block(`Block.count += 1\nwide = Block.count\n${widths}`) .replace('    def __init__', '    count = 0\n\n    def __init__') + net(six),
    'a list of the module': block(`seen.append(width)\nwide = len(seen)\n${widths}`, undefined, 'seen = []\n') + net(six),
    'a name of the module that whoever makes them counts on': block(`wide = count\n${widths}`, undefined, 'count = 0\n') + net('global count\nself.blocks = nn.ModuleList()\nfor i in range(6):\n    count += 1\n    self.blocks.append(Block(8))'),
    'an iterator': block(`wide = next(numbers)\n${widths}`, undefined, 'numbers = iter(range(1, 100))\n') + net(six),
    'a list that they are given': block(`sizes.append(width)\nwide = len(sizes)\n${widths}`, undefined, '', 'width, sizes') 
      + net('sizes = []\nself.blocks = nn.ModuleList([Block(8, sizes) for _ in range(6)])'),
    'a list that grows between them': block(`wide = len(sizes)\n${widths}`, undefined, '', 'width, sizes') + net('sizes = []\nself.blocks = nn.ModuleList()\nfor i in range(6):\n    sizes.append(i)\n    self.blocks.append(Block(8, sizes))'),
    'the module that they are given': block(`owner.count += 1\nwide = owner.count\n${widths}`, undefined, '', 'width, owner') 
      + net('self.count = 0\nself.blocks = nn.ModuleList([Block(8, self) for _ in range(6)])'),
    'a function around their class': `def blocks(width):\n    count = 0\n${block(`nonlocal count\ncount += 1\nwide = count\n${widths}`).replace(/^(?=.)/gm, '    ')}\n    return nn.ModuleList([Block(8) for _ in range(6)])\n\n\n${net('self.blocks = blocks(8)')}`,
    'a remembered result': block(`wide = counted() \n${widths}`, undefined, 'calls = []\n\n\ndef counted():\n    calls.append(1)\n    return len(calls)\n\n') + net(six),
    'the frame around them': block(`import sys\nwide = sys._getframe(1).f_locals["i"]\n${widths}`) + net('self.blocks = nn.ModuleList()\nfor i in range(1, 7):\n    self.blocks.append(Block(8))'),
  };
  for (const [what, text] of Object.entries(growing)) {
    it(`are not alike where they count in ${what}`, () => {
      const { elements, macs } = run(text);
      const total = 1 + 2 + 3 + 4 + 5 + 6;
      assert.deepEqual([elements, macs], [total * (8 + 1 + 8) + 6 * 8, total * 16]);
    });
  }

  it('are constructed each time where they are mere layers: that is as fast', () => {
    assert.equal(run(block('self.a = nn.Linear(width, width)\nself.act = nn.ReLU()\nself.b = nn.Linear(width, width)') + net(six)).made.get('Block'), 6);
  });

  it('are told apart by numbers that are equal in Python', () => {
    const shown = run(block('wide = 4 if isinstance(kind, bool) else 3 if isinstance(kind, float) else 2\n' + widths, undefined, '', 'width, kind')
      + net('self.blocks = nn.ModuleList([Block(8, kind) for kind in (1, 1.0, True) * 4])'));
    assert.equal(shown.macs, 4 * (2 + 3 + 4) * 16);
  });

  it('have the default element type of the time', () => {
    const text = block(layers) + net('self.blocks = nn.ModuleList([Block(8) for _ in range(3)])\ntorch.set_default_dtype(torch.float64)\nself.late = nn.ModuleList([Block(8) for _ in range(3)])\nself.size = self.late[2].a.weight.element_size()\nself.last = nn.Linear(8, self.size)',
      'return self.last(x.double())');
    assert.equal(run(text).macs, 64);
  });
});
