/**
 * `npm run fuzz [-- --variants N --onnx N --seed S --limit MS --variant K PATH...]`: broken variants of Python files and prototxts, and broken ONNX files,
 * through the whole pipeline; nothing may throw, hang or grow.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Workspace } from '../../src/analysis/workspace';
import { counted } from '../../src/base/format';
import { initParser } from '../../src/frontends/python/syntax/parse';
import { readGrammarFiles } from '../../src/host/grammar';
import { nodeFiles } from '../../src/host/node-files';
import { answerTasks, runInProcesses } from '../../src/host/processes';
import { examine, type Examination, type Failure } from './examine';
import { mutate, randomOf } from './mutate';
import { messageFailures, OnnxFile, onnxPath, onnxUri } from './onnx-file';
import { onnxVariant } from './onnx-variants';

interface Task {
  readonly path: string;
  readonly other: string;
  readonly seed: number;
  readonly variant: number;
  readonly limitMilliseconds: number;
}

interface Outcome extends Examination {
  readonly task: Task;
  readonly process: number;
  readonly rssMegabytes: number;
  /** After a full collection, every so many variants. */
  readonly heapMegabytes?: number;
}

const workerFlag = '--worker';
const largestFileBytes = 200_000;
const secondsPerVariant = 60;
const heapMegabytes = 1024;
/** What a process may need at its peak, and what may stay behind after collections of garbage. */
const mostRssMegabytes = 700;
const mostGrowthMegabytes = 200;
const variantsPerCollection = 100;

async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, fallback: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? fallback : Number(args[at + 1]);
  };
  const paths = args.filter((arg, index) => !arg.startsWith('--') && !args[index - 1]?.startsWith('--'));
  const seed = option('seed', 1);
  const limitMilliseconds = option('limit', 1500);
  const variants = option('variants', 300);
  const onnxVariants = option('onnx', paths.length > 0 ? 0 : 300);
  const only = option('variant', -1);
  const files = shuffled((paths.length > 0 ? paths : ['test-fixtures']).flatMap(path => sourceFiles(resolve(path))), seed);
  if (files.length === 0 || ![seed, limitMilliseconds, variants, onnxVariants, only].every(Number.isSafeInteger)) {
    console.error('usage: npm run fuzz [-- --variants N --onnx N --seed S --limit MILLISECONDS --variant K PATH...]; no Python file that names torch or keras and no prototxt was found, or a number is none');
    process.exitCode = 2;
    return;
  }
  const taskOf = (variant: number): Task => ({
    path: files[variant % files.length] ?? '', other: files[(variant + 1) % files.length] ?? '', seed, variant, limitMilliseconds,
  });
  const onnxTaskOf = (variant: number): Task => ({ path: onnxPath, other: onnxPath, seed, variant, limitMilliseconds });
  if (only >= 0) return replay(onnxVariants > 0 && paths.length === 0 && args.includes('--onnx') ? onnxTaskOf(only) : taskOf(only));
  if (variants > 0) await runAll(Array.from({ length: variants }, (_, variant) => taskOf(variant)), counted(files.length, 'source'));
  if (onnxVariants > 0) await runAll(Array.from({ length: onnxVariants }, (_, variant) => onnxTaskOf(variant)), 'ONNX models');
}

