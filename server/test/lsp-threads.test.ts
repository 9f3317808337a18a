/** The built server with its threads: what a slow file, a newer version and the death of a thread do to everything else. Told by the order of answers, never by the clock. */
import { strict as assert } from 'node:assert';
import { CodeLensRequest, HoverRequest, type MarkupContent } from 'vscode-languageserver/node';
import { ruleRequest } from '../../shared/src/protocol';
import { startStdioClient, type StdioClient } from './stdio-client';

const model = (width: number): string => `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(${width}, ${width})

    def forward(self, x):
        return self.layer(x)
`;
/** Runs until the steps of an analysis are spent: seconds on any machine. */
const slow = (width: number): string => `${'n = 0\nwhile True:\n    n += 1\n'.repeat(4)}${model(width)}`;
/** Needs gigabytes before its steps are spent. */
const hungry = `kept = []\nwhile True:\n    kept.append(dict.fromkeys(range(1_000)))\n${model(8)}`;

const at = (source: string, text: string): { line: number; character: number } => {
  const lines = source.split('\n');
  const line = lines.findIndex(each => each.includes(text));
  return { line, character: lines[line]?.indexOf(text) ?? 0 };
};

describe('server with threads', function () {
  this.timeout(120_000);
  let client: StdioClient;
  const uri = (name: string): string => `file:///workspace/${name}`;
  const hover = async (document: string, source: string): Promise<string> => {
    const found = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: document }, position: at(source, 'nn.Linear') });
    return (found?.contents as MarkupContent | undefined)?.value ?? '';
  };
  afterEach(async () => { assert.equal(await client.stop(), 0); });

  it('a hover waits for no other document, also when the file was open first', async () => {
    client = await startStdioClient();
    client.open(uri('fast.py'), model(3));
    await client.analyzed(uri('fast.py'), 1);
    client.open(uri('slow.py'), slow(4));
    client.change(uri('fast.py'), 2, [{ text: model(5) }]);
    assert.match(await hover(uri('fast.py'), model(5)), /1×5 → 1×5/);
    client.open(uri('third.py'), model(6));
    assert.match(await hover(uri('third.py'), model(6)), /1×6 → 1×6/);
    assert.equal(client.hasAnalyzed(uri('slow.py'), 1), false);
  });

  it('a newer version ends the analysis of the older one, which never comes to its end', async () => {
    client = await startStdioClient();
    client.open(uri('slow.py'), slow(4));
    // This one waits behind the slow one at first, so that when it is done the other is under way.
    client.open(uri('other.py'), model(3));
    await client.analyzed(uri('other.py'), 1);
    client.change(uri('slow.py'), 2, [{ text: slow(5) }]);
    client.change(uri('slow.py'), 3, [{ text: model(7) }]);
    assert.match(await hover(uri('slow.py'), model(7)), /1×7 → 1×7/);
    assert.deepEqual(client.published.filter(each => each.uri === uri('slow.py')).map(each => each.version), [3]);
  });

  it('a page that is of no document does not wait either', async () => {
    client = await startStdioClient();
    client.open(uri('slow.py'), slow(4));
    assert.match(await client.connection.sendRequest(ruleRequest.method, { rule: 'JL101' }), /^# JL101/);
    assert.equal(client.hasAnalyzed(uri('slow.py'), 1), false);
  });

  it('without threads everything runs in one', async () => {
    client = await startStdioClient({}, ['--thread-megabytes=1']);
    client.open(uri('net.py'), model(3));
    assert.match(await hover(uri('net.py'), model(3)), /1×3 → 1×3/);
  });

  it('a file that needs too much memory is named and left alone until it changes; all others go on', async () => {
    client = await startStdioClient({ analysisTimeMilliseconds: 60_000 }, ['--thread-megabytes=100']);
    const message = /the analysis of hungry\.py needs more than 100 MB of memory; it is not tried again until the file changes/;
    client.open(uri('library.py'), 'width = 11\n');
    client.open(uri('other.py'), model(3));
    await client.analyzed(uri('other.py'), 1);
    client.open(uri('hungry.py'), hungry);
    const waiting = hover(uri('hungry.py'), hungry);
    await client.message(message);
    assert.equal(await waiting, '');
    assert.match((await client.diagnostics(uri('hungry.py'), 1))[0]?.message.toString() ?? '', message);
    assert.deepEqual(await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: uri('hungry.py') } }), []);
    assert.match(await hover(uri('other.py'), model(3)), /1×3 → 1×3/);
    // What was open is known to the new thread, too.
    const reader = model(0).replaceAll('0, 0', 'width, width').replace('import', 'from library import width\nimport');
    client.open(uri('reader.py'), reader);
    assert.match(await hover(uri('reader.py'), reader), /1×11 → 1×11/);
    client.change(uri('hungry.py'), 2, [{ text: hungry }]);
    await client.diagnostics(uri('hungry.py'), 2);
    client.change(uri('hungry.py'), 3, [{ text: model(9) }]);
    assert.match(await hover(uri('hungry.py'), model(9)), /1×9 → 1×9/);
    assert.equal(client.shown.length, 1);
  });
});
