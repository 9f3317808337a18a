import { strict as assert } from 'node:assert';
import { decoderOf, decodeSeconds, decodingOn, servingOn } from '../src/energy/language-model';
import { memoryBytesOf } from '../src/energy/memory-bytes';
import { energyOfModel } from '../src/energy/model-energy';
import { devices, languageModels } from '../src/energy/tables.generated';
import { workloadOfModel } from '../src/energy/work';
import { energyAnswers } from '../src/report/energy';
import { reportOf } from '../src/report/json';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { analyse, prepareParser } from './harness/analyse';

const decoder = `import torch
from torch import nn
import torch.nn.functional as F
class Block(nn.Module):
    def __init__(self, width, heads, shared, written):
        super().__init__()
        self.heads, self.shared, self.written, self.size = heads, shared, written, width // heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * shared * self.size)
        self.out = nn.Linear(width, width)
    def forward(self, x):
        b, t, d = x.shape
        q = self.q(x).view(b, t, self.heads, self.size).transpose(1, 2)
        k, v = (part.view(b, t, self.shared, self.size).transpose(1, 2) for part in self.kv(x).chunk(2, dim=-1))
        if self.written:
            times = self.heads // self.shared
            k = k[:, :, None].expand(b, self.shared, times, t, self.size).reshape(b, self.heads, t, self.size)
            v = v[:, :, None].expand(b, self.shared, times, t, self.size).reshape(b, self.heads, t, self.size)
            y = torch.matmul(F.softmax(torch.matmul(q, k.transpose(2, 3)) * 0.25, dim=-1), v)
        else:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return x + self.out(y.transpose(1, 2).reshape(b, t, d))
class Decoder(nn.Module):
    def __init__(self, heads=4, shared=4, written=False):
        super().__init__()
        self.embed = nn.Embedding(100, 32)
        self.blocks = nn.Sequential(*(Block(32, heads, shared, written) for _ in range(3)))
        self.head = nn.Linear(32, 100, bias=False)
    def forward(self, ids):
        return self.head(self.blocks(self.embed(ids)))
`;

function model(expression: string, before = decoder, call = 'torch.zeros(1, 8, dtype=torch.long)'): ModelAnalysis {
  const [found] = analyse([{ path: 'net.py', text: `${before}net = ${expression}\nnet(${call})\n` }], { convention: 'graph' }).models;
  assert.ok(found);
  assert.equal(found.metrics.status, 'exact');
  return found;
}

function shapeOf({ graph, metrics }: ModelAnalysis): NonNullable<ReturnType<typeof decoderOf>> {
  const shape = decoderOf(graph, metrics);
  assert.ok(shape);
  return shape;
}

