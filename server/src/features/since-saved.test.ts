import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from '../../test/harness/analyse';
import { savedFiguresOf, sinceSaved } from './since-saved';

const net = (body: string, call = ''): string => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = ${body}

    def forward(self, x):
        return self.layer(x)
${call}`;

function change(before: string, after: string): string[] {
  const [old, now] = [before, after].map(text => analyse([{ path: 'net.py', text }]));
  const [model] = now?.models ?? [];
  return old && model ? sinceSaved(model, undefined, savedFiguresOf(old)) : ['no model'];
}

describe('what an edit costs', () => {
  before(prepareParser);
  const call = 'Net()(torch.zeros(1, 8, 4, 4))\n';

  it('is said of the figures that change', () => {
    // 8 · 4 and 8 · 6 weights, at 16 places.
    assert.deepEqual(change(net('nn.Conv2d(8, 4, 1, bias=False)', call), net('nn.Conv2d(8, 6, 1, bias=False)', call)), ['+50 % MACs, +50 % params, +16.7 % peak since the save']);
  });

  it('is nothing where nothing changes', () => {
    assert.deepEqual(change(net('nn.Conv2d(8, 4, 1)', call), net('nn.Conv2d(8, 4, 1)  # the same', call)), []);
  });

  it('is not said where the input is another, as after a guess that the edit led elsewhere', () => {
    assert.deepEqual(change(net('nn.Linear(16, 4)'), net('nn.Conv2d(3, 4, 1)')), []);
  });
});
