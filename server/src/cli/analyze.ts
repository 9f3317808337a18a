/** `joulelint analyze` and `joulelint check`: files in, a report out. */
import type { Report } from '../../../shared/src/report';
import { lineIndexIn, type Analysis } from '../analysis/analysis';
import { analysisOfConfiguration } from '../analysis/project/findings';
import type { FileRequest, Workspace } from '../analysis/workspace';
import { lineColumnAt } from '../base/line-index';
import type { ProblemCode } from '../base/problem';
import { visibleInLog } from '../base/visible';
import { optimizers, type Optimizer } from '../energy/memory-bytes';
import { writeTextFile } from '../host/node-files';
import type { Format } from '../report/define-format';
import { allFormats } from '../report/formats/registry.generated';
import { reportOf } from '../report/json';
import { withLargestRows } from '../report/largest-rows';
import { plain } from '../report/paint';
import { parseArguments, parseInput, UsageError, type ParsedArguments } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { refuseUnknownNames } from './meant';
import { displayName, filesOf, uriOf } from './paths';
import { analysisOptions, openFiles, askedOf, preparePython, thisTool } from './session';
import type { Terminal } from './terminal';

const optimizerNames = Object.keys(optimizers) as readonly Optimizer[];

/** What `--format` asks for, else what people read. */
function formatOf(parsed: ParsedArguments): Format {
  const name = parsed.choice('format', allFormats.map(each => each.name));
  const format = allFormats.find(each => (name === undefined ? each.isDefault : each.name === name));
  if (!format) throw new Error('no report format is the default');
  return format;
}

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

/** What stands in the way of the models that the file seems to have; a package that draws curves stands in nobody's way. */
function nothingFound(analyses: readonly Analysis[], report: Report): string {
  const [first, ...others] = analyses.flatMap(each => each.unbuilt);
  if (first) {
    const more = others.length > 0 ? ` (also ${others.slice(0, 4).map(each => each.demands).join(', ')})` : '';
    return `no model found: ${first.demands} needs values, and customary ones do not fit: ${visibleInLog(first.message)}${more}; name one with --model '${first.demands}'`;
  }
  const cause = report.problems.find(problem => problem.code !== 'unresolved-import') ?? report.problems[0];
  if (cause) return `no model found: ${cause.message}`;
  const seen = analyses.flatMap(({ uri, texts }) => [...(texts.get(uri) ?? '').matchAll(/^class[ \t]+(\w+)\([^)\n]*(?:Module|Model|Layer)\b/gm)].map(match => match[1] ?? ''));
  const what = seen.length === 0 ? '' : `: ${seen.slice(0, 4).join(', ')}${seen.length > 4 ? ' …' : ''} ${seen.length > 1 ? 'have' : 'has'} no forward pass, or neither weights nor MACs in it`;
  return `no model found${what}; name one with --model EXPR`;
}

const mostNotBuilt = 20;

/** Classes that were not looked at, and why: that nothing is wrong with them nobody can say. */
function notBuilt(analyses: readonly Analysis[]): readonly string[] {
  const lines = analyses.flatMap(analysis => analysis.unbuilt.map(({ at, demands, template, message }) => {
    const index = lineIndexIn(analysis, at.uri);
    const line = index ? lineColumnAt(index, at.span.start).line : 0;
    const pragma = template.includes('…') ? demands : template;
    return `${displayName(analysis.uri)}:${String(line + 1)}: not checked: ${demands} needs values, and customary ones do not fit: ${visibleInLog(message)}; say how it is made: # joulelint: model ${pragma}`;
  }));
  return lines.length > mostNotBuilt ? [...lines.slice(0, mostNotBuilt), `and ${String(lines.length - mostNotBuilt)} more classes that were not checked`] : lines;
}

/** Exit 1 when there is a finding of error level. */
export async function checkCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, { ...analysisOptions, 'format': 'text', 'out': 'text' });
  if (parsed.positional.length === 0) throw new UsageError('check needs a file or folder: joulelint check src');
  const format = formatOf(parsed);
  const { analyses, unreadable } = await analyzePaths(parsed, terminal, true);
  const report = reportOf(analyses, thisTool());
  const shown = format.isDefault ? { ...report, models: [], problems: [] } : report;
  const failure = emit(render(shown, format, { terminal, top: undefined, layers: false, train: false, out: parsed.text('out') }), parsed.text('out'), terminal);
  if (failure !== undefined) return failure;
  if (format.isDefault) for (const line of notBuilt(analyses)) terminal.error(line);
  if (unreadable) return exitCodes.unreadable;
  return report.findings.some(finding => finding.severity === 'error') ? exitCodes.findings : exitCodes.fine;
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

