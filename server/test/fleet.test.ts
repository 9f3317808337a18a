/** Whole folders on the command line: what is looked at, and what is kept from one run to the next. */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../shared/src/report';
import { scratchRepository, type Ran, type ScratchRepository } from './scratch-repository';

const net = (width: number): string => `import torch
from torch import nn
from shared.block import block

model = nn.Sequential(nn.Conv2d(3, ${width}, 3), block(${width}))
model(torch.randn(1, 3, 32, 32))
`;
const block = (groups: string): string => `from torch import nn

def block(width):
    return nn.Conv2d(width, width, 3, groups=${groups})
`;

describe('folders on the command line', function () {
  this.timeout(60_000);
  let scratch: ScratchRepository;
  let cache = '';
  beforeEach(() => {
    scratch = scratchRepository();
    cache = mkdtempSync(join(tmpdir(), 'joulelint-cache-'));
    process.env['JOULELINT_CACHE'] = cache;
    for (const name of ['a', 'b', 'c']) scratch.write(`nets/${name}.py`, net(name.charCodeAt(0)));
    scratch.write('shared/__init__.py', '');
    scratch.write('shared/block.py', block('1'));
  });
  afterEach(() => {
    delete process.env['JOULELINT_CACHE'];
    scratch.remove();
    rmSync(cache, { recursive: true, force: true });
  });

  const analyze = (...args: readonly string[]): Ran => scratch.joulelint(['analyze', '.', '--format', 'json', ...args]);
  const names = ({ out }: Ran): readonly string[] => [...new Set((JSON.parse(out) as Report).models.map(({ uri }) => uri.slice(uri.indexOf(scratch.folder) + scratch.folder.length + 1)))];
  const entries = (): readonly string[] => (existsSync(cache) ? readdirSync(cache) : []).flatMap(part => readdirSync(join(cache, part)).map(name => join(cache, part, name)));

  it('what git ignores is passed over: nearer files decide, folders that are named are looked at', () => {
    scratch.write('.gitignore', 'out/\n*.gen.py\n/nets/b.py\n');
    scratch.write('nets/.gitignore', '!keep.gen.py\nc.py\n');
    for (const name of ['out/net.py', 'nets/x.gen.py', 'nets/keep.gen.py', 'nets/deep/c.py']) scratch.write(name, net(8));
    assert.deepEqual(names(analyze('--no-cache')), ['nets/a.py', 'nets/keep.gen.py']);
    assert.ok(names(scratch.joulelint(['analyze', 'out', '--format', 'json', '--no-cache'])).length > 0);
    assert.ok(names(scratch.joulelint(['analyze', 'nets/b.py', '--format', 'json'])).length > 0);
    rmSync(join(scratch.folder, '.git'), { recursive: true });
    assert.ok(names(analyze('--no-cache')).includes('out/net.py'), 'outside a repository nothing is ignored');
  });

  it('a second run says the same, byte for byte, from what the first one kept', () => {
    const first = analyze();
    assert.equal(entries().length, 5, 'one for each file');
    const nodes = entries().map(file => statSync(file).ino);
    const second = analyze();
    assert.equal(second.out, first.out);
    assert.equal(analyze('--no-cache').out, first.out);
    assert.deepEqual(entries().map(file => statSync(file).ino), nodes, 'nothing was worked out again');
    assert.equal(scratch.joulelint(['check', '.']).out, scratch.joulelint(['check', '.', '--no-cache']).out);
    assert.equal(scratch.joulelint(['check', '.']).out, scratch.joulelint(['check', '.', '--no-cache']).out);
  });

  it('whatever a result was made from makes it anew when it changes: the file, an import, one that was not there, the configuration, an option', () => {
    const fresh = (): void => { assert.equal(analyze().out, analyze('--no-cache').out); };
    fresh();
    scratch.write('nets/a.py', net(16));
    fresh();
    scratch.write('shared/block.py', block('width'));
    fresh();
    scratch.write('nets/shared/__init__.py', '');
    scratch.write('nets/shared/block.py', block('1').replaceAll('3', '5'));
    fresh();
    scratch.write('joulelint.json', '{"convention": "graph", "rules": {"JL101": "off"}}');
    fresh();
    scratch.write('joulelint.json', '{"exclude": ["nets/b.py"]}');
    fresh();
    assert.equal(analyze('--batch', '4').out, analyze('--no-cache', '--batch', '4').out);
  });

  it('entries that are damaged, and a folder that cannot be used, are no trouble', () => {
    const { out } = analyze();
    for (const [index, file] of entries().entries()) writeFileSync(file, index % 2 === 0 ? '' : readFileSync(file).subarray(0, 40));
    assert.equal(analyze().out, out);
    rmSync(cache, { recursive: true });
    writeFileSync(cache, '');
    assert.deepEqual([analyze().out, statSync(cache).size], [out, 0]);
  });

  it('several runs at once share it', async () => {
    const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
    const outputs = await Promise.all(Array.from({ length: 3 }, () => new Promise<string>(done => {
      const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'check', '.'], { cwd: scratch.folder, env: { ...process.env, NO_COLOR: '1' } });
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
      child.on('close', () => { done(out); });
    })));
    assert.equal(new Set(outputs).size, 1);
    assert.match(outputs[0] ?? '', /^(?:passed|failed): /m);
    assert.ok(entries().every(file => !/\.\d+\.\d+$/.test(file)));
  });
});
