/** A project's configuration on the command line and in the editor. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Report } from '../../shared/src/report';
import { places, startStdioClient, type StdioClient } from './stdio-client';

const cli = join(process.env.JOULELINT_ROOT ?? '', 'dist', 'cli.js');
const net = `from torch import nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.dw = nn.Conv2d(64, 64, 3, padding=1, groups=64)

    def forward(self, x):
        return self.dw(x)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 3, padding=1)
        self.block = Block()

    def forward(self, x):
        return self.block(self.stem(x))
`;

describe('the configuration of a project, on the command line', () => {
  let folder = '';
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const run = (args: readonly string[], from = '.'): { readonly status: number | null; readonly out: string; readonly error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', cwd: join(folder, from), env: { ...process.env, NO_COLOR: '1' } });
    return { status, out: stdout, error: stderr };
  };
  const report = (args: readonly string[], from?: string): Report => JSON.parse(run([...args, '--format', 'json'], from).out) as Report;
  const model = (found: Report): Report['models'][number] | undefined => found.models.find(({ name }) => name.startsWith('Net'));

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'joulelint-configuration-')));
    write('project/.git/HEAD', '');
    write('project/src/net.py', net);
  });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  it('the nearest file counts, from wherever the command is given', () => {
    write('joulelint.json', '{"alpha": 0.1}');
    assert.equal(model(report(['analyze', 'project/src/net.py']))?.alpha, 0.8, 'what lies outside the repository is nobody\'s');
    write('project/pyproject.toml', '[tool.joulelint]\nalpha = 0.2\n');
    assert.equal(model(report(['analyze', 'net.py'], 'project/src'))?.alpha, 0.2);
    write('project/joulelint.json', '{"alpha": 0.3}');
    assert.equal(model(report(['analyze', 'src/net.py'], 'project'))?.alpha, 0.3);
    write('project/src/pyproject.toml', '[project]\nname = "other"\n');
    assert.equal(model(report(['analyze', 'project/src/net.py']))?.alpha, 0.3, 'a pyproject.toml without the table is passed over');
    write('project/src/pyproject.toml', '[tool.joulelint]\nalpha = 0.4\n');
    assert.equal(model(report(['analyze', 'project/src/net.py']))?.alpha, 0.4);
  });

  it('options count more than the file; --config and --no-config', () => {
    write('project/joulelint.json', '{"alpha": 0.3, "convention": "graph", "device": "rpi4"}');
    const stated = model(report(['analyze', 'project/src/net.py', '--alpha', '0.5', '--device', 'p100']));
    assert.deepEqual([stated?.alpha, stated?.convention, stated?.energy?.[0]?.device], [0.5, 'graph', 'p100']);
    assert.equal(model(report(['analyze', 'project/src/net.py', '--no-config']))?.convention, 'paper');
    write('strict.json', '{"convention": "fused"}');
    assert.equal(model(report(['analyze', 'project/src/net.py', '--config', 'strict.json']))?.convention, 'fused');
    assert.equal(run(['analyze', 'project/src/net.py', '--config', 'none.json']).status, 3);
    assert.equal(run(['analyze', 'project/src/net.py', '--config', 'strict.json', '--no-config']).status, 2);
  });

  it('inputs of models by name, where the source states none', () => {
    write('project/joulelint.json', '{"inputs": [{"models": "Net", "shapes": "2,3,40,40"}, {"files": "src/*", "models": "Blo*", "shapes": ["x=1,64,5,5"]}, {"files": "other/", "shapes": "1,3,9,9"}]}');
    const found = report(['analyze', 'project/src/net.py']);
    assert.deepEqual(found.models.map(({ name, inputs: [input] }) => [name, input?.shape, input?.origin, input?.why]), [
      ['Block', [1, 64, 5, 5], 'declared', 'stated in joulelint.json'], ['Net', [2, 3, 40, 40], 'declared', 'stated in joulelint.json'],
    ].filter(([name]) => found.models.some(each => each.name === name)));
    assert.deepEqual(model(report(['analyze', 'project/src/net.py', '--model', 'Net()']))?.inputs[0]?.shape, [2, 3, 40, 40]);
    assert.deepEqual(model(report(['analyze', 'project/src/net.py', '--model', 'Net()', '--input', '1,3,8,8']))?.inputs[0]?.shape, [1, 3, 8, 8]);
    write('project/src/net.py', `# joulelint: model Net() input 1,3,16,16\n${net}`);
    assert.deepEqual(model(report(['analyze', 'project/src/net.py']))?.inputs[0]?.shape, [1, 3, 16, 16]);
  });

  it('levels of rules, for all files and for some', () => {
    const rules = (args: readonly string[]): readonly string[] => report(args).findings.filter(({ rule }) => rule === 'JL101').map(({ severity }) => severity);
    assert.ok(rules(['check', 'project/src/net.py']).length > 0);
    write('project/joulelint.json', '{"rules": {"JL101": "off"}}');
    assert.deepEqual(rules(['check', 'project/src/net.py']), []);
    write('project/joulelint.json', '{"rules": {"JL101": "off"}, "overrides": [{"files": "src/", "rules": {"JL101": "hint"}}]}');
    assert.deepEqual([...new Set(rules(['check', 'project/src/net.py']))], ['hint']);
  });

  it('files that are left out: in folders always, named ones where they are checked', () => {
    write('project/joulelint.json', '{"exclude": ["old/"]}');
    write('project/old/net.py', net);
    assert.deepEqual([...new Set(report(['analyze', 'project']).models.map(({ uri }) => uri.split('/').at(-2)))], ['src']);
    assert.ok(report(['analyze', 'project/old/net.py']).models.length > 0);
    const checked = run(['check', 'project/old/net.py']);
    assert.deepEqual([checked.status, checked.out], [0, 'passed: no findings in 0 models of 0 files\n']);
    assert.match(checked.error, /^joulelint: project\/old\/net\.py is left out by project\/joulelint\.json\n$/);
  });

  it('a mistake is an error at its place, once for all files', () => {
    write('project/joulelint.json', '{\n  "alhpa": 0.3\n}');
    write('project/src/other.py', net);
    const { status, out } = run(['check', 'project']);
    assert.equal(status, 1);
    assert.equal(out.match(/JL903/g)?.length, 1);
    assert.match(out, /^project\/joulelint\.json:2:3 {2}error JL903 {2}There is no `alhpa`; did you mean `alpha`\?$/m);
    write('project/empty/readme.txt', '');
    write('project/src/net.py', 'x = 1\n');
    rmSync(join(folder, 'project/src/other.py'));
    assert.equal(run(['check', 'project']).status, 1, 'also where there is no model');
  });

  it('nothing outside the project is read: neither by a link nor by a path', () => {
    write('secret.json', '{"alpha": "a secret"}');
    write('libs/helper.py', 'width = 64\n');
    symlinkSync(join(folder, 'secret.json'), join(folder, 'project/joulelint.json'));
    const { status, out } = run(['check', 'project/src/net.py']);
    assert.equal(status, 1);
    assert.match(out, /joulelint\.json:1:1 {2}error JL903 {2}It is a link that leads out of the project/);
    assert.doesNotMatch(out, /secret"/);
    rmSync(join(folder, 'project/joulelint.json'));
    symlinkSync(join(folder, 'libs'), join(folder, 'project/libs'));
    write('project/src/net.py', `from helper import width\n${net.replaceAll('64, 3', 'width, 3')}`);
    for (const path of ['libs', '../libs', join(folder, 'libs')]) {
      write('project/joulelint.json', JSON.stringify({ pythonPath: [path] }));
      assert.notEqual(model(report(['analyze', 'src/net.py'], 'project'))?.status, 'exact', path);
    }
    assert.equal(model(report(['analyze', 'src/net.py', '--python-path', '../libs'], 'project'))?.status, 'exact');
    rmSync(join(folder, 'project/libs'));
    write('project/libs/helper.py', 'width = 64\n');
    write('project/joulelint.json', '{"pythonPath": ["libs"]}');
    assert.equal(model(report(['analyze', 'src/net.py'], 'project'))?.status, 'exact');
  });
});

for (const { place, flags } of places) describe(`the configuration of a project, in the editor, ${place}`, function () {
  this.timeout(60_000);
  let client: StdioClient;
  let folder: string;
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const last = (name: string): readonly Diagnostic[] => client.published.findLast(({ uri }) => uri === uriOf(name))?.diagnostics ?? [];
  const until = async (name: string, wanted: (messages: readonly string[]) => boolean): Promise<void> => {
    for (let tries = 0; tries < 400; tries++) {
      const messages = last(name).map(({ message }) => String(message));
      if (wanted(messages)) return;
      await new Promise(done => { setTimeout(done, 25); });
    }
    assert.fail(JSON.stringify(last(name)));
  };

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'joulelint-configuration-')));
    writeFileSync(join(folder, 'net.py'), net);
    writeFileSync(join(folder, 'joulelint.json'), '{\n  "rules": { "JL101": "warn" }\n}');
    client = await startStdioClient({}, flags, [], { folder: pathToFileURL(folder).href });
    client.open(uriOf('net.py'), net);
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  it('mistakes stand in its file, and what is right in it counts at once', async () => {
    await until('joulelint.json', messages => messages.length === 1 && /JL101.*did you mean warning/.test(messages[0] ?? ''));
    assert.deepEqual(last('joulelint.json')[0]?.range, { start: { line: 1, character: 22 }, end: { line: 1, character: 28 } });
    await until('net.py', messages => messages.some(message => message.includes('DWConv')));
    client.open(uriOf('joulelint.json'), '{ "rules": { "JL101": "off" } }', 'jsonc');
    await until('joulelint.json', messages => messages.length === 0);
    await until('net.py', messages => !messages.some(message => message.includes('DWConv')));
    client.change(uriOf('joulelint.json'), 2, [{ text: '{ "exclude": ["*.py"], "aplha": 1 }' }]);
    await until('joulelint.json', messages => messages.length === 1);
    await until('net.py', messages => messages.length === 0);
    client.close(uriOf('joulelint.json'));
    await until('net.py', messages => messages.some(message => message.includes('DWConv')));
  });
});
