/** The reader against an independent decoder: nodes, attributes and stored tensors are the same, weights are never read, nothing throws. */
import { strict as assert } from 'node:assert';
import { onnx } from 'onnx-proto';
import { bytesOf, ints, MemoryFile, messageOf, zeros, type ModelInput } from '../../../test/harness/onnx';
import { Budget } from '../../base/budget';
import type { ModelProto } from './model';
import { contentOf } from './payload';
import { readModel } from './reader';

const net: ModelInput = {
  inputs: { x: [1, 3, 8, 8] },
  outputs: ['y'],
  initializers: { w: zeros(4, 3, 3, 3), b: zeros(4), shape: ints(1, -1), empty: ints() },
  nodes: [
    { op: 'Conv', name: 'conv', inputs: ['x', 'w', 'b'], outputs: ['c'], attributes: { pads: [1, 1, 1, 1], group: 1, auto_pad: 'NOTSET' } },
    { op: 'Constant', inputs: [], outputs: ['axis'], attributes: { value: { dims: [], dataType: 7, int64Data: [-1] } } },
    { op: 'Reshape', inputs: ['c', 'shape'], outputs: ['y'], attributes: { allowzero: 0 } },
  ],
};

function read(bytes: Uint8Array): ModelProto {
  const result = readModel(new MemoryFile(bytes), new Budget());
  assert.ok('model' in result, 'problem' in result ? result.problem.message : '');
  return result.model;
}

function problem(bytes: Uint8Array): string {
  const result = readModel(new MemoryFile(bytes), new Budget());
  assert.ok('problem' in result);
  return result.problem.message;
}

describe('ONNX reader', () => {
  it('finds the nodes and stored tensors that a full decoder finds', () => {
    const bytes = bytesOf(net);
    const oracle = onnx.ModelProto.decode(bytes).graph;
    const { graph, opsets } = read(bytes);
    assert.deepEqual(graph.nodes.map(({ opType, name, inputs, outputs }) => ({ opType, name, inputs, outputs })),
      oracle?.node?.map(({ opType, name, input, output }) => ({ opType, name, inputs: input, outputs: output })));
    assert.deepEqual(graph.initializers.map(({ name, dims, dataType }) => ({ name, dims, dataType })),
      oracle?.initializer?.map(({ name, dims, dataType }) => ({ name, dims: dims?.map(Number), dataType })));
    assert.deepEqual([...opsets], [['', 17]]);
    const [conv] = graph.nodes;
    assert.deepEqual(conv?.attributes.get('pads')?.ints, [1, 1, 1, 1]);
    assert.equal(conv.attributes.get('group')?.int, 1);
    assert.equal(conv.attributes.get('auto_pad')?.string, 'NOTSET');
  });

  it('fetches small contents, raw and typed, negative ones too', () => {
    const raw = new Uint8Array(new BigInt64Array([2n, -3n]).buffer);
    const tensors = {
      typed: ints(1, -1, 4_294_967_297), raw: { dims: [2], dataType: 7, rawData: raw }, scales: { dims: [2], dataType: 1, floatData: [0.5, 2] },
      half: { dims: [1], dataType: 10, int32Data: [0x3c00] }, flag: { dims: [1], dataType: 9, int32Data: [1] }, large: zeros(5000),
    };
    const file = new MemoryFile(bytesOf({ ...net, initializers: tensors }));
    const result = readModel(file, new Budget());
    assert.ok('model' in result);
    assert.deepEqual(result.model.graph.initializers.map(tensor => contentOf(result.file, tensor)), [[1, -1, 4_294_967_297], [2, -3], [0.5, 2], [1], [1], undefined]);
  });

  it('passes over the weights', () => {
    const weights = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`w${i}`, zeros(512, 512)]));
    const file = new MemoryFile(bytesOf({ ...net, initializers: weights }));
    const result = readModel(file, new Budget());
    assert.ok('model' in result);
    assert.equal(result.model.graph.initializers.length, 20);
    assert.ok(file.bytesRead < file.sizeBytes / 100, `${file.bytesRead} of ${file.sizeBytes} bytes were read`);
  });

  it('reads functions, subgraphs, symbols and external data', () => {
    const message = messageOf(net);
    const branch = { name: 'then', node: [{ opType: 'Relu', input: ['c'], output: ['t'] }], output: [{ name: 't' }] };
    message.graph?.node?.push({ opType: 'If', input: ['flag'], output: ['z'], attribute: [{ name: 'then_branch', type: 5, g: branch }] });
    message.graph?.initializer?.push({ name: 'far', dims: [1000, 1000], dataType: 1, dataLocation: 1, externalData: [{ key: 'location', value: '../weights.bin' }] });
    message.graph?.input?.push({ name: 'tokens', type: { tensorType: { elemType: 7, shape: { dim: [{ dimParam: 'batch' }, {}, { dimValue: 4 }] } } } });
    message.functions = [{
      name: 'Block',
      domain: 'mine',
      input: ['a'],
      output: ['b'],
      attribute: ['alpha'],
      node: [{ opType: 'Elu', input: ['a'], output: ['b'], attribute: [{ name: 'alpha', type: 1, refAttrName: 'alpha' }] }],
    }];
    const { graph, functions } = read(onnx.ModelProto.encode(message).finish());
    assert.deepEqual(graph.nodes[3]?.attributes.get('then_branch')?.graphs[0]?.nodes[0]?.inputs, ['c']);
    assert.equal(graph.initializers.at(-1)?.external?.location, undefined, 'a path that leads out of the folder');
    assert.deepEqual(graph.inputs[1]?.type, { kind: 'tensor', dataType: 7, shape: ['batch', undefined, 4] });
    assert.equal(functions.get('mine:Block:')?.nodes[0]?.attributes.get('alpha')?.reference, 'alpha');
  });

  it('has one clear message for what is no model', () => {
    const text = (value: string): Uint8Array => new TextEncoder().encode(value);
    assert.match(problem(new Uint8Array(0)), /empty/);
    assert.match(problem(text('version https://git-lfs.github.com/spec/v1\noid sha256:0')), /git lfs pull/);
    assert.match(problem(text('PK\u0003\u0004')), /ZIP/);
    assert.match(problem(text('import torch\n')), /the file is text/);
    const bytes = bytesOf(net);
    for (let end = 1; end < bytes.length; end += 7) {
      const result = readModel(new MemoryFile(bytes.subarray(0, end)), new Budget());
      if ('problem' in result) assert.match(result.problem.message, /^(not a readable ONNX file: .*byte \d+|the file has no graph)/);
    }
  });
});
