/** Small messages that occur in many places: types of values, key-value pairs, operator sets. */
import type { ByteFile } from './byte-file';
import { standardDomain, type ByteRange, type Dimension, type TypeProto, type ValueInfoProto } from './model';

/** `StringStringEntryProto` key 1, value 2; added to `into`. */
export function readEntry(file: ByteFile, range: ByteRange, into: Map<string, string>): void {
  let key = '';
  let value = '';
  file.eachField(range, field => {
    if (field.number === 1) key = file.text(field);
    else if (field.number === 2) value = file.text(field);
  });
  into.set(key, value);
}

/** `OperatorSetIdProto` domain 1, version 2; added to `into`. Of two statements the later version counts. */
export function readOpset(file: ByteFile, range: ByteRange, into: Map<string, number>): void {
  let domain = '';
  let version = 0;
  file.eachField(range, field => {
    if (field.number === 1) domain = standardDomain(file.text(field));
    else if (field.number === 2) version = file.int(field);
  });
  into.set(domain, Math.max(version, into.get(domain) ?? 0));
}

/** `ValueInfoProto` name 1, type 2, metadata_props 4. */
export function readValueInfo(file: ByteFile, range: ByteRange): ValueInfoProto {
  let name = '';
  let type: TypeProto | undefined;
  const metadata = new Map<string, string>();
  file.eachField(range, field => {
    switch (field.number) {
      case 1: name = file.text(field); break;
      case 2: type = readType(file, file.message(field)); break;
      case 4: readEntry(file, file.message(field), metadata); break;
      default: break;
    }
  });
  return { name, type, metadata };
}

/** `TypeProto` tensor 1, sequence 4, map 5, opaque 7, sparse tensor 8, optional 9. */
export function readType(file: ByteFile, range: ByteRange): TypeProto | undefined {
  let type: TypeProto | undefined;
  file.eachField(range, field => {
    switch (field.number) {
      case 1: type = readTensorType(file, file.message(field), 'tensor'); break;
      case 8: type = readTensorType(file, file.message(field), 'sparse-tensor'); break;
      case 4: type = { kind: 'sequence', element: readElement(file, file.message(field)) }; break;
      case 9: type = { kind: 'optional', element: readElement(file, file.message(field)) }; break;
      case 5: type = readMapType(file, file.message(field)); break;
      case 7: type = { kind: 'opaque' }; break;
      default: break;
    }
  });
  return type;
}

/** elem_type 1 as a type of its own. */
function readElement(file: ByteFile, range: ByteRange): TypeProto | undefined {
  let type: TypeProto | undefined;
  file.eachField(range, field => { if (field.number === 1) type = readType(file, file.message(field)); });
  return type;
}

function readMapType(file: ByteFile, range: ByteRange): TypeProto {
  let keyType = 0;
  let value: TypeProto | undefined;
  file.eachField(range, field => {
    if (field.number === 1) keyType = file.int(field);
    else if (field.number === 2) value = readType(file, file.message(field));
  });
  return { kind: 'map', keyType, value };
}

/** elem_type 1, shape 2. No shape at all: the rank is not known. */
function readTensorType(file: ByteFile, range: ByteRange, kind: 'tensor' | 'sparse-tensor'): TypeProto {
  let dataType = 0;
  let shape: Dimension[] | undefined;
  file.eachField(range, field => {
    if (field.number === 1) dataType = file.int(field);
    else if (field.number === 2) {
      const dimensions: Dimension[] = [];
      file.eachField(file.message(field), dim => { if (dim.number === 1) dimensions.push(readDimension(file, file.message(dim))); });
      shape = dimensions;
    }
  });
  return { kind, dataType, shape };
}

/** dim_value 1, dim_param 2. */
function readDimension(file: ByteFile, range: ByteRange): Dimension {
  let dimension: Dimension;
  file.eachField(range, field => {
    if (field.number === 1) dimension = file.int(field);
    else if (field.number === 2) dimension = file.text(field) || undefined;
  });
  return dimension;
}
