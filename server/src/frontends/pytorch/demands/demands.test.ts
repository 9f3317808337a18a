/** What PyTorch refuses, and its neighbours that it takes. All right answers are those of PyTorch 2.15. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../../base/budget';
import { initParser } from '../../python/syntax/parse';
import { pytorchFrontend } from '../frontend';
import { pytorchTables } from '../index';
import { allRows } from '../tables';
import { callingRows } from './calling';
import { namesOf } from './check';
import { makingRows } from './making';
import { callingRelations, makingRelations } from './relations';

/** The first error of a module with this in `__init__` and `forward`, on x of 2×4×8×8; undefined: it runs. */
function refused(forward: string, init = 'pass', statement = 'pass'): string | undefined {
  const text = `import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        ${init}\n`
    + `    def forward(self, x):\n        s = x[:, :, 0]\n        v = x[:, 0, 0]\n        i = torch.zeros(2, dtype=torch.long)\n        ${statement}\n        return ${forward}\nNet()(torch.randn(2, 4, 8, 8))\n`;
  const { graphs, problems } = pytorchFrontend.lower({
    uri: 'file:///p/net.py', text, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget: new Budget(), defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  });
  return [...problems, ...graphs.flatMap(graph => graph.problems)].find(problem => problem.code === 'python-error')?.message ?? graphs[0]?.mismatches[0]?.message;
}

