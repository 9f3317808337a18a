/** Tables that a program fills number by number: what is in them is known, and many numbers take few steps. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Budget } from '../../base/budget';
import { initParser } from '../python/syntax/parse';
import { pytorchFrontend } from './frontend';

const root = process.env.JOULELINT_ROOT ?? '';

function run(init: string, forward = 'x'): { readonly said: readonly string[]; readonly macs: number; readonly kinds: readonly string[]; readonly steps: number } {
  const budget = new Budget(undefined, undefined, () => 0);
  const text = `import math, itertools
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.width = width
${init.replace(/^/gm, '        ')}

    def forward(self, x):
        return self.fc(${forward})

Net()(torch.zeros(2, 8))
`;
  const { graphs: [graph], problems } = pytorchFrontend.lower({
    uri: 'file:///p/net.py', text, sources: { text: () => null, folder: () => null }, roots: ['file:///p/'], budget, defaultInputShape: [3, 32, 32], batch: 1, mode: 'eval',
  });
  assert.ok(graph);
  return {
    said: [...problems, ...graph.problems, ...graph.gaps, ...graph.mismatches].map(({ message }) => message),
    macs: graph.nodes.reduce((sum, node) => sum + (typeof node.macs === 'number' ? node.macs : NaN), 0),
    kinds: graph.nodes.map(({ op }) => op),
    steps: budget.stepsUsed,
  };
}

const sines = (length: number, width: number): string => `table = torch.zeros(${length}, ${width})
for pos in range(${length}):
    for i in range(0, ${width}, 2):
        table[pos, i] = math.sin(pos / (10000 ** ((2 * i) / ${width})))
        table[pos, i + 1] = math.cos(pos / (10000 ** ((2 * (i + 1)) / ${width})))
`;

describe('loops over numbers', () => {
  before(async () => {
    await initParser({
      runtimeWasm: readFileSync(join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm')),
      grammar: readFileSync(join(root, 'grammars', 'tree-sitter-python.wasm')),
    });
  });

  it('fill a table of millions of sines within the steps of a model', () => {
    const { said, macs, steps } = run(`${sines(5000, 512)}self.register_buffer('table', table)\nself.fc = nn.Linear(8, table.shape[0] // 1000)`);
    assert.deepEqual(said, []);
    assert.equal(macs, 2 * 8 * 5);
    assert.ok(steps < 3_000_000, `${steps} steps`);
  });

  it('leave in a small table what can be read from it', () => {
    // sin(3) = 0.1411…, cos(3 / 10000 ** 0.25) = 0.9553…
    const { said, macs } = run(`${sines(40, 8)}self.fc = nn.Linear(8, int(table[3, 0] * 100) + int(table[-37, 1] * 10))`);
    assert.deepEqual(said, []);
    assert.equal(macs, 2 * 8 * (14 + 9));
  });

  it('number relative positions of a large window', () => {
    const { said, macs, steps } = run(`points = list(itertools.product(range(32), range(32)))
offsets, idxs = {}, []
for p1 in points:
    for p2 in points:
        offset = (abs(p1[0] - p2[0]), abs(p1[1] - p2[1]))
        if offset not in offsets:
            offsets[offset] = len(offsets)
        idxs.append(offsets[offset])
self.biases = nn.Parameter(torch.zeros(4, len(offsets)))
self.register_buffer('idxs', torch.LongTensor(idxs).view(len(points), -1))
self.fc = nn.Linear(8, self.biases.shape[1] + self.idxs.shape[1] + max(idxs))`);
    assert.deepEqual(said, []);
    assert.equal(macs, 2 * 8 * (1024 + 1024 + 1023));
    assert.ok(steps < 6_000_000, `${steps} steps`);
  });

  it('count every write of a forward pass as an operator', () => {
    const { said, kinds } = run('self.fc = nn.Linear(8, 4)', 'self.filled(x))\n\n    def filled(self, x):\n        for i in range(20):\n            x[0, i % 8] = i\n        return (x');
    assert.deepEqual(said, []);
    assert.equal(kinds.filter(kind => kind === 'assign').length, 20);
  });

  it('write what the ordinary evaluation writes where an element at a time goes through a function of the program', () => {
    const { said, macs, steps } = run(`def angle(pos, i):
    return pos / (10000 ** ((2 * i) / 8))
table = torch.zeros(200, 128)
for pos in range(200):
    for i in range(0, 128):
        table[pos, i] = math.sin(angle(pos, i))
self.fc = nn.Linear(8, int(table[3, 0] * 100))`);
    assert.deepEqual(said, []);
    assert.equal(macs, 2 * 8 * 14);
    assert.ok(steps < 3_000_000, `${steps} steps`);
  });

  it('raise in their own round what the program raises', () => {
    const { said } = run(`table = torch.zeros(10, 2)
for i in range(20):
    table[i, 0] = i
self.fc = nn.Linear(8, 4)`);
    assert.match(said.join('; '), /out of range|IndexError/);
  });
});
