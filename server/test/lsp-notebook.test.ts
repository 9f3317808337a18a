/** A notebook in the built server, over stdio: cells are one program, and every answer is about one cell. */
import { strict as assert } from 'node:assert';
import {
  CodeActionRequest, CodeLensRequest, type Diagnostic, DidChangeNotebookDocumentNotification, type DidChangeNotebookDocumentParams, DidCloseNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification, DocumentSymbolRequest, HoverRequest, InlayHintRequest, type MarkupContent, NotebookCellKind, type TextDocumentItem,
} from 'vscode-languageserver/node';
import { modelsRequest, reportRequest, setInputShapeRequest, type ModelSummary, type ReportResult, type SetInputShapeResult } from '../../shared/src/protocol';
import { places, startStdioClient, type StdioClient } from './stdio-client';

const notebook = 'file:///workspace/net.ipynb';
const cellUri = (name: string): string => `notebook-cell:/workspace/net.ipynb#${name}`;

const sources: Readonly<Record<string, string>> = {
  title: '# A depthwise block',
  imports: '%matplotlib inline\n!pip install torch\nimport torch\nfrom torch import nn',
  shell: '%%bash\nclass (((',
  block: 'class Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.depthwise = nn.Conv2d(256, 256, 3, padding=1, groups=256)\n\n    def forward(self, x):\n        return self.depthwise(x)',
  net: 'class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.block = Block()\n        self.head = nn.Conv2d(256, 10, 1)\n\n    def forward(self, x):\n        return self.head(self.block(x))',
  call: '%time net = Net()\nnet(torch.randn(1, 256, 28, 28))',
};

function document(name: string, text = sources[name] ?? '', languageId = name === 'title' ? 'markdown' : 'python', version = 1): TextDocumentItem {
  return { uri: cellUri(name), languageId, version, text };
}

function cell(name: string): { readonly kind: NotebookCellKind; readonly document: string } {
  return { kind: name === 'title' ? NotebookCellKind.Markup : NotebookCellKind.Code, document: cellUri(name) };
}

/** Zero-based position of the first place in the cell where the text stands. */
function place(name: string, text: string): { line: number; character: number } {
  const lines = (sources[name] ?? '').split('\n');
  const line = lines.findIndex(each => each.includes(text));
  return { line, character: lines[line]?.indexOf(text) ?? 0 };
}

