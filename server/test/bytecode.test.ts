import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const sample = join(root, 'test-fixtures', 'samples', 'depthwise_block.py');

function run(file: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe('the bytecode of the core', () => {
  let folder: string;
  const dist = (name: string): string => join(folder, 'dist', name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'joulelint-bytecode-'));
    for (const name of ['dist', 'grammars', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
    run(join(root, 'server', 'scripts', 'bytecode', 'write-bytecode.cjs'), join(folder, 'dist'), sample);
  });

  after(() => { rmSync(folder, { recursive: true, force: true }); });

  /** What the loader compiled with: the core's own `require` tells. */
  const usesBytecode = (): boolean => {
    const probe = `const { Script } = require('node:vm'); const run = Script.prototype.runInThisContext; let used = false;
      Script.prototype.runInThisContext = function (...args) { used = true; return run.apply(this, args); };
      require(${JSON.stringify(dist('load-core.js'))}); console.log(used);`;
    return run('-e', probe).trim() === 'true';
  };

  it('is taken by the Node that made it, and changes nothing', () => {
    assert.ok(existsSync(dist('core.bytecode')));
    assert.ok(usesBytecode());
    assert.equal(run(dist('cli.js'), 'analyze', sample), run(join(root, 'dist', 'cli.js'), 'analyze', sample));
  });

  it('is not taken for another core of the same length', () => {
    const core = readFileSync(dist('core.js'), 'utf8');
    const other = core.replace(/.{16}$/, '0123456789abcdef').replaceAll('depthwise-low-reuse', 'depthwise-LOW-reuse');
    assert.equal(other.length, core.length);
    writeFileSync(dist('core.js'), other);
    assert.ok(!usesBytecode());
    assert.match(run(dist('cli.js'), 'rule'), /depthwise-LOW-reuse/);
  });
});
