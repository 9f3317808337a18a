/** Two versions side by side, as a person runs it: files, models, and revisions of a repository. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(process.env.JOULELINT_ROOT ?? '', 'dist', 'cli.js');
const width = (channels: number): string => `CHANNELS = ${channels}\n`;
const net = `import torch
from torch import nn
from sizes import CHANNELS

class Net(nn.Module):
    def __init__(self, depth=1):
        super().__init__()
        self.stem = nn.Conv2d(3, CHANNELS, 3, padding=1, bias=False)
        self.body = nn.Sequential(*[nn.Conv2d(CHANNELS, CHANNELS, 1, bias=False) for _ in range(depth)])

    def forward(self, x):
        return self.body(self.stem(x))

net = Net()
net(torch.zeros(1, 3, 8, 8))
`;

describe('joulelint compare', function () {
  this.timeout(60_000);
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'joulelint-compare-'));
    writeFileSync(join(folder, 'sizes.py'), width(8));
    writeFileSync(join(folder, 'net.py'), net);
  });
  afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

  const compare = (...args: readonly string[]): { status: number | null; out: string; error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'compare', ...args], { cwd: folder, encoding: 'utf8' });
    return { status, out: stdout, error: stderr };
  };
  const git = (...args: readonly string[]): number | null => spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false', ...args], { cwd: folder }).status;

  it('says how totals and layers change between two models of a file', () => {
    const { status, out } = compare('net.py::Net(1)', 'net.py::Net(3)', '--input', '1,3,8,8', '--device', '');
    assert.equal(status, 0);
    assert.match(out, /^Net\(1\) → Net\(3\)/);
    // 3 · 8 · 9 · 64 = 13,824 and 8 · 8 · 64 = 4,096 for each of the others.
    assert.match(out, /^MACs +17\.9 kMAC +26\.1 kMAC +\+45\.7 %$/m);
    assert.match(out, /^params +280 params +408 params +\+45\.7 %$/m);
    assert.match(out, /^layers: 2 added, 2 the same$/m);
    assert.match(out, /^\+ body\.1 ×2 +Conv2d +1×8×8×8, 4\.1 k MACs, 64 params$/m);
  });

  it('writes a table for a pull request, and data for programs', () => {
    const markdown = compare('net.py::Net(1)', 'net.py::Net(2)', '--format', 'markdown').out;
    assert.match(markdown, /^\| MACs \| [\d.]+\u00A0[kMG]?MAC \| [\d.]+\u00A0[kMG]?MAC \| \*\*\+[\d.]+\u00A0%\*\* \|/m);
    const data = JSON.parse(compare('net.py::Net(1)', 'net.py::Net(2)', '--format', 'json').out) as { models: { totals: { params: unknown }; sameLayers: number; layers: unknown[] }[] };
    assert.deepEqual(data.models[0]?.totals.params, { before: 280, after: 344 });
    assert.equal(data.models[0]?.sameLayers, 2);
    assert.equal(data.models[0]?.layers.length, 1);
  });

  it('reads a revision with the modules that it had, or says that it cannot', () => {
    if (git('--version') !== 0) {
      assert.match(compare('net.py@HEAD', 'net.py').error, /git is not installed/);
      return;
    }
    assert.equal(compare('net.py@HEAD', 'net.py').status, 2, 'no repository yet');
    for (const args of [['init', '-q'], ['add', '.'], ['commit', '-q', '-m', 'one']]) assert.equal(git(...args), 0);
    writeFileSync(join(folder, 'sizes.py'), width(16));
    // Of what the repository does not have, nothing was there.
    mkdirSync(join(folder, 'later'));
    const { status, out } = compare('net.py@HEAD', 'net.py', '--device', '');
    assert.equal(status, 0);
    assert.match(out, /^params +280 params +688 params +\+146 %$/m);
    assert.match(out, /^~ stem +Conv2d +1×8×8×8 → 1×16×8×8, 13\.8 k → 27\.6 k MACs, 216 → 432 params/m);
    const unknown = compare('net.py@nowhere', 'net.py');
    assert.equal(unknown.status, 2);
    assert.match(unknown.error, /there is no revision nowhere/);
    assert.equal(compare('net.py@--output=x', 'net.py').status, 2);
    assert.equal(compare('other.py@HEAD', 'net.py').status, 3);
  });

  it('shows characters that would steer a terminal or a log as symbols', () => {
    writeFileSync(join(folder, 'names.py'), `from collections import OrderedDict
from torch import nn
def make(n):
    return nn.Sequential(OrderedDict([("a\\x1b[31m\\n::error::b", nn.Conv2d(3, n, 3))]))
`);
    for (const format of ['table', 'markdown', 'json']) {
      const { status, out } = compare('names.py::make(4)', 'names.py::make(8)', '--input', '1,3,8,8', '--format', format);
      assert.equal(status, 0);
      assert.ok(out.includes('error'), out);
      assert.doesNotMatch(out, /\u001B|^::error/m, format);
    }
  });

  it('says why a side has no figures, and what a name may have meant that the file does not have', () => {
    const failed = compare('net.py::Net(1)', 'net.py::Net(depth="two")', '--device', '');
    assert.match(failed.error, /^joulelint: net\.py::Net\(depth="two"\): Net\(depth="two"\) has no figures: TypeError: /);
    assert.match(failed.out, /^exact → failed/m);
    assert.doesNotMatch(failed.out, /not the same input/);
    const unknown = compare('net.py::Net(1)', 'net.py::Nets(1)');
    assert.equal(unknown.status, 2);
    assert.match(unknown.error, /has no Nets; did you mean Net\?/);
  });

  it('needs two sides', () => {
    const { status, error } = compare('net.py');
    assert.equal(status, 2);
    assert.match(error, /compare needs two sides/);
  });
});
