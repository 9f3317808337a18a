/** A branch of which it is not known whether it runs: one that fails leaves no trace in a model, and what two leave different is never claimed to be exact. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import { Workspace } from '../src/analysis/workspace';
import { reportOf } from '../src/report/json';
import { analyse, fixtureRoot, memoryHost, prepareParser } from './harness/analyse';
import { visit } from './steady/visits';

const tool = { name: 'joulelint', version: '0' };

/** Conditions of one length, so that everything behind them stands where it did. */
const conditions = { unknown: 'somewhere.flag', yes: 'True and  True', no: 'False or False' } as const;
type Condition = keyof typeof conditions;

const indented = (code: string, by: string): string => code.split('\n').map(line => by + line).join('\n');

/** The two sides stand where the model is made (`later`: where it is run). */
function program(condition: Condition, first: string, second: string, later: boolean): string {
  const fork = `if ${conditions[condition]}:\n${indented(first, '    ')}\nelse:\n${indented(second, '    ')}`;
  return `
import copy
import torch
from torch import nn
import torch.nn.functional as F
import somewhere
class Wide(nn.Conv2d):
    extra = 1
def hook(module, args, output): return F.linear(output, torch.zeros(output.shape[-1], output.shape[-1]))
def pre_hook(module, args): return (F.relu(args[0]),)
class Net(nn.Module):
    blocks_made = 0
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.blocks = nn.ModuleList([nn.Conv2d(8, 8, 3), nn.Conv2d(8, 8, 3)])
        self.heads = nn.ModuleDict({'a': nn.Linear(8, 4), 'b': nn.Linear(8, 2)})
        self.body = nn.Sequential(nn.Conv2d(8, 8, 1), nn.ReLU())
        self.norm = nn.BatchNorm2d(8)
        self.drop = nn.Dropout(0.5)
        self.register_buffer('table', torch.zeros(4))
        self.scale = nn.Parameter(torch.ones(8, 1, 1))
        self.widths = [8, 8]
        self.kind = 'a'
        self.step = torch.zeros(8, 1, 1)
        if True:
${indented(later ? 'pass' : fork, '            ')}
    def forward(self, x):
        if True:
${indented(later ? fork : 'pass', '            ')}
        x = self.body(self.drop(self.conv(x)) * self.scale + self.step)
        x = self.norm(x)
        for block in self.blocks: x = block(x)
        for width in self.widths: x = F.conv2d(x, torch.zeros(8, width, 1, 1))
        return self.heads[self.kind](x.mean((2, 3)))
net = Net()
net(torch.randn(1, 3, 16, 16))
`;
}

const writes: readonly string[] = [
  'self.conv.weight.requires_grad = False', 'self.conv.weight.requires_grad_(False)', 'self.requires_grad_(False)', 'for p in self.parameters(): p.requires_grad = False',
  'self.conv.register_forward_hook(hook)', 'self.blocks[0].register_forward_pre_hook(pre_hook)', 'self.conv.register_forward_hook(hook).remove()',
  'self.conv = nn.Conv2d(3, 8, 5)', 'self.conv.stride = (2, 2)', 'self.conv.weight = nn.Parameter(torch.zeros(8, 3, 5, 5))', 'self.conv.bias = None', 'self.extra = nn.Linear(4, 4)', 'del self.scale\nself.scale = 2', 'self.scale = nn.Parameter(torch.ones(1))', 'self.scale.data = torch.ones(8, 1, 1)',
  'self.register_buffer("more", torch.zeros(100))', 'self.register_parameter("more", nn.Parameter(torch.zeros(100)))', 'self.add_module("more", nn.Linear(2, 2))', 'self.table = torch.zeros(9)', 'self.register_buffer("table2", torch.zeros(3), persistent=False)',
  'self.blocks.append(nn.Conv2d(8, 8, 1))', 'self.blocks.extend([nn.Conv2d(8, 8, 1)])', 'self.blocks[0] = nn.Conv2d(8, 8, 5)', 'del self.blocks[0]', 'self.blocks.insert(0, nn.Conv2d(8, 8, 1))', 'self.blocks.pop(0)', 'self.body.add_module("2", nn.Conv2d(8, 8, 1))', 'self.body[0] = nn.Conv2d(8, 8, 3)', 'self.body.append(nn.Conv2d(8, 8, 3))',
  'self.heads["a"] = nn.Linear(8, 16)', 'self.heads.pop("b")', 'self.heads.update({"c": nn.Linear(8, 1)})', 'del self.heads["b"]', 'self.heads.clear()\nself.heads["a"] = nn.Linear(8, 3)', 'self.kind = "b"',
  'self.widths.append(8)', 'self.widths.pop()', 'self.widths[:] = []', 'setattr(self, "kind", "b")', 'self.__dict__["kind"] = "b"', 'self._modules["conv"] = nn.Conv2d(3, 8, 7)', 'self.__class__.blocks_made += 1',
  'self.train()', 'self.eval()', 'self.norm.train(True)', 'self.norm.track_running_stats = False', 'self.drop.p = 0.0', 'self.drop = nn.Identity()', 'self.half()', 'self.to(torch.float64)', 'self.float()',
  'self.step.add_(1)', 'self.step += 1', 'self.step = self.step + 1', 'self.step.unsqueeze_(0)', 'self.blocks[1] = self.blocks[0]', 'self.blocks = copy.deepcopy(self.blocks)', 'nn.utils.parametrizations.weight_norm(self.conv)', 'nn.utils.spectral_norm(self.conv)', 'self.apply(lambda m: m.register_forward_hook(hook) if isinstance(m, nn.Linear) else None)', 'self.conv.forward = lambda x: F.conv2d(x, torch.zeros(8, 3, 1, 1))', 'self.conv.__class__ = Wide', 'nn.init.zeros_(self.conv.weight)',
];

