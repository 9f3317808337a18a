/** The formats of a check, against what their readers demand. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { CheckReport } from '../../../../shared/src/check-report';
import type { Finding } from '../../../../shared/src/report';
import type { RenderContext } from '../define-format';
import { plain } from '../paint';
import { allFormats } from './registry.generated';

const position = (line: number, character: number): Finding['range']['start'] => ({ line, character });
const base: Finding = {
  rule: 'JL101', name: 'depthwise-low-reuse', severity: 'warning', message: '50 % of it, <b> & "more": see\u0007', uri: 'file:///repo/a%20b/net,1.py',
  range: { start: position(4, 8), end: position(4, 20) }, data: {}, fingerprint: '0123456789abcdef',
  related: [{ uri: 'file:///elsewhere/lib.py', line: 3, column: 5, message: 'the layer is made here' }],
  fix: { title: 'Do it', edits: [{ uri: 'file:///repo/a%20b/net,1.py', range: { start: position(4, 8), end: position(4, 20) }, newText: 'x' }] },
};
const report: CheckReport = {
  schema: 'joulelint-report/1', tool: { name: 'joulelint', version: '1.2.3' }, models: [], problems: [],
  findings: [
    base, { ...base, range: { start: position(9, 8), end: position(9, 20) } },
    { ...base, rule: 'JL904', name: 'over-budget', severity: 'error', message: '=1+1\n::error::x', cell: 3 },
    { ...base, severity: 'hint', uri: 'file:///elsewhere/lib.py', range: { start: position(1, 0), end: position(3, 2) } },
  ],
  check: {
    passed: false, files: 2, changes: [], known: 1, against: 'HEAD',
    limits: [{ model: 'Net', uri: 'file:///repo/a%20b/net,1.py', line: 5, limit: 'maxMacs', amount: 10, figure: 5, verdict: 'within', message: 'Net: 5 MAC keeps its limit of 10 MAC' }],
  },
};
const context: RenderContext = {
  paint: plain, layers: false, fileName: uri => decodeURIComponent(uri.slice('file://'.length)),
  relative: uri => (uri.startsWith('file:///repo/') ? decodeURIComponent(uri.slice('file:///repo/'.length)) : undefined),
};
const rendered = (name: string): string => {
  const format = allFormats.find(each => each.name === name);
  assert.ok(format);
  return format.check ? format.check(report, context) : format.render(report, context);
};

describe('formats of a check', () => {
  it('SARIF as its schema has it: addresses from the root, related places, help, fixes, fingerprints that differ', () => {
    // Of an older draft of JSON Schema, whose two differing keywords name the schema itself.
    const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as Record<string, unknown>;
    const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
    const log: unknown = JSON.parse(rendered('sarif'));
    assert.ok(ajv.validate(schema, log), ajv.errorsText());
    const [run] = (log as { runs: { results: Record<string, unknown>[]; tool: { driver: { rules: { id: string; help: { text: string } }[] } } }[] }).runs;
    const results = run?.results ?? [];
    assert.deepEqual(results.map(({ partialFingerprints }) => (partialFingerprints as Record<string, string>)['jouleLintLine/v1']),
      ['0123456789abcdef:1', '0123456789abcdef:2', '0123456789abcdef:1', '0123456789abcdef:1']);
    assert.deepEqual((results[0]?.['locations'] as unknown[])[0], {
      physicalLocation: { artifactLocation: { uri: 'a%20b/net%2C1.py', uriBaseId: '%SRCROOT%' }, region: { startLine: 5, startColumn: 9, endLine: 5, endColumn: 21 } },
    });
    assert.deepEqual((results[0]?.['relatedLocations'] as { physicalLocation: object }[])[0]?.physicalLocation, {
      artifactLocation: { uri: 'file:///elsewhere/lib.py' }, region: { startLine: 3, startColumn: 5 },
    });
    assert.deepEqual(run?.tool.driver.rules.map(({ id, help }) => [id, help.text.length > 20]), [['JL101', true], ['JL904', true]]);
    assert.ok(!ajv.validate(schema, { ...(log as object), version: '9' }), 'the validator refuses what is wrong');
  });

  it('annotations of GitHub: a command a line, and no more of them than findings', () => {
    const lines = rendered('github').split('\n');
    assert.equal(lines[0], '::warning file=a b/net%2C1.py,line=5,endLine=5,col=9,endColumn=20,title=JL101 depthwise-low-reuse::50 %25 of it, <b> & "more": see␇');
    assert.equal(lines[2], '::error file=a b/net%2C1.py,title=JL904 over-budget::cell 3, line 5: =1+1␊::error::x');
    assert.equal(lines.length, 4 + 1);
  });

  it('Code Quality of GitLab: paths from the root, severities it has, fingerprints that differ', () => {
    const entries = JSON.parse(rendered('gitlab')) as { fingerprint: string; severity: string; location: { path: string; lines: { begin: number } } }[];
    assert.equal(new Set(entries.map(({ fingerprint }) => fingerprint)).size, entries.length);
    assert.deepEqual(entries.map(({ severity }) => severity), ['minor', 'minor', 'major', 'info']);
    assert.deepEqual(entries.map(({ location }) => [location.path, location.lines.begin]), [['a b/net,1.py', 5], ['a b/net,1.py', 10], ['a b/net,1.py', 1], ['/elsewhere/lib.py', 2]]);
  });

  it('JUnit: warnings and errors fail, notes and kept limits do not, and it is proper XML', () => {
    const text = rendered('junit');
    assert.match(text, /<testsuites name="JouleLint" tests="5" failures="3" errors="0">/);
    assert.match(text, /<failure type="error" message="a b\/net,1\.py:cell 3:5:9: error: =1\+1␊::error::x">/);
    assert.match(text, /<testcase classname="a b\/net,1\.py" name="Net maxMacs">\n {6}<system-out>Net: 5 MAC keeps its limit of 10 MAC<\/system-out>/);
    const open: string[] = [];
    for (const [, close, name, empty] of text.matchAll(/<(\/?)([a-z-]+)(?: [\w-]+="[^"<]*")*(\/?)>/g)) {
      if (close) assert.equal(open.pop(), name);
      else if (!empty && name) open.push(name);
    }
    assert.deepEqual(open, []);
    assert.doesNotMatch(text.replace(/<(\/?)([a-z-]+)(?: [\w-]+="[^"<]*")*(\/?)>|<\?xml.*\?>/g, ''), /[<>]/);
  });

  it('CSV: a line per finding, nothing that a spreadsheet works out', () => {
    const lines = rendered('csv').split('\r\n');
    assert.equal(lines[0], 'file,cell,line,column,severity,rule,name,message');
    assert.equal(lines[1], '"a b/net,1.py",,5,9,warning,JL101,depthwise-low-reuse,"50 % of it, <b> & ""more"": see␇"');
    assert.match(lines[3] ?? '', /,'=1\+1␊::error::x$/);
  });

  it('Markdown and table: what came of it in one line', () => {
    const summary = '4 findings (1 error, 2 warnings, 1 hint) in 0 models of 2 files; 1 limit kept; 1 finding was there in HEAD and is not listed';
    assert.match(rendered('table'), new RegExp(`\\nfailed: ${summary.replaceAll(/[()]/g, '\\$&')}\\n$`));
    assert.ok(rendered('markdown').startsWith(`## JouleLint: failed\n\n${summary}\n`), rendered('markdown'));
    assert.match(rendered('markdown'), /<details><summary>1 note<\/summary>/);
    assert.match(rendered('markdown'), /\\<b\\> & "more"/);
  });

  it('nothing of a text steers what shows it, in any format', () => {
    for (const { name } of allFormats.filter(format => format.isData !== true)) assert.doesNotMatch(rendered(name), /\u0007/, name);
  });
});
