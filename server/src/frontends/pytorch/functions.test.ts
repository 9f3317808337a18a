/** Functions, methods, operators and subscripts of tensors: one expression each, with the shape PyTorch gives. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../base/budget';
import { isUnknown, type Unknown } from '../../base/unknown';
import { GraphBuilder } from '../../graph/builder';
import type { Graph } from '../../graph/graph';
import type { Shape } from '../../tensor/shape';
import { PythonError } from '../python/objects/python-error';
import { Evaluator } from '../python/evaluate/evaluator';
import { Library } from '../python/library';
import { stdlibTables } from '../python/library-modules';
import { initParser } from '../python/syntax/parse';
import { pytorchFrontend } from './frontend';
import { pytorchTables } from './index';
import { tensorMethods } from './tensor-methods';
import { torchTensors } from './tensor-protocol';
import { uncounted } from '../../../test/rows/exercised';

const root = process.env.JOULELINT_ROOT ?? '';

function lower(text: string): Graph {
  const { graphs, problems } = pytorchFrontend.lower({
    uri: 'file:///p/net.py', text, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget: new Budget(), defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  });
  assert.deepEqual(problems.map(problem => problem.message), []);
  const [graph] = graphs;
  assert.ok(graph);
  return graph;
}

function sizes(shape: Shape | Unknown): string {
  return isUnknown(shape) ? '?' : shape.length === 0 ? '()' : shape.map(dim => (isUnknown(dim) ? '?' : dim)).join('×');
}

/** Output shapes of `expression` on x of 2×3×8×6, with w a parameter of 4×3×1×1 and v one of 6. */
function applied(expression: string): string {
  const graph = lower(`import torch
import torch.nn as nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(4, 3, 1, 1))
        self.v = nn.Parameter(torch.ones(6))
        self.table = nn.Parameter(torch.ones(10, 6))
    def forward(self, x):
        i = torch.arange(4)
        return ${expression}
Net()(torch.randn(2, 3, 8, 6))
`);
  assert.deepEqual(graph.problems.map(problem => problem.message), []);
  assert.deepEqual(graph.mismatches.map(mismatch => mismatch.message), []);
  return graph.outputs.map(id => `${sizes(graph.tensors.get(id)?.shape ?? [])}${suffix(graph.tensors.get(id)?.dtype ?? '')}`).join(' ');
}

function suffix(dtype: string): string {
  return dtype === 'float32' ? '' : `:${dtype}`;
}

