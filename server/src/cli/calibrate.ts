/** `joulelint calibrate --device NAME measured.csv`: a device of the user's own from a few runs, written as a device file. */
import { dirname, join, resolve } from 'node:path';
import { defaultSettings } from '../../../shared/src/settings';
import { deviceFileSchema, readDeviceFile, type DeviceFile } from '../energy/device-file';
import { readMeasurements, type MeasuredRun } from '../energy/calibrate/measured-csv';
import { ownProfile, type OwnRun } from '../energy/calibrate/own-device';
import { isMeasured } from '../energy/device';
import { dtypeNamed } from '../energy/find';
import { profiles } from '../energy/tables.generated';
import { workloadOfModel } from '../energy/work';
import { readTextFile, writeTextFile } from '../host/node-files';
import type { Workspace } from '../analysis/workspace';
import { parseArguments, parseInput, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { uriOf } from './paths';
import { openWorkspace, workingFolder } from './session';
import type { Terminal } from './terminal';

export async function calibrateCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, { 'device': 'text', 'dtype': 'text', 'out': 'text', 'python-path': 'list' });
  const name = parsed.text('device')?.trim();
  const [path, more] = parsed.positional;
  if (name === undefined || name === '') throw new UsageError('calibrate needs a name for the device: joulelint calibrate --device my-board measured.csv');
  if (path === undefined || more !== undefined) throw new UsageError('calibrate needs one file of measurements: joulelint calibrate --device my-board measured.csv');
  const dtype = dtypeNamed(parsed.text('dtype') ?? 'float32');
  if (dtype === undefined) throw new UsageError(`there is no element type ${parsed.text('dtype') ?? ''}`);
  const measured = readTextFile(path);
  if (measured === undefined) {
    terminal.error(`${path} cannot be read; check the path`);
    return exitCodes.unreadable;
  }
  const runs = readMeasurements(measured);
  if ('problem' in runs) throw new UsageError(`${path}: ${runs.problem}`);
  const workspace = await openWorkspace();
  const own: OwnRun[] = [];
  for (const [index, run] of runs.entries()) {
    terminal.progress(`${index + 1} of ${runs.length}`);
    const counted = await countedRun(run, dirname(resolve(path)), workspace, parsed.list('python-path'));
    if ('problem' in counted) throw new UsageError(`${path}: line ${run.line}: ${counted.problem}`);
    own.push(counted);
  }
  terminal.progress('');
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const profile = ownProfile(own, profiles.filter(each => each.kind !== 'microcontroller'), { id, name, dtype });
  if (!profile || id === '') throw new UsageError(`${name} is no name for a device: it needs letters or digits`);
  if (!isMeasured(profile.power)) throw new UsageError(`${path}: no line has millijoules, joules or watts: without a power no energy can be said`);
  const file: DeviceFile = { schema: deviceFileSchema, device: { id, name, kind: 'cpu', facts: {} }, profiles: [profile] };
  const text = `${JSON.stringify(file, undefined, 2)}\n`;
  const read = readDeviceFile(text);
  if ('problem' in read) throw new UsageError(`${path}: no device can have been measured so: ${read.problem.replace(/^line \d+, column \d+: /, '')}`);
  const out = parsed.text('out') ?? `${id}.device.json`;
  const failure = writeTextFile(out, text);
  if (failure !== undefined) {
    terminal.error(`${out} could not be written: ${failure}`);
    return exitCodes.unreadable;
  }
  terminal.out(`${out}: ${name} from ${own.length} ${own.length === 1 ? 'run' : 'runs'}; 80 % of other networks within ×/÷ ${profile.factor} of time\njoulelint analyze ${join(dirname(path), runs[0]?.file ?? '')} --device ${out}\n`);
  return exitCodes.fine;
}

async function countedRun(run: MeasuredRun, folder: string, workspace: Workspace, pythonPath: readonly string[]): Promise<OwnRun | { readonly problem: string }> {
  const analysis = await workspace.analyze({
    uri: uriOf(resolve(folder, run.file)), settings: { ...defaultSettings, convention: 'graph', analysisTimeMilliseconds: 60_000, pythonPath }, workspaceFolder: workingFolder(),
    model: run.model, inputs: run.input === '' ? [] : run.input.split(/\s+/).map(parseInput),
  });
  const [model] = analysis.models;
  if (!model) return { problem: `${run.file} has no such model: ${analysis.problems[0]?.message ?? 'no reason is known'}` };
  if (model.metrics.status !== 'exact') return { problem: `${model.graph.name} is not fully known (${model.metrics.reasons[0]?.reason ?? model.metrics.status}): constants cannot be fitted to it` };
  return { works: workloadOfModel(model.metrics).works, batch: run.batch, seconds: run.seconds, ...(run.joules === undefined ? {} : { joules: run.joules }) };
}
