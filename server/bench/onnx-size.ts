/** The same network with 10 MB, 300 MB and 3 GB of weights: what reading, counting and showing it takes, against a full decode and, where Python has onnx, against its own shape inference. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../shared/src/settings';
import { Workspace } from '../src/analysis/workspace';
import { nodeFiles } from '../src/host/node-files';
import type { ModelInput, NodeInput } from '../test/harness/onnx';
import type { Weights } from './shared/sparse-onnx';
import { machineLine, nodeStartMilliseconds, timeLine } from './shared/yardstick';

const sizes = [
  { name: '10 MB', bytes: 10e6 },
  { name: '300 MB', bytes: 300e6 },
  { name: '3 GB', bytes: 3e9 },
] as const;
const layers = 48;
const runs = 7;
/** Whatever is slower than this says enough. */
const rivalMilliseconds = 300_000;

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly macs?: number;
}

const workers: Readonly<Record<string, (path: string) => number | undefined | Promise<number | undefined>>> = {
  async joulelint(path) {
    const workspace = new Workspace({ host: nodeFiles({ maxTextBytes: 2_000_000 }) });
    const { models, problems } = await workspace.analyze({ uri: pathToFileURL(path).href, settings: defaultSettings });
    const macs = models[0]?.metrics.totals.macs;
    if (macs === undefined) throw new Error(problems[0]?.message ?? 'no model');
    return macs;
  },
  async decode(path) {
    const { decodeWhole } = await import('./shared/full-decode');
    decodeWhole(path);
    return undefined;
  },
};

const inferShapes = `
import sys, time, resource
started = time.perf_counter()
import onnx
loaded = time.perf_counter()
model = onnx.shape_inference.infer_shapes(onnx.load(sys.argv[1]))
print(time.perf_counter() - loaded, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, loaded - started)
`;

