/** Folders as the source set lists them: what is in them, whether a path is there, walks over everything below. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { bool, iterator, none, str, type ClassValue, type Value } from '../values';
import { outside, pathText, readText, uriOf } from './files';
import { instanceOf, m, nativeClass, raw } from '../objects/native';
import { objectClass } from '../objects/object';

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export const joinPath = (parts: readonly string[]): string =>
  parts.reduce((path, part) => (part.startsWith('/') ? part : path === '' || path.endsWith('/') ? path + part : `${path}/${part}`), '');

/** Entries of a folder; undefined: it is not there. */
function listed(path: string, interpreter: Interpreter, at: Location): readonly string[] | undefined {
  const uri = uriOf(path, at);
  return interpreter.modules.files.folder(uri.endsWith('/') ? uri : `${uri}/`);
}

export function folderEntries(path: string, interpreter: Interpreter, at: Location): readonly FolderEntry[] | Unknown {
  const names = listed(path, interpreter, at);
  return names?.map(name => ({ name: name.replace(/\/$/, ''), isFolder: name.endsWith('/') })) ?? outside(path, interpreter, at) ?? unknown(`the folder ${path} is not listed`, at);
}

/** What is there now is there when the program runs; what is not may be made or fetched by then, unless it is source or configuration. */
export function exists(path: string, what: 'any' | 'file' | 'folder', interpreter: Interpreter, at: Location): Value {
  const refused = outside(path, interpreter, at);
  if (refused) return refused;
  const clean = path.replace(/(?<=.)\/+$/, '');
  const slash = clean.lastIndexOf('/');
  const name = clean.slice(slash + 1);
  const names = slash < 0 ? undefined : listed(clean.slice(0, slash + 1), interpreter, at);
  const isFolder = names?.includes(`${name}/`) ?? false;
  if (isFolder || names?.includes(name)) return bool(what === 'any' || (what === 'folder') === isFolder);
  if (what !== 'file' && listed(clean, interpreter, at)) return bool(true);
  if (what === 'folder' || !/\.(py|json|ya?ml|toml|txt|cfg|ini|md)$/.test(path)) return unknown(`whether ${path} exists is not known`, at);
  return bool(readText(path, interpreter, at) !== undefined);
}

/** Everything below a folder, parents before what is in them; links are not told from folders, so that the depth is bounded. */
export function* walk(path: string, interpreter: Interpreter, at: Location, depth = 0): Generator<{ readonly folder: string; readonly entries: readonly FolderEntry[] }> {
  const entries = folderEntries(path, interpreter, at);
  if (isUnknown(entries) || depth > 20) return;
  interpreter.budget.allocate(entries.length);
  yield { folder: path, entries };
  for (const { name, isFolder } of entries) if (isFolder) yield* walk(joinPath([path, name]), interpreter, at, depth + 1);
}

const entryOf = (self: Value, name: string): Value => (self.kind === 'instance' && self.attributes.get(name)) || none;

const dirEntry: ClassValue = nativeClass('os.DirEntry', [objectClass], [
  m('DirEntry.is_dir(self, *, follow_symlinks=True)', p => entryOf(p.self, '_folder')),
  m('DirEntry.is_file(self, *, follow_symlinks=True)', p => bool(entryOf(p.self, '_folder') === bool(false))),
  m('DirEntry.is_symlink(self)', () => bool(false)),
  ['__fspath__', raw('DirEntry.__fspath__', ({ positional: [self = none] }) => entryOf(self, 'path'), true)],
]);

/** `os.scandir()`: an iterator that is a context manager too. */
const scanClass: ClassValue = nativeClass('os.ScandirIterator', [objectClass], [
  ['__enter__', raw('ScandirIterator.__enter__', ({ positional: [self = none] }) => self, true)],
  ['__exit__', raw('ScandirIterator.__exit__', () => none, true)],
  ['close', raw('ScandirIterator.close', () => none, true)],
  ['__iter__', raw('ScandirIterator.__iter__', ({ positional: [self = none] }) => (self.kind === 'instance' && self.payload) || none, true)],
  ['__next__', raw('ScandirIterator.__next__', ({ positional: [self = none], at }, interpreter) =>
    interpreter.callWith(interpreter.libraryValue('builtins.next'), [(self.kind === 'instance' && self.payload) || none], at), true)],
]);

export function scan(path: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(path)) return path;
  const folder = pathText(path) ?? '.';
  const entries = folderEntries(folder, interpreter, at);
  if (isUnknown(entries)) return entries;
  const items = entries.map(({ name, isFolder }) => instanceOf(dirEntry, [['name', str(name)], ['path', str(joinPath([folder, name]))], ['_folder', bool(isFolder)]]));
  return instanceOf(scanClass, [], iterator('ScandirIterator', items));
}
