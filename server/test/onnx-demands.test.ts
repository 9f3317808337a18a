/** What ONNX demands of attributes and weights: each of these is refused by ONNX Runtime, and by nothing less than an error here. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import { bytesOf, MemoryFile, zeros, type AttributeInput, type ModelInput } from './harness/onnx';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { analyze } from '../src/analysis/analyze';
import { onnxFrontend } from '../src/frontends/onnx/frontend';

function model(input: ModelInput): ModelAnalysis {
  const settings = { ...defaultSettings, convention: 'graph' as const };
  const sources = { texts: new Map<string, string>(), text: (): null => null, folder: (): null => null };
  const { analysis } = analyze({ uri: 'file:///net.onnx', text: '', bytes: new MemoryFile(bytesOf(input)), settings, roots: [] }, onnxFrontend, sources);
  assert.ok(analysis.models[0], analysis.problems[0]?.message);
  return analysis.models[0];
}

type Attributes = Readonly<Record<string, AttributeInput>>;

function single(op: string, x: readonly number[], weights: readonly (readonly number[])[], attributes: Attributes, opset = 17): ModelAnalysis {
  const initializers = Object.fromEntries(weights.map((sizes, i) => [`w${i}`, zeros(...sizes)]));
  return model({ inputs: { x }, outputs: ['y'], initializers, opset, nodes: [{ op, inputs: ['x', ...Object.keys(initializers)], outputs: ['y'], attributes }] });
}

const image = [1, 4, 16, 16];
const square = [8, 4, 3, 3];
const refused: readonly (readonly [string, readonly number[], readonly (readonly number[])[], Attributes, RegExp])[] = [
  ['Conv', image, [square], { kernel_shape: [5, 5] }, /`kernel_shape` is 5×5, but the kernel `w0` is 3×3/],
  ['Conv', image, [square], { kernel_shape: [-5, 3] }, /at least 1/],
  ['Conv', image, [square], { kernel_shape: [3] }, /has 1 entry \[3\], but must have 2/],
  ['Conv', image, [square], { strides: [0, 1] }, /`strides` has an entry of 0/],
  ['Conv', image, [square], { dilations: [-1, 1] }, /`dilations` has an entry of -1/],
  ['Conv', image, [square], { pads: [-1, 0, 0, 0] }, /`pads` has an entry of -1/],
  ['Conv', image, [square], { pads: [1, 1] }, /must have 4/],
  ['Conv', image, [square], { group: 0 }, /`group` is 0/],
  ['Conv', image, [square], { strides: 2 }, /must be a list of integers/],
  ['Conv', image, [square], { auto_pad: 'same' }, /`auto_pad` is same/],
  ['Conv', image, [square, [7]], {}, /the bias must be 8, `w1` is 7/],
  ['ConvTranspose', image, [[4, 8, 3, 3]], { group: -1 }, /`group` is -1/],
  ['ConvTranspose', image, [[4, 8, 3, 3]], { output_padding: [-1, 0] }, /`output_padding`/],
  ['ConvTranspose', image, [[4, 8, 3, 3], [4]], {}, /the bias must be 8/],
  ['MaxPool', image, [], {}, /needs the attribute `kernel_shape`/],
  ['MaxPool', image, [], { kernel_shape: [2, 2], pads: [2, 2, 2, 2] }, /must pad less than the kernel/],
  ['AveragePool', image, [], { kernel_shape: [0, 2] }, /`kernel_shape` has an entry of 0/],
  ['BatchNormalization', image, [[4], [4], [4], [5]], {}, /must be 4, `w3` is 5/],
  ['LRN', image, [], { size: 4 }, /must be odd/],
  ['Concat', image, [], { axis: 4 }, /`axis` is 4/],
  ['Flatten', image, [], { axis: 5 }, /`axis` is 5/],
  ['Softmax', image, [], { axis: -5 }, /`axis` is -5/],
  ['Transpose', image, [], { perm: [0, 1, 1, 2] }, /must name each of the 4 axes once/],
  ['DepthToSpace', image, [], { blocksize: -2 }, /`blocksize` is -2/],
  ['LSTM', [5, 2, 4], [[1, 32, 4], [1, 32, 8]], { hidden_size: 7 }, /the input weights must be 1×28×4/],
  ['GRU', [5, 2, 4], [[1, 24, 4], [1, 24, 8], [1, 24]], { hidden_size: 8 }, /the bias must be 1×48/],
  ['LSTM', [5, 2, 4], [[1, 32, 4], [1, 32, 8]], { hidden_size: 8, direction: 'both' }, /forward, reverse or bidirectional/],
];

describe('what ONNX demands', () => {
  for (const [op, x, weights, attributes, message] of refused) {
    it(`${op} ${JSON.stringify(attributes)} of ${weights.map(sizes => sizes.join('×')).join(', ')}`, () => {
      const { graph, metrics } = single(op, x, weights, attributes);
      assert.ok(graph.mismatches.length >= 1);
      assert.match(graph.mismatches[0]?.message ?? '', message);
      assert.equal(metrics.status === 'exact', false);
      assert.equal(metrics.totals.macs, 0);
    });
  }

  it('what ONNX Runtime takes is no error: an axis behind the last of Flatten, any flag that is not zero, one normalisation per place', () => {
    for (const net of [
      single('Flatten', image, [], { axis: 4 }), single('MaxPool', image, [], { kernel_shape: [2, 2], ceil_mode: 7 }),
      single('Conv', image, [square, [8]], { pads: [1, 1, 1, 1], kernel_shape: [3, 3] }),
      single('BatchNormalization', image, [[4, 16, 16], [4, 16, 16], [4, 16, 16], [4, 16, 16]], { spatial: 0 }, 7),
      single('LSTM', [5, 2, 4], [[2, 32, 4], [2, 32, 8]], { hidden_size: 8, direction: 'bidirectional' }),
    ]) assert.deepEqual(net.graph.mismatches, []);
  });

  it('outputs that the model leaves out are not made', () => {
    const { metrics } = model({
      inputs: { x: [6, 2, 4] }, outputs: ['last'], initializers: { w: zeros(1, 24, 4), r: zeros(1, 24, 8) },
      nodes: [{ op: 'GRU', inputs: ['x', 'w', 'r'], outputs: ['', 'last'], attributes: { hidden_size: 8 } }],
    });
    assert.deepEqual(metrics.layers[0]?.outputs, [[1, 2, 8]]);
    assert.equal(metrics.layers[0].ofmapElements, 16);
    assert.equal(metrics.status, 'exact');
  });

  it('a file without its weights: what is read as a weight alone counts as one, and the input says so', () => {
    const { graph, metrics } = model({
      inputs: { x: [1, 4, 8, 8], w: [8, 4, 3, 3], b: [8] }, outputs: ['y'],
      nodes: [{ op: 'Conv', inputs: ['x', 'w', 'b'], outputs: ['c'] }, { op: 'Relu', inputs: ['c'], outputs: ['y'] }],
    });
    assert.deepEqual(graph.inputs.map(({ name }) => name), ['x']);
    assert.match(graph.inputs[0]?.why ?? '', /`w`, `b`.* count as weights/);
    assert.equal(metrics.totals.params, 8 * 36 + 8);
    assert.equal(metrics.totals.macs, 8 * 36 * 36);
  });

  it('a kernel that is used otherwise too is an input like any other', () => {
    const { graph } = model({
      inputs: { x: [1, 4, 8, 8], w: [8, 4, 3, 3] }, outputs: ['y', 'z'],
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'] }, { op: 'Relu', inputs: ['w'], outputs: ['z'] }],
    });
    assert.deepEqual(graph.inputs.map(({ name }) => name), ['x', 'w']);
  });

  it('sums beyond 2^53 are no sums, and the status says so', () => {
    const size = 2 ** 21;
    const { metrics } = model({
      inputs: { x: [1, 2 ** 10, size, size] }, outputs: ['y'],
      nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['a'] }, { op: 'Relu', inputs: ['a'], outputs: ['b'] }, { op: 'Relu', inputs: ['b'], outputs: ['y'] }],
    });
    assert.equal(metrics.status, 'lower-bound');
    assert.match(metrics.reasons[0]?.reason ?? '', /2\^53/);
    assert.ok(Number.isSafeInteger(metrics.totals.activations));
  });
});
