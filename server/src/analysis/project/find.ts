/** Which file configures an analysed one: the nearest above it, within the project. */
import { foldersAbove, projectOf, type Folders } from '../import-roots';
import { isBelow, Reach } from '../reach';
import { configurationNames, readConfiguration, type ProjectConfiguration } from './configuration';

/** As an analysis asks for a configuration. */
export interface ConfigurationRequest {
  /** How far up it may lie: in the workspace's folder, or in the repository that holds the file. */
  readonly within: 'workspace' | 'repository';
  /** This file, wherever it lies, and no other. */
  readonly file?: string;
}

export interface ConfigurationSources extends Folders {
  /** Null: there is no such file, or it is no text. */
  text(uri: string): string | null;
  /** The address with its links followed; null: nothing is there, or the host knows no links. */
  real(uri: string): string | null;
}

/** Nothing of this length was written by hand. */
const mostCharacters = 256_000;

/** Undefined: there is none. */
export function findConfiguration(uri: string, workspaceFolder: string | undefined, request: ConfigurationRequest, sources: ConfigurationSources): ProjectConfiguration | undefined {
  if (request.file !== undefined) {
    const folder = request.file.slice(0, request.file.lastIndexOf('/'));
    const text = sources.text(request.file);
    return text === null ? undefined : read(request.file, text, isBelow(uri, folder) ? folder : workspaceFolder ?? folder);
  }
  const limit = limitOf(uri, workspaceFolder, request, sources);
  if (limit === undefined) return undefined;
  const reach = new Reach([limit], address => sources.real(address));
  for (const folder of foldersAbove(uri)) {
    if (!isBelow(folder, limit)) return undefined;
    const names = sources.list(folder) ?? [];
    for (const name of configurationNames) {
      if (!names.includes(name)) continue;
      const found = readAt(`${folder}/${name}`, reach, sources);
      if (found) return found;
    }
  }
  return undefined;
}

function readAt(uri: string, reach: Reach, sources: ConfigurationSources): ProjectConfiguration | undefined {
  // What a link shows of the world outside is nobody's configuration, and no message may tell of it.
  if (reach.holds(uri) !== true) return uri.endsWith('.toml') ? undefined : read(uri, '', undefined, 'it is a link that leads out of the project, and is not read');
  const text = sources.text(uri);
  if (text === null) return uri.endsWith('.toml') ? undefined : read(uri, '', undefined, 'it cannot be read: it is no text, or too large');
  return read(uri, text);
}

/** Texts are read once, however many files they configure. */
const known = new Map<string, { readonly text: string; readonly folder: string | undefined; readonly read: ProjectConfiguration | undefined }>();
const mostKnown = 20;

function read(uri: string, text: string, folder?: string, refusal?: string): ProjectConfiguration | undefined {
  const before = known.get(uri);
  if (refusal === undefined && before?.text === text && before.folder === folder) return before.read;
  const why = refusal ?? (text.length > mostCharacters ? 'it is too long for a configuration, and is not read' : undefined);
  const made = why === undefined ? readConfiguration(uri, text, folder) : refused(uri, text, why);
  if (known.size >= mostKnown) known.clear();
  if (refusal === undefined) known.set(uri, { text, folder, read: made });
  return made;
}

function refused(uri: string, text: string, message: string): ProjectConfiguration | undefined {
  const empty = readConfiguration(uri.replace(/\.toml$/, '.json'), '{}');
  return empty && { ...empty, uri, text, mistakes: [{ span: { start: 0, end: 0 }, message }] };
}

function limitOf(uri: string, workspaceFolder: string | undefined, { within }: ConfigurationRequest, folders: Folders): string | undefined {
  const holding = workspaceFolder !== undefined && isBelow(uri, workspaceFolder) ? workspaceFolder : undefined;
  if (within === 'workspace') return holding;
  const repository = foldersAbove(uri).find(folder => folders.list(folder)?.some(name => name === '.git' || name === '.git/' || name === '.hg/') === true);
  return repository ?? holding ?? projectOf(uri, folders) ?? uri.slice(0, uri.lastIndexOf('/'));
}