async function runAll(tasks: readonly Task[], of: string): Promise<void> {
  const begun = performance.now();
  const outcomes: Outcome[] = [];
  await runInProcesses({
    script: process.argv[1] ?? '', arguments: [workerFlag], tasks: tasks.map(task => JSON.stringify(task)),
    processes: Math.max(1, Math.min(8, availableParallelism())), millisecondsPerTask: secondsPerVariant * 1000, maxMegabytes: heapMegabytes,
    onResult: result => {
      const outcome = JSON.parse(result) as Outcome;
      outcomes.push(outcome);
      if (outcome.failures.length > 0) printFailures(outcome);
      if (outcomes.length % 1000 === 0) console.log(`${outcomes.length} of ${tasks.length}, ${rate(outcomes.length, begun)} variants/s`);
    },
    onFailure: (task, reason) => JSON.stringify({
      task: JSON.parse(task) as Task, failures: [{ what: reason }], problems: [], models: 0, wallMilliseconds: 0, cpuMilliseconds: 0, process: 0, rssMegabytes: 0,
    } satisfies Outcome),
  });
  const failed = outcomes.filter(outcome => outcome.failures.length > 0);
  const memory = memoryOf(outcomes);
  const slowest = [...outcomes].sort((left, right) => right.cpuMilliseconds - left.cpuMilliseconds).slice(0, 5);
  const times = outcomes.map(outcome => outcome.cpuMilliseconds).sort((left, right) => left - right);
  console.log(`${outcomes.length} variants of ${of}, ${rate(outcomes.length, begun)} variants/s; ${outcomes.filter(outcome => outcome.models > 0).length} with a model`);
  console.log(`processor time of an analysis: median ${(times[times.length >> 1] ?? 0).toFixed(1)} ms, 99 % within ${(times[Math.floor(times.length * 0.99)] ?? 0).toFixed(1)} ms`);
  for (const { task, cpuMilliseconds, wallMilliseconds } of slowest) console.log(`slowest: ${cpuMilliseconds.toFixed(0)} ms (${wallMilliseconds.toFixed(0)} ms by the clock)  ${replayOf(task)}`);
  console.log(`memory: at most ${memory.most.toFixed(0)} MB, ${memory.growth.toFixed(0)} MB more kept at the end than at the beginning`);
  console.log(`${failed.length} failed`);
  if (failed.length > 0 || memory.isTooMuch) process.exitCode = 1;
}

/** In this process, where source maps work. */
async function replay(task: Task): Promise<void> {
  const workspace = await openWorkspace();
  const content = variantOf(task);
  const folder = resolve('out', 'fuzz');
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, `${task.seed}-${task.variant}-${basename(task.path)}`);
  writeFileSync(copy, content);
  console.log(`the variant of ${shown(task.path)} is ${shown(copy)}`);
  const result = await outcomeOf(task, content, workspace);
  printFailures(result);
  console.log(`${result.models} models, ${result.cpuMilliseconds.toFixed(0)} ms (${result.wallMilliseconds.toFixed(0)} ms by the clock), ${result.rssMegabytes.toFixed(0)} MB, ${result.failures.length} failures`);
  if (result.failures.length > 0) process.exitCode = 1;
}

async function work(): Promise<void> {
  const workspace = await openWorkspace();
  const collect = collector();
  let done = 0;
  answerTasks(async line => {
    const task = JSON.parse(line) as Task;
    const outcome = await guarded(task, workspace);
    if (++done % variantsPerCollection !== 0) return JSON.stringify(outcome);
    collect();
    return JSON.stringify({ ...outcome, heapMegabytes: process.memoryUsage().heapUsed / 1e6 } satisfies Outcome);
  });
}

/** What breaks beyond the examined calls is a failure of this variant as well, not the end of the process. */
async function guarded(task: Task, workspace: Workspace): Promise<Outcome> {
  try {
    return await outcomeOf(task, variantOf(task), workspace);
  } catch (error) {
    const what = error instanceof Error ? error.stack ?? error.message : String(error);
    return { task, failures: [{ what }], problems: [], models: 0, wallMilliseconds: 0, cpuMilliseconds: 0, process: process.pid, rssMegabytes: process.memoryUsage.rss() / 1e6 };
  }
}

