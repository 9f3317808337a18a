/** Parsed modules by their text, so that unchanged files are parsed once per process. */
import type { Module } from './ast';
import { parseOutline } from './outline';
import { parseModule } from './parse';

/** About 25 MB of source: enough for a large library next to the project. */
const maxCachedCharacters = 25_000_000;

function cached(parse: (text: string) => Module): (text: string) => Module {
  const cache = new Map<string, Module>();
  let characters = 0;
  return text => {
    const known = cache.get(text);
    if (known) {
      // Re-inserted, so that the map's order is least recently used first.
      cache.delete(text);
      cache.set(text, known);
      return known;
    }
    const module = parse(text);
    cache.set(text, module);
    characters += text.length;
    for (const [oldest] of cache) {
      if (characters <= maxCachedCharacters) break;
      cache.delete(oldest);
      characters -= oldest.length;
    }
    return module;
  };
}

/** A file whose problems matter. */
export const parseCached = cached(parseModule);
/** A file that is imported. */
export const parseImported = cached(parseOutline);
