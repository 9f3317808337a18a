#!/usr/bin/env node
/** The command line out of a checkout, which is built first where it has not been. Node is all it needs. */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const cli = join(checkout, 'dist', 'cli.js');

/** The exit status; what it prints goes where this program's goes. */
export function joulelint(args) {
  if (!existsSync(cli)) build();
  return spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' }).status ?? 3;
}

/** Its output is nobody's report. */
function build() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  for (const args of [['ci', '--no-audit', '--no-fund'], ['run', 'build']]) {
    const { status, error } = spawnSync(npm, args, { cwd: checkout, stdio: ['ignore', 2, 'inherit'], shell: process.platform === 'win32' });
    if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${checkout}${error ? `: ${error.message}` : ''}`);
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = joulelint(process.argv.slice(2));
