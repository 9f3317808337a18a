/** The built server, driven over stdio by a real client: what an editor other than VS Code would see. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CodeActionRequest, CodeLensRequest, DidSaveTextDocumentNotification, DocumentSymbolRequest, HoverRequest, InlayHintRequest, type MarkupContent,
} from 'vscode-languageserver/node';
import { compareRequest, modelsRequest, reportRequest, setInputShapeRequest, type CompareResult, type ModelSummary, type ReportResult, type SetInputShapeResult } from '../../shared/src/protocol';
import { places, startStdioClient, type StdioClient } from './stdio-client';

const root = process.env['JOULELINT_ROOT'] ?? process.cwd();
const uri = 'file:///workspace/depthwise_block.py';
const source = readFileSync(join(root, 'test-fixtures', 'samples', 'depthwise_block.py'), 'utf8');
const lines = source.split('\n');

/** Zero-based position of the first place where the text stands. */
function place(text: string): { line: number; character: number } {
  const line = lines.findIndex((each) => each.includes(text));
  return { line, character: lines[line]?.indexOf(text) ?? 0 };
}

for (const { place: where, flags } of places) describe(`server over stdio, ${where}`, function () {
  this.timeout(60_000);
  let client: StdioClient;

  before(async () => {
    client = await startStdioClient({}, flags);
    client.open(uri, source);
    await client.diagnostics(uri, 1);
  });

  it('says what it can do', () => {
    const { textDocumentSync, notebookDocumentSync, hoverProvider, codeLensProvider, inlayHintProvider, codeActionProvider, documentSymbolProvider } = client.capabilities;
    assert.deepEqual(textDocumentSync, { openClose: true, change: 2, save: true });
    assert.deepEqual(notebookDocumentSync, { notebookSelector: [{ notebook: '*' }] });
    for (const provider of [hoverProvider, codeLensProvider, inlayHintProvider, codeActionProvider, documentSymbolProvider]) assert.ok(provider);
  });

  it('underlines the argument that causes a finding', async () => {
    const diagnostics = await client.diagnostics(uri, 1);
    const finding = diagnostics.find((each) => each.code === 'JL101');
    assert.ok(finding, JSON.stringify(diagnostics));
    const start = place('groups=256');
    assert.deepEqual(finding.range, { start, end: { line: start.line, character: start.character + 'groups=256'.length } });
    assert.equal(finding.source, 'joulelint');
    assert.match(String(finding.message), /^DWConv lowers M_c\/A to 0.004× of a standard convolution/);
    assert.ok(finding.codeDescription?.href);
  });

  it('shows the figures of a model in a lens that opens the report', async () => {
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    const lens = lenses?.find((each) => each.range.start.line === place('class DepthwiseBlock').line);
    assert.match(lens?.command?.title ?? '', /DI [\d.]+ · .*MAC · .*params · peak .*act\./);
    assert.equal(lens?.command?.command, 'joulelint.energyReport');
  });

  it('says in the lens what an edit costs, until the file is saved', async () => {
    const edited = 'file:///workspace/edited.py';
    const titles = async (): Promise<string> => (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: edited } }))?.map(each => each.command?.title).join('\n') ?? '';
    client.open(edited, source);
    await client.analyzed(edited, 1);
    assert.doesNotMatch(await titles(), /since the save/);
    const wider = source.replace('nn.Conv2d(256, 256, 3, padding=1, groups=256', 'nn.Conv2d(256, 256, 5, padding=2, groups=256');
    assert.notEqual(wider, source);
    client.change(edited, 2, [{ text: wider }]);
    await client.analyzed(edited, 2);
    assert.match(await titles(), /^\+[\d.]+ % MACs, \+[\d.]+ % params, \+[\d.]+ % energy since the save · DI /m);
    const refreshes = client.refreshes();
    await client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri: edited } });
    while (client.refreshes() === refreshes) await new Promise(done => { setTimeout(done, 5); });
    assert.doesNotMatch(await titles(), /since the save/);
    client.close(edited);
  });

  it('compares the open file with another text, and forgets that text', async () => {
    const other = source.replace('nn.Conv2d(256, 256, 3, padding=1, groups=256', 'nn.Conv2d(256, 256, 3, padding=1');
    const result = await client.connection.sendRequest<CompareResult | null>(compareRequest.method, { uri, against: { text: other, name: 'before' } });
    assert.equal(result?.title, 'Compare DepthwiseBlock');
    assert.match(result.markdown, /^\| MACs \| [\d.]+\u00A0[MG]MAC \| [\d.]+\u00A0[MG]MAC \| \*\*−[\d.]+\u00A0%\*\* \|/m);
    assert.match(result.markdown, /^\| ~ \| depthwise \| Conv2d \| 1×256×28×28, 462 M → 1\.81 M MACs, 590 k → 2\.56 k params \|$/m);
    assert.deepEqual((await client.diagnostics(uri, 1)).map(each => each.code), ['JL101']);
    assert.equal(await client.connection.sendRequest(compareRequest.method, { uri, against: { text: 'x = 1\n', name: 'before' } }), null);
  });

  it('explains a layer in a hover', async () => {
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: place('Conv2d(256, 256, 3, padding=1, groups') });
    const { value } = hover?.contents as MarkupContent;
    assert.match(value, /Conv2d/);
    assert.match(value, /256×28×28/);
  });

  it('shows output shapes', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range });
    const hint = hints?.find((each) => each.position.line === place('self.depthwise(x)').line);
    assert.match(String(hint?.label), /256×28×28/);
  });

  it('offers to ignore a finding', async () => {
    const diagnostics = await client.diagnostics(uri, 1);
    const finding = diagnostics.find((each) => each.code === 'JL101');
    assert.ok(finding);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range: finding.range, context: { diagnostics: [finding] } });
    assert.ok(actions?.some((action) => /ignore/i.test(action.title)), JSON.stringify(actions));
  });

  it('lists the models as symbols and by request', async () => {
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    assert.ok(symbols?.some((symbol) => symbol.name === 'DepthwiseBlock'), JSON.stringify(symbols));
    const models = await client.connection.sendRequest<readonly ModelSummary[]>(modelsRequest.method, { uri });
    assert.ok(models.length >= 1);
  });

  it('renders the report', async () => {
    const report = await client.connection.sendRequest<ReportResult | null>(reportRequest.method, { uri, nonce: 'n' });
    assert.ok(report);
    assert.match(report.html, /^<!doctype html>/);
    assert.equal(report.json.schema, 'joulelint-report/1');
    assert.ok((report.json.models[0]?.layers.length ?? 0) >= 4);
  });

  it('writes an input shape into the source', async () => {
    const [model] = await client.connection.sendRequest<readonly ModelSummary[]>(modelsRequest.method, { uri });
    assert.ok(model);
    const result = await client.connection.sendRequest<SetInputShapeResult>(setInputShapeRequest.method, { uri, model: model.name, shape: '1,3,64,64' });
    assert.match(result.edits[0]?.newText ?? '', /# joulelint: model .* input 1,3,64,64/);
  });

  it('publishes diagnostics for every version, also when nothing changed', async () => {
    for (let version = 2; version <= 5; version++) {
      client.change(uri, version, [{ range: { start: { line: lines.length - 1, character: 0 }, end: { line: lines.length - 1, character: 0 } }, text: ' ' }]);
      await client.diagnostics(uri, version);
    }
    assert.deepEqual(client.published.filter((each) => each.uri === uri).map((each) => each.version), [1, 2, 3, 4, 5]);
  });

  it('follows an edit', async () => {
    const start = place('groups=256');
    const end = { line: start.line, character: start.character + 'groups=256'.length };
    client.change(uri, 6, [{ range: { start, end }, text: 'groups=1' }]);
    const diagnostics = await client.diagnostics(uri, 6);
    assert.ok(!diagnostics.some((each) => each.code === 'JL101'), JSON.stringify(diagnostics));
  });

  it('survives a file that is not Python', async () => {
    client.open('file:///workspace/broken.py', 'class (((\n\u0000 def =\n');
    await client.diagnostics('file:///workspace/broken.py', 1);
  });

  it('shuts down with exit code 0', async () => {
    assert.equal(await client.stop(), 0);
  });
});
