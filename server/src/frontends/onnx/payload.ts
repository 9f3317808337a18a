/** Contents of small tensors, fetched when an operator asks for them: raw or in typed fields, packed or one by one. */
import { product } from '../../tensor/shape';
import type { ByteFile } from './byte-file';
import type { ByteRange, TensorProto } from './model';
import { isWhole } from './read-tensor';

/** Shapes, axes, indices and scales are smaller than this; larger tensors are never fetched. */
const maxElements = 4096;

/** How one element is stored in `raw_data`, little-endian. 16-bit floats are decoded from their bits. */
type Decoder = (view: DataView, at: number) => number;

interface Storage {
  readonly bytes: number;
  readonly decode: Decoder;
}

const int64: Decoder = (view, at) => view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);

/** By data type number. */
const rawStorage: Readonly<Record<number, Storage>> = {
  1: { bytes: 4, decode: (view, at) => view.getFloat32(at, true) },
  2: { bytes: 1, decode: (view, at) => view.getUint8(at) },
  3: { bytes: 1, decode: (view, at) => view.getInt8(at) },
  4: { bytes: 2, decode: (view, at) => view.getUint16(at, true) },
  5: { bytes: 2, decode: (view, at) => view.getInt16(at, true) },
  6: { bytes: 4, decode: (view, at) => view.getInt32(at, true) },
  7: { bytes: 8, decode: int64 },
  9: { bytes: 1, decode: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  10: { bytes: 2, decode: (view, at) => halfOf(view.getUint16(at, true)) },
  11: { bytes: 8, decode: (view, at) => view.getFloat64(at, true) },
  12: { bytes: 4, decode: (view, at) => view.getUint32(at, true) },
  13: { bytes: 8, decode: (view, at) => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true) },
  16: { bytes: 2, decode: (view, at) => bfloatOf(view.getUint16(at, true)) },
};

/** Row-major values, or undefined: too many, of a type that is no number here, stored elsewhere, or not as many as the dimensions say. */
export function contentOf(file: ByteFile, tensor: TensorProto): readonly number[] | undefined {
  const count = product(tensor.dims);
  if (!(count >= 0 && count <= maxElements) || tensor.external) return undefined;
  if (count === 0) return [];
  const { payload, dataType } = tensor;
  if (!payload || !isWhole(payload)) return undefined;
  const values: number[] = [];
  for (const run of payload.runs) {
    const read = readRun(file, run, payload.field, dataType);
    if (!read) return undefined;
    for (const value of read) values.push(value);
  }
  return values.length === count ? values : undefined;
}

function readRun(file: ByteFile, run: ByteRange & { readonly packed: boolean }, field: string, dataType: number): readonly number[] | undefined {
  if (run.length > maxElements * 10) return undefined;
  switch (field) {
    case 'raw': return decoded(file, run, rawStorage[dataType]);
    case 'float': return decoded(file, run, dataType === 1 ? rawStorage[1] : undefined);
    case 'double': return decoded(file, run, dataType === 11 ? rawStorage[11] : undefined);
    case 'int64': case 'uint64': return varints(file, run);
    // The narrow types are stored here as well, 16-bit floats by their bits.
    case 'int32': return varints(file, run).map(value => fromInt32(value, dataType));
    default: return undefined;
  }
}

function fromInt32(value: number, dataType: number): number {
  if (dataType === 10) return halfOf(value & 0xffff);
  if (dataType === 16) return bfloatOf(value & 0xffff);
  return dataType === 9 ? Number(value !== 0) : value;
}

function decoded(file: ByteFile, run: ByteRange, storage: Storage | undefined): readonly number[] | undefined {
  if (!storage) return undefined;
  const bytes = file.bytes(run);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / storage.bytes) }, (_, i) => storage.decode(view, i * storage.bytes));
}

function varints(file: ByteFile, run: ByteRange & { readonly packed: boolean }): readonly number[] {
  const values: number[] = [];
  file.varints(run, values);
  return values;
}

/** IEEE 754 binary16. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** The upper half of a binary32. */
function bfloatOf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16 >>> 0);
  return view.getFloat32(0);
}
