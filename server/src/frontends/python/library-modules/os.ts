/** `os`, `os.path`, `glob`, `fnmatch`, `shutil`. Nothing is read but what lies beside the source. */
import { abstractClass } from '../objects/abstract';
import type { Location } from '../../../base/span';
import { isUnknown, unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { dictClass } from '../objects/classes';
import { instanceOf, m, nativeClass, payloadOf, raw, withItems } from '../objects/native';
import { bool, dict, dictGet, iterator, list, none, str, tuple, type InstanceValue, type Value } from '../values';
import { pathText } from './files';
import { exists, joinPath, scan, walk, type FolderEntry } from './folders';
import { nothing, open } from './opaque';
import { absolute, folderNames, folderOf, nameOf, normal, splitExtension, wildcard, workingFolder } from './path-text';

/** A row over path text. */
function pathRow(name: string, compute: (path: string, interpreter: Interpreter, at: Location) => Value): LibraryEntry {
  return entry(name, () => raw(name, ({ positional: [path = none], at }, interpreter) => {
    if (isUnknown(path)) return path;
    const text = pathText(path);
    return text === undefined ? interpreter.raise('TypeError', 'expected str, bytes or os.PathLike object', at) : compute(text, interpreter, at);
  }));
}

const environment = ((): InstanceValue => {
  const cls = nativeClass('os._Environ', [dictClass], [
    ['__getitem__', raw('os.environ.__getitem__', ({ positional: [self = none, key = none], at }) => {
      const held = payloadOf(self);
      const name = key.kind === 'str' ? key.value : 'a variable';
      return (held.kind === 'dict' ? dictGet(held, key) : undefined) ?? unknown(`the environment variable ${name} is set outside the source`, at);
    }, true)],
    m('os.environ.copy(self)', p => p.self),
  ]);
  return instanceOf(cls, [], dict());
});

const osPath: readonly LibraryEntry[] = [
  entry('os.path.join', () => raw('os.path.join', ({ positional, at }, interpreter) => {
    const open = positional.find(isUnknown);
    if (open) return open;
    const parts = positional.map(part => pathText(part));
    return parts.includes(undefined) ? interpreter.raise('TypeError', 'join() argument must be str, bytes, or os.PathLike object', at) : str(joinPath(parts as string[]));
  })),
  pathRow('os.path.dirname', path => str(folderOf(path))), pathRow('os.path.basename', path => str(nameOf(path))),
  pathRow('os.path.abspath', (path, _i, at) => str(absolute(path, at))), pathRow('os.path.realpath', (path, _i, at) => str(absolute(path, at))),
  pathRow('os.path.normpath', path => str(normal(path))), pathRow('os.path.expanduser', path => str(path)),
  pathRow('os.path.expandvars', path => str(path)), pathRow('os.path.normcase', path => str(path)),
  pathRow('os.path.split', path => tuple([str(folderOf(path)), str(nameOf(path))])), pathRow('os.path.splitext', path => tuple(splitExtension(path).map(str))),
  pathRow('os.path.isabs', path => bool(path.startsWith('/'))),
  pathRow('os.path.exists', (path, i, at) => exists(path, 'any', i, at)),
  pathRow('os.path.isfile', (path, i, at) => exists(path, 'file', i, at)),
  pathRow('os.path.isdir', (path, i, at) => exists(path, 'folder', i, at)),
  pathRow('os.path.lexists', (path, i, at) => exists(path, 'any', i, at)),
  pathRow('os.path.getsize', (path, _i, at) => unknown(`the size of ${path} is not known`, at)),
  pathRow('os.path.getmtime', (path, _i, at) => unknown(`the age of ${path} is not known`, at)),
  pathRow('os.path.islink', () => bool(false)),
  fn('os.path.relpath(path, start=".")', p => p.path), fn('os.path.commonprefix(m)', (_p, _i, { at }) => unknown('`os.path.commonprefix()` is not modelled', at)),
  entry('os.path.sep', () => str('/')), entry('os.path.pardir', () => str('..')),
  pathRow('os.fspath', path => str(path)),
  fn('os.listdir(path=".")', (p, interpreter, { at }) => {
    if (isUnknown(p.path)) return p.path;
    const names = folderNames(pathText(p.path) ?? '.', interpreter, at);
    return isUnknown(names) ? names : list(names.map(str));
  }),
  fn('os.scandir(path=".")', (p, interpreter, { at }) => scan(p.path, interpreter, at)),
  fn('os.walk(top, topdown=True, onerror=None, followlinks=False)', (p, interpreter, { at }) => {
    if (isUnknown(p.top)) return p.top;
    const top = folderNames(pathText(p.top) ?? '.', interpreter, at);
    if (isUnknown(top)) return top;
    const steps = [...walk(pathText(p.top) ?? '.', interpreter, at)];
    const names = (entries: readonly FolderEntry[], folders: boolean) => list(entries.filter(({ isFolder }) => isFolder === folders).map(({ name }) => str(name)));
    return iterator('generator', steps.map(({ folder, entries }) => tuple([str(folder), names(entries, true), names(entries, false)])));
  }),
  fn('glob.glob(pathname, *, root_dir=None, recursive=False)', (p, interpreter, { at }) => {
    if (isUnknown(p.pathname)) return p.pathname;
    const pattern = pathText(p.pathname) ?? '';
    const folder = folderOf(pattern);
    if (/[*?[]/.test(folder)) return unknown('files found by a pattern', at);
    const names = folderNames(folder === '' ? '.' : folder, interpreter, at);
    return isUnknown(names) ? names : list(names.filter(name => wildcard(nameOf(pattern)).test(name)).map(name => str(joinPath([folder, name]))));
  }),
  fn('fnmatch.fnmatch(name, pat)', p => (isUnknown(p.name) ? p.name : isUnknown(p.pat) ? p.pat : bool(wildcard(pathText(p.pat) ?? '').test(pathText(p.name) ?? '')))),
  alias('fnmatch.fnmatchcase', 'fnmatch.fnmatch'),
  fn('fnmatch.filter(names, pat)', (p, interpreter, { at }) => withItems(p.names, interpreter, at, items => list(items.filter(item => wildcard(pathText(p.pat) ?? '').test(pathText(item) ?? ''))))),
];

const pathLikeClass = abstractClass('os.PathLike', [], { methods: ['__fspath__'] });

export const osEntries: readonly LibraryEntry[] = [
  ...osPath,
  entry('os.environ', environment),
  fn('os.getenv(key, default=None)', (p, interpreter, { at }) => interpreter.callMethod(interpreter.libraryValue('os.environ'), 'get', [p.key, p.default], at)),
  fn('os.getcwd()', (_p, _i, { at }) => str(workingFolder(at))),
  ...[
    'makedirs', 'mkdir', 'remove', 'unlink', 'rename', 'rmdir', 'chdir', 'system', 'kill', 'chmod', 'symlink', 'putenv', 'replace', 'removedirs',
    'setpgrp', 'nice',
  ].map(name => nothing(`os.${name}`)),
  ...[
    'cpu_count', 'getpid', 'getppid', 'urandom', 'getlogin', 'uname', 'times', 'stat', 'getuid', 'popen', 'getloadavg', 'sched_getaffinity',
  ].map(name => open(`os.${name}`, 'depends on the machine')),
  entry('os.sep', () => str('/')), entry('os.linesep', () => str('\n')), entry('os.name', () => str('posix')), entry('os.pathsep', () => str(':')),
  entry('os.devnull', () => str('/dev/null')), entry('os.curdir', () => str('.')),
  entry('os.PathLike', () => pathLikeClass),
  ...['copy', 'copyfile', 'copytree', 'rmtree', 'move', 'copy2', 'make_archive'].map(name => nothing(`shutil.${name}`)),
  open('shutil.which', 'depends on the machine'),
  open('shutil.disk_usage', 'depends on the machine'),
];