for (const { place: where, flags } of places) describe(`notebook over stdio, ${where}`, function () {
  this.timeout(60_000);
  let client: StdioClient;
  let version = 1;

  const change = (cells: NonNullable<DidChangeNotebookDocumentParams['change']['cells']>): void => {
    void client.connection.sendNotification(DidChangeNotebookDocumentNotification.type, { notebookDocument: { uri: notebook, version: ++version }, change: { cells } });
  };
  const lensesOf = async (name: string): Promise<string[]> =>
    ((await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: cellUri(name) } })) ?? []).map(lens => lens.command?.title ?? '');
  const latest = (name: string): Diagnostic[] | undefined => client.published.findLast(each => each.uri === cellUri(name))?.diagnostics;

  before(async () => {
    client = await startStdioClient({}, flags);
    void client.connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: { uri: notebook, notebookType: 'jupyter-notebook', version, cells: Object.keys(sources).map(cell) },
      cellTextDocuments: Object.keys(sources).map(name => document(name)),
    });
    await client.diagnostics(cellUri('call'), 1);
  });

  after(async () => { assert.equal(await client.stop(), 0); });

  it('underlines the argument in its cell, and nothing in the others', () => {
    const start = place('block', 'groups=256');
    assert.deepEqual(latest('block')?.map(({ code, range }) => [code, range]), [['JL101', { start, end: { line: start.line, character: start.character + 'groups=256'.length } }]]);
    for (const name of ['imports', 'shell', 'net', 'call']) assert.deepEqual(latest(name), [], name);
    assert.equal(latest('title'), undefined, 'a text cell is no document of ours');
  });

  it('shows each model above its class, with the input from a later cell', async () => {
    assert.match((await lensesOf('net')).join(), /^DI [\d.]+ · [\d.]+ MMAC/);
    assert.deepEqual(await lensesOf('imports'), []);
    const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: cellUri('net') } })) ?? [];
    assert.deepEqual(lens?.range.start, place('net', 'Net('));
  });

  it('explains a layer where it is declared', async () => {
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: cellUri('net') }, position: place('net', 'Conv2d(256, 10') });
    assert.match((hover?.contents as MarkupContent).value, /`head`.*[\s\S]*1×256×28×28 → 1×10×28×28/);
    assert.equal(hover?.range?.start.line, place('net', 'Conv2d(256, 10').line);
    assert.equal(await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: cellUri('imports') }, position: { line: 3, character: 5 } }), null);
  });

  it('shows output shapes in the lines of the cell', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: cellUri('block') }, range });
    const line = place('block', 'return self.depthwise').line;
    assert.deepEqual(hints?.map(hint => [hint.position, hint.label]), [[{ line, character: '        return self.depthwise(x)'.length }, '1×256×28×28']]);
  });

  it('offers to ignore a finding, in the cell itself', async () => {
    const [finding] = latest('block') ?? [];
    assert.ok(finding);
    const actions = await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: cellUri('block') }, range: finding.range, context: { diagnostics: [finding] } });
    const ignore = actions?.find(action => /^Ignore JL101/.test(action.title));
    const edits = ignore && 'edit' in ignore ? ignore.edit?.changes : undefined;
    assert.deepEqual(Object.keys(edits ?? {}), [cellUri('block')]);
    assert.equal(edits?.[cellUri('block')]?.[0]?.range.start.line, place('block', 'groups').line);
  });

  it('lists the models of a cell as its symbols, those of the notebook by request', async () => {
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: cellUri('net') } });
    assert.deepEqual(symbols?.map(symbol => symbol.name), ['Net']);
    const models = await client.connection.sendRequest<readonly ModelSummary[]>(modelsRequest.method, { uri: cellUri('call') });
    assert.deepEqual(models.map(({ name, uri, line, endLine }) => [name, uri, line, endLine]), [['Net', cellUri('net'), 0, 7]]);
  });

  it('renders the report, whose rows lead into the cells', async () => {
    const report = await client.connection.sendRequest<ReportResult | null>(reportRequest.method, { uri: notebook, model: 'Net', nonce: 'n' });
    const rows = report?.json.models[0]?.layers.map(({ path, declared }) => [path, declared?.uri, declared?.cell, declared?.line]);
    assert.deepEqual(rows, [['block.depthwise', cellUri('block'), 4, 4], ['head', cellUri('net'), 5, 5]]);
    assert.match(report?.html ?? '', /net\.ipynb:cell 5:1</);
  });

  it('writes an input shape into the cell of the model', async () => {
    const result = await client.connection.sendRequest<SetInputShapeResult>(setInputShapeRequest.method, { uri: cellUri('call'), model: 'Net', shape: '1,256,14,14' });
    assert.equal(result.uri, cellUri('net'));
    assert.deepEqual(result.edits, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: '# joulelint: model Net() input 1,256,14,14\n' }]);
  });

  it('follows an edit of one cell, and tells of that cell only', async () => {
    const before = client.published.length;
    const start = place('block', 'groups=256');
    change({ textContent: [{ document: { uri: cellUri('block'), version: 2 }, changes: [{ range: { start, end: { line: start.line, character: start.character + 10 } }, text: 'groups=2' }] }] });
    assert.deepEqual(await client.diagnostics(cellUri('block'), 2), []);
    assert.match((await lensesOf('net')).join(), /2\d\d MMAC/);
    assert.deepEqual(client.published.slice(before).map(each => each.uri), [cellUri('block')]);
  });

  it('has the editor ask again for the figures in the other cells', async () => {
    const before = client.refreshes();
    change({ textContent: [{ document: { uri: cellUri('imports'), version: 2 }, changes: [{ text: `${sources['imports'] ?? ''}\n` }] }] });
    await client.diagnostics(cellUri('imports'), 2);
    const deadline = Date.now() + 10_000;
    while (client.refreshes() === before && Date.now() < deadline) await new Promise(done => { setTimeout(done, 50); });
    assert.ok(client.refreshes() > before);
  });

  it('a cell that is left open does not swallow the next', async () => {
    change({ textContent: [{ document: { uri: cellUri('shell'), version: 2 }, changes: [{ text: 'text = """\nhalf = (1,' }] }] });
    await client.diagnostics(cellUri('shell'), 2);
    assert.match((await lensesOf('net')).join(), /^≥ /);
    change({ textContent: [{ document: { uri: cellUri('shell'), version: 3 }, changes: [{ text: '%%bash\n' }] }] });
    await client.diagnostics(cellUri('shell'), 3);
    assert.match((await lensesOf('net')).join(), /^DI /);
  });

  it('a cell that becomes another language is left out, and comes back', async () => {
    const index = Object.keys(sources).indexOf('call');
    const reopen = (languageId: string, text: string): void => {
      change({ structure: { array: { start: index, deleteCount: 1 }, didClose: [{ uri: cellUri('call') }] } });
      change({ structure: { array: { start: index, deleteCount: 0, cells: [cell('call')] }, didOpen: [document('call', text, languageId, 5)] } });
    };
    reopen('javascript', 'let net = 3');
    assert.match((await lensesOf('net')).join(), /assuming/);
    reopen('python', sources['call'] ?? '');
    assert.doesNotMatch((await lensesOf('net')).join(), /assuming/);
  });

  it('a cell that moves takes its place in the program', async () => {
    const names = Object.keys(sources);
    // `Net` now stands below its use, so that nothing calls it any more.
    const moved = [...names.filter(name => name !== 'net'), 'net'];
    change({ structure: { array: { start: 0, deleteCount: names.length, cells: moved.map(cell) } } });
    assert.match((await lensesOf('net')).join(), /assuming/);
    change({ structure: { array: { start: 0, deleteCount: names.length, cells: names.map(cell) } } });
    assert.doesNotMatch((await lensesOf('net')).join(), /assuming/);
  });

  it('a cell that is removed loses its diagnostics', async () => {
    change({ structure: { array: { start: 4, deleteCount: 0, cells: [cell('more')] }, didOpen: [document('more', 'wide = nn.Conv2d(64, 64, 3, groups=64)\nwide(torch.randn(1, 64, 8, 8))')] } });
    assert.deepEqual((await client.diagnostics(cellUri('more'), 1)).map(({ code }) => code), ['JL101']);
    change({ structure: { array: { start: 4, deleteCount: 1 }, didClose: [{ uri: cellUri('more') }] } });
    await lensesOf('net');
    assert.deepEqual(latest('more'), []);
  });

  it('closing the notebook clears its cells', async () => {
    void client.connection.sendNotification(DidCloseNotebookDocumentNotification.type, {
      notebookDocument: { uri: notebook },
      cellTextDocuments: Object.keys(sources).map(name => ({ uri: cellUri(name) })),
    });
    assert.deepEqual(await lensesOf('net'), []);
  });

  it('an editor without notebooks that shows the file as text gets no answers about its JSON', async () => {
    const uri = 'file:///workspace/plain.ipynb';
    const json = JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: 'code', source: sources['block'] }] });
    client.open(uri, json, 'json');
    assert.deepEqual(await client.diagnostics(uri, 1), []);
    assert.deepEqual(await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }), []);
    // Some show it as the Python source that a tool made of it.
    client.open('file:///workspace/paired.ipynb', `import torch\nfrom torch import nn\n${sources['block'] ?? ''}\nBlock()(torch.randn(1, 256, 28, 28))\n`);
    assert.deepEqual((await client.diagnostics('file:///workspace/paired.ipynb', 1)).map(({ code }) => code), ['JL101']);
  });
});
