/** Files as far as a program that is not run can see them: text beside the source, through the source set; everything else is unknown. */
import { charge, chargeText } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { int, iterator, list, none, str, type ClassValue, type InstanceValue, type Value } from '../values';
import { registerClass } from '../objects/class-of';
import { instanceOf, m, nativeClass, payloadOf, raw } from '../objects/native';
import { objectClass } from '../objects/object';

/** Path text of a str or a path object. */
export function pathText(value: Value): string | undefined {
  const own = value.kind === 'instance' ? value.attributes.get('_path') : undefined;
  const found = own ?? payloadOf(value);
  return found.kind === 'str' ? found.value : undefined;
}

const schemeOf = (uri: string) => /^[a-z][a-z0-9+.-]*:\/\//i.exec(uri)?.[0] ?? '';

/** A relative path is taken next to the source that names it. */
export function uriOf(path: string, at: Location): string {
  if (schemeOf(path)) return path;
  const scheme = schemeOf(at.uri);
  const rest = at.uri.slice(scheme.length);
  const joined = path.startsWith('/') ? path : `${rest.slice(0, rest.lastIndexOf('/') + 1)}${path}`;
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.' && part !== '..') parts.push(part);
  }
  return scheme + parts.join('/');
}

const levelsAbove = 4;

/**
 * Next to the source that names the path; else in a folder above it, as of a program that is started at the root of its project.
 * Code of a library names the paths that its caller hands it.
 */
function placeOf(path: string, interpreter: Interpreter, at: Location): string {
  const { files } = interpreter.modules;
  const own = schemeOf(at.uri) ? at.uri : [...interpreter.frames].reverse().map(frame => frame.module.uri ?? '').find(schemeOf) ?? interpreter.modules.mainUri ?? at.uri;
  const beside = uriOf(path, { ...at, uri: own });
  if (path.startsWith('/') || schemeOf(path) || files.text(beside) !== undefined) return beside;
  const [first = ''] = path.replace(/^(\.\/)+/, '').split('/');
  let folder = own.slice(0, own.lastIndexOf('/') + 1);
  for (let level = 0; level < levelsAbove; level++) {
    folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    if (folder.length <= schemeOf(folder).length + 1 || files.isOutside(folder)) break;
    if (first !== '..' && !files.folder(folder)?.some(name => name === first || name === `${first}/`)) continue;
    const there = uriOf(path, { ...at, uri: folder });
    if (!files.isOutside(there) && files.text(there) !== undefined) return there;
  }
  return beside;
}

export function readText(path: string, interpreter: Interpreter, at: Location): string | undefined {
  return interpreter.modules.files.text(placeOf(path, interpreter, at));
}

/** Why there is no text. */
export function notRead(path: string, interpreter: Interpreter, at: Location): Unknown {
  return outside(path, interpreter, at) ?? unknown(`${path} was not found`, at);
}

/** A path that leads out of everything that may be read: whether something is there is not known either. */
export function outside(path: string, interpreter: Interpreter, at: Location): Unknown | undefined {
  return interpreter.modules.files.isOutside(uriOf(path, at)) ? unknown(`${path} lies outside of the project and its import roots: it is not read`, at) : undefined;
}

const textOf = (self: Value): string => {
  const text = self.kind === 'instance' ? self.attributes.get('_text') : undefined;
  return text?.kind === 'str' ? text.value : '';
};

const wordsPerLine = 8;

const lines = (text: string): Value[] => (counted(text).match(/[^\n]*\n|[^\n]+$/g) ?? []).map(str);

/** Before it is taken apart. */
function counted(text: string): string {
  chargeText(text.length);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) charge(wordsPerLine);
  return text;
}

const position = (self: Value): number => {
  const found = self.kind === 'instance' ? self.attributes.get('_position') : undefined;
  return found?.kind === 'int' ? found.value : 0;
};

function advance(self: Value, to: number, interpreter: Interpreter): void {
  if (self.kind !== 'instance') return;
  interpreter.heap.set(self.attributes, '_position', int(to));
}

const enter = ['__enter__', raw('file.__enter__', ({ positional: [self = none] }) => self, true)] as const;
const exit = ['__exit__', raw('file.__exit__', () => none, true)] as const;
const nothing = (name: string) => [name, raw(`file.${name}`, () => none, true)] as const;

export const textFileClass: ClassValue = registerClass('file', nativeClass('io.TextIOWrapper', [objectClass], [
  enter, exit, nothing('close'), nothing('flush'), nothing('write'), nothing('writelines'),
  m('TextIOWrapper.read(self, size=-1)', (p, i) => {
    const rest = textOf(p.self).slice(position(p.self));
    const taken = p.size.kind === 'int' && p.size.value >= 0 ? rest.slice(0, p.size.value) : rest;
    advance(p.self, position(p.self) + taken.length, i);
    return str(taken);
  }),
  m('TextIOWrapper.readline(self, size=-1)', (p, i) => {
    const line = /^[^\n]*\n?/.exec(textOf(p.self).slice(position(p.self)))?.[0] ?? '';
    advance(p.self, position(p.self) + line.length, i);
    return str(line);
  }),
  m('TextIOWrapper.readlines(self, hint=-1)', p => list(lines(textOf(p.self).slice(position(p.self))))),
  m('TextIOWrapper.seek(self, offset, whence=0)', (p, i) => {
    advance(p.self, p.offset.kind === 'int' ? p.offset.value : 0, i);
    return p.offset;
  }),
  ['__iter__', raw('file.__iter__', ({ positional: [self = none] }) => iterator('file', lines(textOf(self).slice(position(self)))), true)],
]));

/** Written to, never read: what goes in is forgotten. */
const sinkClass = nativeClass('io.BufferedWriter', [objectClass], [enter, exit, nothing('close'), nothing('flush'), nothing('write'), nothing('writelines')]);

/** Of the files that are opened in bytes only those of settings are read. */
const settingsFile = /\.(toml|ya?ml|json)$/i;
const binaryFileClass = nativeClass('io.BufferedReader', [objectClass], [
  enter, exit, nothing('close'), nothing('flush'),
  m('BufferedReader.read(self, size=-1)', (p, i, { at }) => i.callMethod(str(textOf(p.self)), 'encode', [], at)),
]);

export function fileOf(text: string, name: string): InstanceValue {
  return instanceOf(textFileClass, [['_text', str(text)], ['_position', int(0)], ['name', str(name)]]);
}

export function openFile(file: Value, mode: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(file)) return file;
  const path = pathText(file);
  const how = mode.kind === 'str' ? mode.value : 'r';
  if (/[wax]/.test(how)) return instanceOf(sinkClass, [['name', file]]);
  const isBinary = how.includes('b');
  if (path === undefined || (isBinary && !settingsFile.test(path))) return unknown(`the contents of ${path ?? 'the file'} are not read`, at);
  const text = readText(path, interpreter, at);
  if (text === undefined) return notRead(path, interpreter, at);
  return isBinary ? instanceOf(binaryFileClass, [['_text', str(text)], ['name', str(path)]]) : fileOf(text, path);
}
