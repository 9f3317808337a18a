/** The Python standard library, as the tables the interpreter is given. */
import type { LibraryTables } from '../library';
import { argumentEntries } from './argparse';
import { builtinEntries } from './builtins';
import { clockEntries } from './clock';
import { collectionsEntries } from './collections';
import { dataclassEntries } from './dataclasses';
import { dataFileEntries } from './data/data-files';
import { enumEntries } from './enum';
import { functionalEntries } from './functional';
import { importlibEntries } from './importlib';
import { inspectEntries } from './inspect';
import { jsonEntries } from './json/json';
import { loggingEntries } from './logging';
import { mathEntries } from './math';
import { notebookEntries } from './ipython';
import { copyEntries } from './copy';
import { osEntries } from './os';
import { outsideEntries } from './outside';
import { pathlibEntries } from './pathlib';
import { pythonSources } from './sources.generated';
import { numpyEntries } from './numpy/numpy';
import { randomEntries } from './random';
import { regexEntries } from './regex/regex';
import { serviceEntries } from './services';
import { smallModuleEntries } from './small-modules';
import { standardModules } from './standard-modules';
import { sysEntries } from './sys';
import { typingEntries } from './typing';

export const stdlibTables: LibraryTables[] = [
  {
    entries: [
      ...builtinEntries, ...mathEntries, ...functionalEntries, ...collectionsEntries, ...typingEntries, ...dataclassEntries, ...enumEntries, ...copyEntries,
      ...jsonEntries, ...dataFileEntries, ...regexEntries, ...osEntries, ...pathlibEntries, ...sysEntries, ...randomEntries, ...clockEntries, ...outsideEntries, ...loggingEntries,
      ...serviceEntries, ...smallModuleEntries, ...inspectEntries, ...argumentEntries, ...importlibEntries, ...numpyEntries, ...notebookEntries,
    ],
    sources: pythonSources,
    present: standardModules,
  },
];
