/** einops, transformers, parametrised weights and the tools around a model, each in a small program. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../../base/budget';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Graph } from '../../../graph/graph';
import type { Shape } from '../../../tensor/shape';
import { initParser } from '../../python/syntax/parse';
import { pytorchFrontend } from '../frontend';
import { isComplaint, readPattern, solve } from './einops-pattern';

const root = process.env.JOULELINT_ROOT ?? '';
const uri = 'file:///p/net.py';

function lower(text: string): readonly Graph[] {
  const { graphs, problems } = pytorchFrontend.lower({
    uri, text, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget: new Budget(), defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  });
  assert.deepEqual(problems.map(problem => problem.message), []);
  return graphs;
}

function only(text: string): Graph {
  const [graph, ...more] = lower(text);
  assert.ok(graph);
  assert.equal(more.length, 0);
  return graph;
}

function sizes(shape: Shape | Unknown): string {
  return isUnknown(shape) ? '?' : shape.map(dim => (isUnknown(dim) ? '?' : dim)).join('×');
}

function outputs(graph: Graph): string {
  return graph.outputs.map(id => sizes(graph.tensors.get(id)?.shape ?? [])).join(' ');
}

const weights = (graph: Graph): string[] => graph.weights.map(({ name, type }) => `${name} ${sizes(type.shape)}`);

/** One module that applies `expression` to `x`. */
function applied(expression: string, input = '2, 3, 8, 6'): Graph {
  return only(`import torch
from torch import nn
from einops import rearrange, repeat, reduce, einsum, pack, unpack, parse_shape
class Net(nn.Module):
    def forward(self, x):
        return ${expression}
Net()(torch.randn(${input}))
`);
}

const patterns: readonly (readonly [expression: string, outputs: string, ops: string])[] = [
  ["rearrange(x, 'b c h w -> b (h w) c')", '2×48×3', 'permute reshape'],
  ["rearrange(x, 'b c h w -> b c (h w)')", '2×3×48', 'reshape'],
  ["rearrange(x, 'b c (h p) (w q) -> (b h w) (p q c)', p=4, q=2)", '12×24', 'reshape permute reshape'],
  ["rearrange(x, 'b ... -> b (...)')", '2×144', 'reshape'],
  ["rearrange(x, 'b c ... -> b ... c')", '2×8×6×3', 'permute'],
  ["rearrange([x, x, x, x], 'n b ... -> b n ...')", '2×4×3×8×6', 'stack permute'],
  ["reduce(x, 'b c h w -> b c', 'mean')", '2×3', 'reduce'],
  ["reduce(x, 'b c (h 2) (w 2) -> b c h w', 'max')", '2×3×4×3', 'reshape reduce'],
  ["reduce(x, 'b c h w -> b c () ()', 'mean')", '2×3×1×1', 'reduce reshape'],
  ["repeat(x, 'b c h w -> b c (h k) (w 2)', k=2)", '2×3×16×12', 'reshape expand reshape'],
  ["repeat(x[:1], '1 ... -> b ...', b=5)", '5×3×8×6', 'index expand'],
  ["einsum(x, x, 'b c h w, b d h w -> b c d')", '2×3×3', 'einsum'],
  ["pack([x, x[:, :, 0]], 'b c *')[0]", '2×3×54', 'index reshape concat'],
  ["unpack(x.flatten(2), [(4, 6), (24,)], 'b c *')", '2×3×4×6 2×3×24', 'flatten split reshape'],
  ["x.new_zeros(parse_shape(x, 'b _ _ w')['w'])", '6', 'create'],
];

const refused: readonly (readonly [expression: string, message: string])[] = [
  ["rearrange(x, 'b c (h p) w -> b c h p w', p=3)", "8 along '(h p)' cannot be divided by 3"],
  ["rearrange(x, 'b c h -> b h c')", 'expected 3 dimensions, received 4 (2, 3, 8, 6)'],
  ["rearrange(x, 'b 1 h w -> b h w')", "expected 1 along '1', received 3"],
];

