/** What no proper client sends, over the real streams: answered as the protocol has it, and survived. */
import { strict as assert } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { places } from './stdio-client';

interface Answer {
  readonly id?: number | string | null;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
  readonly method?: string;
}

interface RawClient {
  send(message: unknown): void;
  raw(text: string): void;
  /** The first answer that fits, of those that came and those to come. */
  answer(fits: (answer: Answer) => boolean, what: string): Promise<Answer>;
  ask(id: number | string, method: string, params?: unknown): Promise<Answer>;
  readonly ended: Promise<number | null>;
}

const frame = (text: string): string => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

function startRaw(flags: readonly string[]): RawClient {
  const child: ChildProcess = spawn(process.execPath, [join(process.env['JOULELINT_ROOT'] ?? '', 'dist', 'server.js'), '--stdio', ...flags], { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers: Answer[] = [];
  const looking = new Set<() => void>();
  let buffer = Buffer.alloc(0);
  child.stdout?.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const [head = '', length = ''] = /^Content-Length: (\d+)\r\n\r\n/.exec(buffer.toString('latin1')) ?? [];
      if (head === '' || buffer.length < head.length + Number(length)) break;
      answers.push(JSON.parse(buffer.subarray(head.length, head.length + Number(length)).toString('utf8')) as Answer);
      buffer = buffer.subarray(head.length + Number(length));
    }
    for (const look of [...looking]) look();
  });
  const client: RawClient = {
    send(message) { client.raw(frame(JSON.stringify(message))); },
    raw(text) { child.stdin?.write(text); },
    answer: (fits, what) => new Promise((done, fail) => {
      const timer = setTimeout(() => { fail(new Error(`no answer to ${what}; there came ${JSON.stringify(answers).slice(-500)}`)); }, 20_000);
      const look = (): void => {
        const found = answers.find(fits);
        if (!found) return;
        clearTimeout(timer);
        looking.delete(look);
        done(found);
      };
      looking.add(look);
      look();
    }),
    ask(id, method, params) {
      client.send({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) });
      return client.answer(answer => answer.id === id && answer.method === undefined, method);
    },
    ended: new Promise(done => { child.on('exit', code => { done(code); }); }),
  };
  return client;
}

const initialize = { processId: null, rootUri: null, capabilities: {} };
const parseError = -32700;
const invalidRequest = -32600;
const methodNotFound = -32601;
const invalidParameters = -32602;
const notInitialized = -32002;

