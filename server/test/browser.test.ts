/** The engine, bundled for a browser, run where nothing of Node is: a context with the language itself and a few web standards. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { fromJson } from '../../shared/src/json';
import { defaultSettings } from '../../shared/src/settings';
import type * as library from '../src/engine/library';
import { readGrammarFiles } from '../src/host/grammar';
import { Workspace } from '../src/analysis/workspace';
import { reportOf } from '../src/report/json';
import { renderReport } from '../src/report/render';
import { fixtureRoot, fixtureText, memoryHost, prepareParser } from './harness/analyse';
import { bytesOf, lenet } from './harness/onnx';
import { slowHost } from './harness/slow-host';

type Library = typeof library;

const tool = { name: 'joulelint', version: '0' };

async function bundle(): Promise<string> {
  const script = pathToFileURL(join(process.env['JOULELINT_ROOT'] ?? process.cwd(), 'server', 'scripts', 'browser-bundle.mjs')).href;
  const { browserBundle } = await import(script) as { browserBundle(): Promise<string> };
  return browserBundle();
}

describe('the engine in a browser', () => {
  let joulelint: Library;
  before(async () => {
    await prepareParser();
    const context = createContext({ performance, TextDecoder, TextEncoder, AbortController, setTimeout, clearTimeout, console });
    assert.equal(runInContext('[typeof process, typeof require, typeof Buffer, typeof module, typeof global].join()', context), 'undefined,undefined,undefined,undefined,undefined');
    runInContext(await bundle(), context);
    joulelint = runInContext('joulelint', context) as Library;
  });

  const texts = new Map([
    ...['lenet5.py', 'keras_unet.py', 'inverted_bottleneck.prototxt', 'small_net.ipynb'].map(name => [fixtureRoot + name, fixtureText('samples', name)] as const),
    [`${fixtureRoot}net.py`, 'from torch import nn\nfrom parts.block import block\n\ndef net():\n    return nn.Sequential(block(3, 8), block(8, 16))\n'],
    [`${fixtureRoot}parts/block.py`, 'from torch import nn\n\ndef block(a, b):\n    return nn.Conv2d(a, b, 3, groups=1)\n'],
  ]);
  const model = bytesOf(lenet());
  const host = slowHost({ ...memoryHost(texts), sizeBytes: uri =>
    (uri.endsWith('.onnx') ? model.length : texts.get(uri)?.length), readBytes: (_uri, offset, length) => model.subarray(offset, offset + length) });

  it('says of every kind of file what it says in Node', async () => {
    const workspace = await joulelint.openWorkspace({ host, grammar: () => Promise.resolve(readGrammarFiles()) });
    for (const name of ['lenet5.py', 'keras_unet.py', 'inverted_bottleneck.prototxt', 'small_net.ipynb', 'net.py', 'net.onnx', 'none.py']) {
      const uri = fixtureRoot + name;
      const there = joulelint.reportOf([await workspace.analyze({ uri, settings: joulelint.defaultSettings })], tool);
      const here = reportOf([await new Workspace({ host }).analyze({ uri, settings: defaultSettings })], tool);
      assert.equal(JSON.stringify(there), JSON.stringify(here), name);
      assert.equal(there.models.length > 0, name !== 'none.py', name);
      for (const format of joulelint.reportFormats) assert.equal(joulelint.renderReport(there, format), renderReport(here, format), `${name} as ${format}`);
    }
  });

  it('answers an editor', async () => {
    const published: string[] = [];
    const analyzed: (() => void)[] = [];
    const done = new Promise<void>(resolve => { analyzed.push(resolve); });
    const engine = joulelint.createEngine(
      { files: () => host, grammar: () => readGrammarFiles(), product: { ...tool, folder: 'file:///joulelint' }, environments: [] },
      { published: (_unit, { diagnostics }) => {
        published.push(JSON.stringify(fromJson(diagnostics)));
      }, analyzed: () => { for (const each of analyzed) each(); }, stale: () => undefined, said: () => undefined, working: () => undefined },
    );
    await engine.start({ folders: ['file:///fixture'], showsRules: false, settings: {} });
    const text = texts.get(`${fixtureRoot}net.py`)?.replace('block(3, 8), block(8, 16)', 'block(3, 256), nn.Conv2d(256, 256, 3, groups=256)') ?? '';
    engine.setUnit({ uri: `${fixtureRoot}net.py`, isNotebook: false, documents: [{ uri: `${fixtureRoot}net.py`, version: 1, text }], revision: 1 });
    await done;
    assert.match(published.join('\n'), /DWConv|depthwise/i);
    const lenses = await engine.request({ method: 'textDocument/codeLens', parameters: { textDocument: { uri: `${fixtureRoot}net.py` } }, unit: `${fixtureRoot}net.py` });
    assert.match(JSON.stringify(fromJson(lenses)), /params/);
    await engine.stop();
  });
});
