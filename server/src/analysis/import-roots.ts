/** Folders that a file's imports are looked up in: the user's, the project's, and those of its virtual environment. */
import { isBelow } from './reach';

export interface Folders {
  /** Names in a folder, those of folders ending in `/`; undefined when there is no such folder. */
  list(uri: string): readonly string[] | undefined;
}

const projectMarks: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.py', 'setup.cfg', '.git/', '.hg/']);
/** What a project has that was downloaded without its history. */
const lesserMarks = /^(requirements[\w.-]*\.txt|environment\.ya?ml|pipfile|poetry\.lock|uv\.lock|licen[sc]e(\.\w+)?)$/i;
const lesserLevels = 5;
const environments = ['.venv/', 'venv/', 'env/'];
/** All that is looked for in folders by name: here, and by who looks for a configuration. */
const otherMarks: ReadonlySet<string> = new Set(['joulelint.json', '.git', '__init__.py', 'src/', ...environments]);

/** Whether an answer about roots or configurations can depend on that a folder has this name in it. */
export function isMark(name: string): boolean {
  return projectMarks.has(name) || lesserMarks.test(name) || otherMarks.has(name) || name.startsWith('python');
}

/** A file lies at most this deep in its project. */
const maxLevels = 20;

export interface ImportRoots {
  /** Where imports are looked up, in order. */
  readonly roots: readonly string[];
  /** Folders that may be read: those that the user chose or that hold the file. A root that only the project's own contents name is read as far as it lies below one of them. */
  readonly readable: readonly string[];
  /** Those of them in which every link is followed. */
  readonly trusted?: readonly string[];
}

/** `named`: by the project's own configuration, as URIs; nothing becomes readable by that. */
export function importRoots(uri: string, pythonPath: readonly string[], workspaceFolder: string | undefined, folders: Folders, named: readonly string[] = []): ImportRoots {
  const holding = workspaceFolder !== undefined && isBelow(uri, workspaceFolder) ? [workspaceFolder] : [];
  const project = projectOf(uri, folders) ?? holding[0];
  const base = workspaceFolder ?? project ?? folderOf(uri);
  const chosen = pythonPath.flatMap(path => folderOrEnvironment(resolve(path, base), folders));
  const roots = [...chosen, ...named.flatMap(folder => folderOrEnvironment(folder, folders))];
  if (project !== undefined) {
    roots.push(project);
    const names = folders.list(project) ?? [];
    if (names.includes('src/')) roots.push(`${project}/src`);
    for (const environment of environments) if (names.includes(environment)) roots.push(...sitePackages(`${project}/${environment.slice(0, -1)}`, folders));
  }
  // A script higher up may be what is run: its folder is where its own packages are found.
  const ceiling = holding[0] ?? project;
  if (ceiling !== undefined) roots.push(...foldersAbove(uri).slice(1).filter(folder => isBelow(folder, ceiling) && folders.list(folder)?.includes('__init__.py') !== true));
  return { roots: [...new Set(roots)], readable: [...chosen, ...holding, ...(project === undefined ? [] : [project]), folderAbovePackages(uri, folders)] };
}

/** The folder from which a file's own package is imported; the file's folder where it lies in none. */
function folderAbovePackages(uri: string, folders: Folders): string {
  return foldersAbove(uri).find(folder => folders.list(folder)?.includes('__init__.py') !== true) ?? folderOf(uri);
}

/** A folder of modules stays; an environment, or the interpreter in one, stands for its packages. */
function folderOrEnvironment(uri: string, folders: Folders): string[] {
  const interpreter = /^(.*)\/(?:bin|Scripts)\/python[\w.]*$/.exec(uri);
  const packages = sitePackages(interpreter?.[1] ?? uri, folders);
  return packages.length > 0 || interpreter ? packages : [uri];
}

/** The nearest folder above the file that looks like the root of a project. */
export function projectOf(uri: string, folders: Folders): string | undefined {
  const above = foldersAbove(uri);
  return above.find(folder => folders.list(folder)?.some(name => projectMarks.has(name)))
    ?? above.slice(0, lesserLevels).find(folder => folders.list(folder)?.some(name => lesserMarks.test(name)));
}

/** The folder of a file and those above it, the nearest first. */
export function foldersAbove(uri: string): string[] {
  const above: string[] = [];
  for (let folder = folderOf(uri); above.length < maxLevels && folder.length > 'file://'.length; folder = folderOf(folder)) above.push(folder);
  return above;
}

/** `lib/python3.11/site-packages`, or `Lib/site-packages` on Windows. */
export function sitePackages(environment: string, folders: Folders): string[] {
  const versions = (folders.list(`${environment}/lib`) ?? []).filter(name => name.startsWith('python')).map(name => `${environment}/lib/${name}site-packages`);
  return [...versions, `${environment}/Lib/site-packages`].filter(folder => folders.list(folder) !== undefined);
}

/** Without the slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** An absolute path or a URI stays; anything else is relative to the folder. */
export function resolve(path: string, base: string): string {
  const trimmed = path.replaceAll('\\', '/').replace(/\/+$/, '');
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(trimmed)) return trimmed;
  if (trimmed.startsWith('/')) return `file://${encodePath(trimmed)}`;
  if (/^[A-Za-z]:\//.test(trimmed)) return `file:///${encodePath(trimmed)}`;
  const parts = base.split('/');
  for (const part of trimmed.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}

function encodePath(path: string): string {
  return path.split('/').map((part, index) => (index === 0 && /^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part))).join('/');
}
