/** The tables of everything around the operators: einops, transformers, initialisers, optimisers, data, devices, tools. */
import type { LibraryEntry } from '../../python/library';
import { dataEntries } from './data-loading';
import { deviceEntries } from './devices';
import { distributedEntries } from './distributed';
import { einopsTables } from './einops';
import { exportEntries } from './export';
import { extensionPointEntries } from './extension-points';
import { initTables } from './init';
import { nnUtilsTables } from './nn-utils';
import { lightningEntries } from './lightning';
import { optimizerEntries } from './optimizers';
import { probabilityEntries } from './probability';
import { summaryTables } from './summaries';
import { transformerTables } from './transformer';

export const environmentEntries: readonly LibraryEntry[] = [
  ...einopsTables.entries, ...transformerTables.entries, ...optimizerEntries, ...dataEntries, ...exportEntries, ...deviceEntries, ...distributedEntries,
  ...probabilityEntries, ...extensionPointEntries, ...summaryTables.entries, ...initTables.entries, ...nnUtilsTables.entries, ...lightningEntries,
];
