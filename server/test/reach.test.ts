import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultSettings } from '../../shared/src/settings';
import { Workspace } from '../src/analysis/workspace';
import type { ImmediateHost } from '../src/base/host';
import { nodeFiles } from '../src/host/node-files';
import { memoryHost, prepareParser } from './harness/analyse';

const secret = 'launch code 4711';
/** Each line prints why its value is unknown, or what it is. */
const program = `
import importlib, json, os, pathlib
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(3, READ)
    def forward(self, x):
        return self.body(x)
model = Net()
`;

interface World {
  readonly host: ImmediateHost;
  readonly root: string;
}

async function problemsOf({ host, root }: World, read: string, file = 'project/net.py'): Promise<readonly string[]> {
  const workspace = new Workspace({ host });
  const uri = `${root}/${file}`;
  workspace.setDocument(uri, program.replace('READ', read), 1);
  const analysis = await workspace.analyze({ uri, settings: defaultSettings, workspaceFolder: `${root}/project` });
  return [...analysis.problems, ...analysis.models.flatMap(model => model.problems)].map(problem => problem.message);
}

describe('reads stay within the project', () => {
  let folder = '';
  const worlds: Record<string, World> = {};

  before(async () => {
    await prepareParser();
    folder = mkdtempSync(join(tmpdir(), 'joulelint-reach-'));
    const texts = { 'project/size.json': '{"width": 4}', 'outside/size.json': '{"width": 5}', 'outside/secret.txt': secret, 'project/sub/keep.txt': '', 'outside/evil.py': 'width = 7' };
    const links = { 'project/linked.json': 'outside/size.json', 'project/away': 'outside', 'project/near.json': 'project/size.json', 'project/evil.py': 'outside/evil.py' };
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    for (const [path, target] of Object.entries(links)) symlinkSync(join(folder, target), join(folder, path));
    const root = pathToFileURL(folder).href;
    worlds['a disk'] = { host: nodeFiles({ maxTextBytes: 1e6 }), root };
    const inMemory = (prefix: string) => new Map(Object.entries(texts).map(([path, text]) => [`${prefix}/${path}`, text]));
    const absolute = new Map(Object.entries(links).map(([path, target]) => [`file:///w/${path}`, `file:///w/${target}`]));
    worlds['memory'] = { host: memoryHost(inMemory('file:///w'), absolute), root: 'file:///w' };
  });
  after(() => { rmSync(folder, { recursive: true, force: true }); });

  for (const name of ['a disk', 'memory']) {
    it(`on ${name}: what lies inside is read, links within included`, async () => {
      const world = worlds[name] as World;
      for (const read of ['json.load(open("size.json"))["width"]', 'json.load(open("near.json"))["width"]', 'len(os.listdir("sub"))']) {
        assert.deepEqual(await problemsOf(world, read), [], read);
      }
    });

    it(`on ${name}: an error whose text was not read says so, and why`, async () => {
      const world = worlds[name] as World;
      const messages = await problemsOf(world, '4)\n        raise RuntimeError(open("../outside/secret.txt").read()');
      assert.match(messages.join(), /RuntimeError: its text is not known \(\.\.\/outside\/secret\.txt lies outside of the project/);
      assert.doesNotMatch(messages.join(), /4711/);
    });

    it(`on ${name}: what lies outside is unknown and says why, whether or not it is there`, async () => {
      const world = worlds[name] as World;
      const outside = world.root.slice('file://'.length);
      const reads = [
        'open("../outside/secret.txt").read()', `open("${outside}/outside/secret.txt").read()`, 'open("away/secret.txt").read()', 'open("../outside/none.txt").read()',
        'open("%2e%2e/outside/secret.txt").read()', 'json.load(open("linked.json"))["width"]', 'pathlib.Path("away/secret.txt").read_text()', 'len(os.listdir("away"))',
        'len(os.listdir("/etc"))', 'int(os.path.exists("/etc/passwd"))', 'int(os.path.exists("../outside/none.txt"))', 'len(list(pathlib.Path("away").rglob("*")))',
      ];
      for (const read of reads) {
        const said = (await problemsOf(world, read)).join('\n');
        assert.match(said, /lies outside of the project and its import roots: it is not read/, read);
        assert.ok(!said.includes(secret), read);
      }
      assert.match((await problemsOf(world, 'importlib.import_module("evil").width')).join('\n'), /`evil` is a link out of the project and its import roots: it is not read/);
    });

    it(`on ${name}: a file outside of the workspace does not open the workspace`, async () => {
      const world = worlds[name] as World;
      assert.match((await problemsOf(world, 'open("../project/size.json").read()', 'outside/net.py')).join('\n'), /lies outside/);
    });
  }
});
