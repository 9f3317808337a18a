/** Fixes: offered only where the edited file holds, with what an analysis of it by itself says; what is offered is applied and looked at. */
import { strict as assert } from 'node:assert';
import { changeText, paramCount } from '../src/base/format';
import { replaced } from '../src/base/edit-text';
import type { Analysis } from '../src/analysis/analysis';
import { tryFix, type Offer } from '../src/analysis/try-fix';
import type { Finding } from '../src/rules/define';
import { analyse, edited, prepareParser } from './harness/analyse';

const torch = (lines: readonly string[], input: string): string => [
  'import torch', 'from torch import nn', 'model = nn.Sequential(', ...lines.map(line => `    ${line}`), ')', `model(torch.randn(${input}))`, '',
].join('\n');

const keras = (lines: readonly string[], input: string): string => [
  'import keras', 'from keras import layers', `inputs = keras.Input((${input}))`, 'x = inputs', ...lines.map(line => `x = ${line}(x)`), 'model = keras.Model(inputs, x)', '',
].join('\n');

interface Tried {
  readonly finding: Finding;
  readonly offers: readonly Offer[];
  readonly analysis: Analysis;
}

async function tried(rule: string, text: string): Promise<Tried> {
  const analysis = analyse([{ path: 'net.py', text }]);
  const finding = analysis.findings.find(each => each.rule === rule);
  assert.ok(finding, `${rule} in ${JSON.stringify(analysis.findings.map(({ message }) => message))}`);
  const offers: Offer[] = [];
  for (const fix of finding.fixes ?? []) {
    const offer = await tryFix(analysis, finding, fix, edited(analysis));
    if (offer) offers.push(offer);
  }
  return { finding, offers, analysis };
}

/** Applies the first offer whose title begins so; its figures must be those of an analysis that knows nothing of the fix. */
async function fixed(rule: string, text: string, title: string): Promise<string> {
  const { offers, analysis } = await tried(rule, text);
  const offer = offers.find(each => each.title.startsWith(title));
  assert.ok(offer, `${title} in ${JSON.stringify(offers.map(each => each.title))}`);
  const after = replaced(text, offer.edits.map(({ at, newText }) => ({ span: at.span, newText }))) ?? '';
  const [old] = analysis.models;
  const [now] = analyse([{ path: 'other.py', text: after }]).models;
  assert.ok(old && now);
  assert.equal(now.metrics.status, 'exact', after);
  const [before, then] = [old.metrics.totals, now.metrics.totals];
  if (old.graph.mismatches.length === 0) {
    const params = then.frameworkParams - before.frameworkParams;
    if (params !== 0) assert.ok(offer.title.includes(`${params < 0 ? '−' : '+'}${paramCount(Math.abs(params))}`), offer.title);
    if (then.macs !== before.macs) assert.ok(offer.title.includes(`${changeText(before.macs, then.macs, 'count')} MACs`), offer.title);
    else assert.doesNotMatch(offer.title, /MACs/);
  }
  return after;
}

