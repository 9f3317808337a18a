/** Damage where nobody looks while the model is read: the file is refused in plain words, whatever is asked of it. */
import { strict as assert } from 'node:assert';
import { analyseBytes } from './harness/analyse';
import { bytesOf, ints } from './harness/onnx';

describe('damaged contents of an ONNX file', () => {
  const whole = bytesOf({
    nodes: [{ op: 'Reshape', inputs: ['x', 'shape'], outputs: ['y'] }], inputs: { x: [1, 3, 32, 32] }, outputs: ['y'], initializers: { shape: ints(3, 32, 32) },
  });
  /** 3, 32 and 32, packed. */
  const at = Buffer.from(whole).indexOf(Buffer.from([3, 3, 32, 32])) + 1;

  it('whole, it is exact', () => {
    assert.ok(at > 0);
    assert.deepEqual(analyseBytes('net.onnx', whole).models.map(({ metrics }) => metrics.status), ['exact']);
  });

  for (const [what, bytes] of [['a number that never ends', [128, 128, 128]], ['a number that is cut off', [3, 32, 128]]] as const) {
    it(`${what} is the file's fault, and nobody's surprise`, () => {
      const damaged = Uint8Array.from(whole);
      damaged.set(bytes, at);
      const { models, problems } = analyseBytes('net.onnx', damaged);
      assert.deepEqual(models, []);
      assert.equal(problems[0]?.code, 'file-broken');
      assert.match(problems[0].message, /^not a readable ONNX file: the field at byte \d+ is damaged or cut short$/);
    });
  }
});