/** Expression of `forward`, or a layer that is applied to x; then what the message says. */
const refusals: readonly (readonly [code: string, message: RegExp])[] = [
  ['F.triplet_margin_loss(v, v, torch.zeros(3, 8))', /`negative` of 3×8 does not go with an anchor of 2×8/],
  ['F.margin_ranking_loss(v[:, 0], v[:, :1], torch.ones(2))', /does not go with/],
  ['F.cosine_embedding_loss(v, v, torch.ones(2), reduction="avg")', /`reduction` must be one of/],
  ['F.smooth_l1_loss(v, v, beta=-1.0)', /`beta` must be at least 0/],
  ['nn.TripletMarginLoss(margin=-1.0)', /`margin` must be greater than 0/],
  ['F.max_unpool2d(x, x, 2)', /`indices` must be a tensor of int64 elements, received float32/],
  ['torch.nn.utils.rnn.pack_padded_sequence(s, torch.tensor([4, 0]), batch_first=True)', /a length of 0 does not go with sequences of 4/],
  ['torch.nn.utils.rnn.pack_padded_sequence(s, torch.tensor([4, 4, 4]), batch_first=True)', /3 lengths are given for 2 sequences/],
  ['F.affine_grid(torch.zeros(3, 2, 3), [2, 4, 8, 8])', /2×2×3, received 3×2×3/],
  ['torch.linalg.solve(torch.eye(3), torch.ones(4, 1))', /does not go with a matrix of 3×3/],
  ['x.index_fill(1, torch.tensor([7]), 0.0)', /index 7 is out of range for 4 entries/],
  ['x.scatter(1, torch.zeros(2, 4, 8, 9, dtype=torch.long), 1.0)', /does not fit a tensor of 2×4×8×8/],
  ['x.masked_scatter(x > 0, x.long())', /must have float32 elements like the tensor, received int64/],
  ['F.embedding_bag(i, torch.zeros(9, 4))', /need `offsets`/],
  ['x[x[0] > 0]', /a mask of 4×8×8 does not fit the axes of 2×4×8/],
  ['torch.layer_norm(x, (8,), None, None, "a")', /'eps' must be a number, not str/],
  ['torch.zeros(2.0)', /`args` must be a sequence of ints, received the float 2.0/],
  ['torch.zeros(2, (1, 1))', /tuple with tuple in it/],
  ['torch.ones(2, None)', /NoneType/],
  ['torch.zeros(2, -1)', /at least 0, received -1/],
  ['torch.full(2, 1.0)', /sequence of ints, not an int/],
  ['x.view(2, 4.0, 64)', /float/],
  ['x.expand(2, 4, None, 8)', /NoneType/],
  ['torch.split(x, [1, None], 1)', /NoneType/],
  ['x.clamp()', /neither `min` nor `max`/],
  ['torch.arange(3, 1)', /do not lead from 3 to 1/],
  ['nn.Conv2d(4, 4, 3, padding="same", stride=2)', /stride 1 only/],
  ['nn.Conv2d(4, 4, 3, padding="full")', /one of "same", "valid", received "full"/],
  ['nn.Conv2d(4, 4, 3, padding_mode="mirror")', /one of "zeros", "reflect", "replicate", "circular"/],
  ['nn.Conv2d(4, 4, 3, dilation=0)', /`dilation` must be greater than 0/],
  ['nn.Conv2d(4, 4, 3, padding=-1)', /`padding` must be at least 0/],
  ['nn.Conv2d(4, 4, 3, padding=(1, 1, 1))', /one int or 2 of them, received 3/],
  ['nn.Conv2d(4, 0, 3)', /`out_channels` must be greater than 0/],
  ['nn.Conv2d(4, -2, 3)', /at least 0, received -2/],
  ['nn.ConvTranspose2d(4, 4, 3, padding_mode="reflect")', /"zeros"/],
  ['nn.MaxPool2d(2, stride=0)', /`stride` must be greater than 0/],
  ['nn.AvgPool2d(2.0)', /`kernel_size` must be a sequence of ints, received the float 2.0/],
  ['nn.AdaptiveAvgPool2d((2, 2, 2))', /2 of them, received 3/],
  ['nn.Dropout(1.5)', /between 0 and 1, received 1.5/],
  ['nn.Hardtanh(1.0, -1.0)', /less than `max_val`/],
  ['nn.GELU("sigmoid")', /one of "none", "tanh"/],
  ['nn.GroupNorm(0, 4)', /must not be 0/],
  ['nn.BatchNorm2d(4.0)', /float/],
  ['nn.ReflectionPad2d((1, 1, 1))', /two numbers per axis/],
  ['nn.Upsample(size=4, scale_factor=2)', /only one of them/],
  ['nn.Upsample(scale_factor=2, mode="linear")', /mode "linear" takes an input of 3 dimensions/],
  ['nn.PixelShuffle(0)', /greater than 0/],
  ['F.pad(x, 1)', /not an int/],
  ['F.pad(x, (1, 1), mode="reflect")', /needs 2 or 3 dimensions/],
  ['nn.Conv2d(4, 4, 3, padding=8, padding_mode="reflect")', /less than the 8×8 input/],
  ['x.roll(1, (1, 2))', /as many/],
  ['nn.AvgPool2d(2, divisor_override=0)', /must not be 0/],
  ['F.conv_transpose2d(x, torch.zeros(3, 4, 3, 3))', /is for 3 input channels, received 4/],
  ['F.pad(x, (1, 1, 1, 1), mode="mirror")', /received "mirror"/],
  ['F.softmax(x.long(), 1)', /floating-point elements, received int64/],
  ['F.one_hot(v, 3)', /int64 elements/],
  ['x.masked_fill(x, 0.0)', /bool elements/],
  ['s.gather(1, s)', /int64 or int32 elements/],
  ['F.embedding(v, torch.zeros(5, 3))', /int64 or int32 elements/],
  ['F.embedding(i + 7, torch.zeros(5, 3))', /index 7 is out of range for 5 entries/],
  ['F.conv2d(x, torch.zeros(3, 4, 3, 3), torch.zeros(2))', /must have 3 elements, one per output channel, received 2/],
  ['F.linear(v, torch.zeros(3, 8), torch.zeros(4))', /must have 3 elements, one per output feature/],
  ['F.linear(v, torch.zeros(8), torch.zeros(1))', /with a bias the weight must be a matrix/],
  ['F.batch_norm(x, torch.zeros(5), torch.zeros(4))', /must have 4 elements, one per channel, received 5/],
  ['F.layer_norm(x, (8,), torch.zeros(7))', /normalised shape 8, received 7/],
  ['F.cross_entropy(v, torch.zeros(3).long())', /one class per sample 2 or one number per class 2×8, received 3/],
  ['F.cross_entropy(v, torch.zeros(2))', /int64 elements, received float32/],
  ['F.nll_loss(v, torch.zeros(2, 8))', /one class per sample 2, received 2×8/],
  ['F.binary_cross_entropy(v, torch.zeros(2, 1))', /must have the sizes of the input 2×8/],
  ['F.mse_loss(v, torch.zeros(7))', /does not go with an input of 2×8/],
  ['nn.CrossEntropyLoss()(v, torch.zeros(3).long())', /one class per sample 2/],
  ['nn.LSTM(8, 5, batch_first=True)(s, (torch.zeros(1, 2, 5), torch.zeros(1, 2, 4)))', /the cell state must be 1×2×5, received 1×2×4/],
  ['nn.GRU(8, 5)(s, torch.zeros(1, 2, 5))', /the hidden state must be 1×4×5/],
  ['nn.GRUCell(8, 5)(v, torch.zeros(1, 5))', /the hidden state must be 2×5/],
  ['nn.LSTM(8, 5, proj_size=5)', /less than the hidden size 5/],
  ['nn.GRU(8, 5, num_layers=0)', /greater than 0/],
  ['nn.RNN(8, 5, nonlinearity="gelu")', /one of "tanh", "relu"/],
  ['nn.MultiheadAttention(8, 2, batch_first=True)(s, s, s, attn_mask=torch.zeros(3, 4))', /must be 4×4 or 4×4×4, received 3×4/],
  ['nn.MultiheadAttention(8, 2, batch_first=True)(s, s, s[:, 1:])', /a value for each key/],
  ['nn.MultiheadAttention(8, -2)', /greater than 0/],
  ['F.scaled_dot_product_attention(s, s, s, attn_mask=torch.zeros(3, 4))', /does not fit scores of 2×4×4/],
  ['nn.Embedding(5, 3, padding_idx=5)', /one of the 5 entries/],
  ['nn.Bilinear(8, 8, 3)(v, v[:1])', /the same leading sizes/],
];