describe('fixes of rules', () => {
  before(prepareParser);

  it('remove a bias: added, changed, behind a comma, over lines, in Keras', async () => {
    const norm = ['nn.BatchNorm2d(8),', 'nn.ReLU(),'];
    const title = 'Remove the bias: −8 params';
    assert.match(await fixed('JL309', torch(['nn.Conv2d(3, 8, 3),', ...norm], '1, 3, 16, 16'), title), /nn\.Conv2d\(3, 8, 3, bias=False\),/);
    assert.match(await fixed('JL309', torch(['nn.Conv2d(3, 8, 3, bias=True),', ...norm], '1, 3, 16, 16'), title), /nn\.Conv2d\(3, 8, 3, bias=False\),/);
    assert.match(await fixed('JL309', torch(['nn.Conv2d(', '    3, 8, 3,', '),', ...norm], '1, 3, 16, 16'), title), /3, 8, 3, bias=False\n/);
    assert.match(await fixed('JL309', keras(['layers.Conv2D(8, 3)', 'layers.BatchNormalization()'], '16, 16, 3'), title), /layers\.Conv2D\(8, 3, use_bias=False\)/);
  });

  it('serve all layers that one call makes', async () => {
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
    await fixed('JL309', text, 'Remove the bias: −24 params');
  });

  it('are made on all lines of what is said once for a file, where the text allows it', async () => {
    const text = `import torch
from torch import nn
more = {}
model = nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.BatchNorm2d(8),
    nn.Conv2d(8, 4, 3, **more),
    nn.BatchNorm2d(4),
    nn.Conv2d(4, 16, 3),
    nn.BatchNorm2d(16),
)
model(torch.randn(1, 3, 16, 16))
`;
    const edited = await fixed('JL309', text, 'Remove the bias in 2 places: −24 params');
    assert.match(edited, /Conv2d\(3, 8, 3, bias=False\),\n.*\n.*\*\*more\),\n.*\n +nn\.Conv2d\(4, 16, 3, bias=False\)/);
    const { findings } = analyse([{ path: 'net.py', text }]);
    assert.deepEqual(findings.filter(({ rule }) => rule === 'JL309').map(({ message, related }) => [message.slice(0, 24), related.length]), [['The bias of 16 params is', 3]]);
  });

  it('are not offered where the value comes from elsewhere, arguments are unpacked, or another file makes the layer', async () => {
    const block = (call: string): string => `import torch
from torch import nn
more = {}
def conv(width, bias):
    return ${call}
net = nn.Sequential(conv(8, True), nn.BatchNorm2d(8))
net(torch.randn(1, 8, 16, 16))
`;
    for (const call of ['nn.Conv2d(width, width, 3, bias=bias)', 'nn.Conv2d(width, width, 3, **more)', 'nn.Conv2d(width, width, 3  # narrow\n    )']) {
      assert.deepEqual((await tried('JL309', block(call))).offers, [], call);
    }
  });

  it('are not offered where the edited program refuses them', async () => {
    const text = `import torch
from torch import nn
conv = nn.Conv2d(3, 8, 3)
torch.nn.init.zeros_(conv.bias)
model = nn.Sequential(conv, nn.BatchNorm2d(8))
model(torch.randn(1, 3, 16, 16))
`;
    const { finding, offers } = await tried('JL309', text);
    assert.equal(finding.fixes?.length, 1);
    assert.deepEqual(offers, []);
  });

  it('make sizes fit, say what the model then has, and give padding as a number', async () => {
    assert.match(await fixed('JL401', torch(['nn.Conv2d(3, 8, 3),', 'nn.Conv2d(16, 8, 3),'], '1, 3, 16, 16'), 'in_channels=8, as the layer before gives: then 125 kMAC, 808 params'), /nn\.Conv2d\(8, 8, 3\)/);
    assert.match(await fixed('JL401', torch(['nn.Linear(4, 8),', 'nn.Linear(in_features=9, out_features=2),'], '1, 4'), 'in_features=8, as the layer before gives'), /in_features=8, out/);
    assert.match(
      await fixed('JL503', torch(['nn.Conv2d(3, 64, 7, 7),', 'nn.Conv2d(64, 64, 9, groups=64, padding="same"),'], '1, 3, 224, 224'), 'padding=4, the same sizes without the slow path'), /padding=4\)/,
    );
  });

  it('pad a width, and have what reads it follow', async () => {
    const text = torch(['nn.Conv2d(3, 32, 3),', 'nn.Conv2d(32, 36, 3),', 'nn.BatchNorm2d(36),', 'nn.ReLU(),', 'nn.Conv2d(36, 32, 3),', 'nn.Conv2d(32, 8, 3),'], '1, 3, 64, 64');
    const edited = await fixed('JL201', text, 'Pad 36 channels to 40: +2.32 k params');
    assert.match(edited, /Conv2d\(32, 40, 3\),\n.*BatchNorm2d\(40\),\n.*\n.*Conv2d\(40, 32, 3\)/);
    assert.match(await fixed('JL201', keras(['layers.Conv2D(30, 3)', 'layers.Conv2D(32, 3)', 'layers.Conv2D(8, 3)'], '64, 64, 3'), 'Pad 30 channels to 32'), /Conv2D\(32, 3\)\(x\)\nx = layers\.Conv2D\(32/);
    assert.match(await fixed('JL202', torch(['nn.Linear(64, 50257, bias=False),'], '1, 16, 64'), 'Pad the vocabulary to 50304: +3.01 k params, +48.1 k MACs'), /nn\.Linear\(64, 50304, bias=False\)/);
    assert.match(await fixed('JL203', torch(['nn.Linear(512, 2730),', 'nn.ReLU(),', 'nn.Linear(2730, 512),'], '1, 16, 512'), 'Pad 2730 features to 2752'), /512, 2752\),\n.*\n.*nn\.Linear\(2752, 512\)/);
  });

  it('do not pad a width that something else rests on', async () => {
    const text = torch(['nn.Conv2d(3, 32, 3),', 'nn.Conv2d(32, 36, 3),', 'nn.Unflatten(1, (4, 9)),', 'nn.Flatten(1, 2),', 'nn.Conv2d(36, 32, 3),', 'nn.Conv2d(32, 8, 3),'], '1, 3, 64, 64');
    assert.deepEqual((await tried('JL201', text)).offers, []);
  });

  it('pool globally instead of flattening, however that is written', async () => {
    const layers = ['nn.Conv2d(3, 64, 3, stride=2),', 'nn.Flatten(),', 'nn.Linear(64 * 15 * 15, 256),'];
    assert.match(
      await fixed('JL306', torch(layers, '1, 3, 32, 32'), 'Pool globally instead of flattening: −3.67 M params'),
      /nn\.AdaptiveAvgPool2d\(1\), nn\.Flatten\(\),\n +nn\.Linear\(64, 256\)/,
    );
    const module = (made: string, flattened: string): string => `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3, stride=2)
        ${made}
        self.head = nn.Linear(64 * 225, 256)
    def forward(self, x):
        x = self.conv(x)
        return self.head(${flattened})
Net()(torch.randn(1, 3, 32, 32))
`;
    for (const [made, flattened, then] of [
      ['pass', 'torch.flatten(x, 1)', /self\.head\(x\.mean\(\(2, 3\)\)\)/], ['pass', 'x.view(x.size(0), -1)', /self\.head\(x\.mean\(\(2, 3\)\)\)/],
      ['pass', 'x.flatten(1)', /self\.head\(x\.mean\(\(2, 3\)\)\)/], ['self.flat = nn.Flatten()', 'self.flat(x)', /self\.flat = nn\.Sequential\(nn\.AdaptiveAvgPool2d\(1\), nn\.Flatten\(\)\)/],
    ] as const) assert.match(await fixed('JL306', module(made, flattened), 'Pool globally instead of flattening: −3.67 M params'), then);
    assert.match(
      await fixed('JL306', keras(['layers.Conv2D(64, 3, strides=2)', 'layers.Flatten()', 'layers.Dense(256)'], '32, 32, 3'), 'Pool globally instead of flattening: −3.67 M params'),
      /layers\.GlobalAveragePooling2D\(\)\(x\)/,
    );
  });

  it('merge two linear layers, but not where the bias would be lost', async () => {
    const merged = await fixed('JL311', torch(['nn.Linear(256, 512),', 'nn.Dropout(0.1),', 'nn.Linear(512, 10),'], '1, 256'), 'Merge the two layers into one: −134 k params, 0.0188× MACs');
    assert.match(merged, /nn\.Linear\(256, 10\),\n.*Dropout.*\n +nn\.Identity\(\)/);
    assert.match(await fixed('JL311', keras(['layers.Dense(512)', 'layers.Dense(10)'], '256,'), 'Merge the two layers into one'), /Dense\(10\)\(x\)\nx = layers\.Identity\(\)\(x\)/);
    assert.deepEqual((await tried('JL311', torch(['nn.Linear(256, 512, bias=False),', 'nn.Linear(512, 10),'], '1, 256'))).offers, []);
  });

  it('put a convolution before the upsampling, where no name stands for either', async () => {
    const title = 'Put the convolution before the upsampling: −75 % MACs';
    const layers = ['nn.Conv2d(3, 64, 1),', 'nn.ReLU(),', 'nn.Upsample(scale_factor=2),', 'nn.Conv2d(64, 256, 1),'];
    assert.match(await fixed('JL312', torch(layers, '1, 3, 34, 34'), title.slice(0, -10)), /nn\.Conv2d\(64, 256, 1\),\n +nn\.Upsample\(scale_factor=2\)/);
    assert.match(
      await fixed('JL312', keras(['layers.Conv2D(64, 3)', 'layers.UpSampling2D(2)', 'layers.Conv2D(32, 1)'], '34, 34, 3'), title.slice(0, -10)),
      /Conv2D\(32, 1\)\(x\)\nx = layers\.UpSampling2D\(2\)\(x\)/,
    );
    const named = `import torch
from torch import nn
up = nn.Upsample(scale_factor=2)
last = nn.Conv2d(64, 32, 1)
model = nn.Sequential(nn.Conv2d(3, 64, 3), up, last)
model(torch.randn(1, 3, 34, 34))
`;
    assert.deepEqual((await tried('JL312', named)).offers, []);
  });

  it('offer other numbers of groups with their price, as one way of several', async () => {
    const depthwise = torch(['nn.Conv2d(3, 64, 3),', 'nn.Conv2d(64, 64, 3, groups=64),'], '1, 3, 64, 64');
    assert.match(await fixed('JL101', depthwise, 'groups=8, of 8 channels each: +4.03 k params, +167 % MACs'), /groups=8\)/);
    assert.equal((await tried('JL101', depthwise)).offers[0]?.isAlternative, true);
    assert.match(await fixed('JL103', torch(['nn.Conv2d(64, 64, 3, groups=16),'], '1, 64, 64, 64'), 'groups=8: +2.3 k params, +100 % MACs'), /groups=8\)/);
  });

  it('say which error comes to light behind the one that they mend', async () => {
    const { offers } = await tried('JL401', torch(['nn.Linear(4, 8),', 'nn.Linear(9, 6),', 'nn.Linear(5, 2),'], '1, 4'));
    assert.deepEqual(offers.map(({ title }) => title), ['in_features=8, as the layer before gives: then line 6 does not fit']);
  });
});
