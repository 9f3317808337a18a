import { strict as assert } from 'node:assert';
import type { EnergyEstimate, LayerRow, Model, Report } from '../../../shared/src/report';
import { costLines } from './cost-lines';
import { renderHtml } from './formats/html';

const row = (path: string, millijoules: number): LayerRow => ({
  path, type: 'torch.nn.Conv2d', op: 'conv', kind: 'standard', in: [[1, 3, 8, 8]], out: [[1, 8, 8, 8]], ifmapElements: 192, ofmapElements: 512, weightElements: 216, params: 216, macs: 13_824,
  activations: 512, concurrentActivations: 704, declared: { uri: 'file:///net.py', line: 7, column: 21 },
  energy: { millijoules, milliseconds: 0.01, share: millijoules / 30, boundBy: 'bandwidth', bytes: 2000, macs: 13_824 },
});

const energy: EnergyEstimate = {
  device: 'rtx4090', stack: 'amp nchw 2.9.1 eager', dtype: 'float16', batch: 64, estimator: 'profiled', includes: 'wall', millijoules: { estimate: 31, low: 21, high: 46 },
  milliseconds: { estimate: 0.2, low: 0.16, high: 0.25 }, parts: { compute: 20, weights: 1, inputs: 2, outputs: 2, idle: 6 }, roof: { macsPerSecond: 1e14, bytesPerSecond: 1e12 },
  confidence: 0.8, calibrated: true, timeCalibrated: true, why: 'measured',
};

function model(change: Partial<Model> = {}): Model {
  return {
    name: 'Net', framework: 'pytorch', uri: 'file:///net.py', line: 3, inputs: [], convention: 'paper', alpha: 0.8, batch: 1, mode: 'eval', status: 'exact',
    totals: { params: 432, frameworkParams: 432, trainableParams: 432, unusedParams: 0, buffers: 0, macs: 27_648, activations: 1024, peakActivations: 1024 },
    layers: [row('first', 10), row('second', 20)], energy: [energy], ...change,
  };
}

function page(change: Partial<Model> = {}): string {
  const report: Report = { schema: 'joulelint-report/1', tool: { name: 'JouleLint', version: '0.0.0' }, models: [model(change)], findings: [], problems: [] };
  return renderHtml(report, { nonce: 'abc' });
}

describe('energy on the page and in the table', () => {
  it('says what the figure rests on', () => {
    assert.match(page(), /31 mJ/);
    assert.match(page(), /one sample on rtx4090 at a batch of 64 · float16 · amp nchw 2\.9\.1 eager · joules of everything at the plug · 80 % interval · calibrated/);
    const lines = costLines(model(), false);
    assert.deepEqual(lines, [
      ['energy', '31 mJ (21–46) per sample on rtx4090, batch 64, float16  (amp nchw 2.9.1 eager; at the plug; 80 % interval)'], ['time', '200 µs (160–250) per sample'],
    ]);
  });

  it('shows each layer with its share and what it waits for, and leads to its line', () => {
    assert.match(page(), /<g data-file="0" data-line="7" data-column="21"><title>second: 20 mJ \(66\.7 %\), 10 µs, bound by bandwidth/);
    // 2 × 13,824 MAC / 2,000 bytes
    assert.match(page(), /second: 13\.8 FLOP\/byte, 2\.76 GFLOP\/s/);
    // 2 × 10¹⁴ MAC/s / 10¹² B/s
    assert.match(page(), /ridge at 200 FLOP\/byte/);
  });

  it('a range has no estimate, a bound says so, and what is not known is said', () => {
    const ranged: EnergyEstimate = { ...energy, millijoules: { low: 12, high: 85 }, calibrated: false, timeCalibrated: false, lowerBound: true };
    assert.match(costLines(model({ energy: [ranged] }), false)[0]?.[1] ?? '', /^≥ 12–85 mJ per sample .* uncalibrated/);
    assert.match(page({ energy: [{ device: 'rtx4091', problem: 'there is no device rtx4091' }] }), /Not known: there is no device rtx4091/);
    assert.doesNotMatch(page({ energy: [] }), /id="energy"/);
  });

  it('other batches and devices are a table', () => {
    assert.match(page({ whatIf: [energy, { ...energy, batch: 1 }] }), /<h2 id="whatif">Elsewhere<\/h2>/);
  });
});
