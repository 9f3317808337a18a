/** One network, LeNet-5, in several styles and frameworks gives one table and one DI. Another version is one more entry of `versions`. */
import { strict as assert } from 'node:assert';
import { isUnknown, type Unknown } from '../src/base/unknown';
import type { ModelAnalysis } from '../src/analysis/analysis';
import type { Shape } from '../src/tensor/shape';
import { analyse, analyseBytes, fixtureText, prepareParser } from './harness/analyse';
import { bytesOf, lenet } from './harness/onnx';

interface Version {
  readonly name: string;
  /** Analysed for an input of 1×1×32×32 (channels last: 1×32×32×1). */
  model(): ModelAnalysis | undefined;
  readonly layout?: 'channels-last';
}

/** A text of `test-fixtures/models`. */
function fixture(name: string): Version {
  return { name, model: () => analyse([{ path: name, text: fixtureText('models', name) }], { inputShape: [1, 32, 32] }).models[0] };
}

const versions: readonly Version[] = [
  fixture('lenet_module.py'),
  fixture('lenet_functional.py'),
  fixture('lenet.prototxt'),
  { ...fixture('lenet_keras.py'), layout: 'channels-last' },
  { name: 'lenet.onnx', model: () => analyseBytes('lenet.onnx', bytesOf(lenet())).models[0] },
];

/** Kind, sizes, params and MACs of each row that counts; names, types, the input and views differ from one to the other. */
function tableOf({ layout }: Version, model: ModelAnalysis): unknown[] {
  const inputs = new Set(model.graph.inputs.map(input => input.tensor));
  return model.metrics.layers
    .filter(layer => (layer.macs !== 0 || layer.activations !== 0) && !layer.node.outputs.some(output => inputs.has(output)))
    .map(({ kind, inputs: into, outputs, params, macs, activations }) => ({
      // A fully connected layer reads a map or the vector that it was flattened to.
      kind, in: into.map(shape => (kind === 'dense' ? flat(shape) : channelsFirst(shape, layout))), out: outputs.map(shape => channelsFirst(shape, layout)), params, macs, activations,
    }));
}

function flat(shape: Shape | Unknown): unknown {
  return isUnknown(shape) ? shape : [shape[0], shape.slice(1).reduce<number>((product, size) => product * Number(size), 1)];
}

function channelsFirst(shape: Shape | Unknown, layout: Version['layout']): unknown {
  if (isUnknown(shape) || layout !== 'channels-last' || shape.length < 3) return shape;
  return [shape[0], shape.at(-1), ...shape.slice(1, -1)];
}

describe('the same net, written differently', () => {
  before(prepareParser);

  const models = new Map<string, ModelAnalysis>();
  const modelOf = (version: Version): ModelAnalysis => {
    const model = models.get(version.name) ?? version.model();
    assert.ok(model, `${version.name} has no model`);
    models.set(version.name, model);
    return model;
  };

  for (const version of versions) {
    it(`LeNet-5 has 61,706 params and 416,520 MACs in ${version.name}`, () => {
      const { totals, status, reasons } = modelOf(version).metrics;
      assert.equal(status, 'exact', reasons[0]?.reason);
      assert.equal(totals.frameworkParams, 61_706);
      assert.equal(totals.macs, 416_520);
    });

    it(`${version.name} gives the table and the DI of the others`, () => {
      const [first] = versions;
      assert.ok(first);
      assert.deepEqual(tableOf(version, modelOf(version)), tableOf(first, modelOf(first)));
      const { di, activations } = modelOf(first).metrics.totals;
      assert.deepEqual({ di: modelOf(version).metrics.totals.di, activations: modelOf(version).metrics.totals.activations }, { di, activations });
    });
  }
});
