/** Fixes as an editor gets them: over stdio, with what they come to in the title, applied in the open document. */
import { strict as assert } from 'node:assert';
import { CodeActionRequest, CodeActionTriggerKind, CodeLensRequest, type CodeAction, type TextEdit } from 'vscode-languageserver/node';
import { modelsRequest, type ModelSummary } from '../../shared/src/protocol';
import { places, startStdioClient, type StdioClient } from './stdio-client';

const source = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)
        self.norm = nn.BatchNorm2d(64)
        self.head = nn.Conv2d(64, 10, 1)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)))


Net()(torch.randn(1, 3, 32, 32))
`;

/** From the last to the first, as positions are those before all of them. */
function applied(text: string, edits: readonly TextEdit[]): string {
  const starts = text.split('\n').reduce<number[]>((lines, line) => [...lines, (lines.at(-1) ?? 0) + line.length + 1], [0]);
  const offset = ({ line, character }: TextEdit['range']['start']): number => (starts[line] ?? 0) + character;
  return [...edits].sort((left, right) => offset(right.range.start) - offset(left.range.start))
    .reduce((edited, { range, newText }) => edited.slice(0, offset(range.start)) + newText + edited.slice(offset(range.end)), text);
}

for (const { place, flags } of places) describe(`fixes over stdio, ${place}`, function () {
  this.timeout(60_000);
  let client: StdioClient;
  let opened = 0;

  const open = async (text: string): Promise<string> => {
    const uri = `file:///workspace/fixed${++opened}.py`;
    client.open(uri, text);
    await client.analyzed(uri, 1);
    return uri;
  };
  const actions = async (uri: string, text: string, at: string, only?: string[]): Promise<CodeAction[]> => {
    const before = text.slice(0, text.indexOf(at)).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const context = { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked, ...(only ? { only } : {}) };
    return await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range: { start: position, end: position }, context }) as CodeAction[];
  };
  const paramsOf = async (uri: string): Promise<string> => {
    const [model] = await client.connection.sendRequest<readonly ModelSummary[]>(modelsRequest.method, { uri });
    return model?.figures ?? '';
  };

  before(async () => { client = await startStdioClient({}, flags); });

  it('say what they save, and save it', async () => {
    const uri = await open(source);
    const fix = (await actions(uri, source, 'nn.Conv2d(3')).find(({ title }) => title.startsWith('Remove the bias'));
    assert.equal(fix?.title, 'Remove the bias: −64 params');
    assert.equal(fix.isPreferred, true);
    const edited = applied(source, fix.edit?.changes?.[uri] ?? []);
    assert.match(edited, /nn\.Conv2d\(3, 64, 3, bias=False\)/);
    assert.match(await paramsOf(uri), /· 2\.57 k params/);
    client.change(uri, 2, [{ text: edited }]);
    await client.analyzed(uri, 2);
    assert.match(await paramsOf(uri), /· 2\.51 k params/);
    assert.ok(!(await client.diagnostics(uri, 2)).some(({ code }) => code === 'JL309'));
  });

  it('leave the open document and its figures as they are', async () => {
    const uri = await open(source);
    const lenses = async (): Promise<unknown> => client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    const [before, published] = [await lenses(), client.published.length];
    await actions(uri, source, 'nn.Conv2d(3');
    assert.deepEqual(await lenses(), before);
    assert.equal(client.published.length, published);
  });

  it('answer a change that comes while they are tried', async () => {
    const uri = await open(source);
    const asked = actions(uri, source, 'nn.Conv2d(3');
    client.change(uri, 2, [{ text: source.replace('64, 3)', '32, 3)').replace('(64)', '(32)').replace('(64, 10', '(32, 10') }]);
    await client.analyzed(uri, 2);
    assert.ok(Array.isArray(await asked));
    assert.match(await paramsOf(uri), /· 1\.29 k params/);
  });

  it('do all that changes no result when asked for the file', async () => {
    const text = `${source.replace('nn.BatchNorm2d(64)', 'nn.BatchNorm2d(64)  # joulelint: ignore[JL101]')}# joulelint: ignore[JL102]\n`;
    const uri = await open(text);
    const [all, ...others] = await actions(uri, text, 'import torch', ['source.fixAll']);
    assert.equal(all?.kind, 'source.fixAll.joulelint');
    assert.deepEqual(others, []);
    assert.equal(applied(text, all.edit?.changes?.[uri] ?? []).trimEnd(), source.trimEnd());
  });

  it('state how a class is built that demands arguments', async () => {
    const text = source.replace('__init__(self)', '__init__(self, width)').replaceAll('64', 'width').replace(/\n\n\nNet\(\).*\n/, '\n');
    const uri = await open(text);
    const build = (await actions(uri, text, 'class Net')).find(({ title }) => title.startsWith('Build Net with'));
    assert.match(build?.title ?? '', /^Build Net with … \(Net\(width=\d+\)\)$/);
    assert.match(applied(text, build?.edit?.changes?.[uri] ?? []), /# joulelint: model Net\(width=\d+\) input 1,3,\d+,\d+\nclass Net/);
  });

  after(async () => { assert.equal(await client.stop(), 0); });
});
