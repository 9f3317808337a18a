/** Folders that a file's imports are looked up in: the user's, the project's, and those of its virtual environment. */
export interface Folders {
  /** Names in a folder, those of folders ending in `/`; undefined when there is no such folder. */
  list(uri: string): readonly string[] | undefined;
}

const projectMarks: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.py', 'setup.cfg', '.git/', '.hg/']);
const environments = ['.venv/', 'venv/', 'env/'];
/** A file lies at most this deep in its project. */
const maxLevels = 20;

export function importRoots(uri: string, pythonPath: readonly string[], workspaceFolder: string | undefined, folders: Folders): string[] {
  const project = projectOf(uri, folders) ?? workspaceFolder;
  const base = workspaceFolder ?? project ?? folderOf(uri);
  const roots = pythonPath.flatMap(path => folderOrEnvironment(resolve(path, base), folders));
  if (project !== undefined) {
    roots.push(project);
    const names = folders.list(project) ?? [];
    if (names.includes('src/')) roots.push(`${project}/src`);
    for (const environment of environments) if (names.includes(environment)) roots.push(...sitePackages(`${project}/${environment.slice(0, -1)}`, folders));
  }
  return [...new Set(roots)];
}

/** A folder of modules stays; an environment, or the interpreter in one, stands for its packages. */
function folderOrEnvironment(uri: string, folders: Folders): string[] {
  const interpreter = /^(.*)\/(?:bin|Scripts)\/python[\w.]*$/.exec(uri);
  const packages = sitePackages(interpreter?.[1] ?? uri, folders);
  return packages.length > 0 || interpreter ? packages : [uri];
}

/** The nearest folder above the file that looks like the root of a project. */
export function projectOf(uri: string, folders: Folders): string | undefined {
  return foldersAbove(uri).find(folder => folders.list(folder)?.some(name => projectMarks.has(name)));
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
function resolve(path: string, base: string): string {
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
