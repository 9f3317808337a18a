import { strict as assert } from 'node:assert';
import { lineAt, TestNet, testUri } from '../../test/graphs';
import type { Graph } from '../graph/graph';
import { metricsOf } from '../metrics/rows';
import type { AnyOp } from '../ops/define';
import type { Finding } from './define';
import { allRules } from './registry.generated';
import { runRules, type RulesRequest } from './run';

function run(graph: Graph, changes: Partial<RulesRequest> = {}): readonly Finding[] {
  const metrics = metricsOf(graph, { convention: 'graph', alpha: 0.8, batch: 1 });
  return runRules({ uri: testUri, models: [{ graph, metrics }], settings: {}, text: () => undefined, complete: true, ...changes }).findings;
}

function depthwise(...groups: readonly number[]): Graph {
  const net = new TestNet();
  let x = net.conv('stem', net.input([1, 8, 28, 28]), groups[0] ?? 1, { line: 1 });
  groups.forEach((count, index) => {
    if (index > 0) x = net.conv(`grow${index}`, x, count, { line: 2 });
    x = net.conv(`dw${index}`, x, count, { groups: count, line: 3 });
  });
  return net.graph([x]);
}

describe('rules', () => {
  it('have an id, a name and a file that agree, and a source', () => {
    for (const rule of allRules) {
      assert.match(rule.id, /^JL\d{3}$/);
      assert.match(rule.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(rule.sources.length > 0);
    }
    assert.equal(new Set(allRules.map(rule => rule.id)).size, allRules.length);
  });

  it('depthwise: the message, on the groups argument', () => {
    const [finding] = run(depthwise(256));
    assert.equal(finding?.rule, 'JL101');
    assert.equal(finding.message, 'DWConv lowers M_c/A to 0.004× of a standard convolution (4.5 vs 1152 MACs/activation): '
      + 'it costs what moving its activations costs; 66 % of all activations moved. Where maps are large, try a standard convolution (fused MBConv) or fewer channels');
    assert.deepEqual(finding.at, { uri: testUri, span: { start: 340, end: 350 } });
  });

  it('several layers of one line are one finding that names the worst', () => {
    const findings = run(depthwise(32, 128, 64)).filter(({ rule }) => rule === 'JL101');
    assert.equal(findings.length, 1);
    assert.match(findings[0]?.message ?? '', /^DWConv lowers M_c\/A to 0\.008× .*; most in dw1, one of 3 layers with 53\.3 % of all activations moved\./);
    assert.equal(findings[0]?.related.length, 3);
    assert.equal(findings[0].data['layers'], 3);
  });

  it('levels and options follow the settings', () => {
    const graph = depthwise(256);
    assert.equal(run(graph, { settings: { JL101: { level: 'off', options: {} } } }).length, 0);
    assert.equal(run(graph, { settings: { JL101: { level: 'warning', options: {} } } })[0]?.severity, 'warning');
    assert.equal(run(graph, { settings: { JL101: { options: { ratio: 0.001 } } } }).length, 0);
  });

  it('a pointwise layer is reported only in a model made of them', () => {
    const net = new TestNet();
    const x = net.conv('pw', net.conv('dw', net.input([1, 64, 28, 28]), 64, { groups: 64 }), 128, { kernel: 1 });
    const rules = run(net.graph([x])).map(({ rule }) => rule);
    assert.deepEqual(rules, ['JL101', 'JL102']);
    const dense = new TestNet();
    const y = dense.conv('pw', dense.conv('conv', dense.input([1, 64, 28, 28]), 64), 128, { kernel: 1 });
    assert.deepEqual(run(dense.graph([y])), []);
  });

  it('groups and unbalanced widths', () => {
    const net = new TestNet();
    const x = net.conv('expand', net.conv('stem', net.input([1, 3, 112, 112]), 16), 96, { kernel: 1 });
    const findings = run(net.graph([net.conv('group', x, 96, { groups: 8 })]));
    assert.match(findings.find(({ rule }) => rule === 'JL104')?.message ?? '', /from 16 to 96 channels \(1:6\) moves 1\.43× the data/);
    assert.match(findings.find(({ rule }) => rule === 'JL103')?.message ?? '', /^Group convolution with 8 groups lowers M_c\/A to 0\.125×/);
  });

  it('a mismatch is an error at the argument, and an information when the input is a guess', () => {
    const make = (origin: 'declared' | 'setting'): Finding | undefined => {
      const net = new TestNet();
      const x = net.input([1, 3, 8, 8], origin);
      net.conv('conv', { ...x, shape: [1, 4, 8, 8] }, 4);
      const bad = net.builder.apply({
        op: { ...opNamed(), shape: (_attrs, _inputs, report) => { report.expect('groups', 3, 4, 'input channels'); return [[1]]; } },
        type: 'torch.nn.Conv2d',
        path: 'conv2',
        attrs: { inChannels: 3, outChannels: 4, kernel: [1, 1], stride: [1, 1], dilation: [1, 1], padding: 'valid', groups: 1 },
        inputs: [x],
        site: { declared: lineAt(5), argument: { groups: { start: 540, end: 545 } } },
      });
      return run(net.graph(bad.outputs)).find(({ rule }) => rule === 'JL401');
    };
    assert.equal(make('declared')?.severity, 'error');
    assert.equal(make('declared')?.message, 'Conv2d conv2: expected 3 input channels, received 4');
    assert.deepEqual(make('declared')?.at.span, { start: 540, end: 545 });
    assert.equal(make('setting')?.severity, 'info');
    assert.match(make('setting')?.message ?? '', /\(assuming 3×8×8\)$/);
  });

  it('gaps and Python errors', () => {
    const graph = {
      ...depthwise(2),
      gaps: [{ message: '`foo()` could not be followed', at: lineAt(7), path: '' }],
      problems: [{ code: 'python-error' as const, message: 'TypeError: no', at: lineAt(8) }],
    };
    assert.deepEqual(run(graph).map(({ rule, message }) => [rule, message]), [['JL403', '`foo()` could not be followed: the totals are lower bounds'], ['JL402', 'TypeError: no']]);
  });
});

describe('ignore comments', () => {
  const lines = (third: string, second = ''): string => [...['', '', second, third].map(line => line.padEnd(99, ' ')), ''].join('\n');
  const ignoring = (text: string): string[] => run(depthwise(256), { text: () => text }).map(({ rule, message }) => `${rule} ${message}`);

  it('silence their rule on their line, on the line below when they stand alone, or in the file', () => {
    assert.deepEqual(ignoring(lines('x = 1  # joulelint: ignore[JL101] on purpose')), []);
    assert.deepEqual(ignoring(lines('x = 1  # joulelint: ignore[depthwise-low-reuse]')), []);
    assert.deepEqual(ignoring(lines('x = 1', '# joulelint: ignore[JL101, JL103]')), []);
    assert.deepEqual(ignoring(lines('x = 1', '# joulelint: ignore-file[JL101]')), []);
    assert.deepEqual(ignoring(lines('x = 1  # joulelint: ignore')), []);
  });

  it('that meet nothing are findings themselves, with a fix', () => {
    const [unused, own] = run(depthwise(256), { text: () => lines('x = 1  # joulelint: ignore[JL103]') });
    assert.equal(own?.rule, 'JL101');
    assert.equal(unused?.rule, 'JL902');
    assert.deepEqual(unused.fixes?.[0]?.edits[0]?.at.span, { start: 305, end: 333 });
    assert.match(ignoring(lines('x = 1  # joulelint: ignore[JL999]'))[0] ?? '', /^JL902 There is no rule JL999/);
    assert.deepEqual(run(depthwise(2), { text: () => lines('# joulelint: ignore[JL101]'), complete: false }), []);
  });

  it('inside a string are no comments', () => {
    assert.equal(ignoring(lines('x = "# joulelint: ignore[JL101]"'))[0]?.slice(0, 5), 'JL101');
    assert.equal(ignoring(lines('"""', "'''\" # joulelint: ignore[JL101] '''")).length, 1);
  });
});

function opNamed(): AnyOp {
  return { kind: 'conv', role: 'product', summary: '', source: '', formula: '', shape: () => [[1]], examples: [] };
}
