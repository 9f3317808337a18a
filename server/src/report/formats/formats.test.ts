import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../../../shared/src/settings';
import type { Report } from '../../../../shared/src/report';
import { TestNet, testUri } from '../../../test/graphs';
import { analyze } from '../../analysis/analyze';
import { renderCsv } from './csv';
import { reportOf } from '../json';
import { withLargestRows } from '../largest-rows';
import { plain } from '../paint';
import { renderHtml } from './html';
import { renderMarkdown } from './markdown';
import { allFormats } from './registry.generated';
import { renderSarif } from './sarif';
import { renderTable } from './table';

function report(origin: 'declared' | 'setting' = 'declared'): Report {
  const net = new TestNet();
  const stem = net.relu('relu', net.batchNorm('bn', net.conv('conv', net.input([1, 3, 32, 32], origin), 16)));
  const graph = net.graph([net.add(net.conv('dw', stem, 16, { groups: 16, line: 4 }), stem)]);
  const text = `${' '.repeat(99)}\n`.repeat(8);
  const { analysis } = analyze({ uri: testUri, text, settings: defaultSettings, roots: [] }, {
    id: 'test', sniff: () => true, lower: () => ({ graphs: [graph], models: [{ name: 'Net', at: graph.at }], problems: [], missing: [] }),
  }, { texts: new Map(), text: () => null, folder: () => null });
  return reportOf([analysis], { name: 'joulelint', version: '1.2.3' });
}

const costs = ': it costs what moving its activations costs; 19.6 % of all activations moved and 21.5 % of the energy on RTX 4090. '
  + 'Where maps are large, try a standard convolution (fused MBConv) or fewer channels';

