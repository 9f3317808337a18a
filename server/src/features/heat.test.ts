import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from '../../test/harness/analyse';
import { heat } from './heat';

const source = `import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 1, bias=False)

    def forward(self, x):
        return self.conv(x)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Block(8)
        self.second = Block(8)
        self.stages = self.make(8)

    def make(self, width):
        return nn.Sequential(Block(width), Block(width))

    def forward(self, x):
        x = self.first(x)
        x = self.stages(self.second(x))
        return x

net = Net()
net(torch.randn(1, 8, 4, 4))
`;

describe('heat', () => {
  before(prepareParser);
  const sharesBy = (quantity: 'macs' | 'params' | 'energy'): Readonly<Record<string, number>> => {
    const found = heat(analyse([{ path: 'net.py', text: source }]), quantity, 'Net');
    return Object.fromEntries((found?.lines ?? []).map(({ line, share }) => [source.split('\n')[line]?.trim() ?? '', Math.round(share * 100)]));
  };

  it('gives a line what all layers cost that it applies, makes, names, or calls a block for, each layer once', () => {
    const expected = {
      'self.conv = nn.Conv2d(width, width, 1, bias=False)': 100, 'return self.conv(x)': 100,
      'self.first = Block(8)': 25, 'self.second = Block(8)': 25, 'self.stages = self.make(8)': 50, 'return nn.Sequential(Block(width), Block(width))': 50,
      'x = self.first(x)': 25, 'x = self.stages(self.second(x))': 75,
    };
    assert.deepEqual(sharesBy('macs'), expected);
    assert.deepEqual(sharesBy('params'), expected);
  });

  it('says the share, of what, and how much', () => {
    const found = heat(analyse([{ path: 'net.py', text: source }]), 'macs', 'Net');
    assert.equal(found?.title, 'MACs');
    assert.equal(found.lines.find(({ line }) => source.split('\n')[line]?.includes('self.first(x)'))?.text, '25 % of the MACs of Net: 1.02 kMAC');
  });

  it('knows the energy of a line on the device of the settings', () => {
    const shares = sharesBy('energy');
    assert.equal(shares['return self.conv(x)'], 100);
    assert.equal(shares['x = self.first(x)'], 25);
  });

  it('has nothing to say where there is no model', () => {
    assert.equal(heat(analyse([{ path: 'net.py', text: 'x = 1\n' }]), 'macs', undefined), null);
  });
});
