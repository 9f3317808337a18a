/** From a file to a graph: shapes, MACs, what counts as a weight, what is left out, and what stays unknown. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import { bytesOf, ints, MemoryFile, zeros, type ModelInput } from './harness/onnx';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { analyze } from '../src/analysis/analyze';
import type { InputRequest } from '../src/frontends/frontend';
import { onnxFrontend } from '../src/frontends/onnx/frontend';

function model(input: ModelInput, inputs: readonly InputRequest[] = [], batch = 1): ModelAnalysis {
  const settings = { ...defaultSettings, convention: 'graph' as const, batch };
  const sources = { texts: new Map<string, string>(), text: (): null => null, folder: (): null => null };
  const { analysis } = analyze({ uri: 'file:///net.onnx', text: '', bytes: new MemoryFile(bytesOf(input)), settings, roots: [], inputs }, onnxFrontend, sources);
  assert.ok(analysis.models[0], analysis.problems[0]?.message);
  return analysis.models[0];
}

/** Path, output sizes, MACs and params of each row. */
function rowsOf({ metrics }: ModelAnalysis): unknown[] {
  return metrics.layers.map(({ node, outputs, macs, params }) => [node.path, outputs[0], macs, params]);
}

const scalar = (value: number, dataType = 7): object => (dataType === 1 ? { dims: [], dataType, floatData: [value] } : { dims: [], dataType, int64Data: [value] });

