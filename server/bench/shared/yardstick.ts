/** What this machine needs for something known: figures are given as multiples of it, so that they compare between machines. */
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';

/** The best of several runs, whatever else the machine does meanwhile. */
export function bestMilliseconds(args: readonly string[], runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const before = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status ?? 'a signal'}: ${stderr.trim()}`);
    return performance.now() - before;
  });
  return Math.min(...times);
}

let known: number | undefined;

export function nodeStartMilliseconds(): number {
  return known ??= bestMilliseconds(['-e', '0'], 7);
}

export function timeLine(name: string, milliseconds: number): string {
  return `${name.padEnd(28)} ${milliseconds.toFixed(1).padStart(8)} ms  ${(milliseconds / nodeStartMilliseconds()).toFixed(2).padStart(6)} × node -e 0`;
}

export function machineLine(): string {
  return `load average ${loadavg().map(load => load.toFixed(2)).join(' ')} on ${cpus().length} cores`;
}
