/** One network written in several styles gives one table and one DI. */
import { strict as assert } from 'node:assert';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { analyse, fixtureText, prepareParser } from './harness/analyse';

const lenets = ['lenet_module.py', 'lenet_functional.py'];

/** Kind, shapes, params and MACs of each row that computes; names and types differ by style. */
function tableOf(model: ModelAnalysis): unknown[] {
  return model.metrics.layers.filter(layer => layer.macs !== 0 || layer.activations !== 0)
    .map(({ kind, inputs, outputs, params, macs }) => ({ kind, inputs, outputs, params, macs }));
}

function lenet(name: string): ModelAnalysis {
  const model = analyse([{ path: name, text: fixtureText('models', name) }], { inputShape: [1, 32, 32] }).models[0];
  assert.ok(model, `${name} has no model`);
  return model;
}

describe('the same net, written differently', () => {
  before(prepareParser);

  it('LeNet-5 has 61,706 params and 416,520 MACs', () => {
    for (const name of lenets) {
      const { totals, status } = lenet(name).metrics;
      assert.equal(status, 'exact');
      assert.equal(totals.frameworkParams, 61_706);
      assert.equal(totals.macs, 416_520);
    }
  });

  it('gives one table and one DI', () => {
    const [first, ...others] = lenets.map(lenet);
    assert.ok(first);
    for (const other of others) {
      assert.deepEqual(tableOf(other), tableOf(first));
      assert.equal(other.metrics.totals.di, first.metrics.totals.di);
    }
  });
});
