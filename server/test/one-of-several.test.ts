/** What is done to an object that a condition nobody knows has chosen is done to one of several: none of them is as it was for certain. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

const indented = (code: string): string => code.split('\n').map(line => `        ${line}`).join('\n');

function said(init: string, forward: string, before = ''): readonly unknown[] {
  const { models } = analyse([{ path: 'net.py', text: `import torch
from torch import nn
import somewhere
${before}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.p, self.q = nn.Linear(8, 8), nn.Linear(8, 8)
${indented(init)}
    def forward(self, x):
${indented(forward)}
Net()(torch.randn(2, 8))
` }]);
  const [model] = models;
  assert.deepEqual(model?.findings.filter(({ severity }) => severity === 'error'), []);
  return [model.metrics.status, model.metrics.totals.frameworkParams, model.metrics.totals.macs];
}

const manager = 'class Sized:\n    def __init__(self, net, n): self.net, self.n = net, n\n    def __enter__(self): return self\n    def __exit__(self, *a): self.net.n = self.n';

describe('one of several objects', () => {
  before(prepareParser);

  const widths: Readonly<Record<string, readonly [string, string?]>> = {
    'a method is called': ['a, b = [8], [8]\n(a if somewhere.flag else b).append(8)\nn = 8 * len(a)'],
    'an item is written': ['a, b = [8], [8]\n(a if somewhere.flag else b)[0] = 16\nn = a[0]'],
    'an item is deleted': ['a, b = [8, 8], [8, 8]\ndel (a if somewhere.flag else b)[0]\nn = 8 * len(a)'],
    'an attribute is written': ['class Holder: n = 8\na, b = Holder(), Holder()\n(a if somewhere.flag else b).n = 16\nn = a.n'],
    'it is extended in place': ['a, b = [8], [8]\nc = a if somewhere.flag else b\nc += [8]\nn = 8 * len(a)'],
    'it is chosen in a branch': ['a, b = [8], [8]\nif somewhere.flag: c = a\nelse: c = b\nc.append(8)\nn = 8 * len(a)'],
    'it is chosen by an index': ['a = [[8], [8]]\na[somewhere.index].append(8)\nn = 8 * len(a[0])'],
    'it is chosen by a key': ['a = {"x": [8], "y": [8]}\na[somewhere.key].append(8)\nn = 8 * len(a["x"])'],
    'it is called': ['w = [8]\ndef grow(): w.append(8)\ndef keep(): pass\n(grow if somewhere.flag else keep)()\nn = 8 * len(w)'],
    'it is handed to a function of the library': ['a, b = {}, {}\ndict.update(a if somewhere.flag else b, x=1)\nn = 8 + len(a)'],
    'it is a context manager': ['with (Sized(self, 8) if somewhere.flag else Sized(self, 16)): pass\nn = self.n', manager],
  };
  for (const [how, [init, before]] of Object.entries(widths)) {
    it(`is not as it was: ${how}`, () => {
      assert.notEqual(said(`${init}\nself.p = nn.Linear(8, n)`, 'return self.p(x)', before)[0], 'exact');
    });
  }

  it('a bias is taken from one of two layers', () => {
    assert.deepEqual(said('(self.p if somewhere.flag else self.q).bias = None', 'return self.q(self.p(x))'), ['lower-bound', 128, 256]);
  });

  it('a weight may be tied, or replaced', () => {
    assert.deepEqual(said('if somewhere.flag: self.q.weight = self.p.weight', 'return self.q(self.p(x))'), ['lower-bound', 80, 256]);
    assert.deepEqual(said('if somewhere.flag: self.q.weight = nn.Parameter(torch.zeros(8, 8))', 'return self.q(self.p(x))'), ['lower-bound', 80, 256]);
  });

  it('a layer is made in one branch only, and never used', () => {
    assert.deepEqual(said('self.more = nn.Linear(8, 8) if somewhere.flag else None', 'return self.q(self.p(x))'), ['lower-bound', 144, 256]);
  });

  it('an expert that the data choose costs as much as the cheapest', () => {
    assert.deepEqual(said('self.experts = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 8)])', 'return self.experts[int(self.p(x).argmax())](x)'), ['lower-bound', 288, 256]);
  });
});