/** Problems that leave nothing of a file. */
const refusals: ReadonlySet<ProblemCode> = new Set(['file-unreadable', 'file-too-large', 'file-broken']);

interface Read {
  readonly analyses: readonly Analysis[];
  readonly unreadable: boolean;
}

/** Loading the Python parser takes longer than reading one of these. */
const withoutPython = /\.(onnx|prototxt)$/i;

/** `all`: also files that are named themselves are left out where the project does so. */
async function analyzePaths(parsed: ParsedArguments, terminal: Terminal, all = false): Promise<Read> {
  const inputs = parsed.list('input').map(parseInput);
  const model = parsed.text('model');
  const workspace = openFiles();
  const found: string[] = [];
  for (const path of parsed.positional) found.push(...await filesOf(path, workspace));
  const files = [...new Set(found)];
  const named = new Set(parsed.positional.map(uriOf));
  if (!files.every(uri => withoutPython.test(uri))) await preparePython();
  if (model !== undefined && files.length > 1) throw new UsageError('--model needs a single file: the expression is evaluated in it');
  const shared: Omit<FileRequest, 'uri'> = {
    ...askedOf(parsed), inputs, listOnly: parsed.flag('list-models'), ...(model === undefined ? {} : { model }),
  };
  return analyzeFiles(files, workspace, uri => ({ ...shared, uri, skipExcluded: all || !named.has(uri) }), terminal);
}

async function analyzeFiles(files: readonly string[], workspace: Workspace, requestFor: (uri: string) => FileRequest, terminal: Terminal): Promise<Read> {
  let unreadable = false;
  const analyses: Analysis[] = [];
  const configurations = new Map<string, Analysis>();
  for (const [index, uri] of files.entries()) {
    if (files.length > 1) terminal.progress(`${index + 1} of ${files.length}  ${displayName(uri)}`);
    const analysis = await workspace.analyze(requestFor(uri));
    // A configuration that says something wrong is told of whatever it configures.
    if (analysis.configuration) configurations.set(analysis.configuration.uri, analysisOfConfiguration(analysis.configuration));
    if (analysis.isExcluded && requestFor(uri).skipExcluded) {
      if (files.length === 1) terminal.error(`${displayName(uri)} is left out by ${displayName(analysis.configuration?.uri ?? '')}`);
      continue;
    }
    const refused = analysis.problems.find(problem => refusals.has(problem.code));
    if (refused) {
      unreadable = true;
      terminal.error(`${displayName(uri)}: ${refused.code === 'file-unreadable' ? 'there is no such file, or it is not text; check the path' : refused.message}`);
      continue;
    }
    // Among the files of a folder, those without a model are not worth a word.
    if (files.length === 1 || analysis.models.length > 0 || analysis.names.length > 0) analyses.push(analysis);
  }
  if (files.length > 1) terminal.progress('');
  return { analyses: [...configurations.values(), ...analyses], unreadable };
}

interface RenderOptions {
  readonly terminal: Terminal;
  readonly top: number | undefined;
  readonly layers: boolean;
  /** What training needs, too. */
  readonly train: boolean;
  readonly out: string | undefined;
}

function render(report: Report, format: Format, { terminal, top, layers, train, out }: RenderOptions): string {
  const shown = top === undefined ? report : { ...report, models: report.models.map(model => withLargestRows(model, top)) };
  return format.render(shown, { paint: out === undefined ? terminal.paint : plain, fileName: displayName, layers, train });
}

function emit(text: string, out: string | undefined, terminal: Terminal): ExitCode | undefined {
  if (out === undefined) {
    terminal.out(text);
    return undefined;
  }
  const failure = writeTextFile(out, text);
  if (failure === undefined) return undefined;
  terminal.error(`${out} could not be written: ${failure}`);
  return exitCodes.unreadable;
}

/** One name per line, as `--model` takes them. */
function listing(analyses: readonly Analysis[], format: Format, withFile: boolean): string {
  const report = reportOf(analyses, thisTool());
  const names = analyses.flatMap(analysis => analysis.names.map(({ name }) => ({ name, uri: analysis.uri })));
  return format.list?.(report, names) ?? names.map(({ name, uri }) => `${visibleInLog(`${withFile ? `${displayName(uri)}  ` : ''}${name}`)}\n`).join('');
}
