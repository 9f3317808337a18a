/** ONNX files that nobody should write: damaged bytes, other formats under the name, and well-formed models that make no sense. */
import { onnx } from 'onnx-proto';
import { ints, messageOf, zeros, type ModelInput, type NodeInput } from '../harness/onnx';
import type { Random } from './mutate';

/** A message in the plain form that the encoder takes; 64-bit numbers may be texts. */
type Model = Record<string, unknown> & { graph: Graph };
interface Graph { node: Node[]; input: Value[]; output: Value[]; initializer: Tensor[]; name?: string }
interface Node { opType: string; name: string; input: string[]; output: string[]; domain?: string; attribute: Record<string, unknown>[] }
interface Tensor { name: string; dims: (number | string)[]; dataType: number; [field: string]: unknown }
interface Value { name: string; type?: { tensorType?: { elemType?: number; shape?: { dim: Record<string, unknown>[] } } } }

const numbers = ['0', '-1', '1', '2', '3', '7', '-9223372036854775808', '9223372036854775807', '4611686018427387904', '2147483647', '-2147483648', '4294967296', '1000003', '65536'];
const names = ['', 'x', 'a\nb', '\u202e\u0000', 'é"\\', 'n'.repeat(5000), '__proto__', 'constructor', 'toString', '# joulelint: ignore[JL101]'];
const paths = ['../../etc/passwd', '/etc/passwd', 'C:\\Windows\\win.ini', '..\\x', 'a/../../b', '\u0000', '', 'weights.bin', './/.//x', 'x'.repeat(5000)];
const operators = ['Conv', 'ConvTranspose', 'Gemm', 'MatMul', 'MaxPool', 'AveragePool', 'Reshape', 'Transpose', 'Concat', 'Slice',
  'Gather', 'Expand', 'Pad', 'Resize', 'Split', 'Squeeze', 'Unsqueeze', 'Tile', 'Range', 'ConstantOfShape', 'If', 'Loop', 'Scan',
  'LSTM', 'GRU', 'Attention', 'Einsum', 'ReduceMean', 'TopK', 'NonZero', 'Shape', 'Cast', 'Where', 'OneHot', 'QLinearConv', 'DequantizeLinear',
  'BatchNormalization', 'LayerNormalization', 'DepthToSpace', 'CumSum', 'Constant', 'Identity', 'Nothing'];
const attributeNames = [
  'axis', 'axes', 'group', 'pads', 'strides', 'dilations', 'kernel_shape', 'perm', 'value', 'equation', 'hidden_size', 'split', 'to', 'auto_pad',
  'ceil_mode', 'transB', 'keepdims', 'body', 'then_branch', 'mode', 'output_shape',
];

const layer = (index: number, channels: number): NodeInput => ({
  op: 'Conv', name: `conv${index}`, inputs: [index === 0 ? 'x' : `y${index - 1}`, `w${index}`], outputs: [`y${index}`], attributes: { pads: [1, 1, 1, 1], group: index % 2 === 0 ? 1 : channels },
});

const images: ModelInput = {
  inputs: { x: ['N', 8, 16, 16] }, outputs: ['out'], valueInfo: { y0: ['N', 8, 16, 16] },
  initializers: { w0: zeros(8, 8, 3, 3), w1: zeros(8, 1, 3, 3), w2: zeros(8, 8, 3, 3), shape: ints(0, -1), fc: zeros(2048, 10), bias: zeros(10) },
  nodes: [layer(0, 8), layer(1, 8), layer(2, 8), { op: 'Reshape', inputs: ['y2', 'shape'], outputs: ['flat'] }, { op: 'Gemm', inputs: ['flat', 'fc', 'bias'], outputs: ['out'] }],
};

