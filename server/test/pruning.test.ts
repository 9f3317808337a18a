import { strict as assert } from 'node:assert';
import type { Pruning } from '../../shared/src/report';
import type { ModelAnalysis } from '../src/analysis/analysis';
import type { EnergyRequest } from '../src/energy/answer';
import { energyOfModel } from '../src/energy/model-energy';
import { pruningOrder } from '../src/energy/pruning/order';
import { reportOf } from '../src/report/json';
import { renderReport } from '../src/report/render';
import { analyse, prepareParser } from './harness/analyse';

/** A skip, a depthwise layer, weights for channels, two ways joined, and a dense layer behind a flattened map. */
const net = `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, stem=32, inner=48, squeezed=8, side=40, last=64):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, stem, 3, padding=1, bias=False), nn.BatchNorm2d(stem), nn.ReLU())
        self.inner = nn.Conv2d(stem, inner, 3, padding=1, bias=False)
        self.outer = nn.Conv2d(inner, stem, 1, bias=False)
        self.depthwise = nn.Conv2d(stem, stem, 3, padding=1, groups=stem, bias=False)
        self.squeeze = nn.Conv2d(stem, squeezed, 1, bias=False)
        self.excite = nn.Conv2d(squeezed, stem, 1, bias=False)
        self.side = nn.Conv2d(stem, side, 3, padding=1, bias=False)
        self.last = nn.Conv2d(stem + side, last, 3, stride=4, padding=1, bias=False)
        self.head = nn.Linear(last * 4 * 4, 10, bias=False)
    def forward(self, x):
        x = self.stem(x)
        x = x + self.outer(torch.relu(self.inner(x)))
        x = self.depthwise(x)
        x = x * torch.sigmoid(self.excite(self.squeeze(x.mean((2, 3), keepdim=True))))
        x = torch.cat([x, self.side(x)], 1)
        return self.head(torch.flatten(self.last(x), 1))
`;

function model(expression: string, before = net, call = 'torch.zeros(1, 3, 16, 16)'): ModelAnalysis {
  const [found] = analyse([{ path: 'net.py', text: `${before}net = ${expression}\nnet(${call})\n` }], { convention: 'graph' }).models;
  assert.ok(found);
  assert.equal(found.metrics.status, 'exact');
  return found;
}

function orderOf({ graph, metrics }: ModelAnalysis, request: EnergyRequest): Pruning {
  const order = pruningOrder(graph, metrics, request);
  assert.ok(!('problem' in order), JSON.stringify(order));
  return order;
}

const parameterOf: Readonly<Record<string, string>> = { 'stem.0': 'stem', 'inner': 'inner', 'squeeze': 'squeezed', 'side': 'side', 'last': 'last' };

describe('pruning order', () => {
  before(prepareParser);

  it('ties channels that can only go together, and leaves results alone', () => {
    const { groups, fixedChannels } = orderOf(model('Net()'), { device: 'rtx4090' });
    assert.deepEqual(groups.map(({ layers, channels }) => [[...layers].sort().join(' '), channels]).sort(), [
      ['excite outer stem.0', 32], ['inner', 48], ['last', 64], ['side', 40], ['squeeze', 8],
    ]);
    assert.equal(fixedChannels, 10);
  });

  for (const device of ['rtx4090', 'rpi4', 'eyeriss']) {
    it(`foretells what each step leaves, on ${device}`, () => {
      const whole = orderOf(model('Net()'), { device, batch: 16 });
      assert.ok(whole.steps.length >= 5);
      const left = new Map<string, number>();
      for (const { layers, to, millijoules } of whole.steps.slice(0, 8)) {
        const name = layers.map(each => parameterOf[each]).find(each => each !== undefined);
        assert.ok(name);
        left.set(name, to);
        const { graph, metrics } = model(`Net(${[...left].map(([key, value]) => `${key}=${value}`).join(', ')})`);
        const rebuilt = energyOfModel(metrics, { device, batch: 16 }, undefined, graph);
        assert.ok(!('problem' in rebuilt));
        const expected = (rebuilt.estimate.energy.estimate ?? NaN) * 1e3;
        assert.ok(Math.abs(millijoules / expected - 1) < 1e-6, `${JSON.stringify([...left])}: ${millijoules} against ${expected}`);
      }
    });
  }

  it('takes what saves most, and never more than three quarters of a group', () => {
    const { groups, steps, millijoules } = orderOf(model('Net()'), { device: 'rtx4090' });
    const [first] = steps;
    assert.deepEqual(first?.layers, groups[0]?.layers);
    assert.deepEqual(groups.map(each => each.savedPerChannel), [...groups.map(each => each.savedPerChannel)].sort((a, b) => b - a));
    for (const { channels, left } of groups) assert.ok(left >= channels / 4 && left <= channels);
    let before = millijoules;
    for (const step of steps) {
      assert.ok(step.to < step.from && step.millijoules < before);
      before = step.millijoules;
    }
  });

  it('follows a stream of tokens, and leaves heads of attention alone', () => {
    const { groups } = orderOf(model('Block()', `import torch
from torch import nn
import torch.nn.functional as F
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 64, 4, stride=4)
        self.cls = nn.Parameter(torch.zeros(1, 1, 64))
        self.norm = nn.LayerNorm(64)
        self.qkv = nn.Linear(64, 192)
        self.proj = nn.Linear(64, 64)
        self.mlp = nn.Sequential(nn.Linear(64, 256), nn.GELU(), nn.Linear(256, 64))
        self.head = nn.Linear(64, 10)
    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], -1, -1), x], dim=1)
        b, t, d = x.shape
        q, k, v = self.qkv(self.norm(x)).reshape(b, t, 3, 4, 16).permute(2, 0, 3, 1, 4)
        x = x + self.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, d))
        x = x + self.mlp(x)
        return self.head(x[:, 0])
`), { device: 'rtx4090' });
    assert.deepEqual(groups.map(({ layers, channels }) => [layers.join(' '), channels]).sort(), [['mlp.0', 256], ['patches proj mlp.2', 64]]);
  });

  it('says why there is none', () => {
    const { graph, metrics } = model('Net()');
    const order = pruningOrder(graph, metrics, { device: 'rtx4090', stack: 'tensorrt' });
    assert.ok('problem' in order && /only a range/.test(order.problem));
    const single = orderOf(model('nn.Conv2d(3, 8, 3)'), { device: 'rtx4090' });
    assert.deepEqual([single.groups, single.steps], [[], []]);
  });

  it('stands in the report where it is asked for', () => {
    const analysis = analyse([{ path: 'net.py', text: `${net}net = Net()\nnet(torch.zeros(1, 3, 16, 16))\n` }], { device: 'rtx4090' });
    const [name] = analysis.models.map(each => each.graph.name);
    const tool = { name: 'joulelint', version: '0' };
    assert.equal(reportOf([analysis], tool, name, { costs: true }).models[0]?.pruning, undefined);
    const text = renderReport(reportOf([analysis], tool, name, { costs: true, pruning: true }), 'table');
    assert.match(text, /pruning order on rtx4090, batch 64, float16; by modelled energy alone/);
    assert.match(text, /stem\.0 and 2 more +32 /);
    assert.match(text, /10 channels cannot go by themselves/);
    const without = analyse([{ path: 'net.py', text: `${net}net = Net()\nnet(torch.zeros(1, 3, 16, 16))\n` }], { device: '' });
    assert.match(renderReport(reportOf([without], tool, name, { costs: true, pruning: true }), 'table'), /pruning order: not known: no device is chosen/);
  });
});
