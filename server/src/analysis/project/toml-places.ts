/** Where the keys and values of a proper TOML document stand. Source: toml.io/en/v1.0.0. */
import type { Span } from '../../base/span';

export interface TomlPlace {
  readonly key?: Span;
  readonly value?: Span;
}

type Path = readonly (string | number)[];
interface Name {
  readonly text: string;
  readonly span: Span;
}

/** By path, as JSON. What is no TOML is left out from there on. */
export function placesInToml(text: string): ReadonlyMap<string, TomlPlace> {
  const places = new Map<string, TomlPlace>();
  /** How many tables each list of tables has so far. */
  const lists = new Map<string, number>();
  let position = 0;

  const note = (path: Path, place: TomlPlace): void => {
    const key = JSON.stringify(path);
    places.set(key, { ...place, ...places.get(key) });
  };
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? '';
    position += found.length;
    return found;
  };
  const blanks = (): string => skip(/[ \t]*/y);
  const blankLines = (): string => skip(/(?:[ \t\r\n]|#[^\n]*)*/y);

  function name(): Name | undefined {
    blanks();
    const start = position;
    const found = skip(/[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y);
    if (found === '') return undefined;
    return { text: found.startsWith('"') ? unescaped(found) : found.replaceAll('\'', ''), span: { start, end: position } };
  }

  function names(): readonly Name[] {
    const found: Name[] = [];
    for (let next = name(); next; next = name()) {
      found.push(next);
      blanks();
      if (skip(/\./y) === '') break;
    }
    return found;
  }

  /** The path that the names lead to from here, each step of it noted. */
  function follow(from: Path, steps: readonly Name[]): Path {
    let path = from;
    for (const { text: step, span } of steps) {
      path = [...path, step];
      note(path, { key: span });
      const count = lists.get(JSON.stringify(path));
      if (count !== undefined) path = [...path, count - 1];
    }
    return path;
  }

  function header(): Path | undefined {
    const isList = skip(/\[\[?/y).length === 2;
    const found = names();
    const last = found.at(-1);
    if (!last || skip(isList ? /[ \t]*\]\]/y : /[ \t]*\]/y) === '') return undefined;
    if (!isList) return follow([], found);
    const path = [...follow([], found.slice(0, -1)), last.text];
    const key = JSON.stringify(path);
    const count = lists.get(key) ?? 0;
    lists.set(key, count + 1);
    note(path, { key: last.span });
    note([...path, count], { key: last.span });
    return [...path, count];
  }

  function entry(from: Path): boolean {
    const found = names();
    if (found.length === 0 || skip(/[ \t]*=/y) === '') return false;
    return value(follow(from, found));
  }

  function value(path: Path): boolean {
    blanks();
    const start = position;
    const letter = text[position] ?? '';
    const isRead = letter === '[' ? list(path) : letter === '{' ? inlineTable(path) : scalar();
    note(path, { value: { start, end: position } });
    return isRead;
  }

  function scalar(): boolean {
    return skip(/"""(?:[^"\\]|\\[^]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^,\]}#\s]+(?: \d[^,\]}#\s]*)?/y) !== '';
  }

  function list(path: Path): boolean {
    position++;
    for (let index = 0; ; index++) {
      blankLines();
      if (skip(/\]/y) !== '') return true;
      if (!value([...path, index])) return false;
      blankLines();
      if (skip(/,/y) === '') return skip(/\]/y) !== '';
    }
  }

  function inlineTable(path: Path): boolean {
    position++;
    for (;;) {
      blankLines();
      if (skip(/\}/y) !== '') return true;
      if (!entry(path)) return false;
      blankLines();
      if (skip(/,/y) === '') return skip(/\}/y) !== '';
    }
  }

  let table: Path | undefined = [];
  for (blankLines(); position < text.length; blankLines()) {
    if (text[position] === '[') table = header();
    else if (!table || !entry(table)) break;
    if (!table) break;
  }
  return places;
}

function unescaped(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
