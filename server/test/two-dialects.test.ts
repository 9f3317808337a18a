/** Published networks, written layer for layer in PyTorch and in Caffe: under `paper` they give the same rows, one DI, and the published counts. */
import { strict as assert } from 'node:assert';
import type { ModelAnalysis } from '../src/analysis/analysis';
import type { Convention } from '../src/metrics/metrics';
import { analyse, fixtureText, prepareParser } from './harness/analyse';
import { mobilenetV1, resnet50, vgg16 } from './caffe-networks';

interface Network {
  readonly fixture: string;
  readonly prototxt: string;
  /** Totals of the published prototxt under Netscope; printed in IEEE Transactions on Computers 2020, Table 7. */
  readonly published: { readonly macs: number; readonly params: number; readonly activations: number };
}

const networks: readonly Network[] = [
  { fixture: 'vgg16.py', prototxt: vgg16(), published: { macs: 15_470_264_320, params: 138_357_544, activations: 28_802_512 } },
  { fixture: 'resnet50.py', prototxt: resnet50(), published: { macs: 3_868_560_384, params: 25_557_096, activations: 46_717_904 } },
  { fixture: 'mobilenet_v1.py', prototxt: mobilenetV1(), published: { macs: 573_783_040, params: 4_231_976, activations: 20_324_304 } },
];

interface Row {
  readonly kind: string;
  readonly out: string;
  readonly macs: unknown;
  readonly params: unknown;
  readonly activations: unknown;
}

function modelOf(path: string, text: string, convention: Convention = 'paper'): ModelAnalysis {
  const model = analyse([{ path, text }], { convention }).models[0];
  assert.ok(model, path);
  assert.equal(model.metrics.status, 'exact', path);
  return model;
}

/** Rows that count. A batch normalisation is two layers in Caffe, one in PyTorch; the input has a row in Caffe only; a map of one place may be a vector. */
function rowsOf(model: ModelAnalysis): Row[] {
  const rows: Row[] = [];
  for (const { node, kind, outputs, macs, params, activations } of model.metrics.layers) {
    if (node.type === 'Input' || (macs === 0 && activations === 0)) continue;
    const last = rows.at(-1);
    if (node.type === 'Scale' && last) rows[rows.length - 1] = { ...last, macs, activations: Number(last.activations) + Number(activations) };
    else rows.push({ kind, out: JSON.stringify(outputs[0]).replace(/(,1)+\]$/, ']'), macs, params, activations });
  }
  return rows;
}

describe('one network, two dialects', () => {
  before(prepareParser);
  for (const { fixture, prototxt, published } of networks) {
    it(fixture, () => {
      const pytorch = modelOf(fixture, fixtureText('published', fixture));
      const caffe = modelOf(fixture.replace('.py', '.prototxt'), prototxt);
      assert.deepEqual(rowsOf(caffe), rowsOf(pytorch));
      for (const { metrics } of [caffe, pytorch]) {
        const { macs, params, activations } = metrics.totals;
        assert.deepEqual({ macs, params, activations }, published);
      }
      assert.equal(caffe.metrics.totals.di, pytorch.metrics.totals.di);
      assert.equal(caffe.metrics.totals.frameworkParams, pytorch.metrics.totals.frameworkParams);
    });

    it(`${fixture} as an inference runtime executes it`, () => {
      const [pytorch, caffe] = [modelOf(fixture, fixtureText('published', fixture), 'fused'), modelOf(fixture.replace('.py', '.prototxt'), prototxt, 'fused')].map(({ metrics: { totals } }) => {
        const { macs, params, activations, di } = totals;
        return { macs, params, activations, di };
      });
      assert.deepEqual(caffe, pytorch);
    });
  }
});
