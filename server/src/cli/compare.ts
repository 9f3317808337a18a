/** `joulelint compare A B`: two files, two models, or one file at two revisions; what changed, and by how much. */
import { resolve } from 'node:path';
import type { Analysis } from '../analysis/analysis';
import { Workspace } from '../analysis/workspace';
import type { InputRequest } from '../frontends/frontend';
import { activeEnvironments } from '../host/surroundings';
import { nodeFiles, writeTextFile } from '../host/node-files';
import { revisionFiles, RevisionError } from '../host/revision-files';
import { compareModels, type ModelComparison } from '../report/compare/compare';
import { comparisonJson, comparisonMarkdown, comparisonTable, type RenderOptions, type Sides } from '../report/compare/render';
import { reportOf } from '../report/json';
import { plain } from '../report/paint';
import type { Model } from '../../../shared/src/report';
import { visibleInLog } from '../base/visible';
import { parseArguments, parseInput, UsageError, type ParsedArguments } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { refuseUnknownNames } from './meant';
import { uriOf } from './paths';
import { analysisOptions, mostTextBytes, preparePython, askedOf, thisTool } from './session';
import type { Terminal } from './terminal';

const formats = ['table', 'json', 'markdown'] as const;
/** Rows of layers; `--layers` shows all. */
const fewLayers = 20;

/** One side as it is written: `FILE`, `FILE@REVISION`, `FILE::EXPRESSION`, `FILE@REVISION::EXPRESSION`. */
export interface Side {
  readonly file: string;
  readonly revision?: string;
  readonly model?: string;
}

/** An `@` belongs to the name of a file where one of that name may be meant: in a folder, before the last dot. */
export function sideOf(given: string): Side {
  const at = given.indexOf('::');
  const [place, model] = at < 0 ? [given, undefined] : [given.slice(0, at), given.slice(at + 2)];
  const match = /^(.*\.(?:py|ipynb|prototxt|onnx))@([^@]+)$/.exec(place);
  return { file: match?.[1] ?? place, ...(match?.[2] === undefined ? {} : { revision: match[2] }), ...(model === undefined || model === '' ? {} : { model }) };
}

export async function compareCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, { ...analysisOptions, model: 'text', input: 'list', format: 'text', out: 'text', layers: 'flag' });
  const [first, second, ...others] = parsed.positional;
  if (first === undefined || second === undefined || others.length > 0) {
    throw new UsageError('compare needs two sides: joulelint compare net.py@HEAD net.py, or a.py b.py, or \'net.py::Net(1)\' \'net.py::Net(2)\'');
  }
  const format = parsed.choice('format', formats) ?? 'table';
  const inputs = parsed.list('input').map(parseInput);
  await preparePython();
  const sides = [sideOf(first), sideOf(second)] as const;
  const models: (readonly Model[])[] = [];
  for (const [index, side] of sides.entries()) {
    const model = side.model ?? parsed.text('model');
    const found = await modelsOf({ ...side, ...(model === undefined ? {} : { model }) }, parsed, inputs);
    if (typeof found === 'string') {
      terminal.error(`${[first, second][index] ?? ''}: ${found}`);
      return exitCodes.unreadable;
    }
    for (const failure of found.failures) terminal.error(`${[first, second][index] ?? ''}: ${failure}`);
    models.push(found.models);
  }
  const comparisons = compareModels(models[0] ?? [], models[1] ?? []);
  const text = rendered(comparisons, { before: first, after: second }, format, {
    paint: parsed.text('out') === undefined ? terminal.paint : plain, mostLayers: parsed.flag('layers') ? Infinity : fewLayers,
  });
  return emit(text, parsed.text('out'), terminal);
}

interface Found {
  readonly models: readonly Model[];
  /** Why some of them have no figures. */
  readonly failures: readonly string[];
}

/** The models of one side, or why there are none. */
async function modelsOf(side: Side, parsed: ParsedArguments, inputs: readonly InputRequest[]): Promise<Found | string> {
  const now = nodeFiles({ maxTextBytes: mostTextBytes });
  let host = now;
  try {
    if (side.revision !== undefined) host = revisionFiles(resolve(side.file), side.revision, now, mostTextBytes);
  } catch (error) {
    if (error instanceof RevisionError) throw new UsageError(error.message);
    throw error;
  }
  const workspace = new Workspace({ host, environments: activeEnvironments() });
  const analysis = await workspace.analyze({
    uri: uriOf(side.file), ...askedOf(parsed), inputs, ...(side.model === undefined ? {} : { model: side.model }),
  });
  refuseUnknownNames(analysis, side.model, inputs);
  const report = reportOf([analysis], thisTool(), undefined, { costs: true });
  if (report.models.length > 0) return { models: report.models, failures: failuresOf(analysis, report.models) };
  const [problem] = analysis.problems;
  if (problem?.code === 'file-unreadable') return side.revision === undefined ? 'there is no such file, or it is not text' : `there is no such file at ${side.revision}`;
  return problem?.message ?? 'no model found; name one as FILE::EXPR';
}

function failuresOf({ models, problems }: Analysis, reported: readonly Model[]): string[] {
  return reported.flatMap(({ status }, index) => {
    const { graph, problems: own } = models[index] ?? {};
    const reason = [...graph?.mismatches ?? [], ...own ?? [], ...problems][0]?.message;
    return status === 'failed' && reason !== undefined ? [visibleInLog(`${graph?.name ?? ''} has no figures: ${reason}`)] : [];
  });
}

function rendered(comparisons: readonly ModelComparison[], sides: Sides, format: (typeof formats)[number], options: RenderOptions): string {
  switch (format) {
    case 'json': return comparisonJson(comparisons, sides);
    case 'markdown': return comparisonMarkdown(comparisons, sides, options);
    case 'table': return comparisonTable(comparisons, sides, options);
  }
}

function emit(text: string, out: string | undefined, terminal: Terminal): ExitCode {
  const failure = out === undefined ? undefined : writeTextFile(out, text);
  if (out === undefined) terminal.out(text);
  else if (failure !== undefined) terminal.error(`${out} could not be written: ${failure}`);
  return failure === undefined ? exitCodes.fine : exitCodes.unreadable;
}