const cases: readonly (readonly [expression: string, outputs: string])[] = [
  // subscripts
  ['x[0]', '3×8×6'], ['x[:, 1]', '2×8×6'], ['x[..., -1]', '2×3×8'], ['x[:, :, ::2]', '2×3×4×6'], ['x[:, None]', '2×1×3×8×6'], ['x[None, ..., None]', '1×2×3×8×6×1'], ['x[:, [0, 2]]', '2×2×8×6'],
  ['x[:, :, i]', '2×3×4×6'], ['x[:, torch.tensor([True, False, True])]', '2×2×8×6'], ['x[x > 0]', '?'], ['x[1:, :, 2:-2, 1:5:2]', '1×3×4×2'],
  ['x[torch.tensor([0, 1])[:, None], i[:3]]', '2×3×8×6'], ['x[:, i[:2], :, i[:2]]', '2×2×8'],
  // views
  ['x.view(2, -1)', '2×144'], ['x.view((6, 48))', '6×48'], ['x.reshape(x.size(0), -1)', '2×144'], ['x.view(x.shape[:2] + (-1,))', '2×3×48'],
  ['x.flatten(1)', '2×144'], ['torch.flatten(x, 2)', '2×3×48'],
  ['x.permute(0, 2, 3, 1)', '2×8×6×3'], ['x.transpose(1, 2).contiguous()', '2×8×3×6'], ['x.mT', '2×3×6×8'], ['x[0, 0].T', '6×8'],
  ['x.unsqueeze(-1).squeeze()', '2×3×8×6'], ['x.movedim(1, -1)', '2×8×6×3'], ['x.unflatten(1, (3, 1))', '2×3×1×8×6'],
  ['x[:, :1].expand(-1, 5, -1, -1)', '2×5×8×6'], ['self.v.expand(2, 3, -1)', '2×3×6'], ['x.repeat(1, 2, 1, 1)', '2×6×8×6'],
  ['x.repeat_interleave(2, dim=0)', '4×3×8×6'], ['torch.tile(x, (2,))', '2×3×8×12'], ['x.unfold(2, 4, 2)', '2×3×3×6×4'],
  ['torch.cat([x, x], dim=1)', '2×6×8×6'], ['torch.cat((x, x), 1)', '2×6×8×6'], ['torch.stack([x, x], -1)', '2×3×8×6×2'],
  ['torch.hstack((x, x))', '2×6×8×6'], ['torch.roll(x, (1, 1), (2, 3))', '2×3×8×6'], ['torch.flip(x, [2])', '2×3×8×6'],
  ['x.chunk(2, dim=2)', '2×3×4×6 2×3×4×6'], ['x.split([2, 6], dim=2)', '2×3×2×6 2×3×6×6'], ['torch.split(x, 5, 2)', '2×3×5×6 2×3×3×6'],
  ['x.unbind(0)', '3×8×6 3×8×6'], ['torch.tensor_split(x, 3, dim=2)', '2×3×3×6 2×3×3×6 2×3×2×6'],
  ['torch.meshgrid(torch.arange(3), torch.arange(4), indexing="ij")', '3×4:int64 3×4:int64'],
  // arithmetic and types
  ['x + 1', '2×3×8×6'], ['1 - x', '2×3×8×6'], ['2 ** x', '2×3×8×6'], ['x * self.v', '2×3×8×6'], ['x / x.sum(-1, keepdim=True)', '2×3×8×6'],
  ['i * 2', '4:int64'], ['i / 2', '4'], ['i // 2', '4:int64'], ['i + 1.5', '4'], ['x > 0', '2×3×8×6:bool'], ['~(x > 0)', '2×3×8×6:bool'],
  ['(x > 0) & (x < 1)', '2×3×8×6:bool'],
  ['-x', '2×3×8×6'], ['x.add_(1).mul_(2)', '2×3×8×6'], ['x.clamp(min=0)', '2×3×8×6'], ['torch.where(x > 0, x, 0.0)', '2×3×8×6'],
  ['x.half()', '2×3×8×6:float16'], ['x.to(torch.float64)', '2×3×8×6:float64'], ['x.long()', '2×3×8×6:int64'], ['x.type_as(i)', '2×3×8×6:int64'],
  ['x.masked_fill(x > 0, float("-inf"))', '2×3×8×6'],
  ['torch.rsqrt(x.pow(2).mean(1, keepdim=True) + 1e-6)', '2×1×8×6'], ['x.exp().log1p().tanh()', '2×3×8×6'], ['torch.lerp(x, x, 0.5)', '2×3×8×6'],
  // reductions
  ['x.mean([2, 3])', '2×3'], ['x.mean((2, 3), keepdim=True)', '2×3×1×1'], ['x.sum()', '()'], ['x.max()', '()'], ['x.max(dim=1)[0]', '2×8×6'],
  ['x.max(1).indices', '2×8×6:int64'], ['torch.max(x, x)', '2×3×8×6'], ['x.argmax(-1)', '2×3×8:int64'], ['x.amax(dim=(2, 3))', '2×3'],
  ['x.std(1)', '2×8×6'], ['torch.var_mean(x, dim=1)', '2×8×6 2×8×6'],
  ['x.norm(dim=1, keepdim=True)', '2×1×8×6'], ['x.norm()', '()'], ['x.cumsum(1)', '2×3×8×6'], ['x.topk(2, dim=1)', '2×2×8×6 2×2×8×6:int64'],
  ['x.sort(dim=-1, descending=True)[1]', '2×3×8×6:int64'], ['(x > 0).any()', '():bool'], ['(x > 0).sum(1)', '2×8×6:int64'],
  ['x.logsumexp(1)', '2×8×6'],
  // creation
  ['torch.zeros(2, 3)', '2×3'], ['torch.ones((2, 3), dtype=torch.int64)', '2×3:int64'], ['torch.full((2,), 1.5)', '2'],
  ['torch.zeros_like(x)', '2×3×8×6'], ['x.new_zeros(x.size(0), 1)', '2×1'], ['torch.arange(0, 10, 3)', '4:int64'], ['torch.arange(5.0)', '5'],
  ['torch.linspace(0, 1, 5)', '5'], ['torch.eye(3)', '3×3'], ['torch.tensor([[1, 2], [3, 4]])', '2×2:int64'], ['torch.tensor(1.0)', '()'],
  ['torch.randint(0, 10, (2, 3))', '2×3:int64'], ['torch.rand(x.shape[0], 1)', '2×1'], ['torch.empty(*x.shape[:2])', '2×3'],
  ['torch.tril(torch.ones(4, 4))', '4×4'], ['torch.zeros(torch.tensor([1, 2, 3]).max() + 1)', '4'], ['torch.zeros(int(torch.tensor(5)))', '5'],
  // selection
  ['x.gather(1, torch.zeros(2, 1, 8, 6, dtype=torch.long))', '2×1×8×6'],
  ['torch.index_select(x, 2, i)', '2×3×4×6'],
  ['F.one_hot(i, 5)', '4×5:int64'],
  ['torch.zeros(2, 10).scatter_(1, torch.zeros(2, 1).long(), 1.0)', '2×10'],
  // products
  ['x @ x.transpose(-1, -2)', '2×3×8×8'], ['torch.matmul(x, self.v)', '2×3×8'], ['torch.bmm(x[0], x[0].mT)', '3×8×8'],
  ['torch.einsum("bchw,bdhw->bcd", x, x)', '2×3×3'], ['torch.tensordot(x, self.table, dims=([3], [1]))', '2×3×8×10'],
  ['F.scaled_dot_product_attention(x, x, x)', '2×3×8×6'], ['torch.cdist(x[0], x[0])', '3×8×8'],
  ['torch.addmm(self.v, x[0, 0], torch.ones(6, 6))', '8×6'],
  // functional layers
  ['F.conv2d(x, self.w)', '2×4×8×6'], ['F.conv2d(x, self.w, stride=2)', '2×4×4×3'], ['F.linear(x, self.table)', '2×3×8×10'],
  ['F.relu(x, inplace=True)', '2×3×8×6'], ['F.gelu(x)', '2×3×8×6'], ['F.softmax(x, dim=1)', '2×3×8×6'], ['x.softmax(-1)', '2×3×8×6'],
  ['F.max_pool2d(x, 2)', '2×3×4×3'], ['F.avg_pool2d(x, x.size()[2:])', '2×3×1×1'], ['F.adaptive_avg_pool2d(x, 1)', '2×3×1×1'],
  ['F.adaptive_avg_pool2d(x, (None, 2))', '2×3×8×2'],
  ['F.interpolate(x, scale_factor=2)', '2×3×16×12'], ['F.interpolate(x, size=x.shape[2:], mode="bilinear")', '2×3×8×6'],
  ['F.pad(x, (1, 2, 3, 4))', '2×3×15×9'], ['F.pad(x, (0, 0, 0, 0, 0, 5))', '2×8×8×6'], ['F.dropout(x, 0.5, self.training)', '2×3×8×6'],
  ['F.layer_norm(x, (6,), self.v, self.v)', '2×3×8×6'], ['F.group_norm(x, 3)', '2×3×8×6'], ['F.normalize(x, dim=1)', '2×3×8×6'],
  ['F.batch_norm(x, None, None, training=True)', '2×3×8×6'], ['F.embedding(i, self.table)', '4×6'], ['F.unfold(x, 3, padding=1)', '2×27×48'],
  ['F.pixel_shuffle(x.repeat(1, 4, 1, 1), 2)', '2×3×16×12'], ['F.grid_sample(x, torch.zeros(2, 5, 5, 2))', '2×3×5×5'],
  ['F.cross_entropy(x, torch.zeros(2, 8, 6).long())', '()'], ['F.glu(x, dim=-1)', '2×3×8×3'], ['F.prelu(x, torch.ones(1))', '2×3×8×6'],
  ['F.log_softmax(x, 1)', '2×3×8×6'],
  ['torch.fft.rfft2(x).abs()', '2×3×8×4'], ['torch.view_as_complex(x.reshape(2, 3, 8, 3, 2).contiguous())', '2×3×8×3:complex64'],
  // rarer ones
  ['torch.inner(x, self.table)', '2×3×8×10'], ['torch.column_stack((i, i))', '4×2:int64'], ['torch.combinations(i)', '6×2:int64'],
  ['torch.cartesian_prod(i, i)', '16×2:int64'], ['torch.zeros(torch.broadcast_shapes((2, 1), (1, 3)))', '2×3'], ['F.pdist(self.table)', '45'],
  ['torch.block_diag(x[0, 0], x[0, 0])', '16×12'], ['torch.unique(torch.tensor([3, 1, 3])) * 2', '2:int64'],
  ['torch.nonzero(torch.tensor([0, 1, 1])) + 0', '2×1:int64'], ['torch.diff(i)', '3:int64'],
  ['F.fractional_max_pool2d(x, 2, output_ratio=0.5)', '2×3×4×3'],
  // Python around tensors
  ['torch.zeros(len(x), x.dim(), x.numel() // 48)', '2×4×6'],
  ['sum([x, x, x])', '2×3×8×6'],
  ['torch.stack([row for row in x])', '2×3×8×6'],
  ['x.view(*x.shape[:-1], 2, 3)', '2×3×8×2×3'],
  ['torch.zeros(x.shape)', '2×3×8×6'],
  ['x.new_ones(x.shape[0])', '2'],
  ['torch.zeros(x.size(-1), dtype=x.dtype, device=x.device)', '6'],
  ['x if torch.jit.is_scripting() else x.mean()', '()'],
  ['torch.zeros([2, 3][x.ndim - 3])', '3'],
  ['(torch.arange(6).reshape(2, 3).sum(1) * 2).tolist()[1] * x', '2×3×8×6'],
  ['x.detach().clone().cpu().requires_grad_(False)', '2×3×8×6'],
];

