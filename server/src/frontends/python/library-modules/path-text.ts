/** Paths as text: parts, extensions, the folder a relative path starts from, shell patterns. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import type { Value } from '../values';
import { folderEntries, joinPath } from './folders';

export const separators = (path: string) => path.replace(/\/+/g, '/');

export function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  const text = (path.startsWith('/') ? '/' : '') + parts.join('/');
  return text === '' ? '.' : text;
}

export const folderOf = (path: string) => {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return head === '' || /^\/+$/.test(head) ? head : head.replace(/\/+$/, '');
};

export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export function splitExtension(path: string): [string, string] {
  const name = nameOf(path);
  const dot = name.replace(/^\.+/, match => '_'.repeat(match.length)).lastIndexOf('.');
  return dot <= 0 ? [path, ''] : [path.slice(0, path.length - name.length + dot), name.slice(dot)];
}

/** The folder a relative path starts from: that of the file that names it. */
export const workingFolder = (at: Location): string => folderOf(at.uri.replace(/^[a-z]+:\/\//i, '')) || '/';

export function absolute(path: string, at: Location): string {
  return normal(path.startsWith('/') ? path : joinPath([workingFolder(at), path]));
}

export function folderNames(path: string, interpreter: Interpreter, at: Location): readonly string[] | Extract<Value, { kind: 'unknown' }> {
  const entries = folderEntries(path, interpreter, at);
  return isUnknown(entries) ? entries : entries.map(({ name }) => name);
}

/** Shell patterns: `*`, `?`, `[abc]`. */
export function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*+/g, '.*').replaceAll('?', '.').replace(/\[!/g, '[^');
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return /^$/;
  }
}