describe('reports as text', () => {
  it('the table: aligned columns, totals, findings with their place', () => {
    assert.equal(renderTable(report(), { fileName: () => 'net.py' }), `Net  net.py:1
input x = 1×3×32×32 (test)

layer  type              output        MACs  params    act.  M_c/W  M_c/A
conv   conv              1×16×32×32   442 k     432  16.4 k   1024   22.7
bn     batch-norm        1×16×32×32  16.4 k      32  32.8 k      –      –
relu   activation        1×16×32×32       –       –  16.4 k      –      –
dw     conv (depthwise)  1×16×32×32   147 k     144  16.4 k   1024    4.5
       elementwise       1×16×32×32       –       –  16.4 k      –      –

MACs         606 kMAC  (606,208)
params       608 params
activations  101 k act.  (101,376)
peak         49.2 k act. at the same time, at torch.nn.elementwise
reuse        M_c/W 997 · M_c/A 5.98 · AI 5.94 · A/W 167
DI           51 · disparity −759 % (α = 0.8)
published    DI between Inception-V4 (48.2) and NiN (65) · M_c/A below MobileNet-V2 (12.4), the lowest of 25 networks
counted      convention paper · batch 1 · eval mode · exact

net.py:5:41  info JL101  DWConv lowers M_c/A to 0.063× of a standard convolution (4.5 vs 72 MACs/activation)${costs}
`);
  });

  it('a guessed input is said first', () => {
    assert.match(renderTable(report('setting')), /^Net .*\nassuming x = 1×3×32×32 \(setting: test\)\n/);
  });

  it('several models are one line each', () => {
    const single = report();
    const text = renderTable({ ...single, models: [...single.models, ...single.models.map(model => ({ ...model, name: 'Other', status: 'lower-bound' as const }))] }, { fileName: () => 'net.py' });
    assert.match(text, /^net\.py\nmodel {2}line {2}input/);
    assert.match(text, /\nOther +1 {2}1×3×32×32 +≥ 606 k +≥ 608 .* lower-bound\n/);
    assert.doesNotMatch(text, /depthwise\)/);
  });

  it('only the layers with the most MACs', () => {
    const whole = report();
    const cut = { ...whole, models: whole.models.map(model => withLargestRows(model, 2)) };
    const text = renderTable(cut);
    assert.match(text, /3 rows with fewer MACs not shown/);
    assert.equal(renderCsv(cut).trim().split('\r\n').length, 1 + 2);
    assert.match(renderMarkdown(cut), /3 rows with fewer MACs not shown/);
    assert.match(renderHtml(cut, { nonce: 'x' }), /the 2 with the most MACs of 5 calls/);
    assert.doesNotMatch(text, /elementwise {2}/);
  });

  it('CSV has a line per layer and quotes what needs it', () => {
    const [head, first, ...rest] = renderCsv(report()).split('\r\n');
    assert.match(head ?? '', /^model,status,path,type,kind,in,out,macs,/);
    assert.match(first ?? '', /^Net,exact,conv,torch\.nn\.conv,standard,1x3x32x32,1x16x32x32,442368,432,16384,/);
    assert.equal(rest.length, 5);
    const model = report().models.map(each => ({ ...each, name: 'Net(1, "a")' }));
    assert.match(renderCsv({ ...report(), models: model }), /\r\n"Net\(1, ""a""\)",exact,conv/);
  });

  it('Markdown and SARIF hold the same finding', () => {
    assert.match(renderMarkdown(report()), /- \*\*JL101\*\* DWConv lowers M\\_c\/A to 0\.063×/);
    assert.match(renderMarkdown(report()), /DI 51: between Inception-V4 \(48\.2\) and NiN \(65\) of 25 published networks\. .*NiN 101 mJ \(Tesla P100\), 136 mJ \(Quadro P4000\)/);
    const sarif = JSON.parse(renderSarif(report())) as { runs: { results: { ruleId: string; locations: { physicalLocation: { region: object } }[] }[]; tool: { driver: { rules: object[] } } }[] };
    const [result] = sarif.runs[0]?.results ?? [];
    assert.equal(result?.ruleId, 'JL101');
    assert.deepEqual(result.locations[0]?.physicalLocation.region, { startLine: 5, startColumn: 41, endLine: 5, endColumn: 51 });
    assert.equal(sarif.runs[0]?.tool.driver.rules.length, 1);
  });

  it('rows add up to the totals', () => {
    const [model] = report().models;
    const sum = (key: 'macs' | 'params' | 'activations'): number => (model?.layers ?? []).reduce((total, row) => total + (row[key] ?? 0), 0);
    assert.equal(sum('macs'), model?.totals.macs);
    assert.equal(sum('params') + (model?.totals.unusedParams ?? 0), model?.totals.params);
    assert.equal(sum('activations') + (model?.totals.inputActivations ?? 0), model?.totals.activations);
  });

  it('every format writes the findings or the layers of every report, an empty one included', () => {
    const context = { fileName: () => 'net.py', paint: plain, layers: true, top: undefined };
    for (const format of allFormats) {
      assert.match(format.render(report(), context), /\bdw\b|JL101/, format.name);
      assert.equal(typeof format.render({ ...report(), models: [], findings: [] }, context), 'string', format.name);
    }
    assert.equal(allFormats.filter(format => format.isDefault).length, 1);
    assert.equal(new Set(allFormats.map(format => format.name)).size, allFormats.length);
  });

  it('of a model that could not be followed no figure is known, which is not zero', () => {
    const graph = new TestNet().graph([]);
    const { analysis } = analyze({ uri: testUri, text: '', settings: defaultSettings, roots: [] }, {
      id: 'test', sniff: () => true, lower: () => ({ graphs: [graph], models: [{ name: 'Net', at: graph.at }], problems: [], missing: [] }),
    }, { texts: new Map(), text: () => null, folder: () => null });
    const failed = reportOf([analysis], { name: 'joulelint', version: '1.2.3' });
    const [model] = failed.models;
    assert.equal(model?.status, 'failed');
    assert.deepEqual([...new Set(Object.values(model.totals))], [null]);
    assert.match(renderMarkdown(failed, { fileName: () => 'net.py' }), /^# Net\n\n`net\.py:1` · not analysed: see below\n/);
  });
});
