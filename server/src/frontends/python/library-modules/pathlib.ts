/** `pathlib`. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { alias, entry, type LibraryEntry } from '../library';
import { hashOf } from '../objects/classes';
import { instanceOf, m, nativeClass, property, raw } from '../objects/native';
import { objectClass } from '../objects/object';
import { bool, iterator, list, none, str, tuple, type ClassValue, type InstanceValue, type Value } from '../values';
import { notRead, openFile, pathText, readText } from './files';
import { exists, joinPath, walk } from './folders';
import { absolute, folderNames, folderOf, nameOf, separators, splitExtension, wildcard, workingFolder } from './path-text';

const pathOf = (self: Value): string => pathText(self) ?? '';

function path(cls: ClassValue, text: string): InstanceValue {
  const cleaned = separators(text).replace(/\/(\.\/)+/g, '/').replace(/(?!^)\/+\.?$/, '').replace(/^(\.\/)+(?=.)/, '');
  // The text is the payload's tuple too, so that equal paths are equal keys.
  return instanceOf(cls, [['_path', str(cleaned === '' ? '.' : cleaned)]], tuple([str('path'), str(cleaned === '' ? '.' : cleaned)]));
}

const clsOf = (self: Value): ClassValue => (self.kind === 'instance' ? self.cls : pureClass);
const same = (self: Value, compute: (path: string) => string): Value => path(clsOf(self), compute(pathOf(self)));
const partsOf = (text: string) => [...(text.startsWith('/') ? ['/'] : []), ...text.split('/').filter(part => part !== '' && part !== '.')];

const joined = (self: Value, others: readonly Value[], interpreter: Interpreter, at: Location): Value => {
  const unread = others.find(isUnknown);
  if (unread) return unread;
  const texts = others.map(other => pathText(other) ?? interpreter.raise('TypeError', 'argument should be a str or an os.PathLike object', at));
  return path(clsOf(self), joinPath([pathOf(self) === '.' ? '' : pathOf(self), ...texts]));
};

export const pureClass: ClassValue = nativeClass('pathlib.PurePath', [objectClass], [
  property('parent', self => same(self, text => folderOf(text) || '.')),
  property('name', self => str(pathOf(self) === '.' ? '' : nameOf(pathOf(self)))),
  property('stem', self => str(splitExtension(nameOf(pathOf(self)))[0])),
  property('suffix', self => str(splitExtension(pathOf(self))[1])),
  property('suffixes', self => list((nameOf(pathOf(self)).match(/(?!^)\.[^.]*/g) ?? []).map(str))),
  property('parts', self => tuple(partsOf(pathOf(self)).map(str))),
  property('anchor', self => str(pathOf(self).startsWith('/') ? '/' : '')), property('root', self => str(pathOf(self).startsWith('/') ? '/' : '')),
  property('parents', self => {
    const found: Value[] = [];
    for (let text = folderOf(pathOf(self)); text !== '' && found.length < 100; text = text === '/' ? '' : folderOf(text)) found.push(path(clsOf(self), text));
    return tuple([...found, ...(pathOf(self).startsWith('/') ? [] : [path(clsOf(self), '.')])]);
  }),
  ['__truediv__', raw('Path.__truediv__', ({ positional: [self = none, other = none], at }, i) => joined(self, [other], i, at), true)],
  ['__rtruediv__', raw('Path.__rtruediv__', ({ positional: [self = none, other = none], at }, i) =>
    (isUnknown(other) ? other : joined(path(clsOf(self), pathText(other) ?? '.'), [self], i, at)), true)],
  ['joinpath', raw('Path.joinpath', ({ positional: [self = none, ...others], at }, i) => joined(self, others, i, at), true)],
  ['__str__', raw('Path.__str__', ({ positional: [self = none] }) => str(pathOf(self)), true)],
  ['__fspath__', raw('Path.__fspath__', ({ positional: [self = none] }) => str(pathOf(self)), true)],
  ['__repr__', raw('Path.__repr__', ({ positional: [self = none] }) => str(`PosixPath('${pathOf(self)}')`), true)],
  ['__eq__', raw('Path.__eq__', ({ positional: [a = none, b = none] }) => bool(b.kind === 'instance' && b.attributes.has('_path') && pathOf(a) === pathOf(b)), true)],
  ['__hash__', raw('Path.__hash__', ({ positional: [self = none] }) => hashOf(str(pathOf(self))), true)],
  ['__lt__', raw('Path.__lt__', ({ positional: [a = none, b = none] }) => bool(pathOf(a) < pathOf(b)), true)],
  ['__bool__', raw('Path.__bool__', () => bool(true), true)],
  m('Path.as_posix(self)', p => str(pathOf(p.self))),
  m('Path.with_suffix(self, suffix)', p => (isUnknown(p.suffix) ? p.suffix : same(p.self, text => splitExtension(text)[0] + (pathText(p.suffix) ?? '')))),
  m('Path.with_name(self, name)', p => (isUnknown(p.name) ? p.name : same(p.self, text => joinPath([folderOf(text), pathText(p.name) ?? ''])))),
  m('Path.with_stem(self, stem)', p => (isUnknown(p.stem) ? p.stem : same(p.self, text => joinPath([folderOf(text), (pathText(p.stem) ?? '') + splitExtension(text)[1]])))),
  m('Path.is_absolute(self)', p => bool(pathOf(p.self).startsWith('/'))),
  m('Path.relative_to(self, other)', p => (isUnknown(p.other) ? p.other : same(p.self, text =>
    (text.startsWith(`${pathText(p.other) ?? ''}/`) ? text.slice((pathText(p.other) ?? '').length + 1) : text)))),
  m('Path.match(self, pattern)', p => bool(wildcard(pathText(p.pattern) ?? '').test(nameOf(pathOf(p.self))))),
], {
  allocate: (cls, args) => {
    const unread = args.positional.find(isUnknown);
    return unread ?? path(cls, joinPath(args.positional.map(part => pathText(part) ?? '')));
  },
});

