/** Keras models, small enough to count by hand: weights by name, shapes by layer, names as Keras gives them. */
import { strict as assert } from 'node:assert';
import { Budget, defaultLimits } from '../src/base/budget';
import type { Graph } from '../src/graph/graph';
import { hover } from '../src/features/hover';
import { kerasFrontend } from '../src/frontends/keras/frontend';
import { reportOf } from '../src/report/json';
import { renderMarkdown } from '../src/report/formats/markdown';
import { renderTable } from '../src/report/formats/table';
import { analyse, prepareParser } from './harness/analyse';

function lower(text: string, model = 'model'): Graph {
  const { graphs, problems } = kerasFrontend.lower({
    uri: 'file:///net.py', text: `import keras\nimport tensorflow as tf\nfrom keras import layers, ops\n${text}`, roots: [], sources: { text: () => null, folder: () => null },
    budget: new Budget(defaultLimits), model, defaultInputShape: [3, 224, 224], batch: 1, mode: 'eval',
  });
  const [graph] = graphs;
  assert.ok(graph, problems[0]?.message);
  assert.deepEqual([...graph.problems, ...graph.gaps, ...graph.mismatches].map(({ message }) => message), []);
  return graph;
}

const weights = (graph: Graph): string[] => graph.weights.map(({ name, type, trainable }) => `${name} ${JSON.stringify(type.shape)}${trainable ? '' : ' fixed'}`);
const outputs = (graph: Graph): unknown[] => graph.outputs.map(id => graph.tensors.get(id)?.shape);

describe('Keras', () => {
  before(prepareParser);

  it('makes the weights of layers as Keras names and shapes them', () => {
    const graph = lower('model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(scale=False), layers.SeparableConv2D(5, 3), layers.Flatten(), layers.Dense(2, use_bias=False)])\n');
    assert.deepEqual(weights(graph), [
      'conv2d/kernel [3,3,3,4]', 'conv2d/bias [4]', 'batch_normalization/beta [4]', 'batch_normalization/moving_mean [4] fixed', 'batch_normalization/moving_variance [4] fixed',
      'separable_conv2d/depthwise_kernel [3,3,4,1]', 'separable_conv2d/pointwise_kernel [1,1,4,5]', 'separable_conv2d/bias [5]', 'dense/kernel [80,2]',
    ]);
  });

  it('counts names on, also those that layers take for themselves', () => {
    const graph = lower('x = inputs = keras.Input((4, 8))\nfor _ in range(2):\n    x = layers.Dropout(0.1)(layers.MultiHeadAttention(2, 4)(x, x))\nmodel = keras.Model(inputs, x + 1)\n');
    assert.deepEqual(graph.nodes.map(({ path }) => path), ['multi_head_attention', 'dropout', 'multi_head_attention_1', 'dropout_2', 'add']);
  });

  it('repeats a shared layer with the same weights, and a nested model on its own', () => {
    const graph = lower('a, b = keras.Input((4,)), keras.Input((4,))\nshared = keras.Sequential([keras.Input((4,)), layers.Dense(3)])\nmodel = keras.Model([a, b], layers.Dot(axes=1)([shared(a), shared(b)]))\n');
    assert.deepEqual(weights(graph), ['dense/kernel [4,3]', 'dense/bias [3]']);
    assert.deepEqual(outputs(graph), [[1, 1]]);
    assert.equal(graph.nodes.filter(({ op }) => op === 'linear').length, 2);
  });

  it('hands a user\'s layer an open batch, and counts what it adds', () => {
    const graph = lower('class Scale(layers.Layer):\n    def build(self, input_shape):\n        assert input_shape[0] is None\n        self.factor = self.add_weight(shape=(input_shape[-1],), name="factor")\n    def call(self, x):\n        return x * self.factor\ninputs = keras.Input((6,))\nassert inputs.shape[0] is None\nmodel = keras.Model(inputs, Scale()(inputs))\n');
    assert.deepEqual(weights(graph), ['scale/factor [6]']);
    assert.equal(graph.nodes[0]?.outer?.type, 'Scale');
  });

  it('keeps the weights of a model that is built by its first call', () => {
    const graph = lower('class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.head = layers.Dense(2)\n    def call(self, x, training):\n        return self.head(tf.reshape(x, (-1, 12)))\nmodel = Net()\nmodel(tf.zeros((5, 3, 4)))\n');
    assert.deepEqual(weights(graph), ['dense/kernel [12,2]', 'dense/bias [2]']);
    assert.deepEqual(outputs(graph), [[5, 2]]);
  });

  it('gives a layer only when its own flag and the model\'s say so to training', () => {
    const graph = lower('base = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)])\nbase.trainable = False\nbase.layers[-1].trainable = True\ninputs = keras.Input((4,))\nmodel = keras.Model(inputs, base(inputs))\n');
    assert.deepEqual(graph.weights.map(({ trainable }) => trainable), [false, false, true, true]);
  });

  it('says so when a layer could not be added', () => {
    const text = 'import keras\nfrom keras import layers\nmodel = keras.Sequential([keras.Input((4,))])\nmodel.add(layers.Dense(3))\nmodel.add(layers.Dense())\nmodel.add(layers.Dense(2))\n';
    const { models: [model] } = analyse([{ path: 'net.py', text }]);
    assert.equal(model?.metrics.status, 'lower-bound');
  });

  it('shows an open batch as None, in reports and hovers, and counts the batch that was asked for', () => {
    const text = 'import keras\nfrom keras import layers\ninputs = keras.Input((8, 8, 3), name="image")\nmodel = keras.Model(inputs, layers.Conv2D(4, 3)(inputs))\n';
    const analysis = analyse([{ path: 'net.py', text }], { batch: 2 });
    const report = reportOf([analysis], { name: 'joulelint', version: '0' });
    assert.deepEqual(report.models[0]?.inputs.map(({ shape, openBatch }) => [shape, openBatch]), [[[2, 8, 8, 3], 2]]);
    assert.deepEqual(report.models[0]?.layers.map(({ out, macs }) => [out, macs]), [[[[2, 6, 6, 4]], 2 * 6 * 6 * 4 * 27]]);
    assert.match(renderTable(report), /input image = None×8×8×3 .*\n(?:.*\n)*conv2d .*None×6×6×4/);
    assert.match(renderMarkdown(report), /image None×8×8×3 .*\n(?:.*\n)*\| conv2d \| Conv2D \(standard\) \| None×6×6×4/);
    const { contents } = hover(analysis, text.indexOf('Conv2D')) ?? {};
    assert.match(JSON.stringify(contents), /None×8×8×3 → None×6×6×4/);
  });

  it('takes a known network without its package', () => {
    const graph = lower('model = keras.applications.MobileNetV2(weights=None, input_shape=(96, 96, 3), classes=10)\n');
    assert.deepEqual(outputs(graph), [[1, 10]]);
    assert.equal(graph.weights.reduce((sum, { type }) => sum + (Array.isArray(type.shape) ? (type.shape as readonly number[]).reduce((a, b) => a * b, 1) : NaN), 0), 2_270_794);
  });
});
