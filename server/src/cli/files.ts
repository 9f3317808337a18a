/** The files of a command line, one after the other. */
import type { Analysis } from '../analysis/analysis';
import type { FileRequest, Question, Workspace } from '../analysis/workspace';
import { duration } from '../base/format';
import { cacheFolder, diskCache } from '../host/disk-cache';
import { isFolder } from '../host/node-files';
import { activeEnvironments } from '../host/surroundings';
import { parseInput, UsageError, type ParsedArguments } from './arguments';
import { keptParts, outcomeOf, type ConfigurationPart, type FileOutcome, type Kept } from './file-parts';
import { displayName, filesOf, uriOf } from './paths';
import { askedOf, openFiles, preparePython } from './session';
import type { Terminal } from './terminal';

/** Loading the Python parser takes longer than reading one of these. */
const withoutPython = /\.(onnx|prototxt)$/i;
/** Of the cache, which hundreds of projects share. */
const mostCacheBytes = 200_000_000;

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
  if (model !== undefined && files.length > 1) throw new UsageError('--model needs a single file: the expression is evaluated in it');
  const shared: Omit<FileRequest, 'uri'> = {
    ...askedOf(parsed), inputs, listOnly: parsed.flag('list-models'), ...(model === undefined ? {} : { model }),
  };
  return { files, requestFor: uri => ({ ...shared, uri, skipExcluded: all || !named.has(uri) }) };
}

/** Folders are looked at again and again; a file that is named is looked at now. */
export function keptAbout(parsed: ParsedArguments, about: unknown): { readonly about?: unknown } {
  return parsed.flag('no-cache') || !parsed.positional.some(isFolder) ? {} : { about };
}

export interface ReadOptions<Part> {
  readonly terminal: Terminal;
  /** Of an analysis that has something to say. */
  make(analysis: Analysis): Part;
  /** What is kept from one run to the next depends on this, too; absent: nothing is kept. */
  readonly about?: unknown;
}

export interface Read<Part> {
  readonly parts: readonly Part[];
  readonly unreadable: boolean;
  readonly configurations: readonly ConfigurationPart[];
  /** That were looked at. */
  readonly files: number;
}

export async function readFiles<Part>({ files, requestFor }: Wanted, workspace: Workspace, { terminal, make, about }: ReadOptions<Part>): Promise<Read<Part>> {
  const cache = about === undefined ? undefined : diskCache(cacheFolder(), mostCacheBytes);
  const kept = cache && keptParts<Part>(cache, workspace, [about, files.length === 1, activeEnvironments()]);
  const configurations = new Map<string, ConfigurationPart>();
  const parts: Part[] = [];
  const progress = progressOf(files.length, terminal);
  let unreadable = false;
  let read = 0;
  for (const uri of files) {
    progress(displayName(uri));
    const { configuration, refused, isLeftOut, part } = await outcomeFor(requestFor(uri), files.length === 1, workspace, make, kept);
    // A configuration that says something wrong is told of whatever it configures.
    if (configuration) configurations.set(configuration.uri, configuration);
    if (isLeftOut && files.length === 1) terminal.error(`${displayName(uri)} is left out by ${displayName(configuration?.uri ?? '')}`);
    if (refused !== undefined) {
      unreadable = true;
      terminal.error(refused);
    }
    if (isLeftOut || refused !== undefined) continue;
    read++;
    if (part !== undefined) parts.push(part);
  }
  progress();
  cache?.trim();
  return { parts, unreadable, configurations: [...configurations.values()], files: read };
}

async function outcomeFor<Part>(request: FileRequest, isAlone: boolean, workspace: Workspace, make: (analysis: Analysis) => Part, kept: Kept<Part> | undefined): Promise<FileOutcome<Part>> {
  const before = await kept?.find(request);
  if (before) return before;
  if (!withoutPython.test(request.uri)) await preparePython();
  const asked = new Map<string, Question>();
  const analysis = await workspace.analyze(kept ? { ...request, onAsked: question => { asked.set(question.join(' '), question); } } : request);
  const outcome = outcomeOf(analysis, request, isAlone, make);
  await kept?.keep(request, [...asked.values()], outcome);
  return outcome;
}

/** Files from which on a rate says something. */
const firstRated = 5;

/** `12 of 500, 3.1 files/s, 2 min left: models/net.py`; called without a name at the end. */
function progressOf(all: number, terminal: Terminal): (name?: string) => void {
  const begun = performance.now();
  let begunFiles = 0;
  return name => {
    if (all <= 1) return;
    if (name === undefined) {
      terminal.progress('');
      return;
    }
    const seconds = (performance.now() - begun) / 1000;
    const rate = begunFiles / Math.max(seconds, 0.001);
    const pace = begunFiles < firstRated ? '' : `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} files/s, ${duration((all - begunFiles) / rate * 1000)} left`;
    terminal.progress(`${++begunFiles} of ${all}${pace}: ${name}`);
  };
}
