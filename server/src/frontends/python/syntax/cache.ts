/** Parsed modules by their text, so that unchanged files are parsed once per process. */
import { charge, work } from '../../../base/budget';
import type { Module } from './ast';
import { parseOutline } from './outline';
import { parseModule } from './parse';

/** The files that are being edited, in their last few versions: a tree takes some 70 bytes for each character. */
const mostOfFiles = 500_000;
/** However long they are: an analysis asks for its file several times. */
const fewest = 4;
/** Enough for a large library next to the project: of what is imported most bodies are never read. */
const mostImported = 16_000_000;
/** What is kept of a text besides what its length tells. */
const charactersPerText = 300;

/** What a program writes itself is worth little once it has run. */
const mostWritten = 400_000;
const wordsPerCharacter = 4;
const stepsPerCharacter = 1;
const stepsPerText = 100;

function cached(parse: (text: string) => Module, most: number): (text: string) => Module {
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
    characters += text.length + charactersPerText;
    for (const [oldest] of cache) {
      if (characters <= most || cache.size <= fewest) break;
      cache.delete(oldest);
      characters -= oldest.length + charactersPerText;
    }
    return module;
  };
}

/** A file whose problems matter. */
export const parseCached = cached(parseModule, mostOfFiles);
/** A file that is imported. */
export const parseImported = cached(parseOutline, mostImported);

const written = cached(parseModule, mostWritten);

/** What `exec` and `eval` are given is read at the program's expense, as if it were read each time. */
export function parseWritten(text: string): Module {
  charge(text.length * wordsPerCharacter);
  work(stepsPerText + text.length * stepsPerCharacter);
  return written(text);
}
