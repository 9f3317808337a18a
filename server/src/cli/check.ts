/** `joulelint check`: findings, limits that are broken, and figures that have grown; exit code 1 where one of them is an error. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTextFile, writeTextFile } from '../host/node-files';
import { isUnborn, RevisionError } from '../host/revision-files';
import { baselineOf, compareWithBaseline, readBaseline, type Baseline } from '../report/check/baseline';
import { checkReport } from '../report/check/check-report';
import { counted } from '../base/format';
import { mergedReports, reportOf, type ReportExtras } from '../report/json';
import type { Report } from '../../../shared/src/report';
import type { Format } from '../report/define-format';
import { allFormats } from '../report/formats/registry.generated';
import { parseArguments, UnreadableError, UsageError, type ParsedArguments } from './arguments';
import { exitCodes, type ExitCode } from './exit-codes';
import { keptAbout, readFiles, wantedFiles, type Read, type Wanted } from './files';
import { mostLines } from './no-model';
import { contextFor, emit, formatOf } from './output';
import { reportOfParts, reportPart, whyNothing, type ReportPart } from './parts';
import { displayName, nameFromRoot, uriOf } from './paths';
import { analysisOptions, openFiles, openRevision, thisTool } from './session';
import type { Terminal } from './terminal';

const usualTolerance = 0.01;

export async function checkCommand(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const parsed = parseArguments(args, {
    ...analysisOptions, 'model': 'text', 'input': 'list', 'format': 'text', 'out': 'text',
    'baseline': 'text', 'update-baseline': 'flag', 'since': 'text', 'tolerance': 'text', 'require-models': 'flag', 'also': 'list', 'no-cache': 'flag',
  });
  if (parsed.positional.length === 0) throw new UsageError('check needs a file or folder: joulelint check src');
  const format = formatOf(parsed);
  const also = parsed.list('also').map(alsoOf);
  const tolerance = toleranceOf(parsed.text('tolerance'));
  const wanted = await wantedFiles(parsed, true);
  const extras: ReportExtras = { costs: !format.isDefault || also.length > 0 };
  const read = await readFiles(wanted, openFiles(), { terminal, make: analysis => reportPart(analysis, extras), ...keptAbout(parsed, ['check', extras]) });
  const { parts, unreadable } = read;
  const report = reportOfParts(parts, read.configurations);
  if (parsed.flag('update-baseline')) return updateBaseline(report, baselineFile(parsed, read), unreadable, terminal);
  const before = await baselineFor(parsed, wanted, read, terminal);
  const compared = before && compareWithBaseline(report, before.baseline, nameFromRoot);
  const checked = checkReport(report, {
    limits: parts.flatMap(({ limits }) => limits), files: read.files,
    ...(before && compared ? { against: { name: before.name, compared, tolerance: tolerance ?? read.configurations[0]?.tolerance ?? usualTolerance } } : {}),
  });
  for (const { format: each, file } of [{ format, file: parsed.text('out') }, ...also]) {
    const context = contextFor({ terminal, layers: false, train: false, out: file });
    const failure = emit(each.check ? each.check(checked, context) : each.render(checked, context), file, terminal);
    if (failure !== undefined) return failure;
  }
  if (format.isDefault) for (const line of mostLines(parts.flatMap(part => part.notChecked))) terminal.error(line);
  for (const { file, model } of compared?.gone ?? []) terminal.error(`${file}: ${model} is no longer there; --update-baseline forgets it`);
  const isEmpty = report.models.length === 0 && !unreadable;
  if (isEmpty && read.files > 0) terminal.error(whyNothing(parts, read.files));
  if (unreadable) return exitCodes.unreadable;
  return checked.check.passed && !(isEmpty && parsed.flag('require-models')) ? exitCodes.fine : exitCodes.findings;
}

/** `sarif=out.sarif`: the same check in a further format, into a file. */
function alsoOf(given: string): { readonly format: Format; readonly file: string } {
  const [, name = '', file = ''] = /^(\w+)=(.+)$/.exec(given) ?? [];
  const format = allFormats.find(each => each.name === name);
  if (!format || file === '') throw new UsageError(`--also takes a format and a file, such as sarif=out.sarif, not ${given}; there are ${allFormats.map(each => each.name).join(', ')}`);
  return { format, file };
}

