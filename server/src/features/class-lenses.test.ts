import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from '../../test/harness/analyse';
import { codeLenses } from './code-lens';
import { modelSummaries } from './models';

const text = `import torch
from torch import nn


class Gate(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(width, width, bias=False)

    def forward(self, x):
        return x * self.layer(x)


class Stage(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.body = nn.Sequential(*[Gate(width) for _ in range(depth)])

    def forward(self, x):
        return self.body(x)


class Net(nn.Module):
    def __init__(self, width, depth=2):
        super().__init__()
        self.first = Stage(width, depth)
        self.second = Stage(width, depth)
        self.head = nn.Linear(width, 4, bias=False)

    def forward(self, x):
        return self.head(self.second(self.first(x)))


def small():
    return Net(8)


def large():
    return Net(16)
`;

describe('the lens above a class', () => {
  before(prepareParser);

  it('says what its instances come to in the model that uses them', () => {
    const analysis = analyse([{ path: 'net.py', text }]);
    const lenses = codeLenses(analysis);
    const above = (name: string): string[] => {
      const line = text.split('\n').findIndex(row => row.startsWith(`class ${name}(`));
      return lenses.filter(({ range }) => range.start.line === line).map(({ command }) => command?.title ?? '');
    };
    // 4 gates of 8 · 8 weights; the head has 8 · 4. A gate puts out its linear layer and the product, 8 each, beside the 8 of the input and the 4 of the head.
    assert.match(above('Gate').join(), /^4× in small · 256 MAC \(88\.9 %\) · 256 params · 64 act\. \(84\.2 %\) · .*J \([\d.]+ %\) on RTX 4090$/);
    assert.match(above('Stage').join(), /^2× in small · 256 MAC \(88\.9 %\) · 256 params/);
    assert.equal(lenses.find(({ command }) => command?.title.startsWith('4× in'))?.command?.tooltip, 'Also in 1 other model of this file');
  });

  it('says that there may be more where a part of the model is not known', () => {
    const changed = text.replace('def small():\n    return Net(8)', 'def small(**options):\n    somewhere.fill(options)\n    return Net(8)').replace('import torch\n', 'import somewhere\nimport torch\n').replace(/def large[^]*/, '');
    const analysis = analyse([{ path: 'net.py', text: changed }]);
    const titles = codeLenses(analysis).map(({ command }) => command?.title ?? '');
    assert.match(titles.find(title => title.startsWith('4× in small')) ?? '', /^4× in small · ≥ 256 MAC \(88\.9 %\) · ≥ 256 params · ≥ 64 act\. .* · ≥ \d.* on RTX 4090$/);
    assert.match(modelSummaries(analysis).find(({ name }) => name === 'small')?.di ?? '', /^DI [\d.]+ of what is known$/);
  });

  it('is left to the model where the class is one', () => {
    const lenses = codeLenses(analyse([{ path: 'net.py', text: text.replace('width, depth=2', 'width=8, depth=2') }]));
    const lines = lenses.map(({ range }) => range.start.line);
    assert.equal(new Set(lines).size, lines.length);
  });
});
