import { strict as assert } from 'node:assert';
import { unknown } from '../base/unknown';
import { lineAt, TestNet } from '../../test/graphs';
import type { Graph } from '../graph/graph';
import { elementwise } from '../ops/elementwise';
import { doubtOf, statusOf as verdictOf, type Verdict } from './status';
import type { Problem } from '../base/problem';

function statusOf(graph: Graph, doubts: readonly Problem[] = []): Verdict {
  return verdictOf(doubtOf(graph), doubts);
}

function small(changes: Partial<Graph> = {}): Graph {
  const net = new TestNet();
  return net.graph([net.conv('conv', net.input([1, 3, 8, 8]), 4)], changes);
}

describe('status', () => {
  it('a graph in which everything is known is exact', () => {
    assert.deepEqual(statusOf(small()), { status: 'exact', reasons: [] });
  });

  it('a gap, a mismatch, a problem or a doubt about the file make a lower bound', () => {
    assert.equal(statusOf(small({ gaps: [{ message: '`foo()` is not modelled', at: lineAt(3), path: '' }] })).status, 'lower-bound');
    assert.equal(statusOf(small({ gaps: [{ message: 'sizes after a mask', at: lineAt(3), path: '', harmless: true }] })).status, 'exact');
    assert.equal(statusOf(small({ problems: [{ code: 'budget', message: 'stopped' }] })).status, 'lower-bound');
    assert.equal(statusOf(small({ problems: [{ code: 'python-error', message: 'TypeError' }] })).status, 'lower-bound');
    assert.equal(statusOf(small(), [{ code: 'syntax', message: 'half a line' }]).status, 'lower-bound');
    const net = new TestNet();
    const x = net.input([1, 3, 8, 8]);
    net.builder.mismatches.push({ node: 0, attr: '', message: 'no', expected: 1, actual: 2, site: { declared: lineAt(1), argument: {} } });
    assert.equal(statusOf(net.graph([net.conv('conv', x, 4)])).status, 'lower-bound');
  });

  it('an unknown size before a product makes a lower bound, after the last one it does not matter', () => {
    const net = new TestNet();
    const x = net.input([1, 3, 8, 8]);
    const y = net.conv('conv', x, 4);
    const boxes = net.builder.source([unknown('depends on data'), 4], 'float32', 'activation');
    const scaled = net.layer(elementwise, '', { function: 'multiply', operands: [null, 2] }, [boxes]);
    assert.equal(statusOf(net.graph([y, scaled], { problems: [{ code: 'data-dependent', message: 'number of boxes' }] })).status, 'exact');
    const z = net.linear('head', scaled, 5);
    const verdict = statusOf(net.graph([y, z]));
    assert.equal(verdict.status, 'lower-bound');
    assert.equal(verdict.reasons[0]?.reason, 'depends on data');
  });

  it('a forward pass without an operator failed, and one that ignores its input was not followed', () => {
    const net = new TestNet();
    assert.equal(statusOf(net.graph([net.input([1, 3])])).status, 'failed');
    const ignored = new TestNet();
    ignored.input([1, 3]);
    const elsewhere = ignored.builder.source([1, 4], 'float32', 'constant');
    assert.equal(statusOf(ignored.graph([ignored.linear('head', elsewhere, 2)])).status, 'lower-bound');
  });
});
