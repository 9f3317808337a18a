/** `joulelint analyze`: files in, a report out. */
import type { Report } from '../../../shared/src/report';
import { visibleInLog } from '../base/visible';
import { optimizers, type Optimizer } from '../energy/memory-bytes';
import type { Format } from '../report/define-format';
import type { ReportExtras } from '../report/json';
import { parseArguments, parseInput, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { keptAbout, readFiles, wantedFiles } from './files';
import { refuseUnknownNames } from './meant';
import { emit, formatOf, render } from './output';
import { reportOfParts, reportPart, whyNothing, type ReportPart } from './parts';
import { displayName } from './paths';
import { analysisOptions, openFiles } from './session';
import type { Terminal } from './terminal';

const optimizerNames = Object.keys(optimizers) as readonly Optimizer[];

export async function analyzeCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    ...analysisOptions, 'list-models': 'flag', 'model': 'text', 'input': 'list', 'format': 'text', 'out': 'text', 'top': 'text', 'layers': 'flag',
    'flops': 'flag', 'train': 'flag', 'optimizer': 'text', 'pruning': 'flag', 'no-cache': 'flag',
  });
  if (parsed.positional.length === 0) throw new UsageError('analyze needs a file or folder: joulelint analyze net.py');
  const format = formatOf(parsed);
  const top = parsed.number('top', { minimum: 1, integer: true });
  const optimizer = parsed.choice('optimizer', optimizerNames);
  const model = parsed.text('model');
  const isListing = parsed.flag('list-models');
  const train = parsed.flag('train') || optimizer !== undefined;
  const isPage = format.name === 'html';
  const extras: ReportExtras = isListing ? {} : {
    costs: true, ...(isPage ? { whatIf: true } : {}), ...(parsed.flag('flops') ? { flops: true } : {}),
    ...(parsed.flag('pruning') || isPage ? { pruning: true } : {}), ...(optimizer === undefined ? {} : { optimizer }), ...(train || isPage ? { train: true } : {}),
  };
  const inputs = parsed.list('input').map(parseInput);
  const wanted = await wantedFiles(parsed);
  const { parts, unreadable, configurations, files } = await readFiles(wanted, openFiles(), {
    terminal, ...keptAbout(parsed, ['analyze', extras]),
    make(analysis) {
      refuseUnknownNames(analysis, model, inputs);
      return reportPart(analysis, extras);
    },
  });
  const report = reportOfParts(parts, configurations);
  if (isListing) {
    const names = parts.flatMap(part => part.names);
    terminal.out(listing(report, names, format, parsed.positional.length > 1 || new Set(names.map(({ uri }) => uri)).size > 1));
    return unreadable ? exitCodes.unreadable : exitCodes.fine;
  }
  if (model !== undefined && report.models.length === 0 && !unreadable) {
    terminal.error(`the model ${model} could not be built: ${report.problems[0]?.message ?? 'no reason is known'}`);
    if (format.isDefault) return exitCodes.wrongUse;
  }
  const isEmpty = format.isDefault && report.models.length === 0 && report.findings.length === 0;
  if (isEmpty && !unreadable) terminal.error(whyNothing(parts, files));
  const failure = emit(render(report, format, { terminal, top, layers: parsed.flag('layers'), train, out: parsed.text('out') }), parsed.text('out'), terminal);
  if (failure !== undefined) return failure;
  if (unreadable) return exitCodes.unreadable;
  return model !== undefined && report.models.length === 0 ? exitCodes.wrongUse : exitCodes.fine;
}

/** Names that no table models, with how often they stood in the way: what to model next. */
export async function unmodelledCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, analysisOptions);
  if (parsed.positional.length === 0) throw new UsageError('unmodelled needs a file or folder: joulelint unmodelled src');
  const { parts: analyses, unreadable } = await readFiles(await wantedFiles(parsed), openFiles(), { terminal, make: analysis => analysis });
  const counts = new Map<string, number>();
  for (const analysis of analyses) {
    const problems = [...analysis.problems, ...analysis.models.flatMap(model => model.problems)].filter(problem => problem.code !== 'unresolved-import');
    const gaps = analysis.models.flatMap(model => model.graph.gaps);
    for (const { subject } of [...problems, ...gaps]) if (subject !== undefined) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  }
  const models = analyses.flatMap(analysis => analysis.models);
  for (const [name, count] of [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))) terminal.out(`${String(count).padStart(6)}  ${visibleInLog(name)}\n`);
  terminal.out(`${models.filter(model => model.metrics.status === 'exact').length} of ${models.length} models exact, ${counts.size} names not modelled\n`);
  return unreadable ? exitCodes.unreadable : exitCodes.fine;
}

/** One name per line, as `--model` takes them. */
function listing(report: Report, names: ReportPart['names'], format: Format, withFile: boolean): string {
  return format.list?.(report, names) ?? names.map(({ name, uri }) => `${visibleInLog(`${withFile ? `${displayName(uri)}  ` : ''}${name}`)}\n`).join('');
}