describe('energy of models', () => {
  before(prepareParser);

  it('a decoder keeps keys and values of every layer, those that queries share once', () => {
    // 3 layers × 2 × 4 heads × 8
    assert.equal(shapeOf(model('Decoder()')).cachePerToken, 3 * 2 * 32);
    assert.equal(shapeOf(model('Decoder(written=True)')).cachePerToken, 3 * 2 * 32);
    assert.equal(shapeOf(model('Decoder(shared=2, written=True)')).cachePerToken, 3 * 2 * 16);
  });

  it('reads all weights for a token but the table of tokens', () => {
    // q, out: 32 × 32 + 32 each; kv: 32 × 64 + 64; head: 100 × 32
    assert.equal(shapeOf(model('Decoder()')).weightElements, 3 * (2 * 1056 + 2112) + 3200);
  });

  it('what reads images decodes nothing', () => {
    const classifier = model('nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(8 * 36, 100))', 'import torch\nfrom torch import nn\n', 'torch.zeros(1, 3, 8, 8)');
    assert.equal(decoderOf(classifier.graph, classifier.metrics), undefined);
    assert.equal(memoryBytesOf(classifier.graph, classifier.metrics, 4, 1).keyValueCache, undefined);
  });

  it('a token of Llama 3 8B on an RTX 4090 at 16 bits, by hand and as measured', () => {
    const card = devices.find(device => device.id === 'rtx4090');
    assert.ok(card);
    // 7.5 G weights; 32 layers × 2 × 8 heads × 128
    const llama = { weightElements: 7.504663424e9, cachePerToken: 65_536, macsPerToken: 7.5e9, tokens: 1024 };
    const decoding = decodingOn(card, llama, 'float16', 1024);
    assert.ok(decoding);
    assert.equal(decoding.weightBytes, 2 * 7.504663424e9);
    assert.equal(decoding.cacheBytes, 65_536 * 1024 * 2);
    const bytes = decoding.weightBytes + decoding.cacheBytes;
    assert.equal(decoding.secondsPerToken.estimate, bytes / (languageModels.efficiency.gddr * 1008e9) + languageModels.fixedSeconds);
    // 54.34 tokens a second
    assert.ok(decoding.secondsPerToken.low < 1 / 54.34 && 1 / 54.34 < decoding.secondsPerToken.high);
    const seconds = (dtype: string, context: number): number => decodingOn(card, llama, dtype, context)?.secondsPerToken.estimate ?? NaN;
    assert.ok(seconds('int4', 1024) < seconds('int8', 1024) && seconds('int8', 1024) < seconds('float16', 1024) && seconds('float16', 8192) > seconds('float16', 1024));
    assert.ok(decodeSeconds(1e9, 1e12, 'hbm', false) > decodeSeconds(1e9, 1e12, 'gddr', false));
    const processor = devices.find(device => device.id === 'i7-12700h');
    assert.equal(processor && decodingOn(processor, llama, 'float16'), undefined);
  });

  it('a step of many sequences on an H100, by hand and as measured; a model too large for one is shared', () => {
    const card = devices.find(device => device.id === 'h100-sxm');
    const constants = languageModels.serving['h100-sxm'];
    assert.ok(card && constants);
    const llama = { weightElements: 7.505e9, cachePerToken: 65_536, macsPerToken: 7.5e9, tokens: 1024 };
    const serving = servingOn(card, llama, 'float16', 64);
    assert.ok(serving);
    // 15.01 GB of weights and 64 × 134 MB of keys and values at 3.35 TB/s, 64 × 7.505 GMAC at 495 TMAC/s
    const seconds = constants.weightFactor * 15.01e9 / 3.35e12 + constants.cacheFactor * 64 * 134_217_728 / 3.35e12 + constants.computeFactor * 64 * 7.505e9 / 495e12 + constants.fixedSeconds;
    assert.ok(Math.abs((serving.secondsPerToken.estimate ?? 0) / seconds - 1) < 1e-9);
    // Measured: 0.119 J a token at a batch of 64.
    assert.ok(serving.joulesPerToken.low < 0.119 && 0.119 < serving.joulesPerToken.high);
    const joules = (batch: number): number => servingOn(card, llama, 'float16', batch)?.joulesPerToken.estimate ?? NaN;
    assert.ok(joules(8) > joules(64) && joules(64) > joules(512));
    const large = { ...llama, weightElements: 69.5e9 };
    assert.deepEqual([servingOn(card, large, 'float16', 8)?.accelerators, servingOn(card, large, 'int8', 8)?.accelerators], [2, 1]);
    assert.match(decodingOn(card, large, 'float16')?.notRunnable ?? '', /^needs 139 GB, H100 SXM has 85\.5 GB$/);
    const desktop = devices.find(device => device.id === 'rtx4090');
    assert.equal(desktop && servingOn(desktop, llama, 'float16', 64), undefined);
  });

  it('a report has energy, bytes and decoding; rows share out the whole', () => {
    const analysis = analyse([{ path: 'net.py', text: `${decoder}net = Decoder()\nnet(torch.zeros(1, 8, dtype=torch.long))\n` }]);
    const [shown] = reportOf([analysis], { name: 'JouleLint', version: '0' }, undefined, { costs: true, flops: true, whatIf: true }).models;
    const [energy] = shown?.energy ?? [];
    assert.ok(shown && energy && 'millijoules' in energy);
    const sum = shown.layers.reduce((total, row) => total + (row.energy?.millijoules ?? 0), 0);
    assert.ok(Math.abs(sum / (energy.millijoules.estimate ?? NaN) - 1) < 1e-9);
    assert.equal(shown.memoryBytes?.kvCache, 3 * 2 * 32 * 8 * 4);
    assert.deepEqual(shown.decoding?.map(({ dtype }) => dtype), ['float16', 'int8', 'int4']);
    assert.ok((shown.whatIf?.length ?? 0) > 5);
    // A causal mask hides half of the two products of 4 heads × 8 × 8 × 8.
    assert.equal(shown.layers.find(row => row.op === 'attention')?.flops, 2 * 4 * 8 * 8 * 8);
    assert.equal(shown.layers.find(row => row.path === 'head')?.flops, 2 * 8 * 32 * 100);
  });

  it('answers come in the order of what was asked, problems among them', () => {
    const found = energyAnswers(model('Decoder()'), [{ device: 'eyeriss', batch: 4 }, { device: 'nothing' }, { device: 'rpi4' }]);
    assert.deepEqual(found.map(each => ('problem' in each ? 'problem' : each.device)), ['eyeriss', 'problem', 'rpi4']);
  });

  it('without a device nobody asks for energy', () => {
    const analysis = analyse([{ path: 'net.py', text: `${decoder}net = Decoder()\nnet(torch.zeros(1, 8, dtype=torch.long))\n` }], { device: '' });
    assert.equal(analysis.energy, undefined);
    assert.equal(reportOf([analysis], { name: 'JouleLint', version: '0' }, undefined, { costs: true }).models[0]?.energy, undefined);
  });

  it('a question about a model is answered once', () => {
    const { metrics } = model('Decoder()');
    assert.equal(energyOfModel(metrics, { device: 'rtx4090' }), energyOfModel(metrics, { device: 'rtx4090' }));
    assert.equal(workloadOfModel(metrics), workloadOfModel(metrics));
  });
});
