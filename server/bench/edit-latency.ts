/**
 * How long after a keystroke the first and all diagnostics are there, over stdio, and how many layers were worked out for it: medians and 95th percentiles, and
 * as a ratio to starting Node. Files given, else the samples.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../shared/src/settings';
import { openWorkspace } from '../src/cli/session';
import { startStdioClient } from '../test/stdio-client';
import { editableDigit, editInTurn, quantile, withDigit, type Digit } from './shared/digit';
import { machineLine, nodeStartMilliseconds, timeLine } from './shared/yardstick';

/** As many as fit into the time, after a sixth of it to warm up; no more than the most. */
const mostEdits = 120;
const warmUpMilliseconds = 3_000;
const editingMilliseconds = 15_000;
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
  const startMilliseconds = performance.now() - started;

  const digit = editableDigit(source);
  const first: number[] = [];
  const all: number[] = [];
  const begun = performance.now();
  for (let edit = 0; first.length < mostEdits && performance.now() - begun < warmUpMilliseconds + editingMilliseconds; edit++) {
    const version = edit + 2;
    const before = performance.now();
    client.change(uri, version, [editInTurn(source, digit, edit)]);
    await client.diagnostics(uri, version);
    const firstAfter = performance.now() - before;
    await client.analyzed(uri, version);
    if (performance.now() - begun < warmUpMilliseconds && edit < mostEdits) continue;
    first.push(firstAfter);
    all.push(performance.now() - before);
  }
  await client.stop();

  console.log(`${path}: ${source.split('\n').length} lines, ${found} findings, digit on line ${digit.position.line + 1}`);
  console.log(await recomputed(uri, source, digit));
  console.log(`${first.length} edits, ${machineLine()}`);
  console.log(timeLine('start to first diagnostics', startMilliseconds));
  for (const [what, times] of [['first diagnostics', first], ['all diagnostics', all]] as const) {
    console.log(timeLine(`edit to ${what}, p50`, quantile(times, 0.5)));
    console.log(timeLine(`edit to ${what}, p95`, quantile(times, 0.95)));
    console.log(timeLine(`edit to ${what}, slowest`, quantile(times, 1)));
  }
}

/** What one such edit leaves standing. */
async function recomputed(uri: string, source: string, digit: Digit): Promise<string> {
  const workspace = await openWorkspace();
  let last = { layers: 0, models: 0, made: 0 };
  for (const [version, text] of [source, withDigit(source, digit)].entries()) {
    workspace.setDocument(uri, text, version);
    const { models, recomputedLayers } = await workspace.analyze({ uri, settings: defaultSettings });
    last = { layers: models.reduce((sum, model) => sum + model.graph.nodes.length, 0), models: models.length, made: recomputedLayers };
  }
  return `${last.models} models; ${last.made} of ${last.layers} layers worked out for the edit`;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
