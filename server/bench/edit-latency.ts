/** How long after a keystroke the diagnostics are there, over stdio: median and 95th percentile, and as a ratio to starting Node. Files given, else the samples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startStdioClient } from '../test/stdio-client';
import { machineLine, nodeStartMilliseconds, timeLine } from './shared/yardstick';

const edits = 120;
const warmUp = 20;
const samples = 'test-fixtures/samples';

async function main(given: readonly string[]): Promise<void> {
  const files = given.filter(path => path.endsWith('.py'));
  const paths = given.length > 0 ? files : readdirSync(samples).filter(name => name.endsWith('.py')).sort().map(name => join(samples, name));
  for (const path of paths) await measure(resolve(path));
  if (paths.length > 0) console.log(timeLine('node -e 0', nodeStartMilliseconds()));
}

/** A server of its own for each file, so that every one starts cold. */
async function measure(path: string): Promise<void> {
  const source = readFileSync(path, 'utf8');
  const uri = pathToFileURL(path).href;
  const started = performance.now();
  const client = await startStdioClient();
  client.open(uri, source);
  const found = (await client.diagnostics(uri, 1)).length;
  const firstMilliseconds = performance.now() - started;

  const digit = editableDigit(source);
  const times: number[] = [];
  for (let edit = 0; edit < edits + warmUp; edit++) {
    const version = edit + 2;
    const before = performance.now();
    // Alternates between another value and the one in the file: every edit changes what the models cost.
    client.change(uri, version, [{ range: { start: digit.position, end: { ...digit.position, character: digit.position.character + 1 } }, text: edit % 2 === 0 ? digit.other : digit.text }]);
    await client.diagnostics(uri, version);
    if (edit >= warmUp) times.push(performance.now() - before);
  }
  await client.stop();

  times.sort((left, right) => left - right);
  const quantile = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? Number.NaN;
  console.log(`${path}: ${source.split('\n').length} lines, ${found} findings, digit on line ${digit.position.line + 1}`);
  console.log(`${times.length} edits after ${warmUp} to warm up, ${machineLine()}`);
  console.log(timeLine('start to first diagnostics', firstMilliseconds));
  console.log(timeLine('edit to diagnostics, p50', quantile(0.5)));
  console.log(timeLine('edit to diagnostics, p95', quantile(0.95)));
  console.log(timeLine('slowest edit', quantile(1)));
}

/** The last digit of the first number between commas in a call: changing it keeps the file valid. */
function editableDigit(source: string): { position: { line: number; character: number }; text: string; other: string } {
  const lines = source.split('\n');
  const line = lines.findIndex(text => /Conv2d\(.*\d|Linear\(.*\d/.test(text));
  const text = lines[Math.max(line, 0)] ?? '';
  const character = /\d(?=\D*$)/.exec(text)?.index ?? text.length - 1;
  const digit = text[character] ?? '0';
  return { position: { line: Math.max(line, 0), character }, text: digit, other: digit === '3' ? '5' : '3' };
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