/** The same, as statements in `forward`. */
const refusedStatements: readonly (readonly [code: string, message: RegExp])[] = [
  ['x += torch.ones(3, 2, 4, 8, 8)', /a result of the sizes 3×2×4×8×8 has no place in a tensor of 2×4×8×8/],
  ['x.mul_(torch.ones(3, 2, 4, 8, 8))', /has no place/],
  ['x[:, 0] = torch.zeros(2, 7, 8)', /values of the sizes 2×7×8 do not fit the part of 2×8×8/],
  ['x[:, 4] = 0', /index 4/],
  ['x[:, 0] = (0, 0)', /takes numbers and tensors, not tuple/],
  ['x = x[:, ::-1]', /step of a slice of a tensor must be greater than 0/],
  ['x = x | x', /`\|` does not take tensors of float32/],
  ['x = x.long() << 1; x = v << 1', /`<<` does not take tensors of float32/],
  ['x = ~x', /`~` does not take/],
  ['x = 1 - (x > 0)', /`-` does not take tensors of bool/],
  ['c = nn.Linear(8, 3); del c.weight; x = c(x)', /has no attribute 'weight': it was deleted/],
  ['c = nn.utils.weight_norm(nn.Linear(8, 3), dim=0.0); x = c(x)', /`dim` must be an int/],
  ['x = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2), -1)(s)', /index/],
  ['x = s.narrow(1, 0, -1)', /at least 0/],
  ['x = nn.Sequential({"a": nn.ReLU()})(x)', /dict is not a Module subclass/],
  ['x = v.index_select(1, i + 9)', /index 9 is out of range for 8 entries/],
];

const takenStatements: readonly string[] = [
  'x += torch.ones(8)', 'x[:, 0] = torch.zeros(1, 1, 1, 8, 8)', 'x[:, 0] = torch.zeros(8)', 'x[0] = 1', 'x[x > 0] = 0', 'x[:, [0, 2]] = torch.zeros(2, 1, 8, 8)', 'x = x.long() | 1',
  'x = (x > 0) & (x < 1)',
  'x = x[:, ::2]', 'import numpy as np; a = np.arange(4)[::-1]', 'c = nn.Linear(8, 3); w = c.weight; del c.weight; c.weight = nn.Parameter(w * 2); x = c(x)', 'x.squeeze_(0)',
  'import collections; x = nn.Sequential(collections.OrderedDict(a=nn.ReLU()))(x)',
  'x = nn.utils.weight_norm(nn.Linear(8, 3), dim=None)(x)',
];

