/** A sweep as a person runs it: variants of a constructor and of the input, in a table and for programs. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(process.env.JOULELINT_ROOT ?? '', 'dist', 'cli.js');
const net = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(4, width, 3, padding=1, groups=groups, bias=False)

    def forward(self, x):
        return self.conv(x)
`;

describe('joulelint sweep', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'joulelint-sweep-'));
    writeFileSync(join(folder, 'net.py'), net);
  });
  after(() => { rmSync(folder, { recursive: true, force: true }); });
  const sweep = (...args: readonly string[]): { status: number | null; out: string; error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'sweep', ...args], { cwd: folder, encoding: 'utf8' });
    return { status, out: stdout, error: stderr };
  };

  it('writes a flat object per variant, with what was varied and what it costs', () => {
    const { status, out } = sweep('net.py', '--model', 'Net(width={8,16}, groups={1,4})', '--input', '1,4,{r=8,16},{r}', '--format', 'jsonl');
    assert.equal(status, 0);
    const rows = out.trim().split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
    assert.equal(rows.length, 8);
    const found = rows.find(row => row.width === 16 && row.groups === 4 && row.r === 16);
    // 16 · (4 / 4) · 9 weights, at 16 × 16 places.
    assert.deepEqual([found?.status, found?.params, found?.macs], ['exact', 144, 36_864]);
    assert.ok(Number(found?.millijoules) > 0 && Number(found?.inferenceBytes) > 0);
  });

  it('marks what nothing beats in the figures that are asked for', () => {
    const { out } = sweep('net.py', '--model', 'Net({8,16}, {1,4})', '--input', '1,4,8,8', '--pareto', 'macs+,params-', '--format', 'jsonl');
    const rows = out.trim().split('\n').map(line => JSON.parse(line) as { expression: string; pareto: boolean });
    // Each layer has 64 MACs for a weight: none beats another.
    assert.ok(rows.every(row => row.pareto));
    const least = sweep('net.py', '--model', 'Net({8,16}, {1,4})', '--input', '1,4,8,8', '--pareto', 'macs-', '--format', 'jsonl').out;
    assert.deepEqual(least.trim().split('\n').map(line => JSON.parse(line) as { expression: string; pareto: boolean }).filter(row => row.pareto).map(row => row.expression), ['Net(8, 4)']);
  });

  it('goes on after a variant that fails, and says why it did', () => {
    const { status, out } = sweep('net.py', '--model', 'Net({8,9}, groups=4)', '--input', '1,4,8,8');
    assert.equal(status, 0);
    assert.match(out, /^\* +8 +4\.61 kMAC/m);
    assert.match(out, /^ +9 +ValueError: out_channels must be divisible by groups/m);
  });

  it('is refused without a model, with figures nobody knows, or when every variant fails', () => {
    assert.match(sweep('net.py').error, /sweep needs a file and a model/);
    assert.match(sweep('net.py', '--model', 'Net(8)', '--pareto', 'joules').error, /--pareto names figures/);
    assert.equal(sweep('net.py', '--model', 'Net({9,10}, groups=4)').status, 2);
    assert.equal(sweep('none.py', '--model', 'Net(8)').status, 3);
  });
});