/** `0.01`, or `1%`. */
function toleranceOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, digits = '', sign] = /^(\d+(?:\.\d+)?)( ?%)?$/.exec(given) ?? [];
  if (digits === '') throw new UsageError(`--tolerance is a part such as 0.01 or 1%, not ${given}`);
  return Number(digits) / (sign === undefined ? 1 : 100);
}

/** The file that is named, or that the project names; its folder is that of the configuration. */
function baselineFile(parsed: ParsedArguments, { configurations }: Read<ReportPart>): string | undefined {
  const named = parsed.text('baseline');
  const [configuration] = configurations.filter(({ baseline }) => baseline !== undefined);
  if (named !== undefined || configuration?.baseline === undefined) return named;
  return join(fileURLToPath(configuration.folder), configuration.baseline);
}

function updateBaseline(report: Report, path: string | undefined, unreadable: boolean, terminal: Terminal): ExitCode {
  if (path === undefined) throw new UsageError('--update-baseline needs a file to write: --baseline joulelint-baseline.json, or "baseline" in the configuration');
  if (unreadable) {
    terminal.error('the baseline was not written: a file could not be read');
    return exitCodes.unreadable;
  }
  const baseline = baselineOf(report, nameFromRoot);
  const failure = writeTextFile(path, `${JSON.stringify(baseline, null, 2)}\n`);
  if (failure !== undefined) throw new UnreadableError(`${path} could not be written: ${failure}`);
  const findings = baseline.findings.reduce((sum, { count }) => sum + count, 0);
  terminal.error(`wrote ${counted(findings, 'finding')} and ${counted(baseline.models.length, 'model')} to ${path}`);
  return exitCodes.fine;
}

async function baselineFor(parsed: ParsedArguments, wanted: Wanted, read: Read<ReportPart>, terminal: Terminal): Promise<{ readonly name: string; readonly baseline: Baseline } | undefined> {
  const since = parsed.text('since');
  if (since !== undefined) {
    if (parsed.text('baseline') !== undefined) throw new UsageError('--since and --baseline exclude each other');
    return { name: since, baseline: await baselineAt(since, wanted, terminal) };
  }
  const path = baselineFile(parsed, read);
  if (path === undefined) return undefined;
  const text = readTextFile(path);
  if (text === undefined) throw new UnreadableError(`the baseline ${path} cannot be read; joulelint check … --update-baseline --baseline ${path} writes it`);
  const baseline = readBaseline(text);
  if ('mistake' in baseline) throw new UsageError(`the baseline ${path} means nothing: ${baseline.mistake}`);
  return { name: displayName(uriOf(path)), baseline };
}

/** The same files as they were, under today's configuration: what changed are the models alone. */
async function baselineAt(revision: string, wanted: Wanted, terminal: Terminal): Promise<Baseline> {
  const [first] = wanted.files;
  if (first === undefined) return baselineOf(reportOf([], thisTool()), nameFromRoot);
  try {
    const quiet: Terminal = { ...terminal, error: () => undefined };
    const { parts } = await readFiles(wanted, openRevision(fileURLToPath(first), revision), { terminal: quiet, make: analysis => reportOf([analysis], thisTool()) });
    return baselineOf(mergedReports(parts, thisTool()), nameFromRoot);
  } catch (error) {
    // Where nothing is committed yet, nothing was there before.
    if (error instanceof RevisionError && revision === 'HEAD' && isUnborn(fileURLToPath(first))) return baselineOf(reportOf([], thisTool()), nameFromRoot);
    if (error instanceof RevisionError) throw new UsageError(error.message);
    throw error;
  }
}
