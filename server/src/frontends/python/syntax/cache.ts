/** Parsed modules by their text, so that unchanged files are parsed once per process. */
import type { Module } from './ast';
import { parseModule } from './parse';

/** About 25 MB of source: enough for a large library next to the project. */
const maxCachedCharacters = 25_000_000;
const cache = new Map<string, Module>();
let cachedCharacters = 0;

export function parseCached(text: string): Module {
  const known = cache.get(text);
  if (known) {
    // Re-inserted, so that the map's order is least recently used first.
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const module = parseModule(text);
  cache.set(text, module);
  cachedCharacters += text.length;
  for (const [oldest] of cache) {
    if (cachedCharacters <= maxCachedCharacters) break;
    cache.delete(oldest);
    cachedCharacters -= oldest.length;
  }
  return module;
}
