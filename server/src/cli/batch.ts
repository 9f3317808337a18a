/** `joulelint batch`: one JSON job per line in, one JSON result per line out, in the same order. A failed job is a result, never a crash. */
import type { EnergyEstimate, EnergyProblem, LayerRow, ModelInput, ModelEnd, ReportProblem, Status, Totals } from '../../../shared/src/report';
import { defaultSettings } from '../../../shared/src/settings';
import type { Workspace } from '../analysis/workspace';
import type { ProblemCode } from '../base/problem';
import { clipped, mapTexts } from '../base/visible';
import { readTextFile } from '../host/node-files';
import { answerTasks, runInProcesses } from '../host/processes';
import { dataText } from '../report/data-text';
import { energyAnswers } from '../report/energy';
import { reportOf } from '../report/json';
import { parseArguments, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { readJob, type Job } from './job';
import { uriOf } from './paths';
import { analysisTimeMilliseconds, openWorkspace, thisTool, workingFolder } from './session';
import type { Terminal } from './terminal';

interface Result {
  readonly id: string;
  readonly status: Status;
  readonly endsAt?: ModelEnd;
  readonly totals?: Totals;
  readonly layers?: readonly LayerRow[];
  readonly problems: readonly ReportProblem[];
  readonly ms: number;
  readonly alpha?: number;
  readonly inputs?: readonly ModelInput[];
  readonly energy?: readonly (EnergyEstimate | EnergyProblem)[];
}

/** A process that has not answered by then is taken for dead, on the busiest machine: what a job may cost is counted, not timed. */
const processMilliseconds = 3_600_000;
const maxMegabytes = 3072;
export const workerCommand = 'batch-worker';

export async function batchCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, { jobs: 'text', shard: 'text' });
  const [path] = parsed.positional;
  if (path === undefined || parsed.positional.length > 1) throw new UsageError('batch needs one file of jobs, a JSON object per line: joulelint batch jobs.jsonl');
  const text = readTextFile(path);
  if (text === undefined) {
    terminal.error(`${path} cannot be read; check the path`);
    return exitCodes.unreadable;
  }
  const keep = shardOf(parsed.text('shard'));
  const tasks = text.split('\n').filter(line => line.trim() !== '').filter((_, index) => keep(index));
  let done = 0;
  await runInProcesses({
    script: process.argv[1] ?? '', arguments: [workerCommand], tasks,
    processes: parsed.number('jobs', { minimum: 1, maximum: 256, integer: true }) ?? 1,
    millisecondsPerTask: processMilliseconds, maxMegabytes,
    onResult: result => {
      terminal.out(`${result}\n`);
      terminal.progress(`${++done} of ${tasks.length}`);
    },
    onFailure: (task, reason) => dataText(failure(idOf(task), reason, 'budget')),
  });
  terminal.progress('');
  return exitCodes.fine;
}

/** The child's side: answers jobs until the parent is done. */
export async function batchWorker(): Promise<ExitCode> {
  // What cannot be opened is said of each job: a child that ends without an answer leaves the parent guessing.
  const opening = openWorkspace().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  answerTasks(async line => {
    const workspace = await opening;
    if (workspace instanceof Error) return dataText(failure(idOf(line), workspace.message, 'internal'));
    try {
      return dataText(mapTexts(await resultOf(line, workspace), clipped));
    } catch (error) {
      return dataText(failure(idOf(line), `the job broke off at something that was not expected (${error instanceof Error ? error.message : String(error)})`, 'internal'));
    }
  });
  return exitCodes.fine;
}

export async function resultOf(line: string, workspace: Workspace): Promise<Result> {
  const job = readJob(line);
  if ('mistake' in job) return failure(idOf(line), job.mistake, 'job-unreadable');
  const begun = performance.now();
  const analysis = await workspace.analyze({
    uri: uriOf(job.file), settings: settingsFor(job), workspaceFolder: workingFolder(),
    model: job.model, inputs: job.inputs, ...(job.setup === undefined ? {} : { setup: job.setup }),
  });
  const ms = Math.round((performance.now() - begun) * 10) / 10;
  const report = reportOf([analysis], thisTool());
  const [model] = report.models;
  if (!model) return { ...failure(job.id, 'no model was found', 'no-model'), ...(report.problems.length > 0 ? { problems: report.problems } : {}), ms };
  return {
    id: job.id, status: model.status, ...(model.endsAt ? { endsAt: model.endsAt } : {}), totals: model.totals, ...(job.layers ? { layers: model.layers } : {}),
    problems: report.problems, ms, alpha: model.alpha, inputs: model.inputs,
    ...(job.energy.length > 0 && analysis.models[0] ? { energy: energyAnswers(analysis.models[0], job.energy) } : {}),
  };
}

function settingsFor(job: Job): typeof defaultSettings {
  return { ...defaultSettings, ...job.settings, pythonPath: job.pythonPath, analysisTimeMilliseconds };
}

function failure(id: string, message: string, code: ProblemCode): Result {
  return { id, status: 'failed', problems: [{ code, message: clipped(message) }], ms: 0 };
}

function idOf(line: string): string {
  try {
    const { id } = JSON.parse(line) as { readonly id?: unknown };
    return typeof id === 'string' ? id : '';
  } catch {
    return '';
  }
}

/** `2/4` keeps every fourth job, from the second on. */
function shardOf(given: string | undefined): (index: number) => boolean {
  if (given === undefined) return () => true;
  const [, part = 0, parts = 0] = (/^(\d+)\/(\d+)$/.exec(given) ?? []).map(Number);
  if (part < 1 || parts < part) throw new UsageError(`--shard must be I/N with I from 1 to N, not ${given}`);
  return index => index % parts === part - 1;
}
