/** Arguments of Keras' constructors, against what Keras itself takes and refuses: keras-constructors.txt, recorded by record.py. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, prepareParser } from '../harness/analyse';

const path = join(process.env['JOULELINT_ROOT'] ?? process.cwd(), 'server', 'test', 'rows', 'keras-constructors.txt');

/** As many weights as say whether the expression raised. */
function outcome(expression: string): string {
  const { models } = analyse([{ path: 'net.py', text: `import keras
from keras import layers
def weights(make):
    try:
        make()
    except Exception:
        return 1
    return 2
model = keras.Sequential([keras.Input((1,)), layers.Dense(weights(lambda: ${expression}), use_bias=False)])
` }]);
  const params = models[0]?.metrics.totals.frameworkParams;
  return params === 1 ? 'refused' : params === 2 ? 'taken' : 'nobody knows';
}

describe('what the constructors of Keras take', () => {
  before(prepareParser);

  it('is taken, and nothing else', () => {
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    const said = lines.map(line => line.split(' => ')[0] ?? '').map(expression => `${expression} => ${outcome(expression)}`);
    assert.deepEqual(said, lines);
    assert.ok(lines.length > 150);
  });
});