for (const { place, flags } of places) describe(`a client without manners, ${place}`, function () {
  this.timeout(60_000);
  let client: RawClient;
  let next = 1;
  const isWell = async (): Promise<void> => {
    const uri = `file:///well${next}.py`;
    client.send({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text: 'from torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(3, 4)\n    def forward(self, x):\n        return self.a(x)\n' } } });
    const lenses = await client.ask(next++, 'textDocument/codeLens', { textDocument: { uri } });
    assert.equal((lenses.result as unknown[]).length, 1);
  };
  before(async () => {
    client = startRaw(flags);
    assert.equal((await client.ask('early', 'textDocument/hover', {})).error?.code, notInitialized);
    client.send({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri: 'file:///early.py', languageId: 'python', version: 1, text: '' } } });
    assert.ok((await client.ask('init', 'initialize', initialize)).result);
    client.send({ jsonrpc: '2.0', method: 'initialized', params: {} });
    await isWell();
  });

  it('headers that say nothing, lie or count without measure', async () => {
    for (const raw of [
      'Content-Length: x\r\n\r\n', 'Content-Length: -5\r\n\r\n', 'Content-Length: 99999999999999999999\r\n\r\n', 'Content-Type: a\r\n\r\n', 'nonsense\r\n\r\n', ': \r\n\r\n',
      'Content-Length: 4000000000\r\n\r\n', 'Content-Length: 0\r\n\r\n',
    ]) {
      client.raw(raw);
      await isWell();
    }
  });

  it('bodies that are no JSON, or no message', async () => {
    for (const body of ['{', '{}x', '[1', '\u0000', '{"jsonrpc":"2.0","id":1,"method":']) {
      client.raw(frame(body));
      assert.equal((await client.answer(answer => answer.id === null, body)).error?.code, parseError);
    }
    for (const message of [1, 'x', null, [], {}, { jsonrpc: '2.0' }, { jsonrpc: '2.0', id: {}, method: 'x' }, { jsonrpc: '2.0', id: 5, method: 7 }]) {
      client.send(message);
      await isWell();
    }
    await client.answer(answer => answer.error?.code === invalidRequest, 'no message');
  });

  it('a length that is too small or too large costs the messages it covers, no more', async () => {
    client.raw('Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","method":"x"}');
    await isWell();
    const cut = '{"jsonrpc":"2.0","method":"x"}';
    client.raw(`Content-Length: ${cut.length + 40}\r\n\r\n${cut}`);
    client.send({ jsonrpc: '2.0', method: 'a/swallowed', params: {} });
    await isWell();
  });

  it('unknown methods, parameters of any type', async () => {
    assert.equal((await client.ask(next++, 'no/such')).error?.code, methodNotFound);
    const methods = ['hover', 'codeLens', 'inlayHint', 'codeAction', 'documentSymbol'].map(name => `textDocument/${name}`);
    for (const method of [...methods, 'joulelint/report', 'joulelint/models', 'joulelint/setInputShape']) {
      for (const params of [undefined, {}, [], { textDocument: null }, { textDocument: 'x' }, { textDocument: { uri: 7 } }, { uri: 7 }]) {
        assert.equal((await client.ask(next++, method, params)).error?.code, invalidParameters, `${method} ${JSON.stringify(params)}`);
      }
      for (const uri of ['', 'x', 'untitled:Untitled-1', 'file:///a?b=c#d', 'file:///%', 'file:///', 'https://example.org/a.py', 'file:///tmp']) {
        const position = { line: 0, character: 0 };
        const { error } = await client.ask(next++, method, { textDocument: { uri }, uri, position, range: { start: position, end: { line: 1e9, character: 0 } }, context: { diagnostics: [] } });
        assert.equal(error, undefined, `${method} ${uri}`);
      }
    }
    await isWell();
  });

  it('notifications in the wrong order, of the wrong shape, about nothing', async () => {
    const notify = (method: string, params: unknown): void => { client.send({ jsonrpc: '2.0', method, params }); };
    const shapes = [{ textDocument: null }, { textDocument: { uri: 'file:///n.py' } }, { textDocument: { uri: 7, text: 7, version: 'x', languageId: [] } }];
    for (const params of [undefined, null, 7, [], {}, ...shapes, { id: 'none' }, { changes: 7 }, { uris: 7 }, { settings: 7 }]) {
      for (const method of ['textDocument/didOpen', 'textDocument/didChange', '$/progress', '$/setTrace', 'window/workDoneProgress/cancel', 'textDocument/didClose',
        'notebookDocument/didOpen', 'notebookDocument/didChange', 'notebookDocument/didClose', 'workspace/didChangeWatchedFiles',
        'workspace/didChangeConfiguration', '$/cancelRequest',
        '$/unknown', 'joulelint/openOnnxFiles', 'no/such']) notify(method, params);
    }
    const notebook = { uri: 'file:///n.ipynb', notebookType: 'jupyter-notebook', version: 1, cells: [{ kind: 2, document: 'cell:1' }] };
    notify('notebookDocument/didChange', { notebookDocument: { uri: notebook.uri, version: 5 }, change: { cells: { structure: { array: { start: 9, deleteCount: 9 } } } } });
    notify('notebookDocument/didOpen', { notebookDocument: notebook, cellTextDocuments: [] });
    const structure = { array: { start: -3, deleteCount: 1e9, cells: [{ kind: 2, document: 'cell:7' }] } };
    notify('notebookDocument/didChange', { notebookDocument: { uri: notebook.uri, version: 0 }, change: { cells: { structure, textContent: [{ document: { uri: 'cell:9', version: 1 }, changes: [] }] } } });
    notify('notebookDocument/didClose', { notebookDocument: { uri: notebook.uri }, cellTextDocuments: [] });
    notify('notebookDocument/didClose', { notebookDocument: { uri: notebook.uri }, cellTextDocuments: [] });
    await isWell();
  });

  it('a second initialize is refused, and so is everything after shutdown; then it ends with code 0', async () => {
    assert.equal((await client.ask('again', 'initialize', initialize)).error?.code, invalidRequest);
    assert.equal((await client.ask('end', 'shutdown')).result, null);
    assert.equal((await client.ask('late', 'textDocument/hover', { textDocument: { uri: 'file:///a.py' } })).error?.code, invalidRequest);
    client.send({ jsonrpc: '2.0', method: 'exit' });
    assert.equal(await client.ended, 0);
  });
});
