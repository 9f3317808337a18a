/** Everything the interpreter has to know about PyTorch (and einops), as tables. */
import type { LibraryEntry, LibraryTables } from '../python/library';
import { containerTables } from './containers';
import { dtypeEntriesTable } from './dtypes';
import { layerEntries } from './layers/index';
import { moduleTables } from './module';
import { pythonSources } from './sources.generated';
import { isStandIn, standIns } from './stand-ins';
import { environmentEntries } from './tables/environment';
import { allRows } from './tables/index';
import { lightningAliases, lightningModules } from './tables/lightning';
import { runtimeEntries } from './tables/runtime';
import { utilsEntries } from './tables/utils';

/** A later row of the same name is left out: tables may overlap where PyTorch has two names for one thing. */
function distinct(entries: readonly LibraryEntry[]): LibraryEntry[] {
  const rows = new Map<string, LibraryEntry>();
  for (const row of entries) if (!rows.has(row.name)) rows.set(row.name, row);
  return [...rows.values()];
}

export const pytorchTables: readonly LibraryTables[] = [
  {
    entries: distinct([
      ...environmentEntries,
      ...moduleTables.entries, ...containerTables.entries, ...layerEntries, ...dtypeEntriesTable, ...runtimeEntries, ...utilsEntries,
      ...allRows.flatMap(row => row.entries),
    ]),
    sources: pythonSources.filter(source => !isStandIn(source)),
    standIns: standIns(pythonSources.filter(isStandIn)),
    aliases: lightningAliases,
    present: lightningModules,
  },
];
