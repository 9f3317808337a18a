/** Keras: when weights are made, how models begin, and what stays of a model when a part of it is not known. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Outcome {
  readonly status: string | undefined;
  readonly params: unknown;
  readonly problems: readonly string[];
  readonly errors: readonly string[];
}

function outcome(body: string, name = 'model'): Outcome {
  const analysis = analyse([{ path: 'net.py', text: `import keras\nfrom keras import layers, ops\n${body}` }]);
  const model = analysis.models.find(({ graph }) => graph.name === name);
  return {
    status: model?.metrics.status, params: model?.metrics.totals.params,
    problems: [...(model?.graph.problems ?? []), ...(model?.graph.gaps ?? []), ...analysis.problems].map(({ message }) => message),
    errors: analysis.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
  };
}

const exact = (params: number): Outcome => ({ status: 'exact', params, problems: [], errors: [] });

const inner = 'class Inner(layers.Layer):\n    def build(self, shape):\n        self.w = self.add_weight(shape=(shape[-1], 5))\n    def call(self, x):\n        return ops.matmul(x, self.w)\n';

describe('Keras: building', () => {
  before(prepareParser);

  it('builds a layer once, also when the program calls build itself', () => {
    const own = (made: string): string => `${inner}`
      + `class Outer(layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.part = ${made}\n`
      + '    def build(self, shape):\n        self.part.build(shape)\n    def call(self, x):\n        return self.part(x)\n'
      + 'inputs = keras.Input((4,))\nmodel = keras.Model(inputs, Outer()(inputs))\n';
    assert.deepEqual(outcome(own('Inner()')), exact(20));
    assert.deepEqual(outcome(own('layers.Dense(7)')), exact(35));
    assert.deepEqual(outcome(own('keras.Sequential([layers.Dense(7), Inner()])')), exact(35 + 35));
  });

  it('tells the input of a Sequential model from its layers', () => {
    for (const [body, shape] of [
      ['[layers.Normalization(), layers.Dense(4)]', [1, 64]], ['[layers.RandomFlip(), layers.Conv2D(4, 3)]', [1, 224, 224, 3]],
      ['[layers.LayerNormalization(), layers.LSTM(4)]', [1, 128, 64]], ['[layers.BatchNormalization(), layers.Conv2D(4, 3)]', [1, 224, 224, 3]],
    ] as const) {
      const { models: [model] } = analyse([{ path: 'net.py', text: `import keras\nfrom keras import layers\nmodel = keras.Sequential(${body})\n` }]);
      assert.deepEqual(model?.graph.inputs.map(({ tensor }) => model.graph.tensors.get(tensor)?.shape), [shape], body);
    }
  });

  it('gives a copy of a layer weights of its own', () => {
    assert.deepEqual(outcome(`${inner}first = Inner()\nfirst.build((None, 4))\nmodel = keras.models.clone_model(keras.Sequential([keras.Input((4,)), first, Inner()]))\nmodel.build((None, 4))\n`), exact(20 + 25));
  });

  it('begins a Sequential model with an InputLayer', () => {
    for (const first of [
      'layers.InputLayer(shape=(8, 8, 3))', 'layers.InputLayer((8, 8, 3))', 'layers.InputLayer(input_shape=[8, 8, 3], name="image")', 'layers.InputLayer(batch_shape=(None, 8, 8, 3))',
    ]) {
      const { models: [model] } = analyse([{ path: 'net.py', text: `import keras\nfrom keras import layers\nmodel = keras.Sequential()\nmodel.add(${first})\nmodel.add(layers.Conv2D(4, 3))\n` }]);
      assert.deepEqual(model?.graph.outputs.map(id => model.graph.tensors.get(id)?.shape), [[1, 6, 6, 4]], first);
      assert.equal(model?.metrics.totals.params, 112);
    }
    assert.deepEqual(outcome('start = layers.InputLayer(shape=(8,))\nmodel = keras.Model(start.output, layers.Dense(3)(start.output))\n'), exact(27));
  });

  it('heeds the input shape of the first layer only', () => {
    assert.deepEqual(outcome('model = keras.Sequential([layers.Dense(3, input_shape=(4,)), layers.Dense(3, input_shape=(9,))])\n'), exact(27));
  });

  it('keeps what it does not know in the graph of a functional model, whose figures become bounds', () => {
    const head = 'import elsewhere\ninputs = keras.Input((8, 16))\nx = layers.Dense(32)(inputs)\n';
    for (const [rest, params] of [
      ['model = keras.Model(inputs, layers.Add()([x, elsewhere.mix(x)]))\n', 544],
      ['model = keras.Model(inputs, elsewhere.Mix()(x))\n', 544],
      ['a, b = elsewhere.split(x)\nmodel = keras.Model(inputs, [a + b, layers.Dense(1)(x)])\n', 544 + 33],
    ] as const) {
      const { status, params: counted, errors } = outcome(head + rest);
      assert.deepEqual([status, counted, errors], ['lower-bound', params, []], rest);
    }
  });

  it('counts attention over several axes, with a gate, in a subclass and with masks, as one row', () => {
    const net = (made: string, call = '(x, x)', shape = '(5, 6, 16)'): string => `x = keras.Input(${shape})\nmask = keras.Input((5, 9))\nmodel = keras.Model([x, mask], [layers.Add()([x, ${made}${call}]), mask])\n`;
    const figuresOf = (body: string): unknown[] => {
      const { models: [model] } = analyse([{ path: 'net.py', text: `import keras\nfrom keras import layers, ops\n${body}` }]);
      return [model?.metrics.status, model?.metrics.totals.params, model?.metrics.totals.macs, ...(model?.metrics.rows.map(({ node }) => node.type.slice(node.type.lastIndexOf('.') + 1)) ?? [])];
    };
    const projections = 30 * 24 * 16 * 4;
    assert.deepEqual(figuresOf(net('layers.MultiHeadAttention(2, 12)')), ['exact', 1624, projections + 2 * 30 * 30 * 24, 'MultiHeadAttention', 'Add']);
    assert.deepEqual(figuresOf(net('layers.MultiHeadAttention(2, 12, attention_axes=(2,))')), ['exact', 1624, projections + 2 * 5 * 6 * 6 * 24, 'MultiHeadAttention', 'Add']);
    assert.deepEqual(figuresOf(net('layers.MultiHeadAttention(2, 12, attention_axes=1, value_dim=7)')), ['exact', 1294, 30 * (24 + 14) * 32 + 6 * 25 * (24 + 14), 'MultiHeadAttention', 'Add']);
    assert.deepEqual(figuresOf(net('layers.MultiHeadAttention(2, 12, use_gate=True)', '(x, x)', '(5, 16)')), ['exact', 2032, 5 * 24 * 16 * 5 + 2 * 25 * 24, 'MultiHeadAttention', 'Add']);
    const masked = net('layers.MultiHeadAttention(2, 12)', '(x, x, attention_mask=mask[:, :, :5])', '(5, 16)');
    assert.deepEqual(figuresOf(masked), ['exact', 1624, 5 * 24 * 16 * 4 + 2 * 25 * 24, '__getitem__', 'MultiHeadAttention', 'Add']);
    const own = 'class Own(layers.MultiHeadAttention):\n    def call(self, query, value):\n'
      + '        return self._output_dense(self._compute_attention(self._query_dense(query), self._key_dense(value), self._value_dense(value))[0])\n';
    assert.deepEqual(figuresOf(own + net('Own(2, 12)', '(x, x)', '(5, 16)')), ['exact', 1624, 5 * 24 * 16 * 4 + 2 * 25 * 24, 'Own', 'Add']);
  });
});
