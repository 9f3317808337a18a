/** The server over stdio when settings or imported files change under it. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodeLensRequest, DidChangeConfigurationNotification, ShowMessageNotification } from 'vscode-languageserver/node';
import { places, startStdioClient, type StdioClient } from './stdio-client';

const blocks = 'from torch import nn\n\ndef block(width):\n    return nn.Conv2d(width, width, 3, padding=1, groups=width)\n';
const main = 'import torch\nfrom torch import nn\nfrom blocks import block\n\nmodel = nn.Sequential(block(64), nn.Conv2d(64, 64, 3, groups=64))\nmodel(torch.randn(1, 64, 32, 32))\n';

for (const { place, flags } of places) describe(`server over stdio, when something changes, ${place}`, function () {
  this.timeout(60_000);
  let client: StdioClient;
  let folder: string;
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const messages: string[] = [];

  const lenses = async (): Promise<string[]> =>
    ((await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: uriOf('main.py') } })) ?? []).map(lens => lens.command?.title ?? '');
  const configure = (settings: unknown): Promise<void> => client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { joulelint: settings } });
  const eventually = async <Answer>(ask: () => Promise<Answer>, wanted: (answer: Answer) => boolean): Promise<void> => {
    const deadline = Date.now() + 20_000;
    let answer = await ask();
    while (!wanted(answer) && Date.now() < deadline) {
      await new Promise(done => { setTimeout(done, 30); });
      answer = await ask();
    }
    assert.ok(wanted(answer), JSON.stringify(answer));
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'joulelint-lsp-'));
    writeFileSync(join(folder, 'blocks.py'), blocks);
    writeFileSync(join(folder, 'main.py'), main);
    client = await startStdioClient({ alpha: 3, codeLens: { enable: true } }, flags);
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => { messages.push(message); });
    client.open(uriOf('main.py'), main);
    await client.diagnostics(uriOf('main.py'), 1);
  });

  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads an imported file from disk, and then from the editor', async () => {
    const [before = ''] = await lenses();
    assert.match(before, /MAC/);
    client.open(uriOf('blocks.py'), blocks.replace(', groups=width', ''));
    await eventually(lenses, titles => /MAC/.test(titles[0] ?? '') && titles[0] !== before);
  });

  it('follows a setting', async () => {
    await configure({ codeLens: { enable: false } });
    await eventually(lenses, titles => titles.length === 0);
    await configure({ convention: 'graph' });
    await eventually(lenses, titles => titles.length > 0);
  });

  it('says what is wrong with a setting, and goes on with its default', async () => {
    await configure({ convention: 'grpah' });
    await eventually(() => Promise.resolve(messages), all => all.some(message => /joulelint\.convention must be one of paper, graph, fused/.test(message)));
    assert.ok((await lenses()).length > 0);
  });

  it('takes everything back when it is switched off', async () => {
    assert.ok((await client.diagnostics(uriOf('main.py'), 1)).length > 0);
    await configure({ enable: false });
    await eventually(() => client.diagnostics(uriOf('main.py'), 1), all => all.length === 0);
    assert.deepEqual(await lenses(), []);
  });
});
