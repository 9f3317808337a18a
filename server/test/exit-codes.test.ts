/** What the command line says to the shell: every code that is documented, by what leads to it. */
import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cli = join(process.env.JOULELINT_ROOT ?? '', 'dist', 'cli.js');
const net = (body: string): string => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(8, 8, 3${body})

    def forward(self, x):
        return self.a(x)

Net()(torch.zeros(1, 8, 16, 16))
`;

const files: Readonly<Record<string, string | Uint8Array>> = {
  'fine.py': net(''),
  'hint.py': net(', groups=8'),
  'error.py': net('').replace('1, 8, 16', '1, 5, 16'),
  'nothing.py': 'import torch\nx = 1\n',
  'text.py': 'x = 1\n',
  'binary.py': Uint8Array.from([0, 1, 2, 0xff, 0xfe]),
  'broken.ipynb': '{"cells": [',
  'broken.onnx': Uint8Array.from([0x0a, 0xff, 0xff]),
  'jobs.jsonl': '{"id":"a","file":"fine.py"}\nno json\n{"id":"c"}\n',
};

describe('exit codes', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'joulelint-exit-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'closed'));
    writeFileSync(join(folder, 'closed', 'net.py'), net(''));
  });
  after(() => {
    chmodSync(join(folder, 'closed'), 0o700);
    rmSync(folder, { recursive: true });
  });

  const run = (...args: readonly string[]): { readonly status: number | null; readonly out: string; readonly error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
    return { status, out: stdout, error: stderr };
  };

  const cases: Readonly<Record<number, readonly (readonly string[])[]>> = {
    0: [
      ['--help'], ['--version'], ['rule'], ['rule', 'JL101'], ['analyze', 'fine.py'], ['analyze', 'hint.py'], ['analyze', 'error.py'], ['analyze', 'nothing.py'], ['analyze', 'text.py'],
      ['analyze', 'fine.py', '--format', 'json'], ['analyze', 'fine.py', '--list-models'], ['analyze', 'empty'],
      ['check', 'fine.py'], ['check', 'hint.py'], ['check', 'nothing.py'], ['check', 'empty'], ['batch', 'jobs.jsonl'], ['unmodelled', 'fine.py'],
    ],
    1: [['check', 'error.py'], ['check', 'error.py', '--format', 'sarif'], ['check', 'error.py', 'fine.py'], ['check', 'error.py', '--format', 'json']],
    2: [
      [], ['analyse', 'fine.py'], ['analyze'], ['check'], ['batch'], ['analyze', 'fine.py', '--nonsense'], ['analyze', 'fine.py', '--format', 'pdf'], ['analyze', 'fine.py', '--alpha', '2'],
      ['analyze', 'fine.py', '--batch', '0'], ['analyze', 'fine.py', '--input', 'x'], ['analyze', 'fine.py', '--input', '1,8x'], ['analyze', 'fine.py', '--input', '1,,8'],
      ['analyze', 'fine.py', '--input', '0,8'], ['analyze', 'fine.py', '--input', 'nobody=1,8'], ['analyze', 'fine.py', '--model', 'nope()'], ['analyze', 'fine.py', '--model'],
      ['analyze', 'fine.py', 'hint.py', '--model', 'Net()'], ['batch', 'jobs.jsonl', '--shard', '3/2'], ['batch', 'jobs.jsonl', 'jobs.jsonl'], ['rule', 'JL999'],
    ],
    3: [
      ['analyze', 'none.py'], ['check', 'none.py'], ['analyze', 'none'], ['unmodelled', 'none.py'], ['batch', 'none.jsonl'], ['batch', 'empty'], ['analyze', 'binary.py'], ['analyze', 'broken.ipynb'],
      ['analyze', 'broken.onnx'], ['check', 'fine.py', 'none.py'], ['check', 'error.py', 'none.py'], ['check', '.'], ['analyze', 'fine.py', '--out', 'none/report.json'], ['analyze', '/dev/null/x.py'],
    ],
  };
  for (const [code, calls] of Object.entries(cases)) {
    for (const args of calls) {
      it(`${code}: joulelint ${args.join(' ')}`, () => {
        const { status, error } = run(...args);
        assert.equal(status, Number(code), error);
        assert.doesNotMatch(error, /internal|\bat .*\.js:/);
        if (Number(code) > 1 && args.length > 0) assert.match(error, /^joulelint: \S.*\n/);
      });
    }
  }

  const meant: Readonly<Record<string, readonly string[]>> = {
    'did you mean joulelint analyze fine.py --flops?': ['fine.py', '--flops'], 'did you mean joulelint analyze empty?': ['empty'], 'did you mean analyze?': ['analyse', 'fine.py'],
    'options follow the command': ['--flops', 'fine.py'], 'did you mean --device?': ['analyze', 'fine.py', '--devise', 'rpi4'],
  };
  for (const [words, args] of Object.entries(meant)) {
    it(`${args.join(' ')}: ${words}`, () => { assert.ok(run(...args).error.includes(words), run(...args).error); });
  }

  it('3: a file that may not be read', function () {
    if (process.getuid?.() === 0) return;
    chmodSync(join(folder, 'closed'), 0);
    assert.equal(run('analyze', 'closed/net.py').status, 3);
  });

  it('0: a reader that has seen enough', async () => {
    const child = spawn(process.execPath, [cli, 'rule'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let error = '';
    child.stderr.on('data', (text: Buffer) => { error += text.toString(); });
    const code = await new Promise(done => { child.on('exit', done); });
    assert.deepEqual([code, error], [0, '']);
  });

  it('a signal ends it, and the shell is told which', async () => {
    const child = spawn(process.execPath, [cli, 'batch', 'jobs.jsonl'], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise(done => { child.on('exit', (_code, signal) => { done(signal); }); });
    child.kill('SIGTERM');
    assert.equal(await ended, 'SIGTERM');
  });

  it('a job that cannot be read is a result that says so, of its own code', () => {
    const results = run('batch', 'jobs.jsonl').out.trim().split('\n').map(line => JSON.parse(line) as { id: string; status: string; problems: { code: string }[] });
    assert.deepEqual(results.map(({ id, status, problems }) => [id, status, problems[0]?.code]), [['a', 'exact', undefined], ['', 'failed', 'job-unreadable'], ['c', 'failed', 'job-unreadable']]);
  });

  it('no format of data holds what a build\'s log takes for a command', () => {
    writeFileSync(join(folder, 'command.py'), net('').replace('nn.Module):', "nn.Module):\n    pass\nraise ValueError('##[error]x ##vso[y]')\nclass Net(nn.Module):"));
    const { out } = run('analyze', 'command.py', '--format', 'json');
    assert.doesNotMatch(out, /##(vso)?\[/);
    assert.match(JSON.stringify(JSON.parse(out)), /##\[error\]x ##vso\[y\]/);
  });
});