const malformed: readonly (readonly [pattern: string, transformation: 'rearrange' | 'reduce' | 'repeat', message: string])[] = [
  ['a b', 'rearrange', "'a b' has no single '->'"],
  ['a (b -> a b', 'rearrange', 'brackets are not balanced in the pattern'],
  ['a ((b c)) -> a b c', 'rearrange', 'brackets inside brackets are not allowed in a pattern'],
  ['a b -> a', 'rearrange', 'axes on one side only: b'],
  ['a -> a b', 'reduce', 'axes on the right side only: b'],
  ['a b -> a c', 'repeat', 'axes on the left side only: b'],
  ['a a -> a', 'rearrange', "'a' occurs twice in the pattern"],
  ['a-b -> a', 'rearrange', "unknown character '-' in the pattern"],
  ['(a ...) -> a ...', 'rearrange', 'an ellipsis in brackets is not allowed on the left side'],
];

describe('what surrounds the operators', () => {
  before(() => initParser({
    runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
  }));

  for (const [expression, expected, ops] of patterns) {
    it(`einops: ${expression}`, () => {
      const graph = applied(expression);
      assert.equal(outputs(graph), expected);
      assert.equal(graph.nodes.map(node => node.op).join(' '), ops);
      assert.deepEqual([...graph.mismatches, ...graph.gaps, ...graph.problems], []);
    });
  }

  for (const [expression, message] of refused) {
    it(`einops refuses ${expression}`, () => {
      assert.deepEqual(applied(expression).mismatches.map(mismatch => mismatch.message), [message]);
    });
  }

  for (const [pattern, transformation, message] of malformed) {
    it(`${transformation} '${pattern}' is malformed`, () => {
      const read = readPattern(pattern, transformation);
      assert.ok(isComplaint(read));
      assert.equal(read.message, message);
    });
  }

  it('a length that is not known follows from the tensor', () => {
    const read = readPattern('b (h p) -> b h p', 'rearrange');
    assert.ok(!isComplaint(read));
    const solution = solve(read, [2, 12], new Map([['h', 4], ['p', NaN]]));
    assert.ok(!isComplaint(solution));
    assert.deepEqual([...solution.sizes], [['h', 4], ['p', 3], ['b', 2]]);
  });

  it('layers of einops', () => {
    const graph = only(`import torch
from torch import nn
from einops.layers.torch import Rearrange, Reduce, EinMix
net = nn.Sequential(Rearrange('b c (h p) (w q) -> b (h w) (p q c)', p=4, q=4), EinMix('b n i -> b n o', 'i o', 'o', i=48, o=10), Reduce('b n o -> b o', 'mean'))
net(torch.randn(2, 3, 8, 8))
`);
    assert.equal(outputs(graph), '2×10');
    assert.deepEqual(weights(graph), ['1.weight 48×10', '1.bias 1×1×10']);
    assert.equal(graph.nodes.find(node => node.op === 'einsum')?.macs, 2 * 4 * 48 * 10);
  });

  const transformer = `import torch
from torch import nn
net = nn.Transformer(16, 2, num_encoder_layers=1, num_decoder_layers=2, dim_feedforward=24, batch_first=True)
mask = net.generate_square_subsequent_mask(5)
net(torch.randn(3, 7, 16), torch.randn(3, 5, 16), tgt_mask=mask)
`;

  it('a transformer has the parts and weights that torch.nn gives it', () => {
    const graph = only(transformer);
    assert.equal(outputs(graph), '3×5×16');
    // One encoder layer: 4·16² + 4·16 of attention, 2·16·24 + 24 + 16 of the two Linears, 4·16 of the norms; decoder layers attend twice.
    const attention = 4 * 16 * 16 + 4 * 16;
    const feedForward = 2 * 16 * 24 + 24 + 16;
    const total = graph.weights.reduce((sum, weight) => sum + (weight.type.shape as readonly number[]).reduce((a, b) => a * b, 1), 0);
    assert.equal(total, attention + feedForward + 4 * 16 + 2 * 16 + 2 * (2 * attention + feedForward + 6 * 16) + 2 * 16);
    const layer = [...graph.modules.keys()].filter(path => path.startsWith('decoder.layers.1.')).map(path => path.slice('decoder.layers.1.'.length));
    assert.deepEqual(layer, [
      'self_attn', 'self_attn.out_proj', 'multihead_attn', 'multihead_attn.out_proj', 'linear1', 'dropout', 'linear2', 'norm1', 'norm2', 'norm3',
      'dropout1', 'dropout2', 'dropout3',
    ]);
  });

  it('its operators stand in the file that uses it, also after an edit', () => {
    lower(transformer);
    const text = `${transformer}# edited\n`;
    const graph = only(text);
    for (const { site } of graph.nodes) {
      assert.equal(site.declared.uri, uri);
      assert.ok(/^(nn\.Transformer|net|net\.generate_square_subsequent_mask)\(/.test(text.slice(site.declared.span.start)));
    }
  });

  it('parametrised weights have their own names', () => {
    const graph = only(`import torch
from torch import nn
from torch.nn import utils
from torch.nn.utils import parametrizations
net = nn.Sequential(
    utils.weight_norm(nn.Conv2d(3, 4, 3)), utils.spectral_norm(nn.Conv2d(4, 5, 1)), nn.Flatten(),
    parametrizations.weight_norm(nn.Linear(20, 6)), parametrizations.orthogonal(nn.Linear(6, 6, bias=False)), utils.remove_weight_norm(utils.weight_norm(nn.Linear(6, 2))))
net(torch.randn(1, 3, 4, 4))
`);
    assert.deepEqual(weights(graph), [
      '0.bias 4', '0.weight_g 4×1×1×1', '0.weight_v 4×3×3×3', '1.bias 5', '1.weight_orig 5×4×1×1',
      '3.bias 6', '3.parametrizations.weight.original0 6×1', '3.parametrizations.weight.original1 6×20', '4.parametrizations.weight.original 6×6', '5.bias 2', '5.weight 2×6',
    ]);
    assert.deepEqual(graph.nodes.map(node => node.weights.length), [3, 2, 0, 3, 1, 2]);
  });

  const tools: readonly (readonly [setup: string, call: string, input: string])[] = [
    ['import torchsummary', 'torchsummary.summary(net, (3, 9, 9))', '1×3×9×9'],
    ['from torchsummary import summary', 'summary(net, [(3, 9, 9)], batch_size=4)', '4×3×9×9'],
    ['from torchinfo import summary', 'summary(net, input_size=(2, 3, 9, 9))', '2×3×9×9'],
    ['from torchinfo import summary', 'summary(net, (3, 9, 9), batch_dim=0)', '1×3×9×9'],
    ['from thop import profile', 'flops, params = profile(net, inputs=(torch.randn(5, 3, 9, 9),))', '5×3×9×9'],
    ['from ptflops import get_model_complexity_info', 'macs, params = get_model_complexity_info(net, (3, 9, 9))', '1×3×9×9'],
    ['from fvcore.nn import FlopCountAnalysis', 'print(FlopCountAnalysis(net, torch.randn(1, 3, 7, 9)).total())', '1×3×7×9'],
    ['import torch.onnx', 'torch.onnx.export(net, torch.randn(1, 3, 5, 9), "net.onnx")', '1×3×5×9'],
    ['import torch.jit', 'traced = torch.jit.trace(net, torch.randn(1, 3, 6, 9))', '1×3×6×9'],
  ];
  for (const [setup, call, input] of tools) {
    it(`${call} tells the input`, () => {
      const graph = only(`import torch\nfrom torch import nn\n${setup}\nnet = nn.Sequential(nn.Conv2d(3, 8, 3))\nif __name__ == '__main__':\n    ${call}\n`);
      assert.deepEqual(graph.inputs.map(({ tensor }) => sizes(graph.tensors.get(tensor)?.shape ?? [])), [input]);
    });
  }

  it('a training script around a model is harmless', () => {
    const graph = only(`import torch
import torch.distributed as dist
from torch import nn
from torch.optim import AdamW, lr_scheduler
from torch.optim.optimizer import Optimizer
from torch.utils.data import Dataset, DataLoader

class Plain(Optimizer):
    def __init__(self, params, lr=0.1):
        super().__init__(params, dict(lr=lr))
    def step(self):
        for group in self.param_groups:
            assert group['lr'] == 0.1

class Images(Dataset[int]):
    def __len__(self): return 4

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
        nn.init.xavier_uniform_(self.fc.weight, gain=nn.init.calculate_gain('relu'))
        if dist.is_initialized():
            self.extra = nn.Linear(4, 4)
    def forward(self, x):
        with torch.autocast('cuda', enabled=False):
            return self.fc(x)

net = Net()
net(torch.randn(3, 4))
optimizer = AdamW(net.parameters(), lr=1e-3)
scheduler = lr_scheduler.StepLR(optimizer, 10)
Plain(net.parameters()).step()
for images in DataLoader(Images(), batch_size=2):
    optimizer.zero_grad()
    optimizer.step()
scheduler.step()
torch.save(net.state_dict(), 'net.pt')
`);
    assert.equal(outputs(graph), '3×2');
    assert.deepEqual(graph.problems, []);
  });
});
