/** A model that provably fails: figures up to the error, in every form. */
import { strict as assert } from 'node:assert';
import { codeLenses } from '../src/features/code-lens';
import { reportOf } from '../src/report/json';
import { renderMarkdown } from '../src/report/formats/markdown';
import { renderTable } from '../src/report/formats/table';
import { renderReport } from '../src/report/render';
import { analyse, prepareParser } from './harness/analyse';

const torch = `import torch
import torch.nn as nn
model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(9, 16, 3), nn.Flatten(), nn.Linear(7, 3))
model(torch.randn(1, 3, 32, 32))
`;
const keras = `import keras
from keras import layers
model = keras.Sequential([keras.Input((40, 27)), layers.LSTM(40), layers.LSTM(62), layers.Dense(62)])
`;

describe('figures up to an error', () => {
  before(prepareParser);

  it('count what runs before it, and nothing of what comes behind', () => {
    const { models: [model] } = analyse([{ path: 'net.py', text: torch }]);
    const { totals, rows, status, endsAt } = model?.metrics ?? assert.fail();
    assert.equal(status, 'lower-bound');
    assert.equal(endsAt?.isExact, true);
    assert.equal(totals.macs, 30 * 30 * 8 * 27);
    assert.deepEqual(rows.map(({ node, macs }) => [node.path, typeof macs]), [['0', 'number'], ['1', 'number'], ['2', 'object']]);
    // The module has its weights, whether or not they are reached.
    assert.equal(totals.frameworkParams, 8 * 27 + 8 + 16 * 81 + 16 + 21 + 3);
    assert.equal(totals.params, totals.frameworkParams);
    assert.equal(Number.isInteger(totals.activations), true);
  });

  it('know no weights of layers that Keras never builds, and no second error', () => {
    const { models: [model], findings } = analyse([{ path: 'net.py', text: keras }]);
    assert.equal(model?.metrics.totals.params, 4 * (27 + 40 + 1) * 40);
    assert.deepEqual(findings.filter(({ severity }) => severity === 'error').map(({ message }) => message), [
      'Input 0 of layer "lstm_1" is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: (None, 40)',
    ]);
  });

  it('are said to be so in every form, and are no bounds', () => {
    const analysis = analyse([{ path: 'net.py', text: torch }]);
    const report = reportOf([analysis], { name: 'joulelint', version: '0' });
    assert.equal(report.models[0]?.endsAt?.line, 3);
    const lens = codeLenses(analysis).map(({ command }) => command?.title ?? '').join(' ');
    for (const text of [renderTable(report), renderMarkdown(report), renderReport(report, 'html')]) {
      assert.match(text, /up to the error in line 3/);
      assert.doesNotMatch(text, /≥/);
    }
    assert.match(lens, /up to the error/);
    assert.doesNotMatch(lens, /≥/);
  });

  it('stay bounds where something before the error is not known', () => {
    const text = torch.replace('nn.ReLU()', 'nn.ReLU(), elsewhere.Block()').replace('import torch\n', 'import torch\nimport elsewhere\n').replace('nn.Conv2d(9,', 'nn.Conv2d(3, 4, 3), nn.Conv2d(9,');
    const { models: [model] } = analyse([{ path: 'net.py', text }]);
    assert.notEqual(model?.metrics.endsAt?.isExact, true);
  });
});
