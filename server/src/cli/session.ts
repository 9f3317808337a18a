/** What every command that analyses needs: the parser, the files, the settings that its options ask for. */
import { pathToFileURL } from 'node:url';
import { defaultSettings, dtypeChoices, type Settings } from '../../../shared/src/settings';
import { configurationNames, readConfiguration } from '../analysis/project/configuration';
import { Workspace, type FileRequest } from '../analysis/workspace';
import type { ImmediateHost } from '../base/host';
import { mistakeIn, withOwn } from '../energy/answer';
import { initParser } from '../frontends/python/syntax/parse';
import { readGrammarFiles } from '../host/grammar';
import { readManifest } from '../host/manifest';
import { programDigest } from '../host/program';
import { nodeFiles, readTextFile } from '../host/node-files';
import { revisionFiles } from '../host/revision-files';
import { activeEnvironments } from '../host/surroundings';
import type { Convention } from '../metrics/metrics';
import type { Tool } from '../report/json';
import { UnreadableError, UsageError, type OptionKind, type ParsedArguments } from './arguments';
import { ownDevice } from './own-device';
import { uriOf } from './paths';

const conventions = ['paper', 'graph', 'fused'] as const satisfies readonly Convention[];
const modes = ['eval', 'train'] as const;

/** Nobody waits at a cursor: what is analysed depends on the file alone, not on how busy the machine is. */
export const analysisTimeMilliseconds = Infinity;
export const mostTextBytes = 20_000_000;

export const analysisOptions = {
  'convention': 'text', 'alpha': 'text', 'exponent': 'text', 'batch': 'text', 'mode': 'text', 'python-path': 'list', 'device': 'text', 'stack': 'text', 'dtype': 'text',
  'config': 'text', 'no-config': 'flag',
} as const satisfies Readonly<Record<string, OptionKind>>;

/** Defaults, what the options state over the project's configuration, and where to look for that. */
export type Asked = Pick<FileRequest, 'settings' | 'stated' | 'configuration' | 'workspaceFolder'>;

export function askedOf(args: ParsedArguments): Asked {
  const configuration = configurationOf(args);
  return {
    settings: { ...defaultSettings, analysisTimeMilliseconds, pythonPath: args.list('python-path') },
    stated: statedIn(args), workspaceFolder: workingFolder(), ...(configuration ? { configuration } : {}),
  };
}

function configurationOf(args: ParsedArguments): FileRequest['configuration'] {
  const file = args.text('config');
  if (args.flag('no-config')) {
    if (file !== undefined) throw new UsageError('--config and --no-config exclude each other');
    return undefined;
  }
  if (file === undefined) return { within: 'repository' };
  const text = readTextFile(file);
  if (text === undefined) throw new UnreadableError(`--config ${file} cannot be read; check the path`);
  const uri = uriOf(file);
  if (!/\.(?:json|toml)$/.test(uri)) throw new UsageError(`--config takes a joulelint.json or a pyproject.toml, not ${file}`);
  if (readConfiguration(uri, text) === undefined) throw new UsageError(`${file} has no table [tool.joulelint]`);
  return { within: 'repository', file: uri };
}

function statedIn(args: ParsedArguments): Partial<Settings> {
  const convention = args.choice('convention', conventions);
  const mode = args.choice('mode', modes);
  const alpha = args.number('alpha', { minimum: 0, maximum: 1 });
  const exponent = args.number('exponent', { minimum: 0, maximum: 3 });
  const batch = args.number('batch', { minimum: 1, integer: true });
  const dtype = args.choice('dtype', dtypeChoices);
  const device = args.text('device');
  const own = device === undefined ? undefined : ownDevice(device);
  const stack = args.text('stack');
  // Which device the project names shows later.
  const asked = own?.device.id ?? device ?? '';
  const mistake = asked === '' ? undefined : mistakeIn({ device: asked, ...(stack === undefined ? {} : { stack }) }, own ? withOwn(own) : undefined);
  if (mistake !== undefined) throw new UsageError(mistake);
  return {
    ...(convention === undefined ? {} : { convention }), ...(mode === undefined ? {} : { mode }),
    ...(alpha === undefined ? {} : { alpha }), ...(exponent === undefined ? {} : { exponent }), ...(batch === undefined ? {} : { batch }),
    ...(device === undefined ? {} : { device }), ...(stack === undefined && device === undefined ? {} : { stack: stack ?? '' }),
    ...(dtype === undefined ? {} : { dtype }),
    ...(batch === undefined ? {} : { energyBatch: batch }),
  };
}

/** Ready for any file. */
export async function openWorkspace(): Promise<Workspace> {
  await preparePython();
  return openFiles();
}

/** What Python files need beyond the workspace; others are done before it is loaded. */
export function preparePython(): Promise<void> {
  return prepared ??= initParser(readGrammarFiles());
}

let prepared: Promise<void> | undefined;

/** Which build of the program this is: what another one worked out may not be what this one would. */
export function ageOfProgram(): string {
  return age ??= `${readManifest().version} ${programDigest()}`;
}

let age: string | undefined;

export function openFiles(): Workspace {
  return new Workspace({ host: nodeFiles({ maxTextBytes: mostTextBytes }), environments: activeEnvironments() });
}

/** The files of a repository as they were, under the configuration of today. `path`: a file in it. */
export function openRevision(path: string, revision: string): Workspace {
  const now = nodeFiles({ maxTextBytes: mostTextBytes });
  const then = revisionFiles(path, revision, now, mostTextBytes);
  const isOfToday = (name: string): boolean => configurationNames.some(each => name === each || name.endsWith(`/${each}`));
  const host: ImmediateHost = {
    ...then,
    readText: uri => (isOfToday(uri) ? now.readText(uri) : then.readText(uri)),
    realUri: uri => (isOfToday(uri) ? now.realUri?.(uri) : then.realUri?.(uri)),
    listFolder(uri) {
      const entries = then.listFolder(uri);
      const today = (now.listFolder(uri) ?? []).filter(({ name }) => isOfToday(name));
      return entries && [...entries.filter(({ name }) => !isOfToday(name)), ...today];
    },
  };
  return new Workspace({ host, environments: activeEnvironments() });
}

/** Relative entries of `--python-path` start from here. */
export function workingFolder(): string {
  return pathToFileURL(process.cwd()).href.replace(/\/$/, '');
}

let named: Tool | undefined;

/** Name and version, as reports state them. */
export function thisTool(): Tool {
  const { name, version } = named ?? readManifest();
  return named = { name, version };
}
