/** Paths as users write them, URIs as the analysis wants them. */
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { foldersAbove } from '../analysis/import-roots';
import { filePatterns, type FilePatterns } from '../base/patterns';
import { isThere, isWithin, realPath } from '../host/node-files';

/** Files that some frontend may read. */
const analysable = /\.(?:py|ipynb|prototxt|onnx)$/;
/** Folders whose contents are not the user's own source. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'site-packages', 'dist-packages', '__pycache__', 'venv', 'env', 'build', 'dist']);
/** A folder given on the command line is searched this deep. */
const maxDepth = 20;

export interface Listing {
  /** Names, those of folders ending in `/`; null when there is no such folder. */
  folder(uri: string): Promise<readonly string[] | null>;
  /** Null when there is no such file. */
  text(uri: string): Promise<string | null>;
}

export function uriOf(path: string): string {
  return pathToFileURL(resolve(path)).href;
}

/** From where the user stands, unless that is further away than the root. */
export function displayName(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = fileURLToPath(uri);
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith(`..${sep}..${sep}..`) ? path : near;
}

/** From the root of the repository in which the user stands, else from there; undefined for what lies elsewhere. */
export function pathFromRoot(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  const path = relative(root ??= rootAbove(process.cwd()), fileURLToPath(uri));
  return path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.split(sep).join('/');
}

/** The same, or the path itself. */
export function nameFromRoot(uri: string): string {
  return pathFromRoot(uri) ?? displayName(uri);
}

let root: string | undefined;

function rootAbove(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (isThere(join(above, '.git'))) return above;
    if (dirname(above) === above) return folder;
  }
}

/** Of a folder's `.gitignore`. */
interface Ignored {
  /** As a URI without a slash at its end. */
  readonly folder: string;
  readonly patterns: FilePatterns;
}

/** What git would not look at there, by itself and its repository; nothing outside a repository. */
async function ignoredAbove(folder: string, listing: Listing): Promise<readonly Ignored[] | undefined> {
  const above = [folder, ...foldersAbove(folder)];
  const root = above.findIndex(each => isThere(join(fileURLToPath(`${each}/`), '.git')));
  if (root < 0) return undefined;
  const excluded = await ignoredIn(above[root] ?? folder, '.git/info/exclude', listing);
  const found: Ignored[] = [...excluded];
  for (const each of above.slice(1, root + 1).reverse()) found.push(...await ignoredIn(each, '.gitignore', listing));
  return found;
}

async function ignoredIn(folder: string, name: string, listing: Listing): Promise<readonly Ignored[]> {
  const text = await listing.text(`${folder}/${name}`);
  return text === null ? [] : [{ folder, patterns: filePatterns(text.split(/\r?\n/)) }];
}

/** The nearest file that says something of it decides. */
function isIgnored(ignored: readonly Ignored[], uri: string, isFolder: boolean): boolean {
  for (const { folder, patterns } of ignored.toReversed()) {
    const decided = patterns.decides(decodeURIComponent(uri.slice(folder.length + 1)), isFolder);
    if (decided !== undefined) return decided;
  }
  return false;
}

/** The files of a path: itself, or everything analysable below a folder that git does not ignore, in order of name. Links that lead out of the folder are passed over. */
export async function filesOf(path: string, listing: Listing): Promise<string[]> {
  const uri = uriOf(path);
  const names = await listing.folder(uri);
  if (names === null) return [uri];
  const files: string[] = [];
  const visited = new Set<string>();
  const start = realPath(fileURLToPath(uri));
  const top = uri.replace(/\/$/, '');
  await walk(top, names, 0, await ignoredAbove(top, listing));
  return files;

  async function walk(folder: string, entries: readonly string[], depth: number, above: readonly Ignored[] | undefined): Promise<void> {
    const real = realPath(fileURLToPath(folder));
    if (visited.has(real) || !isWithin(real, start)) return;
    visited.add(real);
    const ignored = above && (entries.includes('.gitignore') ? [...above, ...await ignoredIn(folder, '.gitignore', listing)] : above);
    for (const name of [...entries].sort()) {
      const plain = name.endsWith('/') ? name.slice(0, -1) : name;
      const child = `${folder}/${encodeURIComponent(plain)}`;
      if (ignored && isIgnored(ignored, child, name.endsWith('/'))) continue;
      if (!name.endsWith('/')) {
        if (analysable.test(name) && isWithin(realPath(fileURLToPath(child)), start)) files.push(child);
      } else if (depth < maxDepth && !name.startsWith('.') && !skippedFolders.has(plain)) await walk(child, await listing.folder(child) ?? [], depth + 1, ignored);
    }
  }
}
