/** Values for arguments that the project's own command lines have as defaults. */
import type { Location } from '../../../base/span';
import { lineIndexOf, lineColumnAt } from '../../../base/line-index';
import { fromPlain } from '../convert';
import type { Value } from '../values';
import { argumentDefaults, type ArgumentDefault } from './argument-defaults';
import type { Project, ProjectFile } from './project';

export interface ProjectValues {
  readonly values: ReadonlyMap<string, Value>;
  /** `run.py:12`. */
  readonly source: string;
  readonly at: Location;
}

/** Of the file whose command line has most of the names that the text reads; a handful at least, and most of its own names may be about other things. */
export function projectValues({ python }: Project, text: string, settings: string): ProjectValues | undefined {
  const names = new Set([...text.matchAll(new RegExp(`\\b${settings}\\.(\\w+)`, 'g'))].map(match => match[1] ?? ''));
  if (names.size === 0) return undefined;
  let best: { readonly file: ProjectFile; readonly defaults: ReadonlyMap<string, ArgumentDefault>; readonly met: number } | undefined;
  for (const file of python) {
    if (!file.text.includes('.add_argument(')) continue;
    const defaults = argumentDefaults(file.text);
    const met = [...names].filter(name => defaults.has(name)).length;
    if (met > (best?.met ?? 0)) best = { file, defaults, met };
  }
  if (!best || best.met < Math.min(2, names.size)) return undefined;
  const { file, defaults } = best;
  const first = Math.min(...[...defaults.values()].map(({ offset }) => offset));
  return {
    values: new Map([...defaults].map(([name, { value }]) => [name, fromPlain(value)] as const)),
    source: `${decodeURIComponent(file.uri.slice(file.uri.lastIndexOf('/') + 1))}:${String(lineColumnAt(lineIndexOf(file.text), first).line + 1)}`,
    at: { uri: file.uri, span: { start: first, end: first } },
  };
}