const pathClass: ClassValue = nativeClass('pathlib.Path', [pureClass], [
  m('Path.exists(self)', (p, i, { at }) => exists(pathOf(p.self), 'any', i, at)),
  m('Path.is_file(self)', (p, i, { at }) => exists(pathOf(p.self), 'file', i, at)),
  m('Path.is_dir(self)', (p, i, { at }) => exists(pathOf(p.self), 'folder', i, at)),
  m('Path.resolve(self, strict=False)', (p, _i, { at }) => same(p.self, text => absolute(text, at))),
  m('Path.absolute(self)', (p, _i, { at }) => same(p.self, text => absolute(text, at))),
  m('Path.expanduser(self)', p => p.self),
  m('Path.read_text(self, encoding=None, errors=None)', (p, i, { at }) => {
    const text = readText(pathOf(p.self), i, at);
    return typeof text === 'string' ? str(text) : notRead(pathOf(p.self), i, at);
  }),
  m('Path.read_bytes(self)', (p, _i, { at }) => unknown(`${pathOf(p.self)} is not read`, at)),
  m('Path.open(self, mode="r", buffering=-1, encoding=None)', (p, i, { at }) => openFile(p.self, p.mode, i, at)),
  m('Path.iterdir(self)', (p, i, { at }) => {
    const names = folderNames(pathOf(p.self), i, at);
    return isUnknown(names) ? names : iterator('iterdir', names.map(name => path(clsOf(p.self), joinPath([pathOf(p.self), name]))));
  }),
  m('Path.glob(self, pattern)', (p, i, { at }) => {
    const names = folderNames(pathOf(p.self), i, at);
    const pattern = pathText(p.pattern) ?? '';
    if (pattern.includes('/')) return unknown('files found by a pattern', at);
    return isUnknown(names) ? names : iterator('glob', names.filter(name => wildcard(pattern).test(name)).map(name => path(clsOf(p.self), joinPath([pathOf(p.self), name]))));
  }),
  m('Path.rglob(self, pattern)', (p, i, { at }) => {
    if (isUnknown(p.pattern)) return p.pattern;
    const pattern = pathText(p.pattern) ?? '';
    if (pattern.includes('/')) return unknown('files found by a pattern', at);
    const fits = wildcard(pattern);
    const top = folderNames(pathOf(p.self), i, at);
    if (isUnknown(top)) return top;
    const found = [...walk(pathOf(p.self), i, at)].flatMap(({ folder, entries }) => entries.filter(({ name }) => fits.test(name)).map(({ name }) => path(clsOf(p.self), joinPath([folder, name]))));
    return iterator('rglob', found);
  }),
  ...['mkdir', 'unlink', 'write_text', 'write_bytes', 'touch', 'rmdir', 'rename', 'symlink_to'].map(name => [name, raw(`Path.${name}`, () => none, true)] as const),
  ['stat', raw('Path.stat', ({ at }) => unknown('the state of a file is not known', at), true)],
  ['cwd', { kind: 'classmethod', callee: raw('Path.cwd', ({ at }) => path(pathClass, workingFolder(at))) }],
  ['home', { kind: 'classmethod', callee: raw('Path.home', () => path(pathClass, '~')) }],
]);

export const pathlibEntries: readonly LibraryEntry[] = [
  entry('pathlib.Path', () => pathClass), entry('pathlib.PurePath', () => pureClass), alias('pathlib.PosixPath', 'pathlib.Path'),
  alias('pathlib.PurePosixPath', 'pathlib.PurePath'), alias('pathlib.WindowsPath', 'pathlib.Path'),
];
