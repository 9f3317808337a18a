/** What ordinary model code does around its layers: short programs, their outputs, MACs and weights. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../base/budget';
import { isUnknown } from '../../base/unknown';
import type { Graph } from '../../graph/graph';
import { initParser } from '../python/syntax/parse';
import { pytorchFrontend } from './frontend';

const root = process.env.JOULELINT_ROOT ?? '';

function lower(text: string): Graph {
  const [graph] = lowerAll(text);
  assert.ok(graph);
  return graph;
}

function lowerAll(text: string): readonly Graph[] {
  return pytorchFrontend.lower({
    uri: 'file:///p/net.py', text, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget: new Budget(), defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  }).graphs;
}

/** `outputs | MACs | registered weights`, or what stands in the way. */
function told(graph: Graph): string {
  const gaps = [...graph.problems, ...graph.gaps.filter(gap => !gap.harmless), ...graph.mismatches].map(problem => problem.message);
  if (gaps.length > 0) return gaps[0] ?? '';
  const outputs = graph.outputs.map(id => graph.tensors.get(id)?.shape ?? []).map(shape => (isUnknown(shape) ? '?' : shape.map(dim => (isUnknown(dim) ? '?' : dim)).join('×')));
  const macs = graph.nodes.reduce((sum, node) => sum + (typeof node.macs === 'number' ? node.macs : NaN), 0);
  const weights = graph.weights.reduce((sum, { type }) => sum + (isUnknown(type.shape) ? NaN : type.shape.reduce<number>((product, dim) => product * (isUnknown(dim) ? NaN : dim), 1)), 0);
  return `${outputs.join(' ')} | ${macs} | ${weights}`;
}

const header = `import torch, math
from torch import nn
import torch.nn.functional as F
`;

function net(body: string, input: string, init = ''): string {
  const lines = (text: string): string => text.split('\n').map(line => `        ${line}`).join('\n');
  return `${header}class Net(nn.Module):
    def __init__(self):
        super().__init__()
${lines(init)}
    def forward(self, x):
${lines(body)}
Net()(torch.randn(${input}))
`;
}

