/** The Python standard library, as the tables the interpreter is given. */
import type { LibraryTables } from '../library';
import { builtinEntries } from './builtins';
import { collectionsEntries, collectionsSource } from './collections';
import { dataclassEntries } from './dataclasses';
import { enumEntries } from './enum';
import { functionalEntries } from './functional';
import { importlibEntries } from './importlib';
import { jsonEntries } from './json/json';
import { mathEntries } from './math';
import { notebookEntries } from './ipython';
import { copyEntries } from './copy';
import { packagingSources } from './packaging/packaging';
import { pythonSources } from './python-sources';
import { numpyEntries } from './numpy/numpy';
import { regexEntries } from './regex/regex';
import { systemEntries } from './system';
import { typingEntries } from './typing';
import { urlSources } from './urllib/urllib';

export const stdlibTables: LibraryTables[] = [
  {
    entries: [...builtinEntries, ...mathEntries, ...functionalEntries, ...collectionsEntries, ...typingEntries, ...dataclassEntries, ...enumEntries, ...copyEntries, ...jsonEntries, ...regexEntries, ...systemEntries, ...importlibEntries, ...numpyEntries, ...notebookEntries],
    sources: [{ module: 'collections', source: collectionsSource }, ...pythonSources, ...packagingSources, ...urlSources],
  },
];
