/** Fixes that give an argument another value: the edited file no longer has the finding, and the title says what changed. */
import { strict as assert } from 'node:assert';
import type { Finding } from '../src/rules/define';
import { analyse, prepareParser } from './harness/analyse';

const torch = (lines: readonly string[], input: string): string => [
  'import torch', 'from torch import nn', 'model = nn.Sequential(', ...lines.map(line => `    ${line}`), ')', `model(torch.randn(${input}))`, '',
].join('\n');

function findingOf(rule: string, text: string): Finding | undefined {
  return analyse([{ path: 'net.py', text }]).findings.find(each => each.rule === rule);
}

function fixed(rule: string, text: string, title: string): string {
  const fix = findingOf(rule, text)?.fix;
  assert.equal(fix?.title, title);
  let edited = text;
  for (const { at, newText } of [...fix.edits].sort((left, right) => right.at.span.start - left.at.span.start)) edited = edited.slice(0, at.span.start) + newText + edited.slice(at.span.end);
  assert.equal(findingOf(rule, edited), undefined, edited);
  assert.equal(analyse([{ path: 'net.py', text: edited }]).models[0]?.metrics.status, 'exact', edited);
  return edited;
}

describe('fixes of rules', () => {
  before(prepareParser);

  it('remove a bias: added, changed, behind a comma, over lines, in Keras', () => {
    const norm = ['nn.BatchNorm2d(8),', 'nn.ReLU(),'];
    assert.match(fixed('JL309', torch(['nn.Conv2d(3, 8, 3),', ...norm], '1, 3, 16, 16'), 'Remove the bias: −8 params'), /nn\.Conv2d\(3, 8, 3, bias=False\),/);
    assert.match(fixed('JL309', torch(['nn.Conv2d(3, 8, 3, bias=True),', ...norm], '1, 3, 16, 16'), 'Remove the bias: −8 params'), /nn\.Conv2d\(3, 8, 3, bias=False\),/);
    assert.match(fixed('JL309', torch(['nn.Conv2d(', '    3, 8, 3,', '),', ...norm], '1, 3, 16, 16'), 'Remove the bias: −8 params'), /3, 8, 3, bias=False\n/);
    const keras = 'import keras\nfrom keras import layers\ni = keras.Input((16, 16, 3))\nx = layers.Conv2D(8, 3)(i)\nx = layers.BatchNormalization()(x)\nmodel = keras.Model(i, x)\n';
    assert.match(fixed('JL309', keras, 'Remove the bias: −8 params'), /layers\.Conv2D\(8, 3, use_bias=False\)/);
  });

  it('serve all layers that one call makes', () => {
    const text = `import torch
from torch import nn
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3)
        self.norm = nn.BatchNorm2d(width)
    def forward(self, x):
        return self.norm(self.conv(x))
net = nn.Sequential(Block(8), Block(8), Block(8))
net(torch.randn(1, 8, 16, 16))
`;
    fixed('JL309', text, 'Remove the bias: −24 params');
  });

  it('are not offered where the value comes from elsewhere, arguments are unpacked, or another file makes the layer', () => {
    const block = (call: string): string => `import torch
from torch import nn
more = {}
def conv(width, bias):
    return ${call}
net = nn.Sequential(conv(8, True), nn.BatchNorm2d(8))
net(torch.randn(1, 8, 16, 16))
`;
    for (const call of ['nn.Conv2d(width, width, 3, bias=bias)', 'nn.Conv2d(width, width, 3, **more)', 'nn.Conv2d(width, width, 3  # narrow\n    )']) {
      const finding = findingOf('JL309', block(call));
      assert.ok(finding, call);
      assert.equal(finding.fix, undefined, call);
    }
  });

  it('make sizes fit, and give padding as a number', () => {
    assert.match(fixed('JL401', torch(['nn.Conv2d(3, 8, 3),', 'nn.Conv2d(16, 8, 3),'], '1, 3, 16, 16'), 'in_channels=8, as the layer before gives'), /nn\.Conv2d\(8, 8, 3\)/);
    assert.match(fixed('JL401', torch(['nn.Linear(4, 8),', 'nn.Linear(in_features=9, out_features=2),'], '1, 4'), 'in_features=8, as the layer before gives'), /in_features=8, out/);
    assert.match(fixed('JL503', torch(['nn.Conv2d(3, 64, 7, 7),', 'nn.Conv2d(64, 64, 9, groups=64, padding="same"),'], '1, 3, 224, 224'), 'padding=4: the same sizes, and no slow path'), /padding=4\)/);
  });
});
