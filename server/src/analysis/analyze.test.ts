import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../../shared/src/settings';
import { TestNet, testUri } from '../../test/graphs';
import type { ImmediateHost } from '../base/host';
import { BudgetExhausted } from '../base/budget';
import type { Problem } from '../base/problem';
import type { Frontend, LowerRequest } from '../frontends/frontend';
import { startOf } from './analysis';
import { analyze, type Analyzed } from './analyze';
import { importRoots } from './import-roots';
import { Workspace } from './workspace';

function frontend(problems: readonly Problem[] = [], seen: LowerRequest[] = []): Frontend {
  return {
    id: 'test', sniff: () => true,
    lower: request => {
      seen.push(request);
      const net = new TestNet();
      const graph = net.graph([net.conv('dw', net.input([1, 64, 8, 8]), 64, { groups: 64, line: 1 })]);
      return { graphs: [graph], models: [{ name: graph.name, at: graph.at }], problems, missing: [] };
    },
  };
}

const text = `${' '.repeat(99)}\n${' '.repeat(99)}\n`;

function run(by: Frontend | undefined): Analyzed {
  return analyze({ uri: testUri, text, settings: defaultSettings, roots: [] }, by, { texts: new Map(), text: () => null, folder: () => null });
}

describe('analysis', () => {
  it('goes from a graph to metrics and findings', () => {
    const { analysis } = run(frontend());
    assert.equal(analysis.models[0]?.metrics.status, 'exact');
    assert.deepEqual(analysis.findings.map(({ rule }) => rule), ['JL101']);
    assert.deepEqual(analysis.models[0].findings, analysis.findings);
    assert.deepEqual(analysis.findings[0] && startOf(analysis, analysis.findings[0].at), { uri: 'file:///net.py', line: 1, column: 40 });
  });

  it('a line of the file that cannot be read makes its models lower bounds, one of another file does not', () => {
    assert.equal(run(frontend([{ code: 'syntax', message: 'half' }])).analysis.models[0]?.metrics.status, 'lower-bound');
    assert.equal(run(frontend([{ code: 'syntax', message: 'half', at: { uri: 'file:///other.py', span: { start: 0, end: 1 } } }])).analysis.models[0]?.metrics.status, 'exact');
  });

  it('whatever goes wrong in a frontend is a problem', () => {
    const throwing = (error: Error): Frontend => ({ ...frontend(), lower: () => { throw error; } });
    assert.deepEqual(run(throwing(new Error('bug'))).analysis.problems, [{ code: 'internal', message: 'the analysis of net.py broke off at something that it did not expect (bug)' }]);
    assert.equal(run(throwing(new BudgetExhausted('time', 'slow'))).analysis.problems[0]?.code, 'budget');
    assert.equal(run(throwing(new RangeError('Maximum call stack size exceeded'))).analysis.problems[0]?.code, 'budget');
    assert.equal(run(undefined).analysis.problems[0]?.code, 'no-model');
  });

  it('the frontend is told what the settings say', () => {
    const seen: LowerRequest[] = [];
    run(frontend([], seen));
    assert.deepEqual(seen[0]?.defaultInputShape, [3, 224, 224]);
    assert.equal(seen[0].mode, 'eval');
    assert.ok(!('model' in seen[0]));
  });
});

/** Files by path; folders follow from them. */
function memoryHost(files: Readonly<Record<string, string>>): ImmediateHost & { reads: string[] } {
  const reads: string[] = [];
  const uris = new Map(Object.entries(files).map(([path, content]) => [`file://${path}`, content]));
  return {
    reads,
    readText: uri => {
      reads.push(uri);
      return uris.get(uri);
    },
    listFolder: uri => {
      const inside = [...uris.keys()].filter(each => each.startsWith(`${uri}/`)).map(each => each.slice(uri.length + 1));
      if (inside.length === 0) return undefined;
      return [...new Set(inside.map(each => each.split('/')[0] ?? ''))].map(name => ({ name, isFolder: inside.some(each => each.startsWith(`${name}/`)) }));
    },
    readBytes: () => undefined,
    sizeBytes: uri => uris.get(uri)?.length,
  };
}

describe('workspace', () => {
  it('an open document hides the file, and closing it brings the file back', async () => {
    const workspace = new Workspace({ host: memoryHost({ '/a.py': 'disk' }) });
    assert.equal(await workspace.text('file:///a.py'), 'disk');
    workspace.setDocument('file:///a.py', 'typed', 3);
    assert.equal(await workspace.text('file:///a.py'), 'typed');
    workspace.closeDocument('file:///a.py');
    assert.equal(await workspace.text('file:///a.py'), 'disk');
    assert.equal(await workspace.text('file:///b.py'), null);
  });

  it('reads each file once until it is told to forget it', async () => {
    const host = memoryHost({ '/a.py': 'disk' });
    const workspace = new Workspace({ host });
    for (let i = 0; i < 3; i++) await workspace.text('file:///a.py');
    assert.equal(host.reads.length, 1);
    workspace.forget('file:///a.py');
    await workspace.text('file:///a.py');
    assert.equal(host.reads.length, 2);
  });

  it('a file that is not there is a problem, not an error', async () => {
    const { problems, models } = await new Workspace({ host: memoryHost({}) }).analyze({ uri: 'file:///none.py', settings: defaultSettings });
    assert.equal(problems[0]?.code, 'file-unreadable');
    assert.deepEqual(models, []);
  });

  it('imports are looked up in the given folders, the project, its src and its environment', () => {
    const host = memoryHost({
      '/p/pyproject.toml': '', '/p/src/pkg/net.py': '', '/p/.venv/lib/python3.11/site-packages/timm/__init__.py': '', '/p/libs/x.py': '',
    });
    const folders = { list: (uri: string): readonly string[] | undefined => host.listFolder(uri)?.map(({ name, isFolder }) => (isFolder ? `${name}/` : name)) };
    assert.deepEqual(importRoots('file:///p/src/pkg/net.py', ['libs', '/elsewhere', '../up'], undefined, folders).roots, [
      'file:///p/libs', 'file:///elsewhere', 'file:///up', 'file:///p', 'file:///p/src', 'file:///p/.venv/lib/python3.11/site-packages',
    ]);
    const environment = { list: (uri: string) => ({ 'file:///env/lib': ['python3.11/'], 'file:///env/lib/python3.11/site-packages': ['timm/'] })[uri] };
    for (const path of ['/env', '/env/bin/python', '/env/bin/python3.11']) {
      assert.deepEqual(importRoots('file:///q/net.py', [path], undefined, environment).roots, ['file:///env/lib/python3.11/site-packages'], path);
    }
    assert.deepEqual(importRoots('file:///q/net.py', [], undefined, folders).roots, []);
  });
});
