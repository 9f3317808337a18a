import { strict as assert } from 'node:assert';
import type { CodeAction } from 'vscode-languageserver-types';
import { analyse, prepareParser } from '../../test/harness/analyse';
import type { Analysis } from '../analysis/analysis';
import { readConfiguration } from '../analysis/project/configuration';
import { ignoreActions } from './ignore-actions';

const body = 'import torch\nfrom torch import nn\n\nmodel = nn.Sequential(nn.Conv2d(64, 64, 3, groups=64))\nmodel(torch.randn(1, 64, 32, 32))\n';

/** What each action makes of the file that it edits, by its title. */
function made(text: string, configuration?: string): Readonly<Record<string, string>> {
  const plain = analyse([{ path: 'net.py', text }]);
  const read = configuration === undefined ? undefined : readConfiguration('file:///fixture/joulelint.json', configuration);
  const analysis: Analysis = { ...plain, ...(read ? { configuration: read } : {}) };
  const finding = analysis.findings.find(({ rule }) => rule === 'JL101');
  assert.ok(finding);
  const actions = ignoreActions(analysis, finding, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, message: '' });
  return Object.fromEntries(actions.map(action => [action.title, applied(action, uri => (uri === analysis.uri ? text : configuration ?? ''))]));
}

function applied({ edit }: CodeAction, textOf: (uri: string) => string): string {
  const [[uri, edits] = ['', []]] = Object.entries(edit?.changes ?? {});
  let lines = textOf(uri);
  const offset = ({ line, character }: { readonly line: number; readonly character: number }): number => lines.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
  for (const { range, newText } of [...edits].reverse()) lines = lines.slice(0, offset(range.start)) + newText + lines.slice(offset(range.end));
  return lines;
}

const [onLine, inFile, inProject] = ['Ignore JL101 depthwise-low-reuse on this line', 'Ignore JL101 depthwise-low-reuse in this file', 'Turn JL101 depthwise-low-reuse off in joulelint.json'];

describe('silencing a finding', () => {
  before(prepareParser);

  it('what each action writes silences it, and nothing is left to silence', () => {
    const all = made(body);
    assert.deepEqual(Object.keys(all), [onLine, inFile]);
    assert.equal(all[inFile], `# joulelint: ignore-file[JL101]\n${body}`);
    for (const text of Object.values(all)) assert.deepEqual(analyse([{ path: 'net.py', text }]).findings.filter(({ rule }) => rule === 'JL101' || rule === 'JL902'), []);
  });

  it('a comment for the file comes behind what must stand first, and takes further rules', () => {
    assert.equal(made(`#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n${body}`)[inFile], `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# joulelint: ignore-file[JL101]\n${body}`);
    assert.equal(made(`${body}# joulelint: ignore-file[JL401] as it is\n`)[inFile], `${body}# joulelint: ignore-file[JL401, JL101] as it is\n`);
  });

  it('the project\'s configuration keeps its comments and its options', () => {
    assert.equal(made(body, '{\n  // ours\n  "alpha": 0.5\n}\n')[inProject], '{\n  // ours\n  "alpha": 0.5,\n  "rules": {\n    "JL101": "off"\n  }\n}\n');
    assert.equal(made(body, '{ "rules": { "JL101": "hint" } }')[inProject], '{ "rules": { "JL101": "off" } }');
    assert.equal(made(body, '{ "rules": { "JL101": { "ratio": 1 } } }')[inProject], '{\n  "rules": {\n    "JL101": {\n      "ratio": 1,\n      "level": "off"\n    }\n  }\n}');
    assert.equal(made(body)[inProject], undefined);
  });
});
