/** Arrays of which something is not known. What they answer otherwise is recorded in server/test/recorded/numpy.py. */
import assert from 'node:assert/strict';
import { prepareParser } from '../../../../../test/harness/analyse';
import { runPython } from '../../../../../test/harness/python';

describe('numpy', () => {
  before(prepareParser);

  it('keeps sizes where memory runs short, and goes on', () => {
    const values = runPython(`
import numpy as np
masks = [(1 - np.tri(n).astype('float32')[None]) * -65504 for n in [2048] + [512] * 40]
shapes = {m.shape for m in masks}
small = np.tri(3).sum()
`);
    assert.equal(values['shapes'], '{(1, 2048, 2048), (1, 512, 512)}');
    assert.equal(values['small'], 'np.float64(6.0)');
  });

  it('keeps sizes where elements are not known', () => {
    const values = runPython(`
import numpy as np
unread = np.load('weights.npy')
a = np.array([1, unread, 3])
size, last, total = a.shape, a[2], a.sum()
large = np.zeros((1024, 1024, 16))
sizes, one = (large + 1).transpose(2, 0, 1).reshape(4, -1).shape, large[0, 0, 0]
b = np.zeros(3)
b[unread] = 1
changed = b[0]
c = np.zeros(3)
c[1] = unread
kept, written = c[0], c[1]
`);
    assert.equal(values['size'], '(3,)');
    assert.equal(values['last'], 'np.int64(3)');
    assert.equal(values['sizes'], '(4, 4194304)');
    assert.equal(values['kept'], 'np.float64(0.0)');
    for (const name of ['total', 'one', 'changed', 'written']) assert.match(values[name] ?? '', /^unknown: /, name);
  });

  it('knows the sizes of what is drawn at random', () => {
    const values = runPython(`
import numpy as np
a = np.random.randn(1, 3, 8, 8).astype(np.float32)
shapes = a.shape, np.random.rand(2).shape, np.random.uniform(-1, 1, (4, 2)).shape, np.random.permutation(5).shape
shapes = *shapes, np.random.default_rng(0).normal(size=3).shape, np.random.RandomState(1).randint(0, 9, 2).shape
one, element = np.random.rand(), a[0, 0, 0, 0]
b = np.arange(3)
np.random.shuffle(b)
first = b[0]
`);
    assert.equal(values['shapes'], '((1, 3, 8, 8), (2,), (4, 2), (5,), (3,), (2,))');
    for (const name of ['one', 'element', 'first']) assert.match(values[name] ?? '', /^unknown: .*random/, name);
  });

  it('puts a write back when a condition is undecidable', () => {
    const values = runPython(`
import numpy as np
a = np.zeros(2)
if np.load('flag.npy'):
    a[0] = 1
x, y = a[0], a[1]
`);
    assert.match(values['x'] ?? '', /^unknown: /);
    assert.equal(values['y'], 'np.float64(0.0)');
  });
});