describe('ONNX models', () => {
  it('nodes go by their name or first output; constants have no row; statistics are no weights', () => {
    const net = model({
      inputs: { x: [1, 3, 8, 8] }, outputs: ['y'],
      initializers: { w: zeros(4, 3, 3, 3), scale: zeros(4), shift: zeros(4), mean: zeros(4), variance: zeros(4), two: zeros(2, 3), three: zeros(2, 3) },
      nodes: [
        { op: 'Add', inputs: ['two', 'three'], outputs: ['five'] },
        { op: 'Conv', inputs: ['x', 'w'], outputs: ['c'], name: 'stem', attributes: { strides: [2, 2], pads: [1, 1, 1, 1] } },
        { op: 'BatchNormalization', inputs: ['c', 'scale', 'shift', 'mean', 'variance'], outputs: ['y'] },
      ],
    });
    assert.deepEqual(rowsOf(net), [['stem', [1, 4, 4, 4], 4 * 16 * 27, 108], ['y', [1, 4, 4, 4], 0, 8]]);
    assert.equal(net.metrics.totals.frameworkParams, 116);
    assert.equal(net.metrics.totals.buffers, 8);
    assert.equal(net.metrics.status, 'exact');
  });

  it('shape arithmetic is worked out: flattening as exporters write it', () => {
    const net = model({
      inputs: { x: ['batch', 8, 4, 4] }, outputs: ['y'],
      initializers: { zero: scalar(0), one: ints(0), rest: ints(-1), w: zeros(128, 10) },
      nodes: [
        { op: 'Shape', inputs: ['x'], outputs: ['s'] },
        { op: 'Gather', inputs: ['s', 'zero'], outputs: ['n'] },
        { op: 'Unsqueeze', inputs: ['n', 'one'], outputs: ['n1'] },
        { op: 'Concat', inputs: ['n1', 'rest'], outputs: ['to'], attributes: { axis: 0 } },
        { op: 'Reshape', inputs: ['x', 'to'], outputs: ['flat'] },
        { op: 'MatMul', inputs: ['flat', 'w'], outputs: ['y'] },
      ],
    }, [], 5);
    assert.deepEqual(rowsOf(net), [['flat', [5, 128], 0, 0], ['y', [5, 10], 6400, 1280]]);
    const [input] = net.graph.inputs;
    assert.equal(input?.origin, 'setting');
    assert.match(input.why, /`batch` = 5/);
  });

  it('padding as exporters write it: a list turned around', () => {
    const net = model({
      inputs: { x: [1, 3, 8, 8] }, outputs: ['y'],
      initializers: { pads: ints(1, 2, 3, 4), rest: ints(4), two: ints(-1, 2), last: ints(-1), end: ints(-9_007_199_254_740_991), zero: ints(0), flat: ints(-1) },
      nodes: [
        { op: 'ConstantOfShape', inputs: ['rest'], outputs: ['none'], attributes: { value: ints(0) } },
        { op: 'Concat', inputs: ['pads', 'none'], outputs: ['all'], attributes: { axis: 0 } },
        { op: 'Reshape', inputs: ['all', 'two'], outputs: ['pairs'] },
        { op: 'Slice', inputs: ['pairs', 'last', 'end', 'zero', 'last'], outputs: ['turned'] },
        { op: 'Transpose', inputs: ['turned'], outputs: ['columns'], attributes: { perm: [1, 0] } },
        { op: 'Reshape', inputs: ['columns', 'flat'], outputs: ['list'] },
        { op: 'Pad', inputs: ['x', 'list'], outputs: ['y'] },
      ],
    });
    assert.deepEqual(rowsOf(net), [['y', [1, 3, 15, 11], 0, 0]]);
  });

  it('open sizes are those with which the operators fit', () => {
    const net = model({
      inputs: { x: ['n', 3, 'h', 'w'] }, outputs: ['y'], initializers: { w: zeros(8, 3, 3, 3), to: ints(0, -1), fc: zeros(8 * 46 * 46, 2) },
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['c'] }, { op: 'Reshape', inputs: ['c', 'to'], outputs: ['f'] }, { op: 'Gemm', inputs: ['f', 'fc'], outputs: ['y'] }],
    });
    assert.deepEqual(net.metrics.layers[0]?.inputs, [[1, 3, 48, 48]]);
    assert.equal(net.graph.inputs[0]?.origin, 'inferred');
    assert.equal(net.metrics.status, 'exact');
  });

  it('a loop of known length is unrolled', () => {
    const body = {
      node: [{ opType: 'MatMul', input: ['h', 'w'], output: ['next'], name: 'step' }, { opType: 'Identity', input: ['go'], output: ['on'] }],
      input: [{ name: 'i' }, { name: 'go' }, { name: 'h' }], output: [{ name: 'on' }, { name: 'next' }, { name: 'next' }],
    };
    const net = model({
      inputs: { x: [1, 4] }, outputs: ['y', 'all'], initializers: { w: zeros(4, 4), three: { dims: [], dataType: 7, int64Data: [3] }, yes: { dims: [], dataType: 9, int32Data: [1] } },
      nodes: [{ op: 'Loop', name: 'loop', inputs: ['three', 'yes', 'x'], outputs: ['y', 'all'], attributes: { body } }],
    });
    assert.deepEqual(rowsOf(net).map(row => (row as unknown[])[2]), [16, 16, 16]);
    assert.equal(net.metrics.status, 'exact');
    assert.equal(net.metrics.totals.frameworkParams, 16);
  });

  it('a stated input binds a symbol everywhere', () => {
    const net = model({ inputs: { a: ['n', 4], b: ['n', 4] }, outputs: ['y'], nodes: [{ op: 'Add', inputs: ['a', 'b'], outputs: ['y'] }] }, [{ name: 'a', shape: [7, 4] }]);
    assert.deepEqual(rowsOf(net), [['y', [7, 4], 0, 0]]);
  });

  it('a weight is found behind dequantisation and transposition, counted once, and is the row\'s that reads it first', () => {
    const net = model({
      inputs: { x: [1, 6] }, outputs: ['z'], initializers: { q: { dims: [4, 6], dataType: 3, rawData: new Uint8Array(24) }, scale: zeros(1), bias: zeros(4), w2: zeros(4, 4) },
      nodes: [
        { op: 'DequantizeLinear', inputs: ['q', 'scale'], outputs: ['w'] },
        { op: 'Transpose', inputs: ['w'], outputs: ['wt'], attributes: { perm: [1, 0] } },
        { op: 'MatMul', inputs: ['x', 'wt'], outputs: ['y'] },
        { op: 'Add', inputs: ['y', 'bias'], outputs: ['b'] },
        { op: 'MatMul', inputs: ['b', 'w2'], outputs: ['c'] },
        { op: 'MatMul', inputs: ['c', 'w2'], outputs: ['z'] },
      ],
    });
    assert.deepEqual(rowsOf(net), [['y', [1, 4], 24, 24], ['b', [1, 4], 0, 4], ['c', [1, 4], 16, 16], ['z', [1, 4], 16, 0]]);
    assert.equal(net.metrics.layers[0]?.kind, 'dense');
  });

  it('functions of the model are followed, with the attributes of the call', () => {
    const net = model({
      opsets: { mine: 1 }, inputs: { x: [1, 4, 8, 8] }, outputs: ['y'], initializers: { w: zeros(4, 1, 3, 3) },
      functions: [{
        name: 'Block', domain: 'mine', input: ['a', 'k'], output: ['c'], attribute: ['groups'], opsetImport: [{ domain: '', version: 17 }],
        node: [{ opType: 'Conv', name: 'conv', input: ['a', 'k'], output: ['c'], attribute: [{ name: 'group', type: 2, refAttrName: 'groups' }] }],
      }],
      nodes: [{ op: 'Block', domain: 'mine', name: 'block', inputs: ['x', 'w'], outputs: ['y'], attributes: { groups: 4 } }],
    });
    assert.deepEqual(rowsOf(net), [['block/conv', [1, 4, 6, 6], 4 * 36 * 9, 36]]);
    assert.equal(net.metrics.layers[0]?.kind, 'depthwise');
  });

  it('a known condition takes its branch; of an unknown one the cheaper counts and the totals are a bound', () => {
    const branch = (name: string, rows: number): object => ({
      name, output: [{ name: `${name}_y` }], initializer: [{ name: `${name}_w`, dims: [4, rows], dataType: 1, rawData: new Uint8Array(16 * rows) }],
      node: [{ opType: 'MatMul', input: ['x', `${name}_w`], output: [`${name}_y`], name }],
    });
    const build = (known: boolean): ModelAnalysis => model({
      inputs: known ? { x: [1, 4] } : { x: [1, 4], flag: [] }, outputs: ['y'], ...(known ? { initializers: { flag: { dims: [], dataType: 9, int32Data: [1] } } } : {}),
      nodes: [{ op: 'If', name: 'if', inputs: ['flag'], outputs: ['y'], attributes: { then_branch: { node: [], ...branch('then', 9) }, else_branch: { node: [], ...branch('else', 2) } } }],
    });
    assert.deepEqual(rowsOf(build(true)), [['if/then/then', [1, 9], 36, 36]]);
    assert.equal(build(true).metrics.status, 'exact');
    assert.deepEqual(rowsOf(build(false)), [['if/else/else', [1, 2], 8, 8]]);
    assert.equal(build(false).metrics.status, 'lower-bound');
  });

  it('an unknown operator makes a lower bound, and the declared shape carries on', () => {
    const net = model({
      opsets: { odd: 1 }, inputs: { x: [1, 4] }, outputs: ['y'], initializers: { w: zeros(6, 2) }, valueInfo: { h: [1, 6] },
      nodes: [{ op: 'Strange', domain: 'odd', inputs: ['x'], outputs: ['h'] }, { op: 'MatMul', inputs: ['h', 'w'], outputs: ['y'] }],
    });
    assert.deepEqual(rowsOf(net), [['h', [1, 6], 0, 0], ['y', [1, 2], 12, 12]]);
    assert.equal(net.metrics.status, 'lower-bound');
    assert.match(net.metrics.reasons[0]?.reason ?? '', /odd\.Strange.* is not modelled: the operators of the domain `odd` are not known/);
  });

  it('a circle of nodes, a name that nothing gives and an input without a shape are reasons, not errors', () => {
    const circle = model({ inputs: { x: [1, 4] }, outputs: ['a'], nodes: [{ op: 'Add', inputs: ['x', 'b'], outputs: ['a'] }, { op: 'Relu', inputs: ['a'], outputs: ['b'] }] });
    assert.equal(circle.metrics.status, 'lower-bound');
    const lost = model({ inputs: { x: [1, 4] }, outputs: ['a'], nodes: [{ op: 'Add', inputs: ['x', 'nowhere'], outputs: ['a'] }] });
    assert.match(lost.metrics.reasons[0]?.reason ?? '', /nowhere/);
  });

  it('a number in the file makes no list of its length', () => {
    const huge = { dims: [2 ** 31], dataType: 7, rawData: new Uint8Array(8) };
    const slice = model({ inputs: { x: [4] }, outputs: ['y'], initializers: { huge }, nodes: [{ op: 'Slice', inputs: ['x', 'huge', 'huge'], outputs: ['y'] }] });
    assert.deepEqual(rowsOf(slice), []);
    const split = model({ inputs: { x: [1, 6] }, outputs: ['y'], nodes: [{ op: 'Split', inputs: ['x'], outputs: ['y', 'z'], attributes: { axis: 1, num_outputs: 2 ** 31 - 1 } }] });
    assert.equal(split.graph.nodes[0]?.outputs.length, 2);
  });

  it('nodes out of order are put in order', () => {
    const net = model({ inputs: { x: [1, 4] }, outputs: ['b'], nodes: [{ op: 'Relu', inputs: ['a'], outputs: ['b'] }, { op: 'Sigmoid', inputs: ['x'], outputs: ['a'] }] });
    assert.deepEqual(net.graph.nodes.map(node => node.type), ['Sigmoid', 'Relu']);
  });

  it('initializers listed as inputs are no inputs, and a missing operator set is the first', () => {
    const net = model({ opset: 1, inputs: { x: [1, 4], w: [4, 2] }, outputs: ['y'], initializers: { w: zeros(4, 2) }, nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }] });
    assert.deepEqual(net.graph.inputs.map(input => input.name), ['x']);
    assert.deepEqual(rowsOf(net), [['y', [1, 2], 8, 8]]);
  });

  it('recurrent layers and attention are one row with their products as parts', () => {
    const net = model({
      inputs: { x: [5, 3, 10] }, outputs: ['y'], initializers: { w: zeros(2, 80, 10), r: zeros(2, 80, 20), b: zeros(2, 160) },
      nodes: [{ op: 'LSTM', inputs: ['x', 'w', 'r', 'b'], outputs: ['y'], name: 'lstm', attributes: { hidden_size: 20, direction: 'bidirectional' } }],
    });
    assert.deepEqual(rowsOf(net), [['lstm', [5, 2, 3, 20], 2 * 15 * 80 * 30, 2 * (800 + 1600 + 160)]]);
  });
});