async function main(): Promise<void> {
  // Not where the memory of reading is measured.
  const { writeSparseOnnx } = await import('./shared/sparse-onnx');
  const folder = mkdtempSync(join(tmpdir(), 'joulelint-onnx-'));
  try {
    console.log(`${layers} matrix products with a bias and a ReLU each; ${machineLine()}`);
    const ours: Measured[] = [];
    for (const { name, bytes } of sizes) {
      const path = join(folder, `${name.replace(' ', '')}.onnx`);
      const { model, weights } = network(bytes);
      const written = writeSparseOnnx(path, model, weights);
      const measured = best('joulelint', path);
      if (measured === undefined) throw new Error('the file was not read');
      const whole = commandLine(path);
      ours.push({ ...measured, megabytes: whole.megabytes });
      console.log(`\n${name} (${(written / 1e6).toFixed(0)} MB, ${((measured.macs ?? 0) / 1e6).toFixed(0)} MMAC)`);
      line('read, count, write as text', measured, measured);
      line('the whole command line', whole, measured);
      line('onnx-proto, full decode', best('decode', path, 1), measured);
      line('Python onnx.load, infer_shapes', python(path), measured);
      rmSync(path);
    }
    const flat = (pick: (measured: Measured) => number): string => (Math.max(...ours.map(pick)) / Math.min(...ours.map(pick))).toFixed(2);
    console.log(`\nlargest against smallest: time ${flat(each => each.milliseconds)}×, peak memory of the command line ${flat(each => each.megabytes)}×`);
    console.log(timeLine('node -e 0', nodeStartMilliseconds()));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Square layers: their size alone makes the file large. */
function network(bytes: number): { readonly model: ModelInput; readonly weights: Weights } {
  const width = Math.floor(Math.sqrt(bytes / 4 / layers));
  const nodes: NodeInput[] = [];
  const weights: Record<string, readonly number[]> = {};
  for (let layer = 0; layer < layers; layer++) {
    const name = `layer${layer}`;
    weights[`${name}.weight`] = [width, width];
    weights[`${name}.bias`] = [width];
    nodes.push(
      { op: 'MatMul', name: `/${name}/MatMul`, inputs: [layer === 0 ? 'x' : `layer${layer - 1}.out`, `${name}.weight`], outputs: [`${name}.product`] },
      { op: 'Add', name: `/${name}/Add`, inputs: [`${name}.product`, `${name}.bias`], outputs: [`${name}.sum`] },
      { op: 'Relu', name: `/${name}/Relu`, inputs: [`${name}.sum`], outputs: [`${name}.out`] },
    );
  }
  return { model: { inputs: { x: ['N', width] }, outputs: [`layer${layers - 1}.out`], nodes }, weights };
}

/** In processes of their own: a peak of memory is never taken back. */
function best(worker: string, path: string, times: number = runs): Measured | undefined {
  const measured = Array.from({ length: times }, () => {
    const { stdout, status } = spawnSync(process.execPath, [process.argv[1] ?? '', worker, path], { encoding: 'utf8', timeout: rivalMilliseconds, stdio: ['ignore', 'pipe', 'ignore'] });
    return status === 0 ? JSON.parse(stdout) as Measured : undefined;
  }).filter(each => each !== undefined);
  return measured.sort((left, right) => left.milliseconds - right.milliseconds)[0];
}

/** Runs the built command line and tells at its end what it took, Node's own start included. */
const tellAtExit = `
process.on('exit', () => require('fs').writeSync(2, '\\n' + JSON.stringify({ milliseconds: performance.now(), megabytes: process.resourceUsage().maxRSS / 1000 })));
require(require('path').resolve(process.argv[1]));
`;

function commandLine(path: string): Measured {
  const measured = Array.from({ length: runs }, () => {
    const { stderr, status } = spawnSync(process.execPath, ['-e', tellAtExit, 'dist/cli.js', 'analyze', path], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`the command line ended with ${status ?? 'a signal'}: ${stderr}`);
    return JSON.parse(stderr.slice(stderr.lastIndexOf('\n') + 1)) as Measured;
  });
  return measured.sort((left, right) => left.milliseconds - right.milliseconds)[0] ?? { milliseconds: NaN, megabytes: NaN };
}

function python(path: string): Measured | undefined {
  const { stdout, status } = spawnSync(process.env['JOULELINT_PYTHON'] ?? 'python3', ['-c', inferShapes, path], { encoding: 'utf8', timeout: rivalMilliseconds, stdio: ['ignore', 'pipe', 'ignore'] });
  const [seconds, kilobytes] = status === 0 ? stdout.trim().split(' ').map(Number) : [];
  return seconds === undefined || kilobytes === undefined ? undefined : { milliseconds: seconds * 1000, megabytes: kilobytes / 1000 };
}

function line(name: string, measured: Measured | undefined, ours: Measured): void {
  if (measured === undefined) console.log(`  ${name.padEnd(32)} not possible here`);
  else {
    const ratios = measured === ours ? '' : `  ${(measured.milliseconds / ours.milliseconds).toFixed(1)} × the time, ${(measured.megabytes / ours.megabytes).toFixed(1)} × the memory`;
    console.log(`  ${name.padEnd(32)} ${measured.milliseconds.toFixed(1).padStart(8)} ms  ${measured.megabytes.toFixed(0).padStart(5)} MB at the peak${ratios}`);
  }
}

/** Measured from where the program is loaded; the memory is that of the whole process. */
async function work(name: string, path: string): Promise<void> {
  const worker = workers[name];
  if (!worker) throw new Error(`there is no worker ${name}`);
  const before = performance.now();
  const macs = await worker(path);
  const milliseconds = performance.now() - before;
  console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1000, ...(macs === undefined ? {} : { macs }) } satisfies Measured));
}

const [worker, path] = process.argv.slice(2);
void (worker !== undefined && worker in workers && path !== undefined ? work(worker, path) : main()).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