const tokens: ModelInput = {
  inputs: { x: ['batch', 'length', 32] }, outputs: ['out'],
  initializers: { qkv: zeros(32, 96), one: ints(1), axes: ints(0), rest: ints(4, 8), table: zeros(100, 32) },
  nodes: [
    { op: 'MatMul', inputs: ['x', 'qkv'], outputs: ['p'] }, { op: 'Split', inputs: ['p'], outputs: ['q', 'k', 'v'], attributes: { axis: -1, num_outputs: 3 } },
    { op: 'Shape', inputs: ['x'], outputs: ['s'] }, { op: 'Gather', inputs: ['s', 'one'], outputs: ['l'], attributes: { axis: 0 } },
    { op: 'Slice', inputs: ['s', 'axes', 'one'], outputs: ['b'] }, { op: 'Concat', inputs: ['b', 'l', 'rest'], outputs: ['r'], attributes: { axis: 0 } },
    { op: 'Reshape', inputs: ['q', 'r'], outputs: ['h'] }, { op: 'Transpose', inputs: ['k'], outputs: ['t'], attributes: { perm: [0, 2, 1] } },
    { op: 'MatMul', inputs: ['q', 't'], outputs: ['a'] }, { op: 'Softmax', inputs: ['a'], outputs: ['m'], attributes: { axis: -1 } }, { op: 'MatMul', inputs: ['m', 'v'], outputs: ['out'] },
  ],
};

const branch = (op: string): onnx.IGraphProto => ({ name: op.toLowerCase(), node: [{ opType: op, input: ['x'], output: ['t'] }], output: [{ name: 't' }] });

const branches: ModelInput = {
  inputs: { x: [1, 4], flag: [] }, outputs: ['z'], initializers: { trip: ints(3) },
  nodes: [
    { op: 'If', inputs: ['flag'], outputs: ['z'], attributes: { then_branch: branch('Relu'), else_branch: branch('Tanh') } },
    {
      op: 'Loop',
      inputs: ['trip', 'flag', 'x'],
      outputs: ['w'],
      attributes: { body: { name: 'body', input: [{ name: 'i' }, { name: 'c' }, { name: 's' }], output: [{ name: 'c' }, { name: 'u' }], node: [{ opType: 'Relu', input: ['s'], output: ['u'] }] } },
    },
    { op: 'Twice', domain: 'mine', inputs: ['x'], outputs: ['f'], attributes: { alpha: 0.5 } },
  ],
  opsets: { mine: 1 },
  functions: [{
    name: 'Twice',
    domain: 'mine',
    input: ['a'],
    output: ['c'],
    attribute: ['alpha'],
    opsetImport: [{ domain: '', version: 17 }],
    node: [{ opType: 'Elu', input: ['a'], output: ['b'], attribute: [{ name: 'alpha', type: 1, refAttrName: 'alpha' }] }, { opType: 'Relu', input: ['b'], output: ['c'] }],
  }],
};

const bases = [images, tokens, branches];

type Change = (model: Model, random: Random) => void;

const anyNode = (model: Model, random: Random): Node => random.pick(model.graph.node, { opType: '', name: '', input: [], output: [], attribute: [] });
const anyTensor = (model: Model, random: Random): Tensor => random.pick(model.graph.initializer, { name: '', dims: [], dataType: 1 });
const anyName = (model: Model, random: Random): string => random.pick(model.graph.node.flatMap(node => [...node.input, ...node.output]), 'x');

