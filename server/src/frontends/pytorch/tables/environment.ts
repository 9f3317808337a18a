/** The tables of everything around the operators: einops, transformers, initialisers, tools and inert parts of torch. */
import type { LibraryTables } from '../../python/library';
import { einopsTables } from './einops';
import { inertTables } from './inert';
import { initTables } from './init';
import { nnUtilsTables } from './nn-utils';
import { summaryTables } from './summaries';
import { transformerTables } from './transformer';

export const environmentTables: readonly LibraryTables[] = [einopsTables, transformerTables, inertTables, summaryTables, initTables, nnUtilsTables];
