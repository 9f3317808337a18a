/** Quick fixes of shape errors in Keras models: what they say they do, and that the error is gone when they are done. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

const head = 'import keras\nfrom keras import layers\n';

interface Mended {
  readonly title: string;
  readonly text: string;
  readonly errorsLeft: readonly string[];
  readonly output: unknown;
}

/** Does what the only shape error's fix says. */
function mend(body: string): Mended | undefined {
  const text = head + body;
  const errors = analyse([{ path: 'net.py', text }]).findings.filter(({ rule }) => rule === 'JL401');
  assert.equal(errors.length, 1);
  const fix = errors[0]?.fixes?.[0];
  if (!fix) return undefined;
  const mended = [...fix.edits].sort((a, b) => b.at.span.start - a.at.span.start).reduce((done, { at: { span }, newText }) => done.slice(0, span.start) + newText + done.slice(span.end), text);
  const again = analyse([{ path: 'net.py', text: mended }]);
  const graph = again.models[0]?.graph;
  return {
    title: fix.title, text: mended.slice(head.length),
    errorsLeft: again.findings.filter(({ rule }) => rule === 'JL401').map(({ message }) => message),
    output: graph?.tensors.get(graph.outputs[0] ?? -1)?.shape,
  };
}

const net = (shape: string, layer: string): string => `inputs = keras.Input(${shape})\nmodel = keras.Model(inputs, ${layer}(inputs))\n`;

describe('quick fixes of Keras models', () => {
  before(prepareParser);

  for (const [name, shape, before, after, title, output] of [
    ['a kernel larger than the map', '(4, 4, 8)', 'layers.Conv2D(32, 5)', 'layers.Conv2D(32, 5, padding="same")', 'Set padding="same": the output becomes (None, 4, 4, 32)', [1, 4, 4, 32]],
    [
      '… whose padding is written', '(4, 4, 8)', 'layers.Conv2D(32, 5, (2, 2), "valid")', 'layers.Conv2D(32, 5, (2, 2), "same")',
      'Set padding="same": the output becomes (None, 2, 2, 32)', [1, 2, 2, 32],
    ],
    [
      '… by name, before a trailing comma', '(4, 4, 8)', 'layers.MaxPooling2D(5, padding="valid",)', 'layers.MaxPooling2D(5, padding="same",)',
      'Set padding="same": the output becomes (None, 1, 1, 8)', [1, 1, 1, 8],
    ],
    [
      'a target of another size',
      '(26, 26, 32)',
      'layers.Reshape((26, 26, 16))',
      'layers.Reshape((26, 26, 32))',
      'Change target_shape to (26, 26, 32): 21632 elements, as in the input',
      [1, 26, 26, 32],
    ],
    ['… given by name, of one axis', '(6, 2)', 'layers.Reshape(target_shape=(10,))', 'layers.Reshape(target_shape=(12,))', 'Change target_shape to (12,): 12 elements, as in the input', [1, 12]],
    [
      'groups that do not divide',
      '(8, 8, 16)',
      'layers.Conv2D(32, 3, groups=5)',
      'layers.Conv2D(32, 3, groups=4)',
      'Set groups=4, the largest number below 5 that divides 16 input channels and 32 filters',
      [1, 6, 6, 32],
    ],
  ] as const) {
    it(name, () => {
      assert.deepEqual(mend(net(shape, before)), { title, text: net(shape, after), errorsLeft: [], output });
    });
  }

  it('offers nothing where several targets would do, or none', () => {
    assert.equal(mend(net('(12,)', 'layers.Reshape((4, 6, 1))')), undefined);
    assert.equal(mend(net('(784,)', 'layers.Conv2D(32, 3)')), undefined);
  });

  it('asks the rank of what a layer is given, not of its inner steps', () => {
    const text =
      `${head}inputs = keras.Input((6,))\nx = layers.RepeatVector(4)(inputs)\nx = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)\nx = layers.TimeDistributed(layers.Dense(2))(x)\nmodel = keras.Model(inputs, layers.GlobalMaxPooling1D()(layers.Conv1D(5, 3, padding="causal")(x)))\n`;
    const { findings, models: [model] } = analyse([{ path: 'net.py', text }]);
    assert.deepEqual(findings.map(({ message }) => message), []);
    assert.equal(model?.metrics.status, 'exact');
  });

  it('puts layers of a Sequential model that nothing calls where they stand', () => {
    const text = `${head}model = keras.Sequential([\n    keras.Input((4,)),\n    layers.Dense(3),\n])\n`;
    const node = analyse([{ path: 'net.py', text }]).models[0]?.graph.nodes[0];
    assert.equal(node?.site.applied?.span.start, text.indexOf('layers.Dense'));
  });

  it('name the input channels where nobody knows how many filters there are', () => {
    const text = `${head}import somewhere\n${net('(8, 8, 16)', 'layers.Conv2D(somewhere.filters, 3, groups=5)')}`;
    const [error] = analyse([{ path: 'net.py', text }]).findings.filter(({ rule }) => rule === 'JL401');
    assert.match(error?.message ?? '', /the number of input channels must be evenly divisible by the number of groups; received groups=5, input channels=16/);
  });
});
