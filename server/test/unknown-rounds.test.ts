/** Loops of which nobody knows how often they run, or after which round they end: what they make is never claimed to be exact. */
import assert from 'node:assert/strict';
import { analyse, prepareParser } from './harness/analyse';

function statusOf(before: string, init: string, forward: string): { readonly status: string | undefined; readonly macs: number | undefined } {
  const text = `import functools
import random
import torch
import torch.nn as nn
${before}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(8, 8)
${init.split('\n').map(line => `        ${line}`).join('\n')}
    def forward(self, x):
${forward.split('\n').map(line => `        ${line}`).join('\n')}
        return x
net = Net()
net(torch.randn(4, 8))
`;
  const [model] = analyse([{ path: 'net.py', text }]).models;
  const macs = model?.metrics.totals.macs;
  return { status: model?.metrics.status, macs: typeof macs === 'number' ? macs : undefined };
}

const countedByData: readonly string[] = [
  'for v in torch.unique(x): x = self.l(x)',
  'x = sum([self.l(x) for v in torch.unique(x)], x)',
  'x = sum((self.l(x) for v in torch.unique(x)), x)',
  'y = [self.l(r) for r in x[x.sum(1) > 0]]',
  'for r in x[x.sum(1) > 0]: self.l(r)',
  'y = {int(v): self.l(x) for v in x.unique()}',
  'y = [self.l(x) for i in range(3) if x.sum() > i]',
  'x = x + torch.stack(list(map(lambda v: self.l(x), torch.unique(x)))).sum()',
  'y = list(filter(lambda r: self.l(x).sum() > 0, torch.unique(x)))',
  'for v, w in zip(torch.unique(x), range(3)): x = self.l(x)',
  'for i, v in enumerate(x.long().flatten().unique().tolist()): x = self.l(x)',
  'y = sorted(torch.unique(x), key=lambda v: self.l(x).sum())',
  'x = functools.reduce(lambda a, v: self.l(a), torch.unique(x), x)',
  'y = any(self.l(x).sum() > 0 for v in torch.unique(x))',
  'for c in x.split(x.unique().shape[0]): x = self.l(x)',
  'for g in torch.tensor_split(x, torch.nonzero(x[0]).flatten()): x = self.l(x)',
  'while x.shape[0] > torch.unique(x).shape[0]: x = self.l(x)',
];

describe('rounds that nobody knows', () => {
  before(prepareParser);

  for (const line of countedByData) {
    it(`a layer in them makes a bound: ${line}`, () => {
      assert.equal(statusOf('', 'pass', line).status, 'lower-bound');
    });
  }

  for (const line of ['for r in x[x.sum(1) > 0]: y = r.sum()', 'y = [v.sum() for v in torch.unique(x)]', 'y = max(x.tolist(), key=lambda r: sum(r))']) {
    it(`what costs nothing in them leaves the figures exact: ${line}`, () => {
      assert.deepEqual(statusOf('', 'pass', `${line}\nx = self.l(x)`), { status: 'exact', macs: 256 });
    });
  }

  const maybe = 'random.random() < 0.5';
  const doubtful: readonly (readonly [string, string, string, string])[] = [
    ['a number that a loop counts before it may end', `n = 0\nfor i in range(10):\n    n += 1\n    if ${maybe}: break`, 'self.h = nn.Linear(8, n)', 'x = self.h(x)'],
    ['the same in a while', `n = 0\nwhile n < 10:\n    n += 1\n    if ${maybe}: break`, 'self.h = nn.Linear(8, n)', 'x = self.h(x)'],
    ['layers made until it may end', '', `ls = []\nfor i in range(5):\n    if ${maybe}: break\n    ls.append(nn.Linear(8, 8))\nself.m = nn.Sequential(*ls)`, 'x = self.m(x)'],
    ['layers made until it ends, without a limit', `ls = []\nwhile True:\n    ls.append(nn.Linear(8, 8))\n    if ${maybe}: break`, 'self.m = nn.Sequential(*ls)', 'x = self.m(x)'],
    ['the length of a list that may have grown', '', `ls = [1]\nif ${maybe}: ls.append(2)\nself.h = nn.Linear(8, len(ls))`, 'x = self.h(x)'],
    ['its last item', '', `ls = [8, 8]\nif ${maybe}: ls.append(16)\nself.h = nn.Linear(8, ls[-2])`, 'x = self.h(x)'],
    ['whether it holds anything', '', `ls = []\nif ${maybe}: ls.append(2)\nself.h = nn.Linear(8, 8 if ls else 4)`, 'x = self.h(x)'],
    ['a loop over a list that may have grown', `ls = [1]\nif ${maybe}: ls.append(2)`, 'self.m = nn.Sequential(*[nn.Linear(8, 8) for _ in ls])', 'x = self.m(x)'],
    ['a loop over a list that grows under it', `ls = [1]\nfor i in ls:\n    if ${maybe}: ls.append(1)`, 'self.m = nn.Sequential(*[nn.Linear(8, 8) for _ in ls])', 'x = self.m(x)'],
    ['a zip over such a list', `ls = [8]\nr = zip(ls, range(9))\nif ${maybe}: ls.append(8)`, 'self.m = nn.Sequential(*[nn.Linear(8, 8) for _ in r])', 'x = self.m(x)'],
    ['a loop over a dict that may have lost a key', `d = {'a': 4, 'b': 8}\nif ${maybe}: d.pop('a')`, 'self.m = nn.Sequential(*[nn.Linear(8, 8) for _ in d])', 'x = self.m(x)'],
    ['whether a dict has that key', `d = {'a': 4, 'b': 8}\nif ${maybe}: d.pop('a')`, "self.h = nn.Linear(8, 8 if 'a' in d else 16)", 'x = self.h(x)'],
    ['how many keys it has', `d = {'a': 4, 'b': 8}\nif ${maybe}: del d['a']`, 'self.h = nn.Linear(8, 8 * len(d))', 'x = self.h(x)'],
    ['whether it has any', `d = {}\nif ${maybe}: d['a'] = 32`, 'self.h = nn.Linear(8, 32 if d else 16)', 'x = self.h(x)'],
    ['the size of a set that may have grown', `s = {8}\nif ${maybe}: s.add(16)`, 'self.h = nn.Linear(8, 8 * len(s))', 'x = self.h(x)'],
    ['a function that may have returned from a loop', `def width():\n    n = 4\n    for i in range(3):\n        n *= 2\n        if ${maybe}: return n\n    return n`, 'self.h = nn.Linear(8, width())', 'x = self.h(x)'],
  ];
  for (const [what, before, init, forward] of doubtful) {
    it(`are no exact figures: ${what}`, () => {
      assert.notEqual(statusOf(before, init, forward).status, 'exact');
    });
  }

  it('what such a loop does not change stays known', () => {
    assert.deepEqual(statusOf(`best = 0\nfor epoch in range(100):\n    best += 1\n    if ${maybe}: break`, 'self.h = nn.Linear(8, 4)', 'x = self.h(x)'), { status: 'exact', macs: 128 });
  });
});
