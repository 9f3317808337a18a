/** Modules: what assigning registers, the order and names of weights, paths, containers, layers that are changed later. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../base/budget';
import { isUnknown, type Unknown } from '../../base/unknown';
import type { Graph } from '../../graph/graph';
import { attrsIf } from '../../ops/define';
import { dropout } from '../../ops/dropout';
import type { Shape } from '../../tensor/shape';
import { initParser } from '../python/syntax/parse';
import { pytorchFrontend } from './frontend';

const root = process.env.JOULELINT_ROOT ?? '';
const imports = 'import copy\nfrom collections import OrderedDict\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

function run(text: string): { readonly graphs: readonly Graph[]; readonly messages: readonly string[] } {
  const { graphs, problems } = pytorchFrontend.lower({
    uri: 'file:///p/net.py', text: imports + text, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget: new Budget(),
    defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  });
  return { graphs, messages: [...problems, ...graphs.flatMap(graph => graph.problems)].map(problem => problem.message) };
}

function only(text: string): Graph {
  const { graphs, messages } = run(text);
  assert.deepEqual(messages, []);
  assert.ok(graphs[0]);
  return graphs[0];
}

function sizes(shape: Shape | Unknown): string {
  return isUnknown(shape) ? '?' : shape.map(dim => (isUnknown(dim) ? '?' : dim)).join('×');
}

const weights = (graph: Graph): string[] => graph.weights.map(({ name, type }) => `${name} ${sizes(type.shape)}`);
const rows = (graph: Graph): string[] => graph.nodes.map(node =>
  `${node.path} ${node.type.slice(node.type.lastIndexOf('.') + 1)} ${node.outputs.map(id => sizes(graph.tensors.get(id)?.shape ?? [])).join(' ')}`);

/** A module whose constructor and forward are given, applied to an input. */
function net(init: readonly string[], forward: readonly string[], input = '1, 3, 8, 8'): string {
  return `class Net(nn.Module):
    def __init__(self):
        super().__init__()
${init.map(line => `        ${line}`).join('\n')}
    def forward(self, x):
${forward.map(line => `        ${line}`).join('\n')}
Net()(torch.randn(${input}))
`;
}