describe('tensor expressions', () => {
  before(async () => {
    await initParser({ runtimeWasm: readFileSync(join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')), grammar: readFileSync(join(root, 'grammars/tree-sitter-python.wasm')) });
  });

  for (const [expression, expected] of cases) {
    it(expression, () => { assert.equal(applied(expression), expected); });
  }

  it('counts a product of a parameter once and lists it as the row\'s weight', () => {
    const graph = lower(`import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(6, 5))
    def forward(self, x):
        return x @ self.w + (x @ self.w)
Net()(torch.randn(2, 6))
`);
    assert.deepEqual(graph.nodes.map(node => [node.op, node.macs, node.weights.map(weight => weight.name)]), [['matmul', 60, ['w']], ['matmul', 60, ['w']], ['elementwise', 0, []]]);
  });

  it('has signatures that parse, in every row', () => {
    const interpreter = new Evaluator({
      sources: { text: () => null, folder: () => null }, roots: [], library: new Library([...stdlibTables, ...pytorchTables]), tensors: torchTensors,
      budget: new Budget(), builder: new GraphBuilder(), mode: 'eval',
    });
    const at = { uri: 'file:///t.py', span: { start: 0, end: 0 } };
    const values = [...pytorchTables.flatMap(tables => tables.entries).map(({ name }) => interpreter.libraryValue(name)), ...tensorMethods.values()];
    for (const value of values) {
      try {
        if (value.kind === 'native' || value.kind === 'class') uncounted(() => interpreter.callWith(value, [], at));
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
      }
    }
    assert.ok(values.length > 1500);
  });
});
