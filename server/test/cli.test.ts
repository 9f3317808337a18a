/** The built command line as a shell sees it: output, errors in one line, exit codes. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();

function joulelint(...args: readonly string[]): { readonly status: number | null; readonly out: string; readonly error: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { encoding: 'utf8', cwd: root, env: { ...process.env, NO_COLOR: '1' } });
  return { status, out: stdout, error: stderr };
}

describe('command line', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'joulelint-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  it('wrong use is one line and exit code 2', () => {
    const cases: readonly (readonly string[])[] = [
      ['nothing'], ['analyze'], ['analyze', 'a.py', '--nope'], ['analyze', 'a.py', '--format', 'pdf'], ['batch'], ['rule', 'JL999'],
      ['analyze', 'a.py', '--input', 'x'],
    ];
    for (const args of cases) {
      const { status, error } = joulelint(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(error, /^joulelint: [^\n]+\n$/);
    }
  });

  it('a file that is not there is exit code 3', () => {
    const { status, error } = joulelint('analyze', join(folder, 'none.py'));
    assert.equal(status, 3);
    assert.match(error, /^joulelint: .*none\.py: there is no such file[^\n]*\n$/);
  });

  it('help, version and rules', () => {
    assert.match(joulelint('--help').out, /joulelint analyze PATH/);
    assert.match(joulelint('--version').out, /^\d+\.\d+\.\d+\n$/);
    assert.match(joulelint('rule', 'JL101').out, /^# JL101 depthwise-low-reuse\n/);
    assert.match(joulelint('rule').out, /^JL101 {2}info/m);
  });

  it('a device is made of a measurement, and told again', () => {
    const [measured, device] = [join(folder, 'measured.csv'), join(folder, 'mine.device.json')];
    const sample = join(root, 'test-fixtures/samples/depthwise_block.py');
    writeFileSync(measured, `file,ms,W\n${sample},12,5\n`);
    assert.equal(joulelint('calibrate', '--device', 'mine', '--out', device, measured).status, 0);
    const told = joulelint('devices', device);
    assert.equal(told.status, 0);
    assert.match(told.out, /^mine {2}mine\n[^]*1 network at batches of 1; [^]*energy measured \(wall\): 5 W/);
    assert.match(joulelint('analyze', sample, '--device', device).out, /^energy +\d.* on mine, batch 1/m);
    // A rack of a terawatt.
    writeFileSync(device, readFileSync(device, 'utf8').replace('"baseWatts": 5', '"baseWatts": 1e12'));
    const { status, error } = joulelint('devices', device);
    assert.equal(status, 2);
    assert.match(error, /mine\.device\.json: line \d+, column \d+: profiles\[0\]\.power\.baseWatts cannot be 1000000000000, only from .*; is the unit right\?\n$/);
  });

  it('analyze prints a table for people and a report for programs', () => {
    const sample = 'test-fixtures/samples/depthwise_block.py';
    const table = joulelint('analyze', sample);
    assert.equal(table.status, 0);
    assert.match(table.out, /Conv2d \(depthwise\) +1×256×28×28/);
    assert.match(table.out, /depthwise_block\.py:\d+:\d+ {2}info JL101 {2}DWConv lowers M_c\/A to 0\.004× of a standard convolution/);
    const report = JSON.parse(joulelint('analyze', sample, '--format', 'json', '--convention', 'graph')
      .out) as { schema: string; models: { status: string; convention: string; totals: { params: number } }[] };
    assert.equal(report.schema, 'joulelint-report/1');
    assert.deepEqual(report.models.map(({ status, convention }) => [status, convention]), [['exact', 'graph']]);
  });

  it('models can be named, built by an expression and given an input', () => {
    assert.match(joulelint('analyze', 'test-fixtures/samples/lenet5.py', '--list-models').out, /^LeNet5$/m);
    const { out, status } = joulelint('analyze', 'test-fixtures/samples/lenet5.py', '--model', 'LeNet5()', '--input', '4,1,32,32');
    assert.equal(status, 0);
    assert.match(out, /4×6×28×28/);
    assert.match(out, /batch 4/);
  });

  it('calls nest as deep as in Python, and no deeper unless the program says so', () => {
    const path = join(folder, 'nested.py');
    const nested = (above: string): void => {
      writeFileSync(path, `import sys
from torch import nn
${above}
class Nested(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.layer = nn.Linear(4, 4)
        self.inner = Nested(depth - 1) if depth > 1 else None
    def forward(self, x):
        x = self.layer(x)
        for _ in range(1):
            if self.inner is not None:
                x = x + self.inner(x)
        return x
`);
    };
    const shown = (depth: number): string => joulelint('analyze', path, '--model', `Nested(${depth})`, '--input', '1,4', '--top', '1').out;
    nested('');
    assert.match(shown(900), /\(14,400\)[^]*· exact$/m);
    assert.match(shown(1100), /RecursionError: maximum recursion depth exceeded/);
    nested('sys.setrecursionlimit(3000)');
    assert.match(shown(1100), /\(17,600\)[^]*· exact$/m);
  });

  it('a report can go to a file', () => {
    const path = join(folder, 'report.csv');
    assert.equal(joulelint('analyze', 'test-fixtures/samples/lenet5.py', '--format', 'csv', '--out', path).out, '');
    assert.match(readFileSync(path, 'utf8'), /^model,status,path,type/);
    assert.equal(joulelint('analyze', 'test-fixtures/samples/lenet5.py', '--out', join(folder, 'none', 'x')).status, 3);
  });

  it('check has exit code 1 for an error, analyze has not', () => {
    const path = join(folder, 'net.py');
    writeFileSync(path, 'import torch\nimport torch.nn as nn\n\nmodel = nn.Sequential(nn.Conv2d(3, 64, 3), nn.Conv2d(128, 64, 3))\nmodel(torch.randn(1, 3, 32, 32))\n');
    const { status, out } = joulelint('check', path);
    assert.equal(status, 1);
    assert.match(out, /net\.py:4:\d+ {2}error JL401 {2}Conv2d 1: expected 128 input channels, received 64\n/);
    assert.equal(joulelint('analyze', path).status, 0);
  });

  it('check names the classes that it could not look at, and why', () => {
    const path = join(folder, 'demanding.py');
    writeFileSync(path, 'from torch import nn\n\nclass Odd(nn.Module):\n    def __init__(self, dim, extra):\n        super().__init__()\n        self.fc = nn.Linear(4, dim.wide)\n\n    def forward(self, x):\n        return self.fc(x)\n');
    const { status, error } = joulelint('check', path);
    assert.equal(status, 0);
    assert.match(error, /demanding\.py:3: not checked: Odd\(dim, extra\) needs values, and customary ones do not fit: AttributeError: .*; say how it is made: # joulelint: model Odd\(/);
  });

  it('a batch of an installation that lacks a part fails each job with what is missing', () => {
    const broken = join(folder, 'broken');
    cpSync(join(root, 'dist'), broken, { recursive: true, filter: source => !/\.(?:wasm|map)$/.test(source) });
    const jobs = join(folder, 'jobs.jsonl');
    writeFileSync(jobs, ['a', 'b'].map(id => JSON.stringify({ id, file: 'net.py', model: '' })).join('\n'));
    const { status, stdout } = spawnSync(process.execPath, [join(broken, 'cli.js'), 'batch', jobs], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(status, 0);
    const results = stdout.trim().split('\n').map(line => JSON.parse(line) as { readonly id: string; readonly status: string; readonly problems: readonly { readonly message: string }[] });
    assert.deepEqual(results.map(({ id, status: ended }) => `${id} ${ended}`), ['a failed', 'b failed']);
    assert.match(results[0]?.problems[0]?.message ?? '', /web-tree-sitter\.wasm is missing/);
  });

  it('check names the statements of a file that raise, and why', () => {
    const path = join(folder, 'refused.py');
    writeFileSync(path, 'import keras\nfrom keras import layers\nfine = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\nmodel = keras.Sequential([layers.Dense(3.0)])\n');
    const { status, error } = joulelint('check', path);
    assert.equal(status, 0);
    assert.match(error, /refused\.py:4: not checked: what this statement makes: ValueError: .*`units`: expected an integer, received 3\.0\n/);
  });

  it('analyze names the classes of a file without a model', () => {
    const path = join(folder, 'losses.py');
    writeFileSync(path, 'from torch import nn\n\nclass MarginLoss(nn.Module):\n    def forward(self, x, y):\n        return (x - y).abs().mean()\n');
    assert.match(joulelint('analyze', path).error, /no model found: MarginLoss has no forward pass, or neither weights nor MACs in it/);
  });

  it('a notebook is one program, and places in it say the cell', () => {
    const path = join(folder, 'net.ipynb');
    const sources = [
      '%matplotlib inline\nfrom torch import nn\nimport torch', '# text', 'model = nn.Sequential(nn.Conv2d(3, 64, 3), nn.Conv2d(128, 64, 3))',
      '!nvidia-smi\nmodel(torch.randn(1, 3, 32, 32))',
    ];
    writeFileSync(path, JSON.stringify({ nbformat: 4, metadata: {}, cells: sources.map((source, index) => ({ cell_type: index === 1 ? 'markdown' : 'code', source })) }));
    // A folder's notebooks are found, too.
    const { status, out } = joulelint('check', folder);
    assert.equal(status, 1);
    assert.match(out, /net\.ipynb:cell 3:1:\d+ {2}error JL401 {2}Conv2d 1: expected 128 input channels, received 64\n/);
    const report = JSON.parse(joulelint('analyze', path, '--format', 'json')
      .out) as { models: { cell: number; line: number }[]; findings: { uri: string; cell: number; range: { start: { line: number } } }[] };
    assert.deepEqual(report.models.map(({ cell, line }) => [cell, line]), [[3, 1]]);
    const [finding] = report.findings;
    assert.ok(finding);
    assert.ok(finding.uri.endsWith('/net.ipynb'));
    assert.deepEqual([finding.cell, finding.range.start.line], [3, 0]);
    const sarif = JSON.parse(joulelint('analyze', path, '--format', 'sarif').out) as { runs: { results: { message: { text: string }; locations: object[] }[] }[] };
    assert.match(sarif.runs[0]?.results[0]?.message.text ?? '', /^cell 3, line 1: /);
    assert.ok(!JSON.stringify(sarif.runs[0]?.results[0]?.locations).includes('region'));
  });

  it('a notebook that is broken is one line and exit code 3', () => {
    const path = join(folder, 'net.ipynb');
    writeFileSync(path, '{"cells": [');
    const { status, error } = joulelint('analyze', path);
    assert.equal(status, 3);
    assert.match(error, /^joulelint: .*net\.ipynb: the notebook is not valid JSON[^\n]*\n$/);
  });

  it('a notebook of another framework, named like its package', () => {
    const path = join(folder, 'keras.ipynb');
    const sources = [
      '%pip install keras\nimport keras\nfrom IPython.display import display\nfrom keras import layers',
      'model = keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(32, 3), layers.Flatten(), layers.Dense(10)])\ndisplay(model)',
      'model.summary()',
    ];
    writeFileSync(path, JSON.stringify({ cells: sources.map(source => ({ cell_type: 'code', source })) }));
    const { models } = JSON.parse(joulelint('analyze', path, '--format', 'json').out) as { models: { framework: string; cell: number; status: string; totals: { frameworkParams: number } }[] };
    assert.deepEqual(models.map(({ framework, cell, status, totals }) => [framework, cell, status, totals.frameworkParams]), [['keras', 2, 'exact', 216_650]]);
  });

  it('a batch job may name a notebook', () => {
    const path = join(folder, 'jobs.jsonl');
    writeFileSync(
      join(folder, 'net.ipynb'),
      JSON.stringify({ cells: [{ cell_type: 'code', source: 'from torch import nn\n' }, { cell_type: 'code', source: 'def net(width):\n    return nn.Linear(4, width)\n' }] }),
    );
    writeFileSync(path, `${JSON.stringify({ id: 'n', file: join(folder, 'net.ipynb'), model: 'net(8)', inputs: [{ shape: [1, 4] }] })}\n`);
    const result = JSON.parse(joulelint('batch', path).out) as { status: string; totals: { params: number } };
    assert.deepEqual([result.status, result.totals.params], ['exact', 40]);
  });

  it('prototxts are analysed alone, in folders and in batches', () => {
    const { out, status } = joulelint('analyze', 'test-fixtures/samples/inverted_bottleneck.prototxt');
    assert.equal(status, 0);
    assert.match(out, /block1\/dw +Convolution \(depthwise\) +1×128×56×56/);
    assert.match(out, /inverted_bottleneck\.prototxt:31:\d+ {2}info JL101 {2}DWConv lowers M_c\/A/);
    assert.match(joulelint('analyze', 'test-fixtures/samples', '--list-models').out, /inverted_bottleneck\.prototxt {2}InvertedBottlenecks/);
    const path = join(folder, 'jobs.jsonl');
    const file = join(root, 'test-fixtures', 'models', 'lenet.prototxt');
    writeFileSync(path, ['paper', 'graph'].map(convention => JSON.stringify({ id: convention, file, model: '', inputs: [], convention, layers: true })).join('\n'));
    const results = joulelint('batch', path).out.trim().split('\n').map(line =>
      JSON.parse(line) as { id: string; status: string; totals: { macs: number; params: number; activations: number }; layers: unknown[] });
    assert.deepEqual(results.map(({ id, status: each, totals, layers }) => [id, each, totals.params, totals.macs, totals.activations, layers.length]), [
      ['paper', 'exact', 61_706, 416_520, 15_626, 12], ['graph', 'exact', 61_706, 416_520, 8094, 12],
    ]);
    writeFileSync(join(folder, 'broken.prototxt'), 'layer { type: "ReLU" bottom: "x" top: "y" }');
    assert.equal(joulelint('check', join(folder, 'broken.prototxt')).status, 1);
  });

  it('a job that is wrong is a result in its place', () => {
    const path = join(folder, 'jobs.jsonl');
    writeFileSync(path, '{"id":"a","file":"none.py"}\n\nnot json\n{"id":"c","file":"none.py","convention":"mine"}\n');
    const { status, out } = joulelint('batch', path, '--jobs', '2');
    assert.equal(status, 0);
    const results = out.trim().split('\n').map(line => JSON.parse(line) as { id: string; status: string; problems: { message: string }[] });
    assert.deepEqual(results.map(({ id, status: each }) => [id, each]), [['a', 'failed'], ['', 'failed'], ['c', 'failed']]);
    assert.match(results[0]?.problems[0]?.message ?? '', /there is no readable file/);
    assert.match(results[2]?.problems[0]?.message ?? '', /"convention" cannot be "mine"/);
    assert.equal(joulelint('batch', path, '--shard', '2/2').out.split('\n').length, 2);
  });
});