describe('torch.nn modules', () => {
  before(async () => {
    await initParser({ runtimeWasm: readFileSync(join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')), grammar: readFileSync(join(root, 'grammars/tree-sitter-python.wasm')) });
  });

  it('names weights in the order of parameters() and rows by the first name in named_modules()', () => {
    const graph = only(net(
      ['self.body = nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4))', 'self.scale = nn.Parameter(torch.ones(1))', 'self.head = nn.Linear(4, 2)', 'self.again = self.head'],
      ['x = self.body(x).mean((2, 3)) * self.scale', 'return self.again(x)'],
    ));
    assert.deepEqual(weights(graph), ['scale 1', 'body.0.weight 4×3×3×3', 'body.1.weight 4', 'body.1.bias 4', 'head.weight 2×4', 'head.bias 2']);
    assert.deepEqual(rows(graph), ['body.0 Conv2d 1×4×6×6', 'body.1 BatchNorm2d 1×4×6×6', ' mean 1×4', ' __mul__ 1×4', 'head Linear 1×2']);
    assert.equal(graph.bufferElements, 9);
  });

  it('gives modules in plain lists their attribute path, and leaves their weights out of the model', () => {
    const graph = only(net(['self.layers = [nn.Linear(8, 8), nn.Linear(8, 4)]', "self.named = {'a': nn.ReLU()}"], ['for layer in self.layers:', '    x = layer(x)', "return self.named['a'](x)"]));
    assert.deepEqual(rows(graph), ['layers[0] Linear 1×3×8×8', 'layers[1] Linear 1×3×8×4', "named['a'] ReLU 1×3×8×4"]);
    assert.deepEqual(weights(graph), []);
  });

  it('counts a tied weight once, under its first name', () => {
    const graph = only(net(
      ['self.embed = nn.Embedding(10, 8)', 'self.head = nn.Linear(8, 10, bias=False)', 'self.head.weight = self.embed.weight'],
      ['return self.head(self.embed(torch.arange(5)))'],
    ));
    assert.deepEqual(weights(graph), ['embed.weight 10×8']);
    assert.deepEqual(graph.nodes.filter(node => node.weights.length > 0).map(node => node.weights[0]?.name), ['embed.weight', 'embed.weight']);
  });

  it('copies weights in a deepcopy', () => {
    const graph = only(net(['layer = nn.Linear(8, 8)', 'self.layers = nn.ModuleList([copy.deepcopy(layer) for _ in range(2)])'], ['for layer in self.layers: x = layer(x)', 'return x']));
    assert.deepEqual(weights(graph), ['layers.0.weight 8×8', 'layers.0.bias 8', 'layers.1.weight 8×8', 'layers.1.bias 8']);
  });

  it('follows arguments and weights that are changed after construction', () => {
    const graph = only(net(
      [
        'self.a = nn.Conv2d(3, 8, 3)', 'self.a.stride = (2, 2)', 'self.a.padding = (1, 1)', 'self.b = nn.Linear(4, 4)',
        'self.b.weight = nn.Parameter(torch.randn(5, 4))', 'self.b.bias = None', 'del self.a.bias', 'self.a.bias = None',
      ],
      ['return self.b(self.a(x))'],
    ));
    assert.deepEqual(rows(graph), ['a Conv2d 1×8×4×4', 'b Linear 1×8×4×5']);
    assert.equal(graph.nodes[1]?.macs, 1 * 8 * 4 * 5 * 4);
  });

  it('slices, extends and names the members of containers as PyTorch does', () => {
    const graph = only(net(
      [
        "self.a = nn.Sequential(OrderedDict([('one', nn.ReLU()), ('two', nn.Identity()), ('three', nn.Tanh())]))[1:]",
        'self.a.append(nn.Sigmoid())',
        'self.b = nn.ModuleDict({"x": nn.ReLU6()})',
        'self.c = nn.Sequential()',
        'self.p = nn.ParameterList([torch.zeros(2), nn.Parameter(torch.zeros(3))])',
        'self.d = nn.ModuleList([nn.SiLU()]) + [nn.GELU()]',
      ],
      ['x = self.c(self.b["x"](self.a(x)))', 'for m in self.d: x = m(x)', 'return x + len(self.d) + len(self.a) + len(self.p)'],
    ));
    assert.deepEqual(rows(graph), [
      'a.two Identity 1×3×8×8', 'a.three Tanh 1×3×8×8', 'a.2 Sigmoid 1×3×8×8', 'b.x ReLU6 1×3×8×8', 'c Sequential 1×3×8×8', 'd.0 SiLU 1×3×8×8',
      'd.1 GELU 1×3×8×8', ...[0, 1, 2].map(() => ' __add__ 1×3×8×8'),
    ]);
    assert.deepEqual(weights(graph), ['p.0 2', 'p.1 3']);
  });

  it('raises what PyTorch raises', () => {
    const raised = (init: string): string => run(net([init], ['return x'])).messages[0] ?? '';
    assert.match(raised('nn.Conv2d(16.0, 4, 3)'), /`in_channels` must be an int, received the float 16\.0/);
    assert.match(raised('nn.Conv2d(6, 4, 3, groups=4)'), /in_channels must be divisible by groups/);
    assert.match(raised('self.a = nn.Linear(2, 2)\n        self.a = 3'), /cannot assign 'int' as child module 'a'/);
    assert.match(raised('nn.Linear(3)'), /out_features/);
    assert.match(
      run('class Net(nn.Module):\n    def __init__(self):\n        self.a = nn.ReLU()\n    def forward(self, x):\n        return x\nNet()(torch.randn(1))\n').messages[0] ?? '',
      /cannot assign module before Module\.__init__\(\) call/,
    );
  });

  it('keeps one row for attention, recurrent layers and lazy layers', () => {
    const graph = only(net(
      [
        'self.attention = nn.MultiheadAttention(8, 2, batch_first=True)', 'self.lstm = nn.LSTM(8, 5, batch_first=True, bidirectional=True)',
        'self.cell = nn.GRUCell(10, 4)', 'self.lazy = nn.LazyLinear(7)',
      ],
      ['x, w = self.attention(x, x, x)', 'x, (h, c) = self.lstm(x)', 'y = self.cell(x[:, 0])', 'return self.lazy(y)'], '2, 3, 8',
    ));
    assert.deepEqual(rows(graph), ['attention MultiheadAttention 2×3×8 2×3×3', 'lstm LSTM 2×3×10 2×2×5 2×2×5', ' __getitem__ 2×10', 'cell GRUCell 2×4', 'lazy Linear 2×7']);
    assert.deepEqual(weights(graph).slice(0, 4), ['attention.in_proj_weight 24×8', 'attention.in_proj_bias 24', 'attention.out_proj.weight 8×8', 'attention.out_proj.bias 8']);
    assert.deepEqual(graph.nodes[0]?.weights.length, 4);
  });

  it('records layers of user subclasses under their own name and functions under the module that calls them', () => {
    const graph = only(`class Same(nn.Conv2d):
    def forward(self, x):
        return F.conv2d(F.pad(x, (1, 1, 1, 1)), self.weight, self.bias)
class Named(nn.ReLU):
    pass
${net(['self.a = Same(3, 4, 3)', 'self.b = Named()', 'self.c = nn.Conv2d(4, 4, 1, groups=2)'], ['return self.c(self.b(self.a(x)))'])}`);
    assert.deepEqual(rows(graph), ['a pad 1×3×10×10', 'a conv2d 1×4×8×8', 'b Named 1×4×8×8', 'c Conv2d 1×4×8×8']);
    const site = graph.nodes[3]?.site;
    assert.ok(site?.argument.groups && site.argument.inChannels);
  });

  it('runs hooks, no-ops and apply without changing the graph', () => {
    const graph = only(`seen = []
def init(m):
    if isinstance(m, nn.Linear):
        nn.init.kaiming_normal_(m.weight)
        m.bias.data.zero_()
${net(['self.a = nn.Linear(8, 8)', 'self.apply(init)', 'self.a.register_forward_hook(lambda m, i, o: seen.append(o))', 'self.a.half().float().eval().train()'], ['x = self.a(x)', 'return seen[0]'])}`);
    assert.deepEqual(rows(graph), ['a Linear 1×3×8×8']);
  });

  it('leaves dropout out in eval mode except where nobody told it', () => {
    const graph = only(net(['self.a = nn.Dropout(0.5)', 'self.b = [nn.Dropout(0.5)]'], ['return self.b[0](self.a(F.dropout(x, 0.5, self.training)))']));
    assert.deepEqual(graph.nodes.map(node => attrsIf(node, dropout)?.training), [false, false, true]);
  });
});
