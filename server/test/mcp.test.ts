/** The server for coding agents, asked by a real client over the standard streams. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const cli = join(process.env.JOULELINT_ROOT ?? '', 'dist', 'cli.js');
const net = (groups: number): string => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        self.conv = nn.Conv2d(64, width, 3, padding=1, groups=${groups}, bias=False)

    def forward(self, x):
        return self.conv(x)

Net()(torch.zeros(1, 64, 16, 16))
`;

describe('joulelint mcp', function () {
  this.timeout(60_000);
  let folder = '';
  let client: Client;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'joulelint-mcp-'));
    writeFileSync(join(folder, 'net.py'), net(64));
    client = new Client({ name: 'test', version: '1' });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [cli, 'mcp'], cwd: folder, stderr: 'ignore' }));
  });
  after(async () => {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ask = async (name: string, given: Record<string, unknown>): Promise<string> => {
    const { content } = await client.callTool({ name, arguments: given }) as { readonly content: readonly { readonly text?: string }[] };
    return content.map(part => part.text ?? '').join('\n');
  };

  it('says what it can do, and that it changes nothing', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(tool => tool.name), ['analyze', 'check', 'compare', 'what_if', 'explain']);
    assert.ok(tools.every(tool => tool.annotations?.readOnlyHint === true && (tool.description ?? '').length > 20));
  });

  it('tells what a file costs, and a text that stands for one', async () => {
    // 64 · 9 weights at 16 × 16 places, each on one channel.
    assert.match(await ask('analyze', { path: 'net.py' }), /^MACs +147 kMAC +\(147,456\)$/m);
    assert.match(await ask('analyze', { source: net(1), model: 'Net(16)', inputs: ['1,64,4,4'] }), /^MACs +147 kMAC +\(147,456\)$/m);
    assert.match(await ask('analyze', { path: 'net.py', device: 'rpi4' }), /on rpi4/);
  });

  it('tells findings alone', async () => {
    assert.match(await ask('check', { path: 'net.py' }), /net\.py:7:\d+ .*JL101/);
    assert.match(await ask('check', { source: 'x = 1\n' }), /^No model was found: .*imports neither PyTorch/);
    assert.equal(await ask('check', { source: 'import torch\n' }), 'No model was found; name one with `model`, such as Net(width=2).');
  });

  it('compares two versions', async () => {
    const text = await ask('compare', { before: { path: 'net.py' }, after: { source: net(1) } });
    assert.match(text, /^\| MACs \| 147\u00A0kMAC \| 9\.44\u00A0MMAC \| \*\*64×\*\* \|$/m);
  });

  it('asks several devices about one model', async () => {
    const text = await ask('what_if', { path: 'net.py', on: [{ device: 'rtx4090', batch: 256 }, { device: 'rpi4', batch: 1 }, { device: 'abacus' }] });
    assert.match(text, /on rtx4090, batch 256/);
    assert.match(text, /on rpi4, batch 1/);
    assert.match(text, /not known: .*abacus/);
  });

  it('explains figures and rules', async () => {
    assert.match(await ask('explain', { topic: 'di' }), /^DI: Data-type aware intensity/);
    assert.match(await ask('explain', { topic: 'JL101' }), /^# JL101 depthwise-low-reuse/);
    assert.match(await ask('explain', { topic: 'nothing' }), /^Nothing is known of nothing\.\nFigures\n/);
  });

  it('answers mistakes in words', async () => {
    assert.equal(await ask('analyze', {}), 'Say either `path` or `source`.');
    assert.match(await ask('analyze', { path: 'none.py' }), /none\.py is no file/);
    assert.match(await ask('analyze', { path: 'net.py', inputs: ['1;x'] }), /must be a shape/);
    assert.match(await ask('analyze', { path: 'net.py', dtype: 'float5' }), /no element type float5/);
  });
});
