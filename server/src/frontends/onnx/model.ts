/** An ONNX model in memory: the messages of the format as plain data. Values of tensors stay in the file; a payload says where they lie. */

/** Bytes of the file, by absolute position. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** The field that holds a tensor's values. */
export type PayloadField = 'raw' | 'float' | 'int32' | 'int64' | 'double' | 'uint64' | 'string';

export interface Payload {
  readonly field: PayloadField;
  /** In order. A packed run holds bare values; any other is one value, its tag not included. */
  readonly runs: readonly (ByteRange & { readonly packed: boolean })[];
}

/** Values in another file. Nothing of it is ever opened for a count. */
export interface ExternalData {
  /** POSIX path relative to the model's folder; undefined when it is absent, absolute or leads out of that folder. */
  readonly location: string | undefined;
  readonly offset: number;
  readonly length: number | undefined;
}

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  /** `TensorProto.DataType`; see data-types.ts. */
  readonly dataType: number;
  /** Undefined when no field holds values. */
  readonly payload: Payload | undefined;
  readonly external: ExternalData | undefined;
  /** Where the message lies. */
  readonly range: ByteRange;
}

/** Values and where they stand; all others are zero. Its name is that of `values`. */
export interface SparseTensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: TensorProto;
  readonly indices: TensorProto | undefined;
}

/** A number, a symbol, or neither: then nothing is known of the size. */
export type Dimension = number | string | undefined;

export type TypeProto =
  | { readonly kind: 'tensor' | 'sparse-tensor'; readonly dataType: number; readonly shape: readonly Dimension[] | undefined }
  | { readonly kind: 'sequence' | 'optional'; readonly element: TypeProto | undefined }
  | { readonly kind: 'map'; readonly keyType: number; readonly value: TypeProto | undefined }
  | { readonly kind: 'opaque' };

export interface ValueInfoProto {
  readonly name: string;
  readonly type: TypeProto | undefined;
  readonly metadata: ReadonlyMap<string, string>;
}

export type AttributeType =
  | 'undefined' | 'float' | 'int' | 'string' | 'tensor' | 'graph' | 'floats' | 'ints' | 'strings' | 'tensors' | 'graphs'
  | 'sparse-tensor' | 'sparse-tensors' | 'type' | 'types';

export interface AttributeProto {
  readonly name: string;
  readonly type: AttributeType;
  readonly float: number;
  readonly int: number;
  readonly string: string;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly strings: readonly string[];
  readonly tensors: readonly TensorProto[];
  readonly graphs: readonly GraphProto[];
  readonly sparseTensors: readonly SparseTensorProto[];
  readonly types: readonly TypeProto[];
  /** In a function's body: the attribute of the call that gives the value; '' otherwise. */
  readonly reference: string;
}

export interface NodeProto {
  /** '' when it has none. */
  readonly name: string;
  readonly opType: string;
  /** '' for the standard operators. */
  readonly domain: string;
  readonly overload: string;
  /** '' stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeProto>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly docString: ByteRange | undefined;
  readonly range: ByteRange;
}

export interface GraphProto {
  readonly name: string;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly sparseInitializers: readonly SparseTensorProto[];
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
  readonly valueInfo: readonly ValueInfoProto[];
  readonly metadata: ReadonlyMap<string, string>;
}

export interface FunctionProto {
  readonly name: string;
  readonly domain: string;
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes without a default. */
  readonly attributes: readonly string[];
  /** Attributes with their defaults. */
  readonly defaults: ReadonlyMap<string, AttributeProto>;
  readonly nodes: readonly NodeProto[];
  readonly opsets: ReadonlyMap<string, number>;
  readonly valueInfo: readonly ValueInfoProto[];
  readonly metadata: ReadonlyMap<string, string>;
}

export interface ModelProto {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly domain: string;
  readonly modelVersion: number;
  readonly graph: GraphProto;
  /** Version by domain, '' for the standard operators. */
  readonly opsets: ReadonlyMap<string, number>;
  /** By `functionKey`. */
  readonly functions: ReadonlyMap<string, FunctionProto>;
  readonly metadata: ReadonlyMap<string, string>;
}

export function functionKey(domain: string, name: string, overload: string): string {
  return `${domain}:${name}:${overload}`;
}

/** `ai.onnx` is the long name of the standard domain. */
export function standardDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}
