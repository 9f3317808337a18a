/** Keras builders, models and layers whose arguments and inputs nobody states: shown with customary ones, and never with an alarm. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Case {
  readonly program: string;
  readonly files?: Readonly<Record<string, string>>;
  /** By model: status, weights, MACs, inputs, and the expression it was made with. */
  readonly models: Readonly<Record<string, readonly [string, number, number, string, string]>>;
}

const head = 'from tensorflow import keras\nfrom tensorflow.keras import layers\nfrom tensorflow.keras.models import Sequential\n';

const cases: Readonly<Record<string, Case>> = {
  'a builder that is told the image': {
    program: 'def build(input_size, classes):\n    i = layers.Input(input_size)\n    x = layers.Conv2D(8, 3)(i)\n    return keras.Model(i, layers.Dense(classes)(layers.GlobalAveragePooling2D()(x)))\n',
    models: { build: ['exact', 216 + 8 + 9000, 216 * 222 * 222 + 8000, '1×224×224×3', 'build(input_size=[224, 224, 3], classes=1000)'] },
  },
  'a builder that is told the steps': {
    program: 'def forecast(shape, units):\n    return Sequential([layers.LSTM(units, input_shape=shape), layers.Dense(1)])\n',
    models: { forecast: ['exact', 4 * 512 * (64 + 512 + 1) + 513, 4 * 512 * (64 + 512) * 128 + 512, '1×128×64', 'forecast(shape=[128, 64], units=512)'] },
  },
  'a builder that is given the tensor to begin with': {
    program: 'def body(inputs, num_anchors, num_classes):\n    x = layers.Conv2D(8, 3)(inputs)\n    return keras.Model(inputs, layers.Conv2D(num_anchors * num_classes, 1)(x))\n',
    models: { body: ['exact', 216 + 8 + 9 * 3000, 222 * 222 * (216 + 8 * 3000), '1×224×224×3', 'body(inputs=Input((224, 224, 3)), num_anchors=3, num_classes=1000)'] },
  },
  'arguments that a file of settings has': {
    program: 'def baseline(input_dim, hidden):\n    return Sequential([layers.Input((input_dim,)), layers.Dense(hidden), layers.Dense(1)])\n',
    files: { 'params.yaml': 'model:\n  input_dim: 12\n  hidden: 5\n' },
    models: { baseline: ['exact', 65 + 6, 65, '1×12', 'baseline(input_dim=12, hidden=5)'] },
  },
  'a layer with a sum, and a model of it': {
    program: `class Residual(layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.a = layers.Conv2D(filters, 1)
    def call(self, x, training=False):
        return x + self.a(x)
class Attend(layers.Layer):
    def __init__(self, embed_dim, num_heads):
        super().__init__()
        self.attention = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim // num_heads)
        self.out = layers.Dense(embed_dim)
    def call(self, query, context):
        return query + self.out(self.attention(query, context))
`,
    models: {
      Residual: ['exact', 64 * 64 + 64, 64 * 64 * 224 * 224, '1×224×224×64', 'Residual(filters=64)'],
      Attend: ['exact', 5 * (512 * 512 + 512), 128 * 5 * 512 * 512 + 2 * 128 * 128 * 512, '1×128×512 1×128×512', 'Attend(embed_dim=512, num_heads=8)'],
    },
  },
  'a part of a model that is shown, a function that goes on from a tensor, a model of two that nobody makes': {
    program: `class Part(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.d = layers.Dense(units)
    def call(self, x):
        return self.d(x)
def block(x, filters):
    return keras.Model(x, layers.Dense(filters)(x))
class Pair(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
    def call(self, x):
        return self.decoder(self.encoder(x))
net = Sequential([layers.Input((6,)), Part(3)])
`,
    models: { net: ['exact', 21, 18, '1×6', ''] },
  },
  'a plain class that keeps a model, and goes on with it as nobody can follow': {
    program: `class ValueNet:
    def __init__(self, state_size, action_size, lr):
        self.state_size, self.action_size = state_size, action_size
        self.model = self._network()
        self.target = self._network()
        raise RuntimeError(f'no sessions, and {lr}')
    def _network(self):
        state = layers.Input((self.state_size,))
        return keras.Model(state, layers.Dense(self.action_size)(layers.Dense(32)(state)))
`,
    models: { ValueNet: ['exact', 8 * 32 + 32 + 33 * 4, 8 * 32 + 32 * 4, '1×8', 'ValueNet(state_size=8, action_size=4, lr=0.001)'] },
  },
  'a plain class with a method that makes one, and a class around a model of others': {
    program: `class Segmenter:
    def __init__(self, rows=64):
        self.rows = rows
    def body(self):
        return Sequential([layers.Input((self.rows,)), layers.Dense(16), layers.Dense(2)])
class Wrapper:
    def __init__(self, generator):
        self.model = Sequential([layers.Input((3,)), generator])
`,
    models: { Segmenter: ['exact', 65 * 16 + 17 * 2, 64 * 16 + 16 * 2, '1×64', 'Segmenter()'] },
  },
  'a sequence that an error cuts short is none': {
    program: `class Cut:
    def __init__(self, width):
        self.model = Sequential([layers.Input((4,)), layers.Dense(width)])
        self.model.add(layers.Dense(self.absent))
`,
    models: {},
  },
};

describe('Keras definitions that demand arguments', () => {
  before(prepareParser);

  for (const [name, { program, files = {}, models }] of Object.entries(cases)) {
    it(name, () => {
      const beside = Object.entries({ ...files, 'requirements.txt': 'keras' }).map(([path, text]) => ({ path, text }));
      const analysis = analyse([{ path: 'net.py', text: head + program }, ...beside], { convention: 'graph' });
      const found = analysis.models.map(({ graph, metrics }) => [graph.name, [
        metrics.status, metrics.totals.params, metrics.totals.macs,
        graph.inputs.map(input => (graph.tensors.get(input.tensor)?.shape as readonly unknown[]).join('×')).join(' '), graph.built?.expression ?? '',
      ]]);
      assert.deepEqual(Object.fromEntries(found), models);
      assert.deepEqual(analysis.models.flatMap(model => model.findings).filter(({ severity }) => severity === 'error' || severity === 'warning'), []);
    });
  }
});
