import { strict as assert } from 'node:assert';
import type { EnergyEstimate, LayerRow, Model, Report } from '../../../shared/src/report';
import { imageModels } from '../energy/image-models.generated';
import { frontier, planeWords, readsImages } from './accuracy-plane';
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

  it('what has no room elsewhere says so, and the batch from which arithmetic sets the pace is said', () => {
    const text = page({ whatIf: [energy, { device: 'rtx3090', dtype: 'float32', batch: 256, problem: 'it needs 31 GB, RTX 3090 has 24 GB' }], computeBound: { from: 12, tried: 16, share: 0.52 } });
    assert.match(text, /rtx3090 .*float32<\/td>.*256<\/td>.*it needs 31 GB, RTX 3090 has 24 GB/);
    assert.match(text, /From a batch of 12 on arithmetic takes most of the time/);
    assert.match(page({ computeBound: { tried: 1024, share: 0.156 } }), /Up to a batch of 1024 memory and the start of operators take most of the time \(arithmetic sets the pace of 15\.6 % of it\)/);
  });

  it('the timeline names what is kept for later', () => {
    const kept: LayerRow = { ...row('second', 20), held: [{ from: 'skip', elements: 200_704 }] };
    assert.match(page({ layers: [row('first', 10), kept] }), /<title>second: 704 activations alive, held for later: skip 201 k<\/title>/);
  });

  it('the layer table has energy in place of DI, and its total', () => {
    assert.match(page(), /<button type="button" title="Modelled energy of one sample[^"]*">Energy<\/button>/);
    assert.match(page(), /<tfoot>.*31 mJ \(21–46\)<\/td><\/tr>/);
    assert.doesNotMatch(page(), /<button type="button"[^>]*>DI<\/button>/);
  });

  it('places a model of images among published ones by its energy', () => {
    const placed = page({ onPlane: energy });
    assert.match(placed, /id="plane"/);
    assert.match(placed, /top-1, [\d.]+ mJ<\/title>/);
    assert.doesNotMatch(page(), /id="plane"/);
    assert.ok(readsImages({ inputs: [{ shape: [1, 3, 224, 224] }] }) && readsImages({ inputs: [{ shape: [1, 299, 299, 3] }] }) && !readsImages({ inputs: [{ shape: [1, 1, 28, 28] }] }));
    assert.deepEqual(frontier([{ top1: 40 }, { top1: 39 }, { top1: 41 }, { top1: 41 }]), [0, 2]);
    const near = imageModels.filter(([, , , millijoules]) => millijoules >= 31 / 1.25 && millijoules <= 31 * 1.25);
    const best = Math.max(...imageModels.filter(([, , , millijoules]) => millijoules <= 31).map(([, , top1]) => top1));
    assert.match(planeWords(energy), new RegExp(`^of ${near.length} models with about its energy .*; with no more energy the best is .* px, ${Number(best.toPrecision(3))} %$`));
  });
});
