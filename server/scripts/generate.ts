/** `npm run generate`: writes what follows from declarations — registries, documentation, the manifest's settings. `--check` only says what is stale. */
import { configurationOutputs } from './generate/configuration-page';
import { formatsPage } from './generate/formats-page';
import { deviceSchema } from './generate/device-schema';
import { energyTables, imageModelTable } from './generate/energy-tables';
import { kindsFile } from './generate/kinds';
import { opsPage } from './generate/ops-page';
import { commit, type Output } from './generate/outputs';
import { load } from './generate/load';
import { pythonSources } from './generate/python-sources';
import { formatRegistry, opRegistry, ruleRegistry } from './generate/registries';
import { rulePages } from './generate/rule-pages';
import { settingsOutputs } from './generate/settings';

async function main(): Promise<number> {
  const check = process.argv.includes('--check');
  // Registries follow from file names alone, embedded sources from their files; everything else reads the declarations through them.
  const stale = commit([opRegistry(), ruleRegistry(), formatRegistry(), ...kindsFile(), ...pythonSources(), energyTables(), imageModelTable()], check);
  if (check && stale.length > 0) return report(stale);
  const declared = await load();
  const pages: Output[] = [opsPage(declared), deviceSchema(), formatsPage(declared), ...rulePages(declared), ...settingsOutputs(declared), ...configurationOutputs(declared)];
  stale.push(...commit(pages, check));
  return report(stale);

  function report(paths: readonly string[]): number {
    for (const path of paths) console.log(check ? `stale: ${path} (run \`npm run generate\`)` : `wrote ${path}`);
    return check && paths.length > 0 ? 1 : 0;
  }
}

void main().then(
  status => { process.exitCode = status; },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
