/** A process of its own for one analysis: files as JSON on the standard input, what is shown of the first of them on the standard output. */
import { readFileSync } from 'node:fs';
import { defaultSettings } from '../../../shared/src/settings';
import { Workspace } from '../../src/analysis/workspace';
import { fixtureRoot, memoryHost, prepareParser } from './analyse';
import { everythingShown } from './everything-shown';

async function main(): Promise<void> {
  const files = JSON.parse(readFileSync(0, 'utf8')) as Readonly<Record<string, string>>;
  await prepareParser();
  const host = memoryHost(new Map(Object.entries(files).map(([path, text]) => [fixtureRoot + path, text])));
  const analysis = await new Workspace({ host }).analyze({ uri: fixtureRoot + (Object.keys(files)[0] ?? ''), settings: defaultSettings });
  process.stdout.write(everythingShown(analysis));
}

void main();
