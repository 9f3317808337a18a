/** What the constructors of Keras' layers refuse, each against its nearest neighbour that they take. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

function errorsOf(body: string): readonly string[] {
  const { models, findings, problems } = analyse([{ path: 'net.py', text: `import keras\nfrom keras import layers\n${body}` }]);
  const said = [...problems.filter(({ code }) => code === 'python-error'), ...findings.filter(({ severity }) => severity === 'error' || severity === 'warning')].map(({ message }) => message);
  return [...said, ...models.filter(({ metrics }) => metrics.status !== 'exact').map(({ metrics }) => metrics.status)];
}

const errors = (shape: string, layer: string): readonly string[] => errorsOf(`model = keras.Sequential([keras.Input(${shape}), ${layer}])\n`);

describe('arguments that Keras refuses', () => {
  before(prepareParser);

  for (const [shape, refused, taken] of [
    ['(4,)', 'layers.Dense(0)', 'layers.Dense(1)'],
    ['(8, 8, 3)', 'layers.Conv2D(0, 3)', 'layers.Conv2D(1, 3)'],
    ['(8, 8, 3)', 'layers.Conv2D(4, 0)', 'layers.Conv2D(4, 1)'],
    ['(8, 8, 3)', 'layers.Conv2D(4, (3, 3, 3))', 'layers.Conv2D(4, (3, 3))'],
    ['(8, 8, 3)', 'layers.Conv2D(4, 3, strides=2, dilation_rate=2)', 'layers.Conv2D(4, 3, strides=1, dilation_rate=2)'],
    ['(8, 8, 3)', 'layers.Conv2D(4, 3, padding="causal")', 'layers.Conv2D(4, 3, padding="SAME")'],
    ['(8, 3)', 'layers.Conv1D(4, 3, padding="full")', 'layers.Conv1D(4, 3, padding="causal")'],
    ['(8, 8, 3)', 'layers.Conv2D(4, 3, data_format="last")', 'layers.Conv2D(4, 3, data_format="channels_last")'],
    ['(8, 8, 3)', 'layers.Conv2DTranspose(4, 3, strides=2, output_padding=2)', 'layers.Conv2DTranspose(4, 3, strides=2, output_padding=1)'],
    ['(8, 8, 3)', 'layers.DepthwiseConv2D(3, depth_multiplier=0)', 'layers.DepthwiseConv2D(3, depth_multiplier=1)'],
    ['(8, 8, 3)', 'layers.MaxPooling2D(0)', 'layers.MaxPooling2D(1)'],
    ['(8, 8, 3)', 'layers.AveragePooling2D(2, padding="full")', 'layers.AveragePooling2D(2, padding="same")'],
    ['(8, 4)', 'layers.LSTM(0)', 'layers.LSTM(1)'],
    ['(8, 4)', 'layers.Bidirectional(layers.LSTM(3), merge_mode="max")', 'layers.Bidirectional(layers.LSTM(3), merge_mode=None)'],
    ['(8,)', 'layers.Embedding(10, 0)', 'layers.Embedding(10, 1)'],
    ['(8,)', 'layers.RepeatVector(0)', 'layers.RepeatVector(1)'],
    ['(8,)', 'layers.LeakyReLU(negative_slope=-1)', 'layers.LeakyReLU(negative_slope=0)'],
    ['(8,)', 'layers.ReLU(max_value=-1)', 'layers.ReLU(max_value=1)'],
    ['(4,)', 'layers.Dense(3, name="same"), layers.Dense(3, name="same")', 'layers.Dense(3, name="one"), layers.Dense(3, name="other")'],
  ] as const) {
    it(`refuses ${refused}, and takes ${taken}`, () => {
      assert.notDeepEqual(errors(shape, refused), []);
      assert.deepEqual(errors(shape, taken), []);
    });
  }

  const own = (body: string): readonly string[] => errorsOf(`class Own(layers.Layer):\n${body}\nx = keras.Input((4,))\nmodel = keras.Model(x, Own()(x))\n`);

  it('refuses layers and weights that are made while a layer is called', () => {
    const init = '    def __init__(self):\n        super().__init__()\n';
    assert.deepEqual(own(`${init}        self.fc = layers.Dense(3)\n    def call(self, x):\n        self.last = x\n        self.same = self.fc\n        return self.fc(x)`), []);
    assert.match(own('    def call(self, x):\n        self.fc = layers.Dense(3)\n        return self.fc(x)').join(), /already built/);
    assert.match(own('    def call(self, x):\n        w = self.add_weight(shape=(4, 3))\n        return x @ w').join(), /already built/);
  });

  it('refuses a layer whose constructor forgets that of its base', () => {
    assert.match(own('    def __init__(self):\n        self.units = 3\n    def call(self, x): return x * 2').join(), /forgot to call/);
  });

  it('refuses to merge one tensor, and to crop everything', () => {
    const net = (layer: string, shape = '(4,)', merged = 'x'): readonly string[] => errorsOf(`x = keras.Input(${shape})\nmodel = keras.Model(x, ${layer}(${merged}))\n`);
    assert.deepEqual(net('layers.Add()', '(4,)', '[x, x]'), []);
    assert.match(net('layers.Add()').join(), /list of inputs/);
    assert.match(net('layers.Subtract()', '(4,)', '[x, x, x]').join(), /exactly 2 inputs/);
    assert.deepEqual(net('layers.Cropping1D((3, 1))', '(5, 2)'), []);
    assert.match(net('layers.Cropping1D((3, 2))', '(5, 2)').join(), /nothing is left/);
  });

  it('refuses an equation whose shapes do not fit', () => {
    assert.deepEqual(errors('(5, 4)', 'layers.EinsumDense("abc,cd->abd", output_shape=(None, 3), bias_axes="d")'), []);
    assert.notDeepEqual(errors('(5, 4)', 'layers.EinsumDense("abc,cd->abd", output_shape=(None, 3), bias_axes="c")'), []);
    assert.notDeepEqual(errors('(5, 4)', 'layers.EinsumDense("abc,cd->abd", output_shape=(6, 3))'), []);
    assert.notDeepEqual(errors('(5, 4)', 'layers.EinsumDense("abc,cd->abd", output_shape=3)'), []);
  });

  it('refuses weights for channels of which nobody knows how many there are', () => {
    const net = (shape: string, layer: string): readonly string[] => errorsOf(`model = keras.Sequential([keras.Input(${shape}), ${layer}, layers.Dense(3)])\n`);
    assert.match(net('(None, None, 3)', 'layers.Flatten()').join(), /should be defined/);
    assert.match(net('(4, None)', 'layers.Dense(2)').join(), /should be defined/);
    assert.deepEqual(net('(None, None, 3)', 'layers.GlobalAveragePooling2D()'), []);
    assert.deepEqual(net('(None, 3)', 'layers.Activation("relu")'), []);
  });

  it('refuses two layers of one name in a functional model', () => {
    const net = (name: string): readonly string[] => errorsOf(`x = keras.Input((4,))\nmodel = keras.Model(x, layers.Dense(3, name="a")(layers.Dense(3, name="${name}")(x)))\n`);
    assert.deepEqual(net('b'), []);
    assert.match(net('a').join(), /used 2 times/);
  });
});
