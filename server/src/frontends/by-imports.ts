/** A Python file that names no framework itself may import modules of its project that do: they tell which one it is. */
import { fetched, type SourceSet } from '../base/source-set';

/** Modules looked at before nobody knows. */
const mostModules = 24;

/** Texts of the project's modules that a file imports, nearest first, and of those that they import. */
export function* importedTexts(uri: string, text: string, roots: readonly string[], sources: SourceSet): Generator<string> {
  const { text: read } = fetched(sources);
  const seen = new Set<string>([uri]);
  const waiting: (readonly [string, string])[] = [[uri, text]];
  for (let next = waiting.shift(); next && seen.size <= mostModules; next = waiting.shift()) {
    for (const candidates of modulesOf(next[0], next[1], roots)) {
      if (seen.size > mostModules) return;
      for (const candidate of candidates) {
        if (seen.has(candidate)) break;
        const found = read(candidate);
        if (found === null) continue;
        seen.add(candidate);
        yield found;
        waiting.push([candidate, found]);
        break;
      }
    }
  }
}

/** For each import the places where its module may lie. */
function* modulesOf(uri: string, text: string, roots: readonly string[]): Generator<readonly string[]> {
  const own = uri.slice(0, uri.lastIndexOf('/') + 1);
  for (const [, from, plain] of text.matchAll(/^(?:from[ \t]+(\.*[\w.]*)[ \t]+import\b|import[ \t]+([\w.]+))/gm)) {
    const name = from ?? plain ?? '';
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    const path = name.slice(dots).replaceAll('.', '/');
    if (path === '') continue;
    const folders = dots > 0 ? [above(own, dots - 1)] : [own, ...roots.map(root => (root.endsWith('/') ? root : `${root}/`))];
    yield [...new Set(folders)].flatMap(folder => [`${folder}${path}.py`, `${folder}${path}/__init__.py`]);
  }
}

function above(folder: string, levels: number): string {
  let result = folder;
  for (let i = 0; i < levels; i++) result = result.slice(0, result.lastIndexOf('/', result.length - 2) + 1);
  return result;
}
