/** `joulelint analyze`: files in, a report out. */
import type { Analysis } from '../analysis/analysis';
import { visibleInLog } from '../base/visible';
import { optimizers, type Optimizer } from '../energy/memory-bytes';
import type { Format } from '../report/define-format';
import { reportOf } from '../report/json';
import { parseArguments, parseInput, UsageError } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { analyzePaths } from './files';
import { refuseUnknownNames } from './meant';
import { nothingFound } from './no-model';
import { emit, formatOf, render } from './output';
import { displayName } from './paths';
import { analysisOptions, thisTool } from './session';
import type { Terminal } from './terminal';

const optimizerNames = Object.keys(optimizers) as readonly Optimizer[];

export async function analyzeCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    ...analysisOptions, 'list-models': 'flag', 'model': 'text', 'input': 'list', 'format': 'text', 'out': 'text', 'top': 'text', 'layers': 'flag',
    'flops': 'flag', 'train': 'flag', 'optimizer': 'text', 'pruning': 'flag',
  });
  if (parsed.positional.length === 0) throw new UsageError('analyze needs a file or folder: joulelint analyze net.py');
  const format = formatOf(parsed);
  const top = parsed.number('top', { minimum: 1, integer: true });
  const optimizer = parsed.choice('optimizer', optimizerNames);
  const { analyses, unreadable } = await analyzePaths(parsed, terminal);
  const model = parsed.text('model');
  for (const analysis of unreadable ? [] : analyses) refuseUnknownNames(analysis, model, parsed.list('input').map(parseInput));
  if (parsed.flag('list-models')) {
    terminal.out(listing(analyses, format, parsed.positional.length > 1 || analyses.filter(each => each.names.length > 0).length > 1));
  } else {
    const train = parsed.flag('train') || optimizer !== undefined;
    const report = reportOf(analyses, thisTool(), undefined, {
      costs: true, ...(format.name === 'html' ? { whatIf: true } : {}),
      ...(parsed.flag('flops') ? { flops: true } : {}), ...(parsed.flag('pruning') || format.name === 'html' ? { pruning: true } : {}), ...(optimizer === undefined ? {} : { optimizer }),
      ...(train || format.name === 'html' ? { train: true } : {}),
    });
    if (model !== undefined && report.models.length === 0 && !unreadable) {
      terminal.error(`the model ${model} could not be built: ${report.problems[0]?.message ?? 'no reason is known'}`);
      if (format.isDefault) return exitCodes.wrongUse;
    }
    const isEmpty = format.isDefault && report.models.length === 0 && report.findings.length === 0;
    if (isEmpty && !unreadable) terminal.error(nothingFound(analyses, report));
    const failure = emit(render(report, format, { terminal, top, layers: parsed.flag('layers'), train, out: parsed.text('out') }), parsed.text('out'), terminal);
    if (failure !== undefined) return failure;
    if (model !== undefined && report.models.length === 0 && !unreadable) return exitCodes.wrongUse;
  }
  return unreadable ? exitCodes.unreadable : exitCodes.fine;
}

/** Names that no table models, with how often they stood in the way: what to model next. */
export async function unmodelledCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, analysisOptions);
  if (parsed.positional.length === 0) throw new UsageError('unmodelled needs a file or folder: joulelint unmodelled src');
  const { analyses, unreadable } = await analyzePaths(parsed, terminal);
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
function listing(analyses: readonly Analysis[], format: Format, withFile: boolean): string {
  const report = reportOf(analyses, thisTool());
  const names = analyses.flatMap(analysis => analysis.names.map(({ name }) => ({ name, uri: analysis.uri })));
  return format.list?.(report, names) ?? names.map(({ name, uri }) => `${visibleInLog(`${withFile ? `${displayName(uri)}  ` : ''}${name}`)}\n`).join('');
}
