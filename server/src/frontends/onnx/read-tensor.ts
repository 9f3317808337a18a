/** Tensors as the file states them: dimensions, type, and where the values lie. The values themselves are passed over. */
import { wire, type ByteFile, type Field } from './byte-file';
import { readEntry } from './fields';
import type { ByteRange, ExternalData, Payload, PayloadField, SparseTensorProto, TensorProto } from './model';

/** Field numbers of `TensorProto` that hold values. */
const payloadFields: Readonly<Record<number, PayloadField>> = { 4: 'float', 5: 'int32', 6: 'string', 7: 'int64', 9: 'raw', 10: 'double', 11: 'uint64' };

/** Values written one by one: so many are remembered. More are no shape arithmetic. */
const maxRuns = 4096;

interface MutablePayload {
  readonly field: PayloadField;
  readonly runs: (ByteRange & { readonly packed: boolean })[];
}

/** `TensorProto` dims 1, data_type 2, values 4–7 and 9–11, name 8, external_data 13, data_location 14. */
export function readTensor(file: ByteFile, range: ByteRange): TensorProto {
  const dims: number[] = [];
  let dataType = 0;
  let name = '';
  let payload: MutablePayload | undefined;
  let isExternal = false;
  const external = new Map<string, string>();
  file.eachField(range, field => {
    switch (field.number) {
      case 1: file.numbers(field, 'varint', dims); break;
      case 2: dataType = file.int(field); break;
      case 8: name = file.text(field); break;
      case 13: readEntry(file, file.message(field), external); break;
      case 14: isExternal = file.int(field) === 1; break;
      default: {
        const kind = payloadFields[field.number];
        if (kind !== undefined) payload = extended(payload, kind, field);
      }
    }
  });
  return { name, dims, dataType, payload, external: isExternal ? externalOf(external) : undefined, range };
}

function extended(payload: MutablePayload | undefined, kind: PayloadField, field: Field): MutablePayload {
  const packed = field.wire === wire.bytes && kind !== 'string';
  const run = { ...field.value, packed };
  // An empty list beside the one that is used says nothing.
  if (payload && payload.field !== kind) return field.value.length > 0 ? { field: kind, runs: [run] } : payload;
  if (!payload) return { field: kind, runs: [run] };
  if (payload.runs.length <= maxRuns) payload.runs.push(run);
  return payload;
}

/** True when all values are listed in the payload. */
export function isWhole(payload: Payload): boolean {
  return payload.runs.length <= maxRuns;
}

/** Paths are relative to the model's folder and must stay in it. Source: onnx.ai/onnx/repo-docs/ExternalData.html. */
function externalOf(entries: ReadonlyMap<string, string>): ExternalData {
  const location = entries.get('location') ?? '';
  const parts = location.split(/[/\\]/);
  const isInside = location !== '' && !/^([/\\]|[A-Za-z]:)/.test(location) && !parts.includes('..') && !location.includes('\0');
  const number = (text: string | undefined): number | undefined => (text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined);
  return { location: isInside ? location : undefined, offset: number(entries.get('offset')) ?? 0, length: number(entries.get('length')) };
}

/** `SparseTensorProto` values 1, indices 2, dims 3. */
export function readSparseTensor(file: ByteFile, range: ByteRange): SparseTensorProto {
  const dims: number[] = [];
  let values: TensorProto | undefined;
  let indices: TensorProto | undefined;
  file.eachField(range, field => {
    if (field.number === 1) values = readTensor(file, file.message(field));
    else if (field.number === 2) indices = readTensor(file, file.message(field));
    else if (field.number === 3) file.numbers(field, 'varint', dims);
  });
  values ??= { name: '', dims: [], dataType: 0, payload: undefined, external: undefined, range };
  return { name: values.name, dims, values, indices };
}
