/** The files of a command line, analysed one after the other. */
import type { Analysis } from '../analysis/analysis';
import type { ProjectConfiguration } from '../analysis/project/configuration';
import { analysisOfConfiguration } from '../analysis/project/findings';
import type { FileRequest, Workspace } from '../analysis/workspace';
import type { ProblemCode } from '../base/problem';
import { parseInput, UsageError, type ParsedArguments } from './arguments';
import { displayName, filesOf, uriOf } from './paths';
import { askedOf, openFiles, preparePython } from './session';
import type { Terminal } from './terminal';

/** Problems that leave nothing of a file. */
const refusals: ReadonlySet<ProblemCode> = new Set(['file-unreadable', 'file-too-large', 'file-broken']);

export interface Read {
  /** The project's configurations, for what is wrong in them, and the files that have something to say. */
  readonly analyses: readonly Analysis[];
  readonly unreadable: boolean;
  readonly configurations: readonly ProjectConfiguration[];
  /** That were looked at. */
  readonly files: number;
}

/** Loading the Python parser takes longer than reading one of these. */
const withoutPython = /\.(onnx|prototxt)$/i;

export interface Wanted {
  readonly files: readonly string[];
  requestFor(uri: string): FileRequest;
}

/** `all`: also files that are named themselves are left out where the project does so. */
export async function wantedFiles(parsed: ParsedArguments, all = false): Promise<Wanted> {
  const inputs = parsed.list('input').map(parseInput);
  const model = parsed.text('model');
  const folders = openFiles();
  const found: string[] = [];
  for (const path of parsed.positional) found.push(...await filesOf(path, folders));
  const files = [...new Set(found)];
  const named = new Set(parsed.positional.map(uriOf));
  if (!files.every(uri => withoutPython.test(uri))) await preparePython();
  if (model !== undefined && files.length > 1) throw new UsageError('--model needs a single file: the expression is evaluated in it');
  const shared: Omit<FileRequest, 'uri'> = {
    ...askedOf(parsed), inputs, listOnly: parsed.flag('list-models'), ...(model === undefined ? {} : { model }),
  };
  return { files, requestFor: uri => ({ ...shared, uri, skipExcluded: all || !named.has(uri) }) };
}

export async function analyzePaths(parsed: ParsedArguments, terminal: Terminal): Promise<Read> {
  return analyzeFiles(await wantedFiles(parsed), openFiles(), terminal);
}

export async function analyzeFiles({ files, requestFor }: Wanted, workspace: Workspace, terminal: Terminal): Promise<Read> {
  let unreadable = false;
  const analyses: Analysis[] = [];
  const configurations = new Map<string, ProjectConfiguration>();
  let read = 0;
  for (const [index, uri] of files.entries()) {
    if (files.length > 1) terminal.progress(`${index + 1} of ${files.length}  ${displayName(uri)}`);
    const request = requestFor(uri);
    const analysis = await workspace.analyze(request);
    // A configuration that says something wrong is told of whatever it configures.
    if (analysis.configuration) configurations.set(analysis.configuration.uri, analysis.configuration);
    if (analysis.isExcluded && request.skipExcluded) {
      if (files.length === 1) terminal.error(`${displayName(uri)} is left out by ${displayName(analysis.configuration?.uri ?? '')}`);
      continue;
    }
    const refused = analysis.problems.find(problem => refusals.has(problem.code));
    if (refused) {
      unreadable = true;
      terminal.error(`${displayName(uri)}: ${refused.code === 'file-unreadable' ? 'there is no such file, or it is not text; check the path' : refused.message}`);
      continue;
    }
    read++;
    // Among the files of a folder, those without a model are not worth a word.
    if (files.length === 1 || analysis.models.length > 0 || analysis.names.length > 0) analyses.push(analysis);
  }
  if (files.length > 1) terminal.progress('');
  const found = [...configurations.values()];
  return { analyses: [...found.map(analysisOfConfiguration), ...analyses], unreadable, configurations: found, files: read };
}
