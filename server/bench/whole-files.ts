/**
 * Processor time of whole tasks, as multiples of what starting Node takes in the same minute: a cold start of the command line on each file, every file of a folder
 * in one process, and the variants of a small network of one file. Files and folders given, else the samples; `FILE::EXPR` names one model of a file.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../shared/src/settings';
import type { Workspace } from '../src/analysis/workspace';
import { openWorkspace } from '../src/cli/session';
import { machineLine } from './shared/yardstick';

const runs = 5;
const samples = 'test-fixtures/samples';
const variants = 200;

/** Of a process as a whole, its threads included: on a busy machine the clock says more about the others. */
function processorMilliseconds(args: readonly string[]): number {
  const tellAtExit = "process.on('exit', () => { const { user, system } = process.cpuUsage(); require('fs').writeSync(2, '\\n' + (user + system) / 1000); });";
  const call = args.length === 0 ? ['-e', tellAtExit] : ['-e', `${tellAtExit} process.argv.splice(1, 0, 'joulelint'); process.argv[1] = require('path').resolve(process.argv[2]); process.argv.splice(2, 1); require(process.argv[1]);`, ...args];
  const { stderr, status } = spawnSync(process.execPath, call, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status ?? 'a signal'}: ${stderr}`);
  return Number(stderr.slice(stderr.lastIndexOf('\n') + 1));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** Turn about, so that both see the same machine. */
function startRatio(args: readonly string[]): number {
  return median(Array.from({ length: runs }, () => processorMilliseconds(args) / processorMilliseconds([])));
}

/** What a Python needs to begin with torch, in the same units: an analysis without it has that as a head start. Undefined without such a Python. */
function torchStart(): number | undefined {
  const python = process.env.JOULELINT_PYTHON;
  if (python === undefined) return undefined;
  const tell = 'import os, torch; t = os.times(); print(1000 * (t.user + t.system))';
  const costs = Array.from({ length: runs }, () => Number(spawnSync(python, ['-c', tell], { encoding: 'utf8' }).stdout) / processorMilliseconds([]));
  return costs.every(cost => cost > 0) ? median(costs) : undefined;
}

function ownMilliseconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function tell(what: string, units: number, more = ''): void {
  console.log(`${units.toFixed(2).padStart(9)} u  ${what}${more}`);
}

function wholeFolder(folder: string, workspace: Workspace): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.py')).sort().map(name => join(folder, name));
  const unit = median(Array.from({ length: runs }, () => processorMilliseconds([])));
  let models = 0;
  const costs = files.map(file => ownMilliseconds(() => { models += modelsOf(workspace, pathToFileURL(resolve(file)).href); }) / unit);
  const sum = costs.reduce((total, cost) => total + cost, 0);
  tell(`a model of ${folder}`, sum / models, `: ${models} models of ${files.length} files in one process`);
  tell('the median of its files', median(costs));
  for (const cost of [...costs].sort((a, b) => b - a).slice(0, 3)) tell('slowest', cost, `: ${files[costs.indexOf(cost)] ?? ''}`);
}

function modelsOf(workspace: Workspace, uri: string): number {
  return workspace.round({ uri, settings: { ...defaultSettings, analysisTimeMilliseconds: 60_000 } }).analysis.models.length;
}

function smallVariants(workspace: Workspace): void {
  const text = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, classes=10):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, width, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(width, 2 * width, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1))
        self.head = nn.Linear(2 * width, classes)

    def forward(self, x):
        return self.head(torch.flatten(self.features(x), 1))

${Array.from({ length: variants }, (_, i) => `def net${i}():\n    return Net(${8 + i})\n`).join('\n')}`;
  const uri = 'file:///variants/net.py';
  const unit = median(Array.from({ length: runs }, () => processorMilliseconds([])));
  let models = 0;
  const times = Array.from({ length: runs }, (_, version) => {
    workspace.setDocument(uri, text.replace('classes=10', `classes=${10 + version}`), version);
    return ownMilliseconds(() => { models = modelsOf(workspace, uri); });
  });
  tell('a variant of a small network', Math.min(...times) / models / unit, `: ${models} of one file`);
}

async function main(given: readonly string[]): Promise<void> {
  console.log(`u = processor time of node -e 0, ${processorMilliseconds([]).toFixed(0)} ms; ${machineLine()}`);
  const paths = given.length > 0 ? given : [samples];
  const torch = torchStart();
  if (torch !== undefined) tell('import torch', torch);
  for (const path of paths) {
    const [file = '', model] = path.split('::');
    if (!statSync(file).isDirectory()) tell(`cold start on ${path}`, startRatio(['dist/cli.js', 'analyze', file, ...(model === undefined ? [] : ['--model', model])]));
  }
  const workspace = await openWorkspace();
  smallVariants(workspace);
  for (const path of paths) if (!path.includes('::') && statSync(path).isDirectory()) wholeFolder(path, workspace);
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