/** Well-formed files whose content is nonsense. */
const nonsense: readonly Change[] = [
  (model, random) => { anyTensor(model, random).dims = Array.from({ length: random.below(6) }, () => random.pick(numbers, '0')); },
  (model, random) => { const tensor = anyTensor(model, random); tensor.dims[random.below(tensor.dims.length + 1)] = random.pick(numbers, '0'); },
  (model, random) => { anyTensor(model, random).dataType = random.below(40) - 2; },
  (model, random) => {
    Object.assign(anyTensor(model, random), {
      rawData: undefined,
      floatData: undefined,
      dataLocation: 1,
      externalData: [{ key: 'location', value: random.pick(paths, '') }, { key: 'offset', value: random.pick([...numbers, 'NaN', '1e400'], '0') }],
    });
  },
  (model, random) => { Object.assign(anyTensor(model, random), { rawData: undefined, int64Data: Array.from({ length: random.below(9) }, () => random.pick(numbers, '0')), dataType: 7 }); },
  (model, random) => { const node = anyNode(model, random); node.input[random.below(node.input.length + 1)] = random.next() < 0.3 ? 'nowhere' : anyName(model, random); },
  // Nodes that need each other.
  (model, random) => { const [one, two] = [anyNode(model, random), anyNode(model, random)]; one.input[0] = two.output[0] ?? ''; two.input[0] = one.output[0] ?? ''; },
  (model, random) => { const node = anyNode(model, random); node.output[random.below(node.output.length + 1)] = anyName(model, random); },
  (model, random) => { anyNode(model, random).opType = random.pick(operators, ''); },
  (model, random) => { anyNode(model, random).name = random.pick(names, ''); },
  (model, random) => { anyNode(model, random).domain = random.pick([...names, 'com.microsoft', 'ai.onnx.ml', 'mine'], ''); },
  (model, random) => { const node = anyNode(model, random); node.input = node.input.map(() => random.pick(names, '')); },
  (model, random) => { anyNode(model, random).attribute.push({ name: random.pick(attributeNames, ''), type: 7, ints: Array.from({ length: random.below(10) }, () => random.pick(numbers, '0')) }); },
  (model, random) => { anyNode(model, random).attribute.push({ name: random.pick(attributeNames, ''), type: 2, i: random.pick(numbers, '0') }); },
  (model, random) => {
    anyNode(model, random).attribute.push({ name: random.pick(attributeNames, ''), type: random.below(18), f: random.next() < 0.3 ? NaN : 0.5, strings: [Buffer.from(random.pick(names, ''))] });
  },
  (model, random) => {
    for (const attribute of anyNode(model, random).attribute) {
      if ('ints' in attribute) attribute['ints'] = [random.pick(numbers, '0')]; else if ('i' in attribute) attribute['i'] = random.pick(numbers, '0');
    }
  },
  (model, random) => {
    anyNode(model, random).attribute.push({ name: 'equation', type: 3, s: Buffer.from(random.pick(['', '->', 'i', 'ij,jk->ik', '...', 'ii->', 'ij->>', 'é,→', 'a'.repeat(5000)], '')) });
  },
  (model, random) => { anyNode(model, random).attribute.push({ name: random.pick(['body', 'then_branch', 'else_branch'], 'body'), type: 5, g: nested(random.pick([1, 3, 30, 300], 3)) }); },
  (model, random) => {
    model.graph.input = model.graph.input.map(value => ({
      ...value,
      type: { tensorType: { elemType: random.below(30), shape: { dim: Array.from({ length: random.below(7) }, () => ({ dimValue: random.pick(numbers, '0') })) } } },
    }));
  },
  (model, random) => { model.graph.input = random.next() < 0.5 ? [] : [...model.graph.input, ...model.graph.input]; },
  (model, random) => { model.graph.output = random.next() < 0.5 ? [] : [{ name: random.pick(names, '') }]; },
  model => { model.graph.node.reverse(); },
  (model, random) => { const node = anyNode(model, random); for (let times = random.pick([10, 1000], 10); times > 0; times--) model.graph.node.push({ ...node, output: [`${String(times)}`] }); },
  (model, random) => { model.graph.node.splice(random.below(model.graph.node.length), 1); },
  (model, random) => { model['opsetImport'] = random.next() < 0.4 ? [] : [{ domain: '', version: random.pick(numbers, '0') }]; },
  (model, random) => { model['irVersion'] = random.pick(numbers, '0'); },
  // A function that calls itself.
  model => {
    model['functions'] = [{ name: 'Twice', domain: 'mine', input: ['a'], output: ['b'], node: [{ opType: 'Twice', domain: 'mine', input: ['a'], output: ['b'] }] }];
    model.graph.node.push({ opType: 'Twice', domain: 'mine', name: '', input: ['x'], output: ['again'], attribute: [] });
  },
  // Every step doubles a size.
  model => {
    for (let step = 0; step < 80; step++) {
      model.graph.node.push({
        opType: 'Concat',
        name: '',
        input: Array.from({ length: 2 }, () => (step === 0 ? 'x' : `d${step - 1}`)),
        output: [`d${step}`],
        attribute: [{ name: 'axis', type: 2, i: 1 }],
      });
    }
  },
];

