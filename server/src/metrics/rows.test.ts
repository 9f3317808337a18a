import { strict as assert } from 'node:assert';
import { TestNet } from '../../test/graphs';
import { attention } from '../ops/attention';
import { recurrent } from '../ops/recurrent';
import type { Convention, ModelMetrics } from './metrics';
import { metricsOf } from './rows';
import { networkDi } from './intensity';
import { networkReuse } from './totals';

/** conv → batch norm → in-place ReLU → depthwise → 1×1, with a skip connection over the last two, on 256 channels of 28×28. */
function residual(): TestNet & { done: ReturnType<TestNet['graph']> } {
  const net = new TestNet();
  const stem = net.relu('relu', net.batchNorm('bn', net.conv('conv', net.input([1, 256, 28, 28]), 256)), true);
  const sum = net.add(net.conv('pw', net.conv('dw', stem, 256, { groups: 256 }), 256, { kernel: 1, bias: true }), stem);
  net.unused('aux.weight', 10);
  return Object.assign(net, { done: net.graph([sum]) });
}

function measure(convention: Convention): ModelMetrics {
  return metricsOf(residual().done, { convention, alpha: 0.8, batch: 1 });
}

const map = 256 * 28 * 28;
const standardMacs = map * 256 * 9;

describe('metrics', () => {
  it('the reuse figures of paper 2, Table 3: standard, depthwise and pointwise at 256 channels, 28×28', () => {
    const [standard, , , depthwise, pointwise] = measure('graph').layers;
    assert.deepEqual([standard, depthwise, pointwise].map(layer => layer?.kind), ['standard', 'depthwise', 'pointwise']);
    assert.equal(standard?.activationReuse, 1152);
    assert.equal(depthwise?.activationReuse, 4.5);
    assert.equal(pointwise?.activationReuse, 128);
    assert.equal(standard?.weightReuse, 28 * 28);
    assert.equal(depthwise?.weightReuse, 28 * 28);
    assert.equal(depthwise?.reference?.ratio, 1 / 256);
    assert.equal(depthwise?.reference?.activationReuse, 1152);
    assert.equal(pointwise?.reference?.ratio, 1 / 9);
    assert.equal(pointwise?.reference?.name, 'a standard 3×3 convolution');
    assert.equal(standard?.di, (0.8 * 1152 + 0.2 * 784) / 4);
  });

  it('a layer without MACs has reuse 0 with weights and none without', () => {
    const [, norm, relu] = measure('graph').layers;
    assert.deepEqual([norm?.weightReuse, norm?.activationReuse, norm?.intensity, norm?.di], [0, 0, 0, 0]);
    assert.ok(relu && !('di' in relu) && !('activationReuse' in relu));
  });

  it('graph: every operator that allocates counts once, in-place ones not', () => {
    const { layers, totals, status } = measure('graph');
    assert.equal(status, 'exact');
    assert.deepEqual(layers.map(layer => layer.activations), [map, map, 0, map, map, map]);
    assert.equal(totals.activations, 5 * map);
    assert.equal(totals.inputActivations, 0);
    assert.equal(totals.macs, standardMacs + map * 9 + map * 256);
    assert.equal(totals.params, 256 * 256 * 9 + 512 + 2304 + 65_536 + 256 + 10);
    assert.equal(totals.unusedParams, 10);
  });

  it('paper: the input counts, an affine batch norm twice with one MAC per element, in-place or not, sums of two maps', () => {
    const { layers, totals } = measure('paper');
    assert.deepEqual(layers.map(layer => layer.activations), [map, 2 * map, map, map, map, map]);
    assert.equal(totals.inputActivations, map);
    assert.equal(totals.activations, 8 * map);
    assert.equal(layers[1]?.macs, map);
    assert.equal(layers[1].executedMacs, 0);
    assert.equal(totals.macs, standardMacs + map + map * 9 + map * 256);
  });

  it('fused: batch norm folds into the convolution, which then has a bias; activations are free', () => {
    const { layers, totals } = measure('fused');
    assert.deepEqual(layers.map(layer => layer.activations), [map, 0, 0, map, map, map]);
    assert.equal(layers[0]?.params, 256 * 256 * 9 + 256);
    assert.equal(layers[1]?.params, 0);
    assert.equal(totals.params, layers.reduce((sum, layer) => sum + (layer.params as number), 10));
  });

  it('fused: a convolution read twice keeps its batch norm', () => {
    const net = new TestNet();
    const out = net.conv('conv', net.input([1, 8, 4, 4]), 8);
    const { layers } = metricsOf(net.graph([net.add(net.batchNorm('bn', out), out)]), { convention: 'fused', alpha: 0.8, batch: 1 });
    assert.equal(layers[1]?.activations, 128);
    assert.equal(layers[1].params, 16);
  });

  it('a layer called twice has its weights in its first row, and reads them in both', () => {
    const net = new TestNet();
    const x = net.input([2, 8, 4, 4]);
    const { layers, totals, batch } = metricsOf(net.graph([net.conv('conv', net.conv('conv', x, 8), 8)]), { convention: 'graph', alpha: 0.8, batch: 1 });
    assert.deepEqual(layers.map(layer => layer.params), [576, 0]);
    assert.deepEqual(layers.map(layer => layer.weightElements), [576, 576]);
    assert.equal(totals.params, 576);
    assert.equal(batch, 2);
  });

  it('attention counts like its parts in paper counting, and as the one operator it is in graph counting', () => {
    const count = (convention: Convention): unknown => {
      const net = new TestNet();
      const [q, k, v] = [net.input([2, 4, 10, 8]), net.input([2, 4, 10, 8]), net.input([2, 4, 10, 8])];
      return metricsOf(net.graph([net.layer(attention, '', { causal: false }, [q, k, v])]), { convention, alpha: 0.8, batch: 1 }).layers[0]?.activations;
    };
    assert.equal(count('paper'), 2 * 4 * (10 * 10 * 2 + 10 * 8));
    assert.equal(count('graph'), 2 * 4 * 10 * 8);
  });

  it('a recurrent layer counts every step of every layer and direction', () => {
    const net = new TestNet();
    const attrs = { cell: 'lstm' as const, inputSize: 10, hiddenSize: 20, layers: 2, bias: true, batchFirst: true, bidirectional: true, projectionSize: 0 };
    const out = net.layer(recurrent, 'lstm', attrs, [net.input([3, 5, 10])]);
    const [row] = metricsOf(net.graph([out]), { convention: 'paper', alpha: 0.8, batch: 1 }).layers;
    assert.equal(row?.activations, 3 * 5 * 20 * 2 * 2);
    assert.equal(row.kind, 'composite');
  });

  it('a change of α, or of the batch the settings name, counts nothing again', () => {
    const { done } = residual();
    const first = metricsOf(done, { convention: 'paper', alpha: 0.8, batch: 1 });
    const untouchable = new Set<string>();
    for (const part of ['nodes', 'tensors', 'weights', 'inputs', 'outputs'] as const) {
      const value = done[part];
      Object.defineProperty(done, part, { get: () => { untouchable.add(part); return value; } });
    }
    const second = metricsOf(done, { convention: 'paper', alpha: 0.3, batch: 4, doubts: [{ code: 'syntax', message: 'half a line' }] });
    assert.deepEqual([...untouchable], []);
    assert.equal(second.status, 'lower-bound');
    assert.equal(second.memory, first.memory);
    const counts = (metrics: ModelMetrics): unknown[] => metrics.layers.map(({ di: _di, ...others }) => others);
    assert.deepEqual(counts(second), counts(first));
    assert.equal(second.layers[0]?.di, (0.3 * 1152 + 0.7 * 784) / 4);
    assert.notEqual(second.totals.di, first.totals.di);
    metricsOf(done, { convention: 'graph', alpha: 0.3, batch: 1 });
    assert.ok(untouchable.has('nodes'), 'another convention is counted');
  });

  it('d_f is 75 − 20·W/A − 5·A/W at α = 0.8, and VGG-16 has the DI of Table 7', () => {
    const { disparity, di } = networkDi(networkReuse(15_470e6, 138.3e6, 28.8e6), 0.8);
    assert.ok(Math.abs((disparity ?? 0) - (75 - 20 * 138.3 / 28.8 - 5 * 28.8 / 138.3)) < 1e-9);
    assert.ok(Math.abs((di ?? 0) - 113) < 1);
  });
});
