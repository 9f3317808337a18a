/** Every fixture, analysed again and again in one workspace, alone and among the others, gives one and the same report. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { defaultSettings } from '../../shared/src/settings';
import { Workspace } from '../src/analysis/workspace';
import { reportOf } from '../src/report/json';
import { fixtureFolder, fixtureText, memoryHost, prepareParser } from './harness/analyse';
import { readFixture } from './harness/markers';
import { assertSteady, firstDifference } from './steady/visits';

const folders = ['pytorch', 'keras', 'models', 'samples'];
const tool = { name: 'joulelint', version: '0' };

interface Subject {
  readonly name: string;
  readonly uri: string;
  readonly text: string;
}

/** Each fixture in a folder of its own, its further files beside it. */
function subjects(): { readonly all: readonly Subject[]; readonly files: ReadonlyMap<string, string> } {
  const files = new Map<string, string>();
  const all = folders.flatMap(folder => readdirSync(fixtureFolder(folder)).filter(name => name.endsWith('.py')).sort().map((name): Subject => {
    const fixture = readFixture(name, fixtureText(folder, name));
    const root = `file:///steady/${join(folder, name.replace(/\.py$/, ''))}/`;
    for (const file of fixture.files) files.set(root + file.path, file.text);
    const [main] = fixture.files;
    return { name: `${folder}/${name}`, uri: root + (main?.path ?? ''), text: main?.text ?? '' };
  }));
  return { all, files };
}

async function reportIn(workspace: Workspace, uri: string, text: string, version: number): Promise<string> {
  workspace.setDocument(uri, text, version);
  return JSON.stringify(reportOf([await workspace.analyze({ uri, settings: defaultSettings })], tool));
}

describe('an analysis leaves nothing behind', () => {
  before(prepareParser);
  const { all, files } = subjects();
  const workspace = new Workspace({ host: memoryHost(files) });
  const reports = new Map<string, string>();
  let version = 0;

  for (const { name, uri, text } of all) {
    it(name, async () => { reports.set(uri, await assertSteady(text, edited => reportIn(workspace, uri, edited, version++))); });
  }

  it('says the same of each in another order, and in a workspace that knows no other', async () => {
    const other = new Workspace({ host: memoryHost(files) });
    for (const { name, uri, text } of [...all].reverse()) {
      const known = reports.get(uri) ?? '';
      for (const where of [workspace, other, new Workspace({ host: memoryHost(files) })]) {
        const report = await reportIn(where, uri, text, version++);
        assert.equal(report === known ? '' : `${name}: ${firstDifference(known, report)}`, '');
      }
    }
  });
});