/** What PyTorch takes, however close to a refusal it is. */
const taken: readonly string[] = [
  'torch.zeros((2, 3))', 'torch.zeros(torch.Size([2, 3]))', 'torch.zeros(x.shape[0], x.size(1))', 'torch.empty(0)', 'x.view(2, -1)', 'torch.arange(0)', 'x.clamp(min=0)',
  'nn.Conv2d(4, 4, 3, padding="same")(x)', 'nn.Conv2d(4, 4, (3, 3), stride=(1,))(x)', 'nn.Conv2d(4, 4, 3, padding=-1, padding_mode="reflect")(x)', 'nn.MaxPool2d((3,))(x)', 'nn.MaxPool2d(2, [])(x)',
  'nn.AdaptiveAvgPool2d((None, 3))(x)', 'nn.InstanceNorm2d(7.0)(x)', 'nn.Dropout(1)(x)', 'F.hardtanh(x, 1, 1)', 'nn.Upsample(scale_factor=(2, 1.5))(x)', 'F.softmax(x.long(), 1, dtype=torch.float32)',
  'F.linear(s, torch.zeros(3, 8), torch.zeros(4, 3))', 'F.linear(v, torch.zeros(3, 8), torch.zeros(1))',
  'F.linear(s, torch.zeros(8))', 'F.cross_entropy(v, v)', 'F.cross_entropy(v, i)', 'F.cross_entropy(x, torch.zeros(2, 8, 8).long())',
  'F.mse_loss(v, torch.zeros(8))', 'nn.LSTM(8, 5)(s, (torch.zeros(1, 4, 5), torch.zeros(1, 4, 5)))[0]', 'nn.GRU(8, 5)(v, torch.zeros(1, 5))[0]', 'nn.GRUCell(8, 5)(v[0], torch.zeros(5))',
  'nn.MultiheadAttention(8, 2, batch_first=True)(s, s[:, 1:], s[:, 1:], attn_mask=torch.zeros(4, 4, 3))[0]', 'F.scaled_dot_product_attention(s, s, s, attn_mask=torch.zeros(1, 4))',
  'nn.Conv2d(4, 4, 3, padding=8, padding_mode="circular")(x)', 'F.pad(s, (1, 1), mode="reflect")', 'x.roll(5)', 'x.roll((1, 2), (1, 2))',
  'F.conv_transpose2d(x, torch.zeros(4, 3, 3, 3))', 'F.conv_transpose2d(x[0], torch.zeros(4, 3, 3, 3))', 'nn.AvgPool2d(2, divisor_override=3)(x)',
  'nn.Embedding(5, 3, padding_idx=-5)(i)', 'F.pad(x, ())', 'torch.topk(v, 2)[0]', 'x.sort()[0]', 'F.interpolate(x, 3)', 'nn.Softmax()(v)', 's.gather(1, torch.zeros(2, 9, 8).long())',
];

describe('demands on arguments in PyTorch', () => {
  before(async () => {
    const root = process.env['JOULELINT_ROOT'] ?? '';
    await initParser({ runtimeWasm: readFileSync(join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm')), grammar: readFileSync(join(root, 'grammars/tree-sitter-python.wasm')) });
  });

  for (const [code, message] of refusals) {
    const isLayer = code.startsWith('nn.') && !/\)\((v|s|i)/.test(code);
    it(`refuses ${code}`, () => { assert.match(refused(isLayer ? 'self.layer(x)' : code, isLayer ? `self.layer = ${code}` : 'pass') ?? 'nothing', message); });
  }

  for (const [code, message] of refusedStatements) it(`refuses ${code}`, () => { assert.match(refused('x', 'pass', code) ?? 'nothing', message); });

  for (const code of takenStatements) it(`takes ${code}`, () => { assert.equal(refused('x', 'pass', code), undefined); });

  for (const code of taken) it(`takes ${code}`, () => { assert.equal(refused(code), undefined); });

  it('names functions, methods and layers of the tables only', () => {
    const methods = allRows.flatMap(row => row.methods.map(([name]) => `torch.Tensor.${name}`));
    const known = new Set([...pytorchTables.flatMap(({ entries }) => entries.map(entry => entry.name)), ...methods]);
    const named = [...makingRows, ...callingRows, ...makingRelations, ...callingRelations].flatMap(([names]) => namesOf(names));
    assert.deepEqual(named.filter(name => !known.has(name)), []);
  });
});
