/**
 * `npm run energy-batch DATA TIMM [COUNT] [SEED]`: what anybody can check from outside. Random published models go through `joulelint batch` with an `energy` request
 * for every stack that they were timed on; printed is how far off the times are, stack by stack, and how many the shown interval covers.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { factorAt } from './energy/figures';
import { root } from './generate/outputs';

interface Stack {
  readonly device: string;
  readonly precision: string;
  readonly layout: string;
  readonly torch: string;
  readonly mode: string;
}

interface Measured {
  readonly model: string;
  readonly size: number;
  /** By stack: milliseconds of an image. */
  readonly timed: readonly { readonly stack: string; readonly batch: number; readonly milliseconds: number }[];
}

interface Result {
  readonly id: string;
  readonly status: string;
  readonly energy?: readonly { readonly stack?: string; readonly problem?: string; readonly milliseconds?: { readonly estimate?: number; readonly low: number; readonly high: number } }[];
}

function measuredIn(folder: string): readonly Measured[] {
  const [head = '', ...lines] = readFileSync(join(folder, 'timm_bench_visible.csv'), 'utf8').trim().split('\n');
  const columns = head.split(',');
  const field = (cells: readonly string[], name: string): string => cells[columns.indexOf(name)] ?? '';
  return lines.map(line => line.split(',')).filter(cells => field(cells, 'jl_status') === 'exact').map(cells => ({
    model: field(cells, 'model'), size: Number(field(cells, 'img')),
    timed: columns.flatMap((stack, i) => {
      const [batch, rate] = (/^s\d+$/.test(stack) ? cells[i] ?? '' : '').split(':').map(Number);
      // Networks that were benchmarked after their branches had been joined are others.
      const joined = Math.abs(Number(field(cells, 'params_M')) - Number(field(cells, 'params_M_pt291'))) > 0.011;
      return batch === undefined || rate === undefined || joined ? [] : [{ stack, batch, milliseconds: 1e3 / rate }];
    }),
  })).filter(({ timed }) => timed.length > 0);
}

/** Without repetition; another seed, other models. */
function drawn<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  let state = seed;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31);
  return items.map(item => ({ item, key: next() })).sort((a, b) => a.key - b.key).slice(0, count).map(({ item }) => item);
}

function main([data, source, count = '40', seed = '7']: readonly string[]): number {
  if (data === undefined || source === undefined) {
    console.error('energy-batch: name the folder of measured/ and the folder that holds timm/: npm run energy-batch DATA TIMM 40 7');
    return 2;
  }
  const stacks = JSON.parse(readFileSync(join(data, 'measured', 'timm_stacks.json'), 'utf8')) as Readonly<Record<string, Stack>>;
  const chosen = drawn(measuredIn(join(data, 'measured')), Number(count), Number(seed));
  const jobs = chosen.map(({ model, size, timed }) => JSON.stringify({
    id: `${model}@${size}`, file: join(resolve(source), 'timm', '__init__.py'), setup: 'import timm', model: `timm.create_model('${model}', pretrained=False)`, pythonPath: [resolve(source)],
    convention: 'graph', inputs: [{ shape: [1, 3, size, size] }],
    energy: timed.map(({ stack, batch }) => {
      const { device = '', precision, layout, torch, mode } = stacks[stack] ?? {};
      return { device, stack: `${precision} ${layout} ${torch} ${mode}`, batch };
    }),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'joulelint-energy-'));
  try {
    const path = join(folder, 'jobs.jsonl');
    writeFileSync(path, `${jobs.join('\n')}\n`);
    const command = [join(root, 'dist', 'cli.js'), 'batch', path, '--jobs', '1'];
    const { stdout, status } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] });
    if (status !== 0) return 1;
    compare(chosen, stdout.trim().split('\n').map(line => JSON.parse(line) as Result));
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(chosen: readonly Measured[], results: readonly Result[]): void {
  const ratios = new Map<string, number[]>();
  const all: { readonly ratio: number; readonly isCovered: boolean }[] = [];
  for (const [i, { model, size, timed }] of chosen.entries()) {
    const result = results[i];
    if (result?.id !== `${model}@${size}` || result.status !== 'exact') console.log(`${model}@${size}: ${result?.status ?? 'no result'}`);
    for (const [at, { stack, milliseconds }] of timed.entries()) {
      const given = result?.energy?.[at];
      const { estimate, low = NaN, high = NaN } = given?.milliseconds ?? {};
      if (estimate === undefined) {
        console.log(`${model}@${size} ${stack}: ${given?.problem ?? 'no figure'}`);
        continue;
      }
      all.push({ ratio: estimate / milliseconds, isCovered: low <= milliseconds && milliseconds <= high });
      ratios.set(stack, [...ratios.get(stack) ?? [], estimate / milliseconds]);
    }
  }
  for (const [stack, each] of [...ratios].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${stack}  ${each.length} models  ${[0.5, 0.8, 0.95].map(share => factorAt(each, share).toFixed(2)).join(' / ')}`);
  const covered = all.filter(({ isCovered }) => isCovered).length / all.length;
  console.log(`${all.length} timings of ${chosen.length} models: error factor ${[0.5, 0.8, 0.95].map(share => factorAt(all.map(({ ratio }) => ratio), share).toFixed(2)).join(' / ')}, interval covers ${(100 * covered).toFixed(0)} %`);
}

process.exitCode = main(process.argv.slice(2));
