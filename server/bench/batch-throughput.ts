/** Models per second, the slowest and the peak of memory, of a file of batch jobs or folders of Python files in one process; and a cold start of the command line. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../shared/src/settings';
import type { Workspace } from '../src/analysis/workspace';
import { resultOf } from '../src/cli/batch';
import { openWorkspace } from '../src/cli/session';
import { bestMilliseconds, machineLine, nodeStartMilliseconds, timeLine } from './shared/yardstick';

interface Measured {
  readonly name: string;
  readonly models: number;
  readonly milliseconds: number;
  readonly exact: number;
}

const samples = 'test-fixtures/samples';
const coldSample = join(samples, 'mobile_net.py');
const fileMilliseconds = 60_000;

async function main(given: readonly string[]): Promise<void> {
  const workspace = await openWorkspace();
  const begun = { wall: performance.now(), cpu: process.cpuUsage() };
  const measured: Measured[] = [];
  for (const path of given.length > 0 ? given : [samples]) measured.push(...await (path.endsWith('.jsonl') ? jobsOf(path, workspace) : filesOf(path, workspace)));
  const seconds = (performance.now() - begun.wall) / 1000;
  const { user, system } = process.cpuUsage(begun.cpu);
  const models = measured.reduce((sum, each) => sum + each.models, 0);
  const exact = measured.reduce((sum, each) => sum + each.exact, 0);
  console.log(`${measured.length} tasks, ${models} models, ${exact} of them exact, ${seconds.toFixed(1)} s by the clock, ${((user + system) / 1e6).toFixed(1)} s of the processor, ${machineLine()}`);
  console.log(`${(models / seconds).toFixed(1)} models/s by the clock, ${(models / ((user + system) / 1e6)).toFixed(1)} per second of the processor`);
  for (const { name, milliseconds } of [...measured].sort((left, right) => right.milliseconds - left.milliseconds).slice(0, 5)) {
    console.log(`slowest: ${milliseconds.toFixed(0).padStart(6)} ms of the processor  ${name}`);
  }
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB, heap now ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`);
  console.log(timeLine('cold analyze of a sample', bestMilliseconds(['dist/cli.js', 'analyze', coldSample], 5)));
  console.log(timeLine('node -e 0', nodeStartMilliseconds()));
}

function jobsOf(path: string, workspace: Workspace): Promise<Measured[]> {
  return inTurn(readFileSync(path, 'utf8').split('\n').filter(line => line.trim() !== ''), async (line, index) => {
    const { id, status, problems } = await resultOf(line, workspace);
    const isThere = status !== 'failed';
    return { name: `${id || `job ${index + 1}`}${isThere ? '' : ` failed: ${problems[0]?.message ?? ''}`}`, models: isThere ? 1 : 0, exact: status === 'exact' ? 1 : 0 };
  });
}

function filesOf(path: string, workspace: Workspace): Promise<Measured[]> {
  const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.py')).sort().map(name => join(path, name)) : [path];
  return inTurn(files, async file => {
    const { models } = await workspace.analyze({ uri: pathToFileURL(resolve(file)).href, settings: { ...defaultSettings, analysisTimeMilliseconds: fileMilliseconds } });
    return { name: file, models: models.length, exact: models.filter(model => model.metrics.status === 'exact').length };
  });
}

/** Processor time: on a busy machine the clock says more about the others. */
async function inTurn<Task>(tasks: readonly Task[], run: (task: Task, index: number) => Promise<Omit<Measured, 'milliseconds'>>): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const [index, task] of tasks.entries()) {
    const before = process.cpuUsage();
    const result = await run(task, index);
    const { user, system } = process.cpuUsage(before);
    measured.push({ ...result, milliseconds: (user + system) / 1000 });
  }
  return measured;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
