/** An `.onnx` file in the editor, over stdio: its text, what is known of it, and that all of it follows the file. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodeActionRequest, CodeLensRequest, DidChangeWatchedFilesNotification, DocumentSymbolRequest, HoverRequest, InlayHintRequest, type MarkupContent } from 'vscode-languageserver/node';
import {
  modelsRequest, onnxDocumentOf, onnxFileOf, onnxInputRequest, onnxTextRequest, openOnnxFilesNotification, reportRequest, type ModelSummary,
  type ReportResult,
} from '../../shared/src/protocol';
import { bytesOf, zeros } from './harness/onnx';
import { places, startStdioClient, type StdioClient } from './stdio-client';

function network(channels: number): Uint8Array {
  return bytesOf({
    inputs: { x: ['N', 3, 32, 32] }, outputs: ['y'],
    initializers: { w1: zeros(channels, 3, 3, 3), w2: zeros(channels, 1, 3, 3) },
    nodes: [
      { op: 'Conv', name: 'stem', inputs: ['x', 'w1'], outputs: ['s'], attributes: { pads: [1, 1, 1, 1] } },
      { op: 'Conv', name: 'depthwise', inputs: ['s', 'w2'], outputs: ['y'], attributes: { pads: [1, 1, 1, 1], group: channels } },
    ],
  });
}

for (const { place: where, flags } of places) describe(`ONNX files over stdio, ${where}`, function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'joulelint-onnx-'));
  const path = join(folder, 'net work.onnx');
  const file = pathToFileURL(path).href;
  const uri = onnxDocumentOf(file);
  let client: StdioClient;
  let text: string;

  const textNow = (): Promise<string> => client.connection.sendRequest<string>(onnxTextRequest.method, { uri: file });
  const place = (part: string): { line: number; character: number } => {
    const lines = text.split('\n');
    const line = lines.findIndex(each => each.includes(part));
    return { line, character: lines[line]?.indexOf(part) ?? 0 };
  };
  const replaceAll = (version: number): void => { client.change(uri, version, [{ text }]); };

  before(async () => {
    writeFileSync(path, network(256));
    client = await startStdioClient({}, flags);
    text = await textNow();
    client.open(uri, text, 'onnx-text');
    await client.diagnostics(uri, 1);
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has an address for its text, and back', () => {
    assert.match(uri, /^joulelint-onnx:\/.*\/net%20work\.onnxtxt$/);
    assert.equal(onnxFileOf(uri), file);
    assert.equal(onnxDocumentOf('file:///c%3A/models/NET.ONNX'), 'joulelint-onnx:/c%3A/models/NET.ONNXtxt');
    assert.equal(onnxFileOf('joulelint-onnx:/c%3A/models/NET.ONNXtxt'), 'file:///c%3A/models/NET.ONNX');
    assert.equal(onnxFileOf(onnxDocumentOf('file://server/share/net.onnx')), 'file://server/share/net.onnx');
    assert.equal(onnxDocumentOf('file:///net.py'), 'file:///net.py');
  });

  it('underlines the attribute that causes a finding', async () => {
    const finding = (await client.diagnostics(uri, 1)).find(each => each.code === 'JL101');
    const start = place('group = 256');
    assert.deepEqual(finding?.range, { start, end: { line: start.line, character: start.character + 'group = 256'.length } });
  });

  it('answers lens, hover, hints, outline and models as for a source', async () => {
    const textDocument = { uri };
    const [lens] = await client.connection.sendRequest(CodeLensRequest.type, { textDocument }) ?? [];
    assert.match(lens?.command?.title ?? '', /^DI [\d.]+ · .*MAC · 9\.22 k params · .*assuming 1×3×32×32/);
    assert.equal(lens?.range.start.line, place('net (').line);
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument, position: place('Conv <pads = [1, 1, 1, 1], group') });
    assert.match((hover?.contents as MarkupContent).value, /depthwise[\s\S]*1×256×32×32 → 1×256×32×32/);
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    assert.deepEqual(hints?.map(hint => [hint.position.line, hint.label]), [[place('[stem]').line, '1×256×32×32'], [place('[depthwise]').line, '1×256×32×32']]);
    const [symbol] = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument }) ?? [];
    assert.deepEqual([symbol?.name, ...(symbol && 'children' in symbol ? symbol.children?.map(child => child.name) ?? [] : [])], ['net', 'stem', 'depthwise']);
    const [model] = await client.connection.sendRequest<ModelSummary[]>(modelsRequest.method, { uri });
    assert.equal(model?.uri, uri);
  });

  it('offers nothing that would write into the file', async () => {
    const position = place('group = 256');
    const actions = await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } });
    assert.deepEqual(actions?.map(action => action.title), ['Open the page of JL101 depthwise-low-reuse']);
  });

  it('counts with the inputs that the user states, until they are taken back', async () => {
    const lens = async (shape: string): Promise<string> => {
      assert.equal(await client.connection.sendRequest(onnxInputRequest.method, { uri, shape }), null);
      return (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }))?.[0]?.command?.title ?? '';
    };
    assert.doesNotMatch(await lens('2,3,64,64'), /assuming/);
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    assert.equal(hints?.[0]?.label, '2×256×64×64');
    assert.match(await lens(''), /assuming 1×3×32×32/);
    assert.equal(await client.connection.sendRequest(onnxInputRequest.method, { uri, shape: 'x' }), 'x is no shape such as 1,3,224,224.');
  });

  it('has a report, also of a file that no editor shows', async () => {
    const other = join(folder, 'other.onnx');
    writeFileSync(other, network(64));
    for (const [shown, rows] of [[uri, 2], [onnxDocumentOf(pathToFileURL(other).href), 2]] as const) {
      const report = await client.connection.sendRequest<ReportResult | null>(reportRequest.method, { uri: shown, nonce: 'n' });
      assert.equal(report?.json.models[0]?.layers.length, rows);
    }
  });

  it('lists findings on the file itself, once per rule, whoever shows it', async () => {
    await client.connection.sendNotification(openOnnxFilesNotification.method, { uris: [file] });
    await textNow();
    const [found] = client.published.filter(each => each.uri === file).at(-1)?.diagnostics ?? [];
    assert.equal(found?.code, 'JL101');
    assert.deepEqual(found.relatedInformation?.map(({ location }) => [location.uri, location.range.start]), [[uri, place('group = 256')]]);
    await client.connection.sendNotification(openOnnxFilesNotification.method, { uris: [] });
    await textNow();
    assert.deepEqual(client.published.filter(each => each.uri === file).at(-1)?.diagnostics, []);
  });

  it('follows the file', async () => {
    writeFileSync(path, network(64));
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: file, type: 2 }] });
    text = await textNow();
    assert.match(text, /group = 64>/);
    replaceAll(2);
    assert.deepEqual((await client.diagnostics(uri, 2)).map(each => each.range.start), [place('group = 64')]);
  });

  it('says nothing about a text that the file no longer has', async () => {
    writeFileSync(path, network(128));
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: file, type: 2 }] });
    client.change(uri, 3, [{ text: `${text}\n` }]);
    assert.deepEqual(await client.diagnostics(uri, 3), []);
    text = await textNow();
    replaceAll(4);
    assert.equal((await client.diagnostics(uri, 4)).length, 1);
  });

  it('shows why a file is no model', async () => {
    writeFileSync(path, 'version https://git-lfs.github.com/spec/v1\n');
    text = await textNow();
    assert.equal(text, '# net work.onnx cannot be shown as an ONNX model:\n#   the file is a Git LFS pointer, not the model itself: fetch it with `git lfs pull`\n');
    replaceAll(5);
    assert.deepEqual((await client.diagnostics(uri, 5)).map(each => [each.severity, each.message]), [[1, 'the file is a Git LFS pointer, not the model itself: fetch it with `git lfs pull`']]);
  });
});