interface Said { readonly status: string | undefined; readonly figures: string; readonly report: string }

function said(condition: Condition, first: string, second: string, later: boolean): Said {
  const report = reportOf([analyse([{ path: 'net.py', text: program(condition, first, second, later) }])], tool);
  const [model] = report.models;
  return { status: model?.status, figures: JSON.stringify([model?.totals, model?.layers.map(layer => [layer.path, layer.type, layer.out, layer.macs, layer.params])]), report: JSON.stringify(report) };
}

describe('branches of which it is not known whether they run', () => {
  before(prepareParser);

  for (const [i, write] of writes.entries()) {
    const other = writes[(i * 5 + 2) % writes.length] ?? 'pass';
    for (const later of [false, true]) {
      it(`${later ? 'in forward' : 'in __init__'}: ${write}`, () => {
        const failing = `${write}\nraise RuntimeError("no")`;
        // What follows a raise does not run, so that the report of the other side alone is all there is to say.
        for (const [condition, sides] of [['no', [failing, other]], ['yes', [other, failing]]] as const) {
          const alone = said(condition, ...sides, later);
          // Where both sides fail, either may be told.
          if (alone.status !== 'failed') assert.equal(said('unknown', ...sides, later).report, alone.report, `beside ${other}`);
        }
        const [unknown, yes, no] = [said('unknown', write, other, later), said('yes', write, other, later), said('no', write, other, later)];
        if (unknown.status === 'exact') assert.deepEqual([unknown.figures, unknown.figures], [yes.figures, no.figures], `claimed to be exact beside ${other}`);
      });
    }
  }
});

describe('models of other modules', () => {
  before(prepareParser);
  const lib = 'import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(8, 8)\n    def forward(self, x): return self.fc(x)\nnet = Net()\nseen = []\n';
  const uses: readonly (readonly [string, string])[] = [
    ['a hook', 'from lib import net\nextra = nn.Linear(8, 4)\nnet.register_forward_hook(lambda m, a, out: extra(out))\nnet(torch.randn(2, 8))\n'],
    ['a hook on a part', 'from lib import net\nextra = nn.Linear(8, 4)\nnet.fc.register_forward_pre_hook(lambda m, a: (torch.relu(a[0]),))\nnet(torch.randn(2, 8))\n'],
    ['a frozen weight', 'from lib import net\nnet.fc.weight.requires_grad = False\nnet(torch.randn(2, 8))\n'],
    ['another layer in its place', 'from lib import net, seen\nseen.append(1)\nnet.fc = nn.Linear(8, 4 + len(seen))\nnet(torch.randn(2, 8))\n'],
    ['another method of its class', 'import lib\nlib.Net.forward = lambda self, x: self.fc(self.fc(x))\nlib.net(torch.randn(2, 8))\n'],
    ['another method of a class of the library', 'import lib\nplain = nn.Linear.forward\nnn.Linear.forward = lambda self, x: plain(self, torch.relu(x))\nlib.net(torch.randn(2, 8))\n'],
  ];
  for (const [what, use] of uses) {
    it(`are found as they were the next time: ${what}`, async () => {
      const uri = `${fixtureRoot}main.py`;
      const text = `import torch\nfrom torch import nn\n${use}`;
      const workspace = new Workspace({ host: memoryHost(new Map([[uri, text], [`${fixtureRoot}lib.py`, lib]])) });
      let version = 0;
      const report = async (edited: string): Promise<string> => {
        workspace.setDocument(uri, edited, version++);
        return JSON.stringify(reportOf([await workspace.analyze({ uri, settings: defaultSettings })], tool));
      };
      assert.deepEqual(await visit(text, report), []);
      const [model] = (JSON.parse(await report(text)) as { readonly models: readonly { readonly status: string; readonly layers: readonly unknown[] }[] }).models;
      assert.equal(model?.status, 'exact');
    });
  }
});

describe('functions of which nothing is known', () => {
  before(prepareParser);
  const made = (call: string): readonly [string | undefined, readonly string[]] => {
    const text = `from torch import nn\nimport somewhere\n\n
class Net(nn.Module):
    def __init__(self, width=8, groups=1):
        super().__init__()
        self.layer = nn.Conv2d(8, width, 3, groups=groups)

    def forward(self, x):
        return self.layer(x)


def net(**options):
    settings = dict(options)
${indented(call, '    ')}
    return Net(**options)
`;
    const { models, problems } = reportOf([analyse([{ path: 'net.py', text }])], tool);
    return [models.find(({ name }) => name === 'net')?.status, problems.map(({ message }) => message).filter(message => /may change/.test(message))];
  };
  const told = ['`somewhere` was not found, and it may change the keywords that it is given'];

  it('may change the keywords that they are given', () => {
    assert.deepEqual(made('somewhere.fill(options, "groups", 4)'), ['lower-bound', told]);
    assert.deepEqual(made('if somewhere.flag:\n    somewhere.fill(options, "groups", 4)'), ['lower-bound', told]);
    assert.deepEqual(made('if somewhere.flag:\n    pass\nelse:\n    somewhere.fill(options)'), ['lower-bound', told]);
  });

  it('do not change what they are given as keywords of the call, or a copy', () => {
    for (const call of ['somewhere.log(**options)', 'somewhere.log(settings)', 'somewhere.log(dict(options))']) assert.deepEqual(made(call), ['exact', []], call);
  });
});