function nested(depth: number): Record<string, unknown> {
  let graph: Record<string, unknown> = { name: 'in', node: [{ opType: 'Relu', input: ['x'], output: ['t'] }], output: [{ name: 't' }] };
  for (let level = 0; level < depth; level++) {
    graph = { name: 'g', node: [{ opType: 'If', input: ['flag'], output: ['t'], attribute: [{ name: 'then_branch', type: 5, g: graph }] }], output: [{ name: 't' }] };
  }
  return graph;
}

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

/** So many bytes of `bytes` are replaced by others. */
function spliced(bytes: Uint8Array, at: number, count: number, others: readonly number[]): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), Uint8Array.from(others), bytes.subarray(at + count)]);
}

const somewhere = (bytes: Uint8Array, random: Random): number => random.below(bytes.length + 1);
const someBytes = (random: Random, most: number): number[] => Array.from({ length: 1 + random.below(most) }, () => random.below(256));

const damages: readonly Damage[] = [
  (bytes, random) => bytes.subarray(0, somewhere(bytes, random)),
  (bytes, random) => bytes.subarray(0, bytes.length - random.below(Math.min(bytes.length, 40) + 1)),
  (bytes, random) => { let damaged = bytes; for (let times = 1 + random.below(8); times > 0; times--) damaged = spliced(damaged, somewhere(damaged, random), 1, [random.below(256)]); return damaged; },
  (bytes, random) => { const at = somewhere(bytes, random); return spliced(bytes, at, 1, [(bytes[at] ?? 0) ^ 1 << random.below(8)]); },
  (bytes, random) => spliced(bytes, somewhere(bytes, random), 0, someBytes(random, 12)),
  (bytes, random) => spliced(bytes, somewhere(bytes, random), 1 + random.below(30), []),
  // The tags of groups, which ONNX has none of.
  (bytes, random) => spliced(bytes, somewhere(bytes, random), random.below(2), [8 * (1 + random.below(30)) + 3 + random.below(2)]),
  // A length or number of up to 2^64, and one that never ends.
  (bytes, random) => spliced(bytes, somewhere(bytes, random), 1, [...Array.from({ length: 1 + random.below(9) }, () => 0xff), 0x01 + random.below(0x7f)]),
  (bytes, random) => spliced(bytes, somewhere(bytes, random), 0, Array.from({ length: 12 }, () => 0xff)),
  (bytes, random) => Buffer.concat([bytes, bytes.subarray(random.below(bytes.length))]),
  bytes => Buffer.concat([bytes, bytes]),
];

const others: readonly ((random: Random) => Uint8Array)[] = [
  () => new Uint8Array(0),
  () => Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
  random => Buffer.concat([Buffer.from('PK\u0003\u0004'), Uint8Array.from(someBytes(random, 400))]),
  random => Uint8Array.from([0x1f, 0x8b, 8, ...someBytes(random, 400)]),
  () => Buffer.from('<!DOCTYPE html><html><body>404: Not Found</body></html>'),
  () => Buffer.from('import torch\n\nclass Net(torch.nn.Module):\n    pass\n'),
  () => Buffer.from('{"model": "not here"}\n'),
  random => Uint8Array.from(someBytes(random, 3000)),
  random => new Uint8Array(1 + random.below(5000)),
];

/** The same random numbers always give the same file. */
export function onnxVariant(random: Random): Uint8Array {
  if (random.next() < 0.05) return random.pick(others, () => new Uint8Array(0))(random);
  const model = structuredClone(messageOf(random.pick(bases, images))) as unknown as Model;
  if (random.next() < 0.6) for (let times = 1 + random.below(4); times > 0; times--) random.pick(nonsense, () => undefined)(model, random);
  let bytes = onnx.ModelProto.encode(onnx.ModelProto.fromObject(model)).finish();
  if (random.next() < 0.5) for (let times = 1 + random.below(3); times > 0; times--) bytes = random.pick(damages, same => same)(bytes, random);
  return bytes;
}
