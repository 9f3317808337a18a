/** Builds ONNX files for tests, with an independent implementation of the format. */
import { onnx } from 'onnx-proto';
import type { ByteSource } from '../../src/base/byte-source';

export type AttributeInput = number | string | readonly number[] | onnx.ITensorProto | onnx.IGraphProto;

export interface NodeInput {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  /** A number is an integer attribute; `{ float: 0.5 }` is not needed by these tests. */
  readonly attributes?: Readonly<Record<string, AttributeInput>>;
}

export interface ModelInput {
  readonly nodes: readonly NodeInput[];
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  readonly outputs: readonly string[];
  readonly initializers?: Readonly<Record<string, onnx.ITensorProto>>;
  readonly valueInfo?: Readonly<Record<string, readonly (number | string)[]>>;
  readonly opset?: number;
  readonly opsets?: Readonly<Record<string, number>>;
  readonly functions?: readonly onnx.IFunctionProto[];
}

/** A tensor of float zeros: what matters is its shape. */
export function zeros(...dims: readonly number[]): onnx.ITensorProto {
  return { dims: [...dims], dataType: 1, rawData: new Uint8Array(4 * dims.reduce((a, b) => a * b, 1)) };
}

export function ints(...values: readonly number[]): onnx.ITensorProto {
  return { dims: [values.length], dataType: 7, int64Data: [...values] };
}

export function floats(...values: readonly number[]): onnx.ITensorProto {
  return { dims: [values.length], dataType: 1, floatData: [...values] };
}

function attributeOf(name: string, value: AttributeInput): onnx.IAttributeProto {
  if (typeof value === 'number') return Number.isInteger(value) ? { name, type: 2, i: value } : { name, type: 1, f: value };
  if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
  if (isNumbers(value)) return { name, type: 7, ints: [...value] };
  return 'node' in value ? { name, type: 5, g: value } : { name, type: 4, t: value as onnx.ITensorProto };
}

function isNumbers(value: AttributeInput): value is readonly number[] {
  return Array.isArray(value);
}

export function nodeOf(node: NodeInput): onnx.INodeProto {
  return {
    opType: node.op, input: [...node.inputs], output: [...node.outputs], name: node.name ?? '', domain: node.domain ?? '',
    attribute: Object.entries(node.attributes ?? {}).map(([name, value]) => attributeOf(name, value)),
  };
}

export function valueOf(name: string, dims?: readonly (number | string)[], dataType = 1): onnx.IValueInfoProto {
  const shape = dims && { dim: dims.map(dim => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) };
  return { name, type: { tensorType: { elemType: dataType, ...(shape ? { shape } : {}) } } };
}

export function messageOf(input: ModelInput): onnx.IModelProto {
  return {
    irVersion: 8, producerName: 'joulelint tests',
    opsetImport: [{ domain: '', version: input.opset ?? 17 }, ...Object.entries(input.opsets ?? {}).map(([domain, version]) => ({ domain, version }))],
    functions: [...(input.functions ?? [])],
    graph: {
      name: 'net',
      node: input.nodes.map(nodeOf),
      input: Object.entries(input.inputs).map(([name, dims]) => valueOf(name, dims)),
      output: input.outputs.map(name => valueOf(name)),
      valueInfo: Object.entries(input.valueInfo ?? {}).map(([name, dims]) => valueOf(name, dims)),
      initializer: Object.entries(input.initializers ?? {}).map(([name, tensor]) => ({ ...tensor, name })),
    },
  };
}

export function bytesOf(input: ModelInput): Uint8Array {
  return onnx.ModelProto.encode(messageOf(input)).finish();
}

/** LeNet-5 as PyTorch's exporter writes it, for one channel of 32×32. */
export function lenet(): ModelInput {
  const conv = (name: string, from: string, to: string): NodeInput => ({
    op: 'Conv',
    name,
    inputs: [from, `${name}.weight`, `${name}.bias`],
    outputs: [to],
    attributes: { kernel_shape: [5, 5], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], group: 1 },
  });
  const dense = (name: string, from: string, to: string): NodeInput => ({ op: 'Gemm', name, inputs: [from, `${name}.weight`, `${name}.bias`], outputs: [to], attributes: { transB: 1 } });
  const tanh = (from: string): NodeInput => ({ op: 'Tanh', inputs: [from], outputs: [`${from}.tanh`] });
  const pool = (from: string, to: string): NodeInput => ({ op: 'AveragePool', inputs: [from], outputs: [to], attributes: { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 0, 0], ceil_mode: 0 } });
  return {
    inputs: { x: ['batch', 1, 32, 32] }, outputs: ['y'],
    initializers: {
      'conv1.weight': zeros(6, 1, 5, 5), 'conv1.bias': zeros(6), 'conv2.weight': zeros(16, 6, 5, 5), 'conv2.bias': zeros(16),
      'fc1.weight': zeros(120, 400), 'fc1.bias': zeros(120), 'fc2.weight': zeros(84, 120), 'fc2.bias': zeros(84), 'fc3.weight': zeros(10, 84), 'fc3.bias': zeros(10),
    },
    nodes: [
      conv('conv1', 'x', 'c1'), tanh('c1'), pool('c1.tanh', 'p1'), conv('conv2', 'p1', 'c2'), tanh('c2'), pool('c2.tanh', 'p2'),
      { op: 'Flatten', inputs: ['p2'], outputs: ['flat'], attributes: { axis: 1 } },
      dense('fc1', 'flat', 'f1'), tanh('f1'), dense('fc2', 'f1.tanh', 'f2'), tanh('f2'), dense('fc3', 'f2.tanh', 'y'),
    ],
  };
}

/** A file in memory that remembers how much of it was read. */
export class MemoryFile implements ByteSource {
  bytesRead = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get sizeBytes(): number {
    return this.bytes.length;
  }

  read(offset: number, length: number): Uint8Array {
    this.bytesRead += length;
    return this.bytes.subarray(offset, offset + length);
  }
}
