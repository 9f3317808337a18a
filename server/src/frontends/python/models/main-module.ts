/** Under which dotted name, and from which roots, the analysed file is imported. */
import { there } from '../../../base/source-set';
import type { LowerRequest } from '../../frontend';

export interface MainModule {
  readonly name: string;
  /** Import roots, each ending in `/`. */
  readonly roots: readonly string[];
  /** The packages the file lies in, outermost first. */
  readonly parents: readonly string[];
}

/** `src/pkg/models/net.py` with `__init__.py` in `models` and `pkg` is `pkg.models.net`, found from `src/`. */
export function mainModule(request: LowerRequest): MainModule {
  let folder = folderOf(request.uri);
  const isInitialiser = request.uri.endsWith('/__init__.py');
  // A notebook takes no module's place: `import keras` inside keras.ipynb finds Keras.
  const stem = request.uri.slice(request.uri.lastIndexOf('/') + 1).replace(/\.ipynb$/, '_ipynb').replace(/\.\w+$/, '');
  const parts: string[] = isInitialiser ? [] : [stem];
  const isPackage = (uri: string): boolean => there(request.sources.text(`${uri}__init__.py`), uri) !== null;
  while (folder.length > 1 && isPackage(folder)) {
    const name = lastPart(folder);
    if (name === '') break;
    parts.unshift(name);
    folder = folderOf(folder.slice(0, -1));
  }
  if (parts.length === 0) parts.push(stem);
  // A file that imports from its own folder is part of a package, with an initialiser or without.
  for (const missing = levelsAsked(request.text) + (isInitialiser ? 0 : 1); parts.length < missing && isName(lastPart(folder)); folder = folderOf(folder.slice(0, -1))) parts.unshift(lastPart(folder));
  const roots = [...new Set([folder, folderOf(request.uri), ...request.roots.map(root => (root.endsWith('/') ? root : `${root}/`))])];
  return { name: parts.join('.'), roots, parents: parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('.')) };
}

/** `from ..layers import Conv` asks for two packages around the file. */
function levelsAsked(text: string): number {
  return Math.max(0, ...[...text.matchAll(/^[ \t]*from[ \t]+(\.+)/gm)].map(match => match[1]?.length ?? 0));
}

function isName(folder: string): boolean {
  return /^[^\W\d]\w*$/.test(folder);
}

/** With the slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

function lastPart(folder: string): string {
  const trimmed = folder.slice(0, -1);
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}
