/** Code that leaves a block under a condition nobody knows: what follows it may run or not, and no figure says otherwise. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Said { readonly status: string | undefined; readonly params: unknown; readonly macs: unknown }

const indented = (code: string): string => code.split('\n').map(line => `        ${line}`).join('\n');

function said(init: string, forward = 'return self.fc(x)', before = ''): Said {
  const { models } = analyse([{ path: 'net.py', text: `import torch
from torch import nn
import somewhere
${before}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.more = nn.Linear(8, 8)
${indented(init)}
    def forward(self, x):
${indented(forward)}
Net()(torch.randn(2, 8))
` }]);
  const [model] = models;
  assert.deepEqual(model?.findings.filter(({ severity }) => severity === 'error'), []);
  return { status: model.metrics.status, params: model.metrics.totals.frameworkParams, macs: model.metrics.totals.macs };
}

describe('what may have been left under a condition that is not known', () => {
  before(prepareParser);

  const doubtful: Readonly<Record<string, readonly [init: string, before?: string]>> = {
    'a function, before it writes': ['width(self)\nself.fc = nn.Linear(8, self.n)', 'def width(net):\n    net.n = 8\n    if somewhere.flag:\n        return\n    net.n = 16'],
    'a function, after it wrote': ['width(self)\nself.fc = nn.Linear(8, self.n)', 'def width(net):\n    net.n = 8\n    if somewhere.flag:\n        net.n = 4\n        return'],
    'a function, from within an inner block': ['width(self)\nself.fc = nn.Linear(8, self.n)', 'def width(net):\n    net.n = 8\n    with torch.no_grad():\n        if somewhere.flag:\n            return\n    net.n = 16'],
    'a body whose error a manager swallows': ['n = 8\nwith contextlib.suppress(ValueError):\n    if somewhere.flag: raise ValueError("no")\n    n = 4\nself.fc = nn.Linear(8, n)', 'import contextlib'],
    'a body whose error a manager of the file swallows': ['n = 8\nwith Ignoring():\n    assert somewhere.flag\n    n = 4\nself.fc = nn.Linear(8, n)', 'class Ignoring:\n    def __enter__(self): pass\n    def __exit__(self, kind, error, trace): return kind is AssertionError'],
    'a body whose error a generator swallows': ['n = 8\nwith ignoring():\n    if somewhere.flag: raise ValueError("no")\n    n = 4\nself.fc = nn.Linear(8, n)', 'import contextlib\n@contextlib.contextmanager\ndef ignoring():\n    try:\n        yield\n    except ValueError:\n        pass'],
    'a handler that hands the error on to another': ['n = 8\ntry:\n    try:\n        if somewhere.flag: raise ValueError("no")\n        n = 4\n    except Exception as error:\n        raise error\nexcept ValueError:\n    pass\nself.fc = nn.Linear(8, n)'],
    'a handler that may leave before it hands the error on': ['width(self)\nself.fc = nn.Linear(8, self.n)', 'def width(net):\n    net.n = 8\n    try:\n        if somewhere.flag: raise ValueError("no")\n        net.n = 4\n    except Exception:\n        if net.n == 8:\n            return\n        raise'],
    'a case of a match': ['n = 8\nmatch somewhere.size:\n    case "small":\n        n = 4\n    case "large":\n        n = 16\nself.fc = nn.Linear(8, n)'],
    'a case with a guard': ['n = 8\nmatch n:\n    case 8 if somewhere.flag:\n        n = 16\nself.fc = nn.Linear(8, n)'],
    'a case that binds what it fits': ['n = 8\nmatch somewhere.sizes:\n    case [n, 8]:\n        pass\nself.fc = nn.Linear(8, n)'],
    'a case that returns': ['width(self)\nself.fc = nn.Linear(8, self.n)', 'def width(net):\n    net.n = 8\n    match somewhere.size:\n        case 7 | 9:\n            return\n    net.n = 16'],
    'one of the alternatives of a case': ['n = 8\nmatch (8, somewhere.size):\n    case (8, 1) | (4, _):\n        n = 4\nself.fc = nn.Linear(8, n)'],
    'a key of a case': ['n = 8\nmatch {"kind": somewhere.kind, "n": 4}:\n    case {"kind": "narrow", "n": n}:\n        pass\nself.fc = nn.Linear(8, n)'],
    'a class of a case': ['n = 8\nmatch somewhere.size:\n    case int():\n        n = 4\nself.fc = nn.Linear(8, n)'],
    'a round of a loop, in one branch': ['n = 8\nfor i in range(3):\n    if somewhere.flag:\n        continue\n    n += 4\nself.fc = nn.Linear(8, n)'],
    'a round, in a while': ['n = i = 0\nwhile i < 3:\n    i += 1\n    if somewhere.flag:\n        continue\n    n += 4\nself.fc = nn.Linear(8, n)'],
    'a loop, before its else': ['n = 8\nfor i in range(3):\n    if somewhere.flag: break\nelse:\n    n = 4\nself.fc = nn.Linear(8, n)'],
    'a body whose error is handled': ['n = 8\ntry:\n    if somewhere.flag: raise ValueError("no")\nexcept ValueError:\n    n = 4\nself.fc = nn.Linear(8, n)'],
    'a body whose error is handled further out': ['n = 8\ntry:\n    check()\n    n = 4\nexcept ValueError:\n    pass\nself.fc = nn.Linear(8, n)',
      'def check():\n    if somewhere.flag:\n        raise ValueError("no")'],
    'a body whose assertion may fail': ['n = 8\ntry:\n    assert somewhere.flag\n    n = 4\nexcept AssertionError:\n    pass\nself.fc = nn.Linear(8, n)'],
    'a try, before its else': ['n = 8\ntry:\n    if somewhere.flag: raise KeyError("a")\nexcept (KeyError, ValueError):\n    pass\nelse:\n    n = 4\nself.fc = nn.Linear(8, n)'],
    'a loop over what nobody knows': ['self.fc = nn.Linear(8, first(somewhere.items))', 'def first(items):\n    for item in items:\n        return 4\n    return 8'],
    'a generator that skips an item': ['self.fc = nn.Sequential(*layers())',
      'def layers():\n    for i in range(3):\n        if somewhere.flag: continue\n        yield nn.Linear(8, 8)'],
    'a generator that ends early': ['self.fc = nn.Sequential(*layers())', 'def layers():\n    for i in range(3):\n        if somewhere.flag: return\n        yield nn.Linear(8, 8)'],
  };
  for (const [what, [init, before]] of Object.entries(doubtful)) {
    it(`is never claimed to be exact: ${what}`, () => {
      assert.notEqual(said(init, undefined, before).status, 'exact');
    });
  }

  const settled: Readonly<Record<string, string>> = {
    'an error that nobody handles does not happen': 'n = 4\nif somewhere.flag: raise ValueError("no")\nself.fc = nn.Linear(8, n)',
    'an error that is handled and changes nothing': 'n = 4\ntry:\n    if somewhere.flag: raise ValueError("no")\nexcept ValueError:\n    pass\nself.fc = nn.Linear(8, n)',
    'a check of what is installed does not fail': 'n = 4\ntry:\n    if somewhere.flag: raise ImportError("no")\nexcept ImportError:\n    n = 2\nself.fc = nn.Linear(8, n)',
    'an error that a handler hands on to nobody': 'n = 4\ntry:\n    if somewhere.flag: raise ValueError("no")\n    m = 8\nexcept Exception:\n    m = 2\n    raise\nself.fc = nn.Linear(m, n)',
    'an error of another kind than the manager swallows': 'import contextlib\nn = 8\nwith contextlib.suppress(KeyError):\n    if somewhere.flag: raise ValueError("no")\n    n = 4\nself.fc = nn.Linear(8, n)',
    'a manager that swallows nothing': 'n = 8\nwith torch.no_grad():\n    if somewhere.flag: raise ValueError("no")\n    n = 4\nself.fc = nn.Linear(8, n)',
    'both ways lead to the same': 'def width():\n    if somewhere.flag:\n        return 4\n    return 4\nself.fc = nn.Linear(8, width())',
    'rounds that are skipped and change nothing': 'n = 4\nfor i in range(3):\n    if somewhere.flag: continue\n    m = i\nself.fc = nn.Linear(8, n)',
    'an error that is handled within': 'n = 4\ntry:\n    try:\n        if somewhere.flag: raise KeyError("a")\n    except KeyError:\n        pass\nexcept Exception:\n    n = 2\nself.fc = nn.Linear(8, n)',
  };
  for (const [what, init] of Object.entries(settled)) {
    it(`leaves the figures exact where it makes no difference: ${what}`, () => {
      assert.deepEqual(said(init), { status: 'exact', params: 108, macs: 64 });
    });
  }

  const bounds: Readonly<Record<string, readonly [string, number]>> = {
    'the function returns before it goes on': ['x = self.fc(x)\nif x.sum() > 0: return x\nreturn self.more(self.more(x))', 128],
    'it returns something that costs more': ['if x.sum() > 0: return self.more(self.fc(x))\nreturn self.more(x)', 128],
    'it returns from a loop': ['for i in range(4):\n    x = self.fc(x)\n    if x.sum() > 0: return x\nreturn self.more(x)', 128],
    'it leaves a loop': ['for i in range(4):\n    x = self.fc(x)\n    if x.sum() > 0: break\nreturn self.more(x)', 256],
    'it skips the rest of a round': ['for i in range(4):\n    if x.sum() > 0: continue\n    x = self.fc(x)\nreturn self.more(x)', 128],
    'it returns from an inner block': ['if True:\n    x = self.more(x)\n    with torch.no_grad():\n        if x.sum() > 0: return x\nreturn self.fc(x)', 128],
    'a loop without an end of its own': ['while True:\n    x = self.fc(x)\n    if x.sum() > 0: break\nreturn self.more(x)', 256],
    'what follows does not fit': ['x = self.fc(x)\nif x.sum() > 0: return x\nreturn x.nothing', 128],
    'a branch does not fit': ['if x.sum() > 0: x = x + torch.zeros(3)\nreturn self.fc(x)', 128],
    'one value of two does not fit': ['return self.more(x[:, :4]) if x.sum() > 0 else self.fc(x)', 128],
    'an error that is handled': ['try:\n    if x.sum() > 0: raise ValueError("no")\n    x = self.fc(self.fc(x))\nexcept ValueError:\n    x = self.more(x)\nreturn self.more(x)', 128],
  };
  for (const [what, [forward, macs]] of Object.entries(bounds)) {
    it(`counts what runs in any case: ${what}`, () => {
      assert.deepEqual(said('pass', forward), { status: 'lower-bound', params: 144, macs });
    });
  }

  it('a check of the program\'s own that ends the other way is none of them', () => {
    assert.deepEqual(said('pass', 'if x.sum() > 0: return self.fc(x)\nraise ValueError("negative")'), { status: 'exact', params: 144, macs: 128 });
  });

  it('what costs nothing behind it leaves the figures exact', () => {
    assert.deepEqual(said('pass', 'x = self.fc(x)\nif x.sum() > 0: return x\nx = x + 1\nreturn x'), { status: 'exact', params: 144, macs: 128 });
  });
});
