/** A large ONNX file in the editor: read and written as a text once per version, worked out in slices, between which others are heard. */
import { strict as assert } from 'node:assert';
import { fromJson } from '../../shared/src/json';
import { onnxDocumentOf, onnxTextRequest, reportRequest, type ReportResult } from '../../shared/src/protocol';
import { defaultSettings } from '../../shared/src/settings';
import { Workspace } from '../src/analysis/workspace';
import type { ImmediateHost } from '../src/base/host';
import type { Engine, EngineListener, Unit } from '../src/engine/engine';
import { createEngine } from '../src/engine/in-place';
import { readGrammarFiles } from '../src/host/grammar';
import { reportOf } from '../src/report/json';
import { bytesOf, zeros } from './harness/onnx';

const nodes = 3000;
const uri = 'file:///models/large.onnx';
const shown = onnxDocumentOf(uri);

/** A chain of convolutions: every node takes about as long as the one before. */
function chain(width: number): Uint8Array {
  return bytesOf({
    inputs: { x0: [1, width, 16, 16] }, outputs: [`x${nodes}`], initializers: { w: zeros(width, width, 3, 3) },
    nodes: Array.from({ length: nodes }, (_, i) => ({ op: 'Conv', name: `conv${i}`, inputs: [`x${i}`, 'w'], outputs: [`x${i + 1}`], attributes: { pads: [1, 1, 1, 1] } })),
  });
}

function hostOf(file: () => Uint8Array, count: () => void): ImmediateHost {
  return {
    readText: () => undefined, listFolder: () => undefined, sizeBytes: asked => (asked === uri ? file().length : undefined),
    readBytes: (_uri, offset, length) => { count(); return file().subarray(offset, offset + length); },
  };
}

const unit = (address: string, text: string, revision: number): Unit => ({ uri: address, isNotebook: false, revision, documents: [{ uri: address, version: revision, text }] });
const python = 'import torch.nn as nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layer = nn.Linear(5, 5)\n\n    def forward(self, x):\n        return self.layer(x)\n';

describe('large ONNX files', function () {
  this.timeout(60_000);
  let file = chain(4);
  let reads = 0;
  let slices = 0;
  const order: string[] = [];
  let analyzed: (unit: string, revision: number) => void = () => undefined;
  let engine: Engine;

  const listener: EngineListener = {
    published: () => undefined, stale: () => undefined, said: (_to, message) => { order.push(message); },
    analyzed: (of, revision) => { order.push(`${of} ${revision}`); analyzed(of, revision); },
    working: of => { if (of === uri) slices++; },
  };
  const complete = (address: string, revision: number): Promise<void> => new Promise(done => { analyzed = (of, which) => { if (of === address && which === revision) done(); }; });
  const textNow = async (): Promise<string> => fromJson(await engine.request({ method: onnxTextRequest.method, parameters: { uri } })) as string;

  before(async () => {
    engine = createEngine(
      { files: () => hostOf(() => file, () => { reads++; }), grammar: readGrammarFiles, product: { name: 'joulelint', version: '0', folder: 'file:///joulelint' }, environments: [] },
      listener,
    );
    await engine.start({ folders: [], showsRules: false, settings: undefined });
  });
  after(() => engine.stop());

  it('are read once, and other documents are answered between their slices', async () => {
    await new Workspace({ host: hostOf(() => file, () => { reads++; }) }).analyze({ uri, settings: defaultSettings });
    const readsOfOne = reads;
    reads = 0;
    const text = await textNow();
    const done = complete(shown, 1);
    engine.setUnit(unit(shown, text, 1));
    engine.setUnit(unit('file:///net.py', python, 2));
    const other = await engine.request({ method: 'textDocument/hover', parameters: { textDocument: { uri: 'file:///net.py' }, position: { line: 6, character: 22 } }, unit: 'file:///net.py' });
    assert.match(JSON.stringify(fromJson(other)), /1×5 → 1×5/);
    assert.deepEqual(order, ['file:///net.py 2']);
    await done;
    assert.equal(reads, readsOfOne);
    assert.ok(slices >= 2, `${slices} slices`);
  });

  it('come to the same figures in slices as at once', async () => {
    const { json } = fromJson(await engine.request({ method: reportRequest.method, parameters: { uri: shown, nonce: 'n' }, unit: shown })) as ReportResult;
    const analysis = await new Workspace({ host: hostOf(() => file, () => undefined) }).analyze({ uri, settings: defaultSettings });
    assert.deepEqual(json, JSON.parse(JSON.stringify(reportOf([analysis], { name: 'joulelint', version: '0' }, undefined, { costs: true, whatIf: true, train: true }))));
    assert.equal(json.models[0]?.layers.length, nodes);
  });

  it('are not read again for other settings or inputs', async () => {
    reads = 0;
    const done = complete(shown, 1);
    engine.setSettings({ alpha: 0.5 });
    await done;
    assert.equal(await engine.stateInputs(shown, '1,4,32,32'), null);
    const { json } = fromJson(await engine.request({ method: reportRequest.method, parameters: { uri: shown, nonce: 'n' }, unit: shown })) as ReportResult;
    assert.deepEqual([json.models[0]?.alpha, json.models[0]?.inputs[0]?.shape], [0.5, [1, 4, 32, 32]]);
    assert.equal(reads, 0);
    assert.equal(await engine.stateInputs(shown, ''), null);
  });

  it('are read again when they change', async () => {
    file = chain(6);
    reads = 0;
    engine.filesChanged([uri]);
    const text = await textNow();
    const readsOfText = reads;
    assert.ok(readsOfText > 0);
    const done = complete(shown, 3);
    engine.setUnit(unit(shown, text, 3));
    await done;
    assert.equal(reads, readsOfText);
    const { json } = fromJson(await engine.request({ method: reportRequest.method, parameters: { uri: shown, nonce: 'n' }, unit: shown })) as ReportResult;
    assert.deepEqual(json.models[0]?.layers[0]?.out, [[1, 6, 16, 16]]);
  });
});
