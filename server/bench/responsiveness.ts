/**
 * While a key is typed every 30 ms: how long each waits for its findings, the longest pause of the thread that speaks the protocol, and how soon a newer version
 * ends the analysis of an older one. As multiples of starting Node, measured in the same run. Files given, else the samples.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../shared/src/settings';
import { openWorkspace } from '../src/cli/session';
import { startStdioClient } from '../test/stdio-client';
import { editableDigit, editInTurn, quantile } from './shared/digit';
import { machineLine, nodeStartMilliseconds, timeLine } from './shared/yardstick';

const samples = 'test-fixtures/samples';
const keys = 150;
const keyMilliseconds = 30;
const cancellations = 40;

/**
 * Runs in the server's main thread and tells at the end how much of the processor that thread took between two ticks of a timer, in nanoseconds: what it is busy with at a stretch,
 * whatever else the machine does. Linux alone tells it of one thread.
 */
const watch = `import { openSync, readSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread && process.platform === 'linux') {
  const file = openSync('/proc/self/task/' + process.pid + '/schedstat', 'r');
  const buffer = Buffer.alloc(64);
  const used = () => Number(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)).split(' ')[0]);
  const stretches = [];
  setTimeout(() => {
    let before = used();
    setInterval(() => { const now = used(); stretches.push(now - before); before = now; }, 1).unref();
  }, 2000).unref();
  process.on('exit', () => {
    stretches.sort((a, b) => a - b);
    process.stderr.write(JSON.stringify({ p50: stretches[stretches.length >> 1], p99: stretches[Math.floor(stretches.length * 0.99)], max: stretches.at(-1) }));
  });
}`;
const watching = `--import=data:text/javascript,${encodeURIComponent(watch)}`;

async function main(given: readonly string[]): Promise<void> {
  const paths = given.length > 0 ? given.filter(path => path.endsWith('.py')) : readdirSync(samples).filter(name => name.endsWith('.py')).sort().map(name => join(samples, name));
  for (const path of paths) {
    console.log(`${path}, ${machineLine()}`);
    await type(resolve(path));
    await cancel(resolve(path));
  }
  console.log(timeLine('node -e 0', nodeStartMilliseconds()));
}

async function type(path: string): Promise<void> {
  const source = readFileSync(path, 'utf8');
  const uri = pathToFileURL(path).href;
  const client = await startStdioClient({}, [], [watching]);
  client.open(uri, source);
  await client.analyzed(uri, 1);
  const digit = editableDigit(source);
  // Warm, and past the time at which the server begins to watch itself.
  for (let version = 2; version <= 60; version++) {
    client.change(uri, version, [editInTurn(source, digit, version)]);
    await client.diagnostics(uri, version);
    await pause(keyMilliseconds);
  }
  const waits: Promise<number>[] = [];
  for (let version = 61; version <= 60 + keys; version++) {
    const before = performance.now();
    client.change(uri, version, [editInTurn(source, digit, version)]);
    waits.push(client.diagnostics(uri, version).then(() => performance.now() - before));
    await pause(Math.max(0, keyMilliseconds - (performance.now() - before)));
  }
  const afterLast = performance.now();
  await client.analyzed(uri, 60 + keys);
  const all = performance.now() - afterLast;
  const times = await Promise.all(waits);
  await client.stop();
  const told = client.complaints().split('\n').at(-1) ?? '';
  console.log(timeLine('key to findings, p50', quantile(times, 0.5)));
  console.log(timeLine('key to findings, p95', quantile(times, 0.95)));
  console.log(timeLine('last key to all findings', all));
  if (!told.startsWith('{')) return;
  const { p50, p99, max } = JSON.parse(told) as { readonly p50: number; readonly p99: number; readonly max: number };
  for (const [name, nanoseconds] of [['p50', p50], ['p99', p99], ['longest', max]] as const) console.log(timeLine(`protocol busy, ${name}`, nanoseconds / 1e6));
}

/** A newer version is announced at a random moment of an analysis that starts from nothing: how much of the processor the older one takes after that. */
async function cancel(path: string): Promise<void> {
  const source = readFileSync(path, 'utf8');
  const uri = pathToFileURL(path).href;
  const workspace = await openWorkspace();
  const whole = await costOf(() => workspace.analyze({ uri, settings: defaultSettings }));
  const times: number[] = [];
  for (let time = 0; time < cancellations; time++) {
    // Another import: nothing of the run before can be used.
    workspace.setDocument(uri, `import json as unused_${time}\n${source}`, time);
    const from = Math.random() * whole;
    const begun = processor();
    await workspace.analyze({ uri, settings: defaultSettings, isCancelled: () => processor() - begun > from });
    const after = processor() - begun - from;
    if (after > 0) times.push(after);
  }
  console.log(timeLine('older one goes on for, p50', quantile(times, 0.5)));
  console.log(timeLine('older one goes on for, p95', quantile(times, 0.95)));
  console.log(timeLine('older one goes on for, slowest', quantile(times, 1)));
}

async function costOf(run: () => Promise<unknown>): Promise<number> {
  const before = processor();
  await run();
  return processor() - before;
}

/** Milliseconds that this process has taken of the processor. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(done => { setTimeout(done, milliseconds); });
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
