/** What another file makes or runs is reported on the line of the analysed file that leads there, in one finding per rule, line and model. */
import { strict as assert } from 'node:assert';
import type { Finding } from '../src/rules/define';
import { analyse, fixtureRoot, prepareParser } from './harness/analyse';

const blocks = `import torch
from torch import nn
from nowhere_to_be_found import frobnicate

class Separable(nn.Sequential):
    def __init__(self, channels, groups=None, kernel_size=3):
        super().__init__(
            nn.Conv2d(channels, channels, kernel_size, padding=1, groups=groups or channels, bias=False),
            nn.Conv2d(channels, channels, 1, bias=False),
        )

def chain(channels):
    return nn.Sequential(*[Separable(channels) for _ in range(4)])

def mixed(x):
    return torch.relu(nn.functional.conv2d(x, torch.ones(8, 1, 3, 3), groups=8))

class Lost(nn.Module):
    def forward(self, x):
        return frobnicate(x)
`;

function findingsOf(text: string, ...rules: readonly string[]): readonly Finding[] {
  return analyse([{ path: 'net.py', text }, { path: 'blocks.py', text: blocks }]).findings.filter(({ rule }) => rules.includes(rule));
}

function textAt(text: string, { at }: Finding): string {
  assert.equal(at.uri, `${fixtureRoot}net.py`);
  return text.slice(at.span.start, at.span.end);
}

describe('findings on layers of other files', () => {
  before(prepareParser);

  it('stand on the call that makes the layer, on the argument where the call names it, with the other file beside it', () => {
    const text = `import torch
from torch import nn
from blocks import Separable
net = nn.Sequential(nn.Conv2d(3, 32, 3), Separable(32, groups=32), Separable(32))
net(torch.randn(1, 3, 32, 32))
`;
    const [finding, ...others] = findingsOf(text, 'JL101');
    assert.ok(finding);
    assert.deepEqual(others, []);
    assert.equal(textAt(text, finding), 'groups=32');
    assert.equal(finding.data['layers'], 2);
    assert.ok(finding.related.some(({ at }) => at.uri.endsWith('blocks.py')));
  });

  it('stand on the innermost line of the file: in a block of its own, not where that block is used', () => {
    const text = `import torch
from torch import nn
from blocks import Separable
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = Separable(width)
    def forward(self, x):
        return x + self.body(x)
net = nn.Sequential(nn.Conv2d(3, 16, 3), Block(16), Block(16), Block(16))
net(torch.randn(1, 3, 32, 32))
`;
    const [finding, ...others] = findingsOf(text, 'JL101');
    assert.ok(finding);
    assert.deepEqual(others, []);
    assert.equal(textAt(text, finding), 'Separable(width)');
    assert.equal(finding.data['layers'], 3);
  });

  it('each on its own line, also where another file makes the same again and again', () => {
    const text = `import torch
from torch import nn
from blocks import chain
first = chain(32)
second = chain(32)
third = chain(32)
net = nn.Sequential(first, second, third)
net(torch.randn(1, 32, 32, 32))
`;
    const found = findingsOf(text, 'JL101');
    assert.deepEqual(found.map(finding => [text.slice(0, finding.at.span.start).split('\n').length, finding.data['layers']]), [[4, 4], [5, 4], [6, 4]]);
  });

  it('errors and gaps, too', () => {
    const text = `import torch
from torch import nn
from blocks import Lost, Separable, mixed
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.wrong = Separable(8)
        self.lost = Lost()
    def forward(self, x):
        x = self.lost(self.wrong(x))
        return mixed(x)
Net()(torch.randn(1, 4, 32, 32))
`;
    const [mismatch] = findingsOf(text, 'JL401');
    assert.ok(mismatch);
    assert.equal(textAt(text, mismatch), 'Separable(8)');
    assert.equal(mismatch.severity, 'error');
    const [gap] = findingsOf(text.replace('Separable(8)', 'Separable(4)'), 'JL403');
    assert.ok(gap);
    assert.match(textAt(text, gap), /self\.lost\(self\.wrong\(x\)\)/);
  });

  it('keep their lines when the file is edited above them', () => {
    const text = `import torch
from torch import nn
from blocks import Separable
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = Separable(32)
    def forward(self, x):
        return self.body(x)
Net()(torch.randn(1, 32, 32, 32))
`;
    for (const edited of [text, `# a comment\n\n${text}`]) {
      const [finding] = findingsOf(edited, 'JL101');
      assert.ok(finding);
      assert.equal(textAt(edited, finding), 'Separable(32)');
    }
  });
});