const programs: readonly (readonly [title: string, program: string, expected: string])[] = [
  ['the last operand of `and` is the result, whatever its truth', net('return 1 and x @ x.t()', '2, 3'), '2×2 | 12 | 0'],
  ['`or` behind a known false', net('return None or x @ x.t()', '2, 3'), '2×2 | 12 | 0'],
  ['a child named like no method of a module', net('return self.fuse[0](x), len(self.fuse) * x', '2, 3', 'self.fuse = nn.ModuleList([nn.Linear(3, 4)])'), '2×4 2×3 | 24 | 16'],
  [
    'lazy layers count after their first call',
    net('return self.f(x)', '1, 3, 8, 8', 'self.f = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d(), nn.LazyInstanceNorm2d(affine=True), nn.Flatten(), nn.LazyLinear(10))'),
    '1×10 | 10656 | 3146',
  ],
  [
    'the names of recurrent weights',
    net(
      'return self.r(x)[0]',
      '2, 5, 4',
      'self.r = nn.LSTM(4, 3, batch_first=True)\nfor names in self.r._all_weights:\n    for name in names:\n        getattr(self.r, name).data.zero_()\nassert len(self.r.all_weights[0]) == 4',
    ),
    '2×5×3 | 840 | 108',
  ],
  ['what an unmodelled function made from constants cannot be multiplied unnoticed', net('y = torch.lobpcg(torch.eye(4))\nreturn x, y @ y', '2, 3'), '`torch.lobpcg` is not modelled'],
  ['methods of tensors that are not modelled', net('return x.smm(x)', '2, 3'), '`torch.Tensor.smm` is not modelled'],
  ['classes and bins of known contents', net('i = torch.arange(5) % 3\nreturn F.one_hot(i).float() @ x, torch.bincount(i, minlength=6)', '3, 2'), '5×2 6 | 30 | 0'],
  ['`keepdims` for `keepdim`, membership of known contents', net('return x.max(dim=-1, keepdims=True)[0], x[torch.isin(torch.arange(4), torch.tensor([1, 3]))]', '4, 3'), '4×1 ?×3 | 0 | 0'],
  ['the greatest along an axis that stays', net('return x.max(dim=-1, keepdims=True)[0] @ x[:1]', '4, 3'), '4×3 | 12 | 0'],
  ['several quantiles', net('return torch.quantile(x, torch.tensor([0.1, 0.5]), dim=1)', '4, 3'), '2×4 | 0 | 0'],
  [
    'a generator that comes upon something unknown',
    `${net('return x', '2, 3')}def batches():\n    yield 0\n    yield from torch.utils.data.DataLoader([1])\nfor batch in batches():\n    pass\n`,
    '2×3 | 0 | 0',
  ],
  [
    'a size that is a list of one list many times over',
    net('return x', '1', 'self.f = nn.Linear(2, [[[0] * 9999] * 9999] * 9999)'),
    'TypeError: Linear(): `out_features` must be an int, received list with list in it',
  ],
  ['a result that holds one list many times over', net('return x, [[[0] * 9999] * 9999] * 9999', '2, 3'), '2×3 | 0 | 0'],
  ['an axis that is no number', net('return x.size(self.f)', '1, 3', 'self.f = nn.Linear(3, 3)'), "TypeError: size(): argument 'dim' must be int, not Linear"],
  ['special functions and factors', net('return torch.special.entr(x), torch.linalg.vecdot(x, x), torch.linalg.lu(x)[2], torch.fft.rfftfreq(9)', '4, 3'), '4×3 4 3×3 5 | 0 | 0'],
  ['padding beyond half the kernel', net('return self.p(x)', '1, 3, 8, 8', 'self.p = nn.MaxPool2d(3, padding=2)'), 'padding 2×2 is more than half of the kernel 3×3'],
  [
    'output padding as large as the stride',
    net('return self.c(x)', '1, 3, 8, 8', 'self.c = nn.ConvTranspose2d(3, 4, 3, 2, output_padding=2)'),
    'the output padding 2×2 must be smaller than the stride 2×2 or the dilation',
  ],
  [
    'a view of a permuted tensor',
    net('return self.f(x).transpose(1, 2).view(2, -1)', '2, 3, 4', 'self.f = nn.Linear(4, 5)'),
    'after a permutation 2×5×3 cannot be viewed as (2, 15): its elements lie in another order in memory; use reshape, or contiguous() before it',
  ],
  [
    'heads that are joined without contiguous()',
    net('y = x.view(2, 3, 2, 2).transpose(1, 2)\nreturn (y @ y.transpose(2, 3) @ y).transpose(1, 2).view(2, 3, 4)', '2, 3, 4'),
    'after a permutation 2×3×2×2 cannot be viewed as (2, 3, 4): its elements lie in another order in memory; use reshape, or contiguous() before it',
  ],
  [
    'views that a permutation allows',
    net('y = self.f(x).transpose(1, 2)\nreturn y.view(2, 5, 3, 1), y.contiguous().view(2, -1), y.reshape(2, -1), y.transpose(1, 2).view(-1)', '2, 3, 4', 'self.f = nn.Linear(4, 5)'),
    '2×5×3×1 2×15 2×15 30 | 120 | 25',
  ],
  ['a view of what lies in an order that nobody stated', net('return x.transpose(1, 2).view(2, -1), (x.transpose(1, 2) + 1).view(2, -1)', '2, 3, 4'), '2×12 2×12 | 0 | 0'],
  [
    'a view in a program that chooses memory formats',
    net('y = self.f(x).to(memory_format=torch.channels_last)\nreturn self.f(x).transpose(1, 2).view(2, -1)', '2, 3, 4, 4', 'self.f = nn.Linear(4, 4)').replace('view(2, -1)', 'view(2, 4, -1)'),
    '2×4×12 | 768 | 20',
  ],
  ['resampling to no size', net('return F.interpolate(x, mode="bilinear")', '1, 3, 8, 8'), 'neither a size nor a factor is given'],
  ['arguments are chosen by the signature of a layer', `${header}import inspect
def norm(cls, channels):
    wanted = inspect.signature(cls).parameters
    return cls(**{name: channels for name in ('num_features', 'num_channels', 'num_groups') if name in wanted})
${net('return self.b(self.a(x))', '2, 6, 4, 4', 'self.a, self.b = norm(nn.BatchNorm2d, 6), norm(nn.GroupNorm, 6)').slice(header.length)}`, '2×6×4×4 | 0 | 24'],
  [
    'no device but the CPU is there, whatever it is called',
    net(
      'if any(getattr(torch, kind).is_available() or getattr(torch, kind).device_count() for kind in ("cuda", "xpu", "mps", "mtia", "accelerator")):\n    return x\n'
      + 'if torch.xpu.is_current_stream_capturing() or torch.cuda.is_current_stream_capturing() or not torch.cpu.is_available():\n    return x\n'
      + 'torch._check_tensor_all_with(ValueError, x > 0, lambda: "negative")\ntorch._dynamo.mark_static_address(x)\nreturn self.a(x)',
      '2, 3', 'self.a = nn.Linear(3, 4)',
    ),
    '2×4 | 24 | 16',
  ],
  ['types asked for as in scripts', net('return self.a(x) if torch.jit.isinstance(x, torch.Tensor) else x', '2, 3', 'self.a = nn.Linear(3, 4)'), '2×4 | 24 | 16'],
  [
    'leaves of nested containers',
    net(
      'from torch.utils._pytree import tree_flatten, tree_unflatten, tree_map, tree_map_only\nleaves, spec = tree_flatten({"a": x, "b": (x, [3])})\n'
      + 'again = tree_unflatten([leaf * 2 for leaf in leaves], spec)\nassert again["b"][1] == [6] and spec.num_leaves == 3\n'
      + 'mapped = tree_map_only(torch.Tensor, self.a, again)\nassert tree_map(lambda leaf: 1, mapped) == {"a": 1, "b": (1, [1])}\nreturn mapped["b"][0]',
      '2, 3', 'self.a = nn.Linear(3, 4)',
    ),
    '2×4 | 48 | 16',
  ],
  [
    'rows that meet one of several matrices each',
    net('return F.grouped_mm(x, self.w, offs=torch.tensor([1, 4, 6], dtype=torch.int32))', '6, 8', 'self.w = nn.Parameter(torch.randn(3, 8, 4))'), '6×4 | 192 | 96',
  ],
  [
    'transformations named as reductions',
    `${header}from einops import reduce\nfrom einops.layers.torch import Reduce\n${net(
      'return self.s(self.a(self.r(x))), reduce(x, "b c -> c b", "rearrange")', '2, 3', 'self.r, self.s, self.a = Reduce("b c -> (b s) c", "repeat", s=4), Reduce("(b s) c -> b c", reduction="sum", s=4), nn.Linear(3, 5)',
    ).slice(header.length)}`,
    '2×5 3×2 | 120 | 20',
  ],
  [
    'a module of Lightning keeps what it and its bases were made with',
    `${header}import pytorch_lightning as pl
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.utilities.rank_zero import rank_zero_only
class Base(pl.LightningModule):
    def __init__(self, width=8, **rest):
        super().__init__()
        self.save_hyperparameters()
        self.first = nn.Linear(4, self.hparams.width)
class Net(Base):
    def __init__(self, depth=2, width=16, lr=1e-3):
        super().__init__(width=width)
        self.save_hyperparameters(ignore='lr')
        self.layers = nn.ModuleList([nn.Linear(self.hparams.width, self.hparams['width']) for _ in range(self.hparams.depth)])
    @rank_zero_only
    def report(self, x):
        self.log('mean', x)
    def forward(self, x):
        x = self.first(x)
        for layer in self.layers:
            x = layer(x)
        self.report(3)
        return x
pl.Trainer(max_epochs=3, callbacks=[ModelCheckpoint()]).fit(Net())
Net(depth=3)(torch.randn(1, 4))
`,
    '1×16 | 832 | 896',
  ],
  [
    'a model that is called many times outside of a pass',
    `${net('return self.a(x)', '2, 3', 'self.a = nn.Linear(3, 3)')}model = Net()
x = torch.randn(2, 3)
for step in range(10 ** 6):
    with torch.no_grad():
        x = x + model(x)
`,
    '2×3 | 18 | 12',
  ],
];

