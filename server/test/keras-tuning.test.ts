/** Models of a search: what the search begins with counts; a layer that may be there is never left out without a word. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

const totals = (text: string): readonly (readonly [string, string, number])[] =>
  analyse([{ path: 'net.py', text }]).models.map(({ graph, metrics }) => [graph.name, metrics.status, metrics.totals.params] as const);

const build = `
import keras
import keras_tuner as kt
from keras import layers
def build_model(hp):
    model = keras.Sequential([keras.Input((28, 28)), layers.Flatten()])
    for i in range(hp.Int('layers', 1, 3)):
        model.add(layers.Dense(units=hp.Int(f'units_{i}', min_value=32, max_value=512, step=32), activation=hp.Choice('act', ['relu', 'tanh'])))
    if hp.Boolean('dropout'):
        model.add(layers.Dropout(0.25))
    model.add(layers.Dense(10, activation='softmax'))
    return model
`;

describe('Keras models of a search', () => {
  before(prepareParser);

  it('have the values that the search begins with', () => {
    const params = 784 * 32 + 32 + 32 * 10 + 10;
    assert.deepEqual(totals(`${build}build_model(kt.HyperParameters())\n`).map(([, ...rest]) => rest), [['exact', params]]);
    assert.deepEqual(totals(`${build}tuner = kt.RandomSearch(build_model, objective='val_loss', max_trials=3)\nbest = tuner.get_best_models()[0]\n`).map(([, ...rest]) => rest), [['exact', params]]);
  });

  it('also where a class builds them', () => {
    const program = `
import keras, keras_tuner
class Hyper(keras_tuner.HyperModel):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes
    def build(self, hp):
        return keras.Sequential([keras.Input((8,)), keras.layers.Dense(hp.Int('u', 8, 64, default=16)), keras.layers.Dense(self.classes)])
tuner = keras_tuner.Hyperband(Hyper(3), objective='val_loss')
`;
    assert.deepEqual(totals(program).map(([, ...rest]) => rest), [['exact', 8 * 16 + 16 + 16 * 3 + 3]]);
  });

  for (const condition of ['if nobody.knows:', 'for i in range(nobody.knows):']) {
    it(`a layer that may be there makes a bound: ${condition}`, () => {
      const program = `import keras, nobody\nmodel = keras.Sequential([keras.Input((28,)), keras.layers.Dense(28)])\n${condition}\n    model.add(keras.layers.Dense(32, activation=nobody.act))\nmodel.add(keras.layers.Dense(10))\n`;
      const [[, status] = ['', '']] = totals(program);
      assert.equal(status, 'lower-bound');
    });
  }
});