async function outcomeOf(task: Task, content: string | Uint8Array, workspace: Workspace): Promise<Outcome> {
  const random = randomOf(task.seed + 1, task.variant);
  const withCosts = (examination: Examination): Outcome => ({ ...examination, task, process: process.pid, rssMegabytes: process.memoryUsage.rss() / 1e6 });
  if (typeof content === 'string') return withCosts(await examine(workspace, `${pathToFileURL(task.path).href}${isAsNotebook(task) ? '.ipynb' : ''}`, content, task.limitMilliseconds, random));
  onnxFile.content = content;
  const examination = await examine(workspace, onnxUri, undefined, task.limitMilliseconds, random);
  return withCosts({ ...examination, failures: [...examination.failures, ...messageFailures(examination)] });
}

function variantOf(task: Task): string | Uint8Array {
  const random = randomOf(task.seed, task.variant);
  if (task.path === onnxPath) return onnxVariant(random);
  const text = mutate(readFileSync(task.path, 'utf8'), readFileSync(task.other, 'utf8'), random);
  return isAsNotebook(task) ? notebookOf(text, random) : text;
}

/** Every tenth variant of a Python file is put into the cells of a notebook. */
function isAsNotebook({ path, variant }: Task): boolean {
  return path.endsWith('.py') && variant % 10 === 9;
}

/** Cells of some paragraphs each; the notebook itself is broken in some as well. */
function notebookOf(text: string, random: ReturnType<typeof randomOf>): string {
  const cells = text.split(/\n{2,}/).map(source => ({
    cell_type: random.next() < 0.9 ? 'code' : 'markdown', metadata: {}, outputs: [], source: random.next() < 0.5 ? source : source.split(/(?<=\n)/),
  }));
  const notebook = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { language: 'python' } }, cells });
  return random.next() < 0.7 ? notebook : mutate(notebook, notebook, random);
}

const onnxFile = new OnnxFile();

async function openWorkspace(): Promise<Workspace> {
  await initParser(readGrammarFiles());
  return new Workspace({ host: onnxFile.before(nodeFiles({ maxTextBytes: 2_000_000 })) });
}

/** Asks for a full collection of garbage, so that what is kept can be told from what merely lies around. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function memoryOf(outcomes: readonly Outcome[]): { readonly most: number; readonly growth: number; readonly isTooMuch: boolean } {
  const most = Math.max(0, ...outcomes.map(outcome => outcome.rssMegabytes));
  const kept = new Map<number, number[]>();
  for (const { process: id, heapMegabytes: heap } of outcomes) if (heap !== undefined) kept.set(id, [...(kept.get(id) ?? []), heap]);
  const growth = Math.max(0, ...[...kept.values()].map(heaps => (heaps.at(-1) ?? 0) - (heaps[0] ?? 0)));
  return { most, growth, isTooMuch: most > mostRssMegabytes || growth > mostGrowthMegabytes };
}

function printFailures({ task, failures }: { readonly task: Task; readonly failures: readonly Failure[] }): void {
  for (const { what, where } of failures) console.log(`FAILED ${what}\n  ${where === undefined ? '' : `${where}\n  `}${replayOf(task)}`);
}

/** With the same paths and seed, `--variant` makes exactly this one again. */
function replayOf({ path, seed, variant }: Task): string {
  return `seed ${seed} variant ${variant} of ${shown(path)}`;
}

function shown(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside.startsWith('..') ? path : inside;
}

function rate(count: number, begun: number): string {
  return (count / ((performance.now() - begun) / 1000)).toFixed(1);
}

function sourceFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => /\.(?:py|prototxt|ipynb)$/.test(name)).sort().map(name => join(path, name))
    .filter(file => statSync(file).size <= largestFileBytes && (!file.endsWith('.py') || /\b(?:torch|keras)\b/.test(readFileSync(file, 'utf8'))));
}

function shuffled(files: readonly string[], seed: number): string[] {
  const random = randomOf(seed, -1);
  return files.map(file => ({ file, at: random.next() })).sort((left, right) => left.at - right.at).map(({ file }) => file);
}

const [first, ...rest] = process.argv.slice(2);
void (first === workerFlag ? work() : main(first === undefined ? [] : [first, ...rest])).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