describe('ordinary model code', () => {
  before(() => initParser({
    runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
  }));

  it('of two sides of a conditional expression the cheaper one is counted', () => {
    const graph = lower(net('return self.a(x) if x.mean() > 0 else self.b(x)', '2, 3', 'self.a, self.b = nn.Linear(3, 4), nn.Linear(3, 9)'));
    assert.equal(graph.gaps.length > 0, true);
    assert.deepEqual(graph.nodes.map(node => node.macs).filter(macs => macs !== 0), [24]);
  });
  for (const [title, program, expected] of programs) it(title, () => { assert.equal(told(lower(program)), expected); });

  it('a class that is defined anew is a model at each of its definitions', () => {
    const define = (width: number): string =>
      `class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(4, ${width})\n    def forward(self, x):\n        return self.a(x)\n`;
    const used = 'net = Net()\nnet(torch.zeros(1, 4))\n';
    const places = (text: string): readonly (readonly [string, number])[] =>
      lowerAll(text).map(graph => [graph.name, text.slice(0, graph.at.span.start).split('\n').length - header.split('\n').length]);
    assert.deepEqual(places(header + define(5) + used + define(6) + used), [['Net (1 of 2)', 0], ['Net', 8]]);
    assert.deepEqual(places(header + define(5) + define(6)), [['Net', 6]]);
  });

  it('arithmetic that quantisation can observe has the observer\'s row', () => {
    const { nodes } = lower(net('return self.a.add(x, self.a.mul_scalar(x, 2))', '2, 3', 'self.a = torch.nn.quantized.FloatFunctional()'));
    assert.deepEqual(
      nodes.map(({ path, type }) => [path, type.replace(/^.*\./, '')]),
      [['a', 'FloatFunctional'], ['a', 'FloatFunctional'], ['a.activation_post_process', 'Identity']].map(([path, type]) => [path === 'a' ? nodes[0]?.path : path, type]),
    );
  });

  it('a first layer of unknown width tells no input', () => {
    const uncalled = net('return self.f(x)', '1', 'self.f = nn.Linear(int(input()) * 2, 4)').replace(/\(torch\.randn.*/, '');
    const graph = lower(uncalled);
    const sizes = graph.inputs.map(({ tensor }) => graph.tensors.get(tensor)?.shape ?? []).flatMap(shape => (isUnknown(shape) ? [] : shape));
    assert.ok(!sizes.includes(NaN), sizes.join());
  });
});
