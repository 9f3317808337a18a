/** Keras scripts as people write them: data and their sizes, configurations, losses in a model, a framework that only an import names. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Outcome {
  readonly status: string | undefined;
  readonly params: unknown;
  readonly errors: readonly string[];
}

function outcome(body: string, name = 'model', files: readonly { readonly path: string; readonly text: string }[] = []): Outcome {
  const analysis = analyse([{ path: 'net.py', text: `import keras\nimport numpy as np\nfrom keras import layers, ops\n${body}` }, ...files]);
  const model = analysis.models.find(({ graph }) => graph.name === name);
  return {
    status: model?.metrics.status, params: model?.metrics.totals.params,
    errors: analysis.findings.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message),
  };
}

const exact = (params: number): Outcome => ({ status: 'exact', params, errors: [] });
const net = (shape: string): string => `model = keras.Sequential([keras.Input(${shape}), layers.Flatten(), layers.Dense(3)])\nmodel.compile("sgd", "mse")\n`;
const functional = (shape: string): string => `inputs = keras.Input(${shape})\nmodel = keras.Model(inputs, layers.Dense(3)(layers.Flatten()(inputs)))\n`;

describe('Keras programs', () => {
  before(prepareParser);

  it('hold the data that are handed over against the model, as Keras does', () => {
    const fit = (data: string, targets = '(10, 3)'): string => `model.fit(np.zeros(${data}), np.zeros(${targets}))\n`;
    for (const [shape, data] of [['(7, 5)', '(10, 7, 5)'], ['(28, 28)', '(10, 28, 28, 1)'], ['(28, 28, 1)', '(10, 28, 28)'], ['(1,)', '(10,)']] as const) {
      assert.deepEqual(outcome(net(shape) + fit(data)).errors, [], data);
    }
    const ofRank = /^ValueError: Invalid input shape for input of "sequential": expected shape \(None, 7, 5\), but the data has the incompatible shape \(None, 5\)$/;
    for (const call of [fit('(10, 5)'), 'model.predict(np.zeros((7, 5)))\n']) {
      const { status, errors } = outcome(net('(7, 5)') + call);
      assert.equal(status, 'exact');
      assert.equal(errors.length, 1);
      assert.match(errors[0] ?? '', ofRank);
    }
    assert.match(outcome(functional('(4,)') + fit('(10, 5)')).errors.join(), /expected shape=\(None, 4\), found shape=\(None, 5\)/);
    assert.match(outcome(net('(4,)') + fit('(10, 4)', '(9, 3)')).errors.join(), /cardinality is ambiguous.*'x' sizes: 10, 'y' sizes: 9/);
    assert.deepEqual(outcome(`${functional('(None, 4)').replace('layers.Flatten()(inputs)', 'inputs')}${fit('(10, 6, 4)', '(10, 6, 3)')}`).errors, []);
  });

  it('leave sizes open that are in data nobody has', () => {
    const windows = 'import pandas as pd\nframe = pd.read_csv("prices.csv")\nrows = []\nfor i in range(len(frame) - 30):\n    rows.append(frame.iloc[i:i + 30].values)\nx = np.array(rows)\n';
    const { status, errors } = outcome(`${windows}model = keras.Sequential([layers.LSTM(8, input_shape=(x.shape[1], x.shape[2])), layers.Dense(1)])\nmodel.fit(x, x)\n`);
    assert.deepEqual([status, errors], ['lower-bound', []]);
    assert.equal(outcome(`${windows}model = keras.Sequential([keras.Input((4,)), layers.Dense(len(x))])\n`).status, 'lower-bound');
    const unknownShape = 'import settings\nmodel = keras.Sequential([keras.Input(settings.shape), layers.Dense(3), layers.Dense(4)])\n';
    assert.deepEqual([outcome(unknownShape).status, outcome(unknownShape).errors], ['lower-bound', []]);
  });

  it('know how many classes the data sets of Keras have', () => {
    const load = 'from keras.utils import to_categorical\n(x, y), (x2, y2) = keras.datasets.cifar100.load_data()\n';
    for (const classes of ['len(np.unique(y))', 'np.max(y) + 1', 'int(np.amax(y2)) + 1', 'to_categorical(y).shape[1]', 'to_categorical(y2, 100).shape[-1]']) {
      assert.deepEqual(outcome(`${load}model = keras.Sequential([keras.Input((4,)), layers.Dense(${classes})])\n`), exact(500), classes);
    }
  });

  it('make layers and models anew from their configuration', () => {
    const base = 'inputs = keras.Input((8, 8, 3))\nx = layers.Conv2D(4, 3)(inputs)\nbase = keras.Model(inputs, layers.Add()([layers.Dense(5)(x), layers.Dense(5)(x) * 2]))\n';
    for (const again of ['keras.models.clone_model(base)', 'keras.Model.from_config(base.get_config())']) {
      // A clone keeps its name, and two of one name do not go into one model.
      assert.deepEqual(outcome(`${base}again = ${again}\nmodel = keras.Model(inputs, again(inputs))\n`), exact(112 + 50), again);
      assert.equal(outcome(`${base}again = ${again}\nmodel = keras.Model(inputs, [base(inputs), again(inputs)])\n`).status, undefined);
    }
    assert.deepEqual(outcome('layer = layers.Dense.from_config(layers.Dense(7, use_bias=False).get_config())\nmodel = keras.Sequential([keras.Input((4,)), layer])\n'), exact(28));
    const initializer = 'start = keras.initializers.HeNormal(seed=1)\nstart = start.__class__.from_config(start.get_config())\n';
    assert.deepEqual(outcome(`${initializer}model = keras.Sequential([keras.Input((4,)), layers.Dense(2, kernel_initializer=start)])\n`), exact(10));
  });

  it('ask the signature of a layer\'s call', () => {
    const asks = 'import inspect\nclass Stack(layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.parts = [layers.Dense(3), layers.Dropout(0.1), layers.BatchNormalization()]\n'
      + '    def call(self, x, training=None):\n        for part in self.parts:\n            x = part(x, training=training) if "training" in inspect.signature(part.call).parameters else part(x)\n        return x\n';
    assert.deepEqual(outcome(`${asks}model = keras.Sequential([keras.Input((4,)), Stack()])\n`), { status: 'exact', params: 15 + 6, errors: [] });
  });

  it('follow losses that are part of a model', () => {
    const own = 'class Loss(layers.Layer):\n    def call(self, x):\n        a, b = x\n        self.add_loss(ops.mean(keras.losses.binary_crossentropy(a, b) + keras.metrics.mse(a, b)))\n        return b\n';
    assert.deepEqual(outcome(`${own}inputs = keras.Input((4,))\nmodel = keras.Model(inputs, Loss()([inputs, layers.Dense(4)(inputs)]))\n`), exact(20));
  });

  it('are known by what they import', () => {
    const files = [{ path: 'net.py', text: 'from parts.build import make\nmodel = make(6)\n' }, {
      path: 'parts/build.py', text: 'from keras import layers, Sequential, Input\ndef make(n):\n    return Sequential([Input((4,)), layers.Dense(n)])\n',
    }];
    const { models: [model] } = analyse(files);
    assert.equal(model?.graph.framework, 'keras');
    assert.equal(model.metrics.totals.params, 30);
  });

  it('may use names of older versions', () => {
    const old = 'from tensorflow.python.keras.models import Model\nfrom tensorflow.python.keras.layers import Dense\ninputs = keras.Input((8, 8, 3))\n'
      + 'model = Model(inputs, layers.DepthwiseConv2D(3, kernel_regularizer="l2")(inputs))\n';
    assert.deepEqual(outcome(old), exact(30));
  });

  it('count every model that is built, also those that no name holds in the end', () => {
    const names = (body: string): (readonly [string, unknown])[] => analyse([{ path: 'net.py', text: `import keras\nimport numpy as np\nfrom keras import layers\n${body}` }]).models
      .map(({ graph, metrics }) => [graph.name, metrics.totals.params] as const);
    const net = (width: number): string => `keras.Sequential([keras.Input((4,)), layers.Dense(${width})])`;
    assert.deepEqual(names(`model = ${net(2)}\nmodel.fit(np.zeros((9, 4)))\nmodel = keras.models.load_model("best.keras")\n`), [['model', 10]]);
    assert.deepEqual(names(`model = ${net(2)}\ndel model\n`), [['model', 10]]);
    assert.deepEqual(names(`model = ${net(2)}\nmodel = ${net(3)}\n`), [['model', 15], ['model (2)', 10]]);
    assert.deepEqual(names(`def make(n):\n    return ${net(2).replace('2', 'n')}\nmodel = make(3)\nmodel = keras.models.load_model("best.keras")\n`), [['model', 15]]);
    assert.deepEqual(names(`class Trainer:\n    def __init__(self):\n        self.model = ${net(2)}\ntrainer = Trainer()\n`), [['Trainer.model', 10]]);
    assert.deepEqual(names(`def fit():\n    local = ${net(2)}\n    local.fit(np.zeros((9, 4)))\nfit()\n`), [['local', 10]]);
    assert.deepEqual(names(`def main(width=2):\n    inner = ${net(3)}\n    inputs = keras.Input((4,))\n    model = keras.Model(inputs, layers.Dense(width)(inner(inputs)))\n    model.summary()\n`), [['main()', 23]]);
    assert.deepEqual(names(`class Trainer:\n    def __init__(self, width=2):\n        self.net = ${net(2).replace('2', 'width')}\n`), [['Trainer()', 10]]);
    // A part of another model is none of its own.
    assert.deepEqual(names(`def make():\n    inner = ${net(3)}\n    return keras.Sequential([keras.Input((4,)), inner, layers.Dense(2)])\nmodel = make()\n`), [['model', 23]]);
  });
});
