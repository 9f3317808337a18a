import { strict as assert } from 'node:assert';
import type { LayerRow, Model, Report } from '../../../../shared/src/report';
import { renderHtml } from './html';

const evil = '<img src=x onerror=alert(1)>"\'&';

const row = (path: string, more: Partial<LayerRow> = {}): LayerRow => ({
  path, type: 'torch.nn.Conv2d', op: 'conv', kind: 'standard', in: [[1, 3, 8, 8]], out: [[1, 8, 8, 8]], ifmapElements: 192, ofmapElements: 512,
  weightElements: 216, params: 216, macs: 13_824, activations: 512, weightReuse: 64, activationReuse: 19.6, intensity: 15, di: 7.1,
  concurrentActivations: 704, declared: { uri: 'file:///net.py', line: 7, column: 21 }, ...more,
});

const model: Model = {
  name: evil, framework: 'pytorch', uri: 'file:///net.py', line: 3,
  inputs: [{ name: 'x', shape: [1, 3, null, 8], dtype: 'float32', origin: 'setting', why: evil }],
  convention: 'paper', alpha: 0.8, batch: 1, mode: 'eval', status: 'exact',
  totals: {
    params: 432, frameworkParams: 432, trainableParams: 432, unusedParams: 0, buffers: 0, macs: 27_648, activations: 1024, weightReuse: 64,
    activationReuse: 27, intensity: 19, di: 8.6, disparity: 55, activationsPerParam: 2.37, peakActivations: 1024, peakAt: 'second',
  },
  layers: [row('first'), row(evil, { kind: 'depthwise', concurrentActivations: 1024 }), row('unknown', { macs: null, di: null, out: [null] })],
};

const report = (change: Partial<Model> = {}): Report => ({
  schema: 'joulelint-report/1', tool: { name: 'JouleLint', version: '0.0.0' }, models: [{ ...model, ...change }],
  findings: [{ rule: 'JL101', name: 'x', severity: 'info', message: evil, uri: 'file:///net.py', range: { start: { line: 6, character: 4 }, end: { line: 6, character: 9 } }, data: {} }],
  problems: [{ code: 'unmodelled', message: evil }],
});

const page = renderHtml(report(), { nonce: 'abc' });
/** Tags without the values of their attributes, and neither style nor script. */
const tags = (text: string): string => (text.replace(/(<(style|script)[^>]*>)[^]*?<\/\2>/g, '$1').match(/<[^>]*>/g) ?? []).join('').replace(/"[^"]*"/g, '""');

describe('report page', () => {
  it('takes every text as text', () => {
    assert.ok(!page.includes('<img'), 'a tag came through');
    assert.ok(!page.includes('"\'&'), 'an attribute could be left');
  });

  it('shows the largest rows of a model that has more than a page can hold, and says of how many', () => {
    const layers = Array.from({ length: 3_100 }, (_, index) => row(`row${index}`, { macs: index < 100 ? 1 : 2 }));
    const large = renderHtml(report({ layers }), { nonce: 'abc' });
    assert.ok(large.includes('the 3,000 with the most MACs of 3,100 calls'), 'nothing is said of the others');
    assert.deepEqual([large.includes('row99 '), large.includes('row100 ')], [false, true]);
    assert.equal((large.match(/<tr tabindex/g) ?? []).length, 3_000);
  });

  it('marks what blocks come to where layers of them may have no row', () => {
    const layers = Array.from({ length: 3_100 }, (_, index) => row(`${index < 1_600 ? 'first' : 'second'}.row${index}`, { macs: 1_000 }));
    const blocksOf = (text: string): readonly string[] => [...text.matchAll(/<tr [^>]*\bblock"[^]*?<\/tr>/g)].map(([block]) => block);
    const [cut, whole] = [blocksOf(renderHtml(report({ layers }), { nonce: 'abc' })), blocksOf(renderHtml(report({ layers: layers.slice(200) }), { nonce: 'abc' }))];
    assert.deepEqual([cut.length, whole.length], [2, 2]);
    for (const block of cut) assert.match(block, />≥ 1\.[46]\d*<span/);
    for (const block of whole) assert.doesNotMatch(block, /≥/);
  });

  it('allows nothing but its own style and script', () => {
    assert.match(page, /default-src &#39;none&#39;; style-src &#39;nonce-abc&#39;; script-src &#39;nonce-abc&#39;/);
    assert.equal(page.match(/<(script|style)(?! nonce="abc")/g), null);
    assert.doesNotMatch(tags(page), /\s(style|on\w+|src|href)=/, 'the policy would drop inline styles and handlers');
  });

  it('has a row per layer that leads to its line and can be reached by keyboard', () => {
    const rows = page.match(/<tr tabindex="-?\d"[^>]*>/g) ?? [];
    assert.equal(rows.length, 3);
    assert.deepEqual(rows.map(text => /tabindex="(-?\d)"/.exec(text)?.[1]), ['0', '-1', '-1'], 'Tab stops once; arrows go on');
    for (const text of rows) assert.match(text, /data-file="0" data-line="7" data-column="21"/);
    assert.equal(page.match(/<th scope="col"[^>]*><button type="button"/g)?.length, 9);
  });

  it('names what is guessed and what is a bound', () => {
    assert.match(page, /assuming x/);
    assert.match(page, />exact</);
    const bound = renderHtml(report({ status: 'lower-bound' }), { nonce: 'abc' });
    assert.match(bound, /lower bound/);
    assert.match(bound, /≥ 27\.6/);
    assert.match(bound, /Not fully known/);
  });

  it('survives a report without models and a model without layers', () => {
    assert.match(renderHtml({ ...report(), models: [] }, { nonce: 'abc' }), /No model was found/);
    assert.match(renderHtml(report({ layers: [], status: 'failed' }), { nonce: 'abc' }), /not analysed/);
  });

  it('stands among the published networks, with what was measured on its neighbours', () => {
    assert.match(page, /<b>DI 8\.6<\/b>: below MobileNet-V2 \(8\.72\), the lowest/);
    assert.equal(page.match(/<circle class="(dot|near)"/g)?.length, 50);
    assert.equal(page.match(/<circle class="own"/g)?.length, 2);
    assert.match(page, /measured on Tesla P100/);
    assert.match(page, /no prediction for this model/);
  });

  it('does not compare what is counted differently', () => {
    const counted = renderHtml(report({ convention: 'graph' }), { nonce: 'abc' });
    assert.match(counted, /Not placed: they are counted in the convention paper, this model in graph/);
    assert.doesNotMatch(counted, /class="strip"/);
    assert.doesNotMatch(renderHtml(report({ layers: [], status: 'failed' }), { nonce: 'abc' }), /id="published"/);
  });

  it('is the same twice', () => {
    assert.equal(renderHtml(report(), { nonce: 'abc' }), page);
  });
});
