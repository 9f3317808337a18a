/** Names, strings, numbers, types and tensors in ONNX's textual syntax. Grammar: onnx/onnx, docs/Syntax.md. */
import { compact, counted } from '../../base/format';
import { dataTypeName } from './data-types';
import type { Dimension, TensorProto, TypeProto } from './model';
import type { TextWriter } from './text-writer';

/** The values of a small tensor, row by row, 16-bit floats as numbers; undefined when they are not to be had. */
export type ReadValues = (tensor: TensorProto) => readonly (number | string)[] | undefined;

/** Longer texts, lists and tensors are cut; the end of the line says how much of them is there. */
export interface Shortening {
  readonly characters: number;
  readonly listed: number;
  /** Of a tensor of integers: shapes and axes. */
  readonly elements: number;
  /** Of any other: scales and limits, but no bias. */
  readonly fractions: number;
}

const identifier = /^[A-Za-z_]\w*$/;
/** In front of a name these would be read as its type. */
const typeWords = new Set([
  'bool', 'string', 'float', 'float16', 'bfloat16', 'double', 'complex64', 'complex128', 'seq', 'map', 'optional', 'sparse_tensor', 'opaque',
  ...['int', 'uint'].flatMap(kind => [2, 4, 8, 16, 32, 64].map(bits => `${kind}${bits}`)),
]);
/** Nothing that moves the caret, hides text or turns it around gets onto the screen as it is. */
const invisible = /[\u0000-\u001f\u007f\u0085\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const floatTypes = new Set([1, 11]);
const integerTypes = new Set([2, 3, 4, 5, 6, 7, 9, 12, 13, 21, 22, 25, 26]);
/** The syntax has 16-bit floats as the integers that their bits are. */
const bitsOf: Readonly<Record<number, (value: number) => number>> = { 10: halfBits, 16: value => singleBits(value) >>> 16 };

export function isIdentifier(text: string): boolean {
  return identifier.test(text);
}

export function nameText(name: string): string {
  return identifier.test(name) && !typeWords.has(name) ? name : quoted(name);
}

export function quoted(text: string): string {
  return `"${visible(text).replace(/[\\"]/g, '\\$&')}"`;
}

/** A line feed becomes ␊, a NUL ␀, a right-to-left override �. */
export function visible(text: string): string {
  return text.replace(invisible, character => {
    const code = character.charCodeAt(0);
    return code < 32 ? String.fromCharCode(0x2400 + code) : code === 127 ? '\u2421' : '\ufffd';
  });
}

/** A text that may be as long as a document; what of it is left out is said at the end of the line. */
export function writeString(writer: TextWriter, text: string, what: string, { characters }: Shortening): void {
  if (text.length <= characters) {
    writer.put(quoted(text));
    return;
  }
  writer.put(quoted(`${text.slice(0, characters)}…`));
  writer.remark(`${what}: the first ${characters} of ${counted(text.length, 'character')}`);
}

/** Items of a list, the first of them if there are many. */
export function writeListed<Item>(writer: TextWriter, items: readonly Item[], what: string, { listed }: Shortening, write: (item: Item) => void): void {
  if (items.length > listed) writer.remark(`${what}: the first ${listed} of ${counted(items.length, 'value')}`);
  writer.list('[', items.length > listed ? items.slice(0, listed) : items, ']', write);
}

/** The shortest number that is this 32-bit float, with a point or exponent so that it is no integer. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const shortest = shortestSingle(value);
  return /[.e]/.test(shortest) ? shortest : `${shortest}.0`;
}

function shortestSingle(value: number): string {
  if (Object.is(value, -0)) return '-0';
  // A double (of another tensor type) is written out as such.
  if (Math.fround(value) !== value) return String(value);
  for (let digits = 1; digits <= 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return String(candidate);
  }
  return String(value);
}

export function typeText(type: TypeProto): string {
  switch (type.kind) {
    case 'tensor': return tensorTypeText(type.dataType, type.shape);
    case 'sparse-tensor': return `sparse_tensor(${tensorTypeText(type.dataType, type.shape)})`;
    case 'sequence': return `seq(${innerType(type.element)})`;
    case 'optional': return `optional(${innerType(type.element)})`;
    case 'map': return `map(${dataTypeName(type.keyType)}, ${innerType(type.value)})`;
    case 'opaque': return 'opaque()';
  }
}

function innerType(type: TypeProto | undefined): string {
  return type === undefined ? 'undefined' : typeText(type);
}

/** `float[N,3]`; `float` is a scalar, `float[]` has an unknown number of dimensions. */
function tensorTypeText(dataType: number, shape: readonly Dimension[] | undefined): string {
  if (shape?.length === 0) return dataTypeName(dataType);
  return `${dataTypeName(dataType)}[${(shape ?? []).map(dimensionText).join(',')}]`;
}

function dimensionText(dimension: Dimension): string {
  if (dimension === undefined || dimension === '') return '?';
  return typeof dimension === 'number' ? String(dimension) : identifier.test(dimension) ? dimension : quoted(dimension);
}

/** `float[64,3,7,7]`, for a tensor with values. */
export function tensorType(tensor: TensorProto): string {
  return tensorTypeText(tensor.dataType, tensor.dims);
}

export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** `["location": "weights.bin", "offset": "64"]`, as only an initializer may have it. */
export function writeExternal(writer: TextWriter, { external, dims }: TensorProto): void {
  if (external?.location === undefined) {
    writer.put('{}');
    writer.remark(`${valueCount(elementCount(dims))} in another file whose path is not allowed`);
    return;
  }
  const length = external.length === undefined ? [] : [['length', String(external.length)]];
  const entries = [['location', external.location], ...(external.offset > 0 ? [['offset', String(external.offset)]] : []), ...length];
  writer.list('[', entries, ']', ([key = '', value = '']) => { writer.put(`${quoted(key)}: ${quoted(value)}`); });
  writer.remark(`${valueCount(elementCount(dims))} in another file`);
}

/** `{1, 2, 3}`, or for what is too large or unreadable `{}`, with the reason at the end of the line. */
export function writeTensorValues(writer: TextWriter, tensor: TensorProto, what: string, read: ReadValues, shortening: Shortening): void {
  const count = elementCount(tensor.dims);
  const prefix = what === '' ? '' : `${what}: `;
  const known = count <= (integerTypes.has(tensor.dataType) ? shortening.elements : shortening.fractions) && tensor.external === undefined ? read(tensor) : undefined;
  if (known === undefined) {
    writer.put('{}');
    if (count > 0) writer.remark(`${prefix}${valueCount(count)} not shown`);
    return;
  }
  const bits = bitsOf[tensor.dataType];
  writer.list('{', known, '}', value => {
    if (typeof value === 'string') writeString(writer, value, what, shortening);
    else if (bits) writer.put(String(bits(value)));
    else if (floatTypes.has(tensor.dataType)) writer.put(floatText(value));
    else writeInteger(writer, value);
  });
  if (bits && known.length > 0) writer.remark(`${prefix}${known.map(value => floatText(Number(value))).join(', ')}`);
}

const endOfInt64 = 2 ** 63;

/** The reader is exact up to 2^53; of what is larger only the ends of the range have a sure meaning. */
export function writeInteger(writer: TextWriter, value: number): void {
  if (Number.isSafeInteger(value)) writer.put(String(value));
  else if (value === endOfInt64) writer.put('9223372036854775807');
  else {
    writer.put(Number.isInteger(value) ? String(BigInt(value)) : '0');
    if (value !== -endOfInt64) writer.remark('an integer beyond 2^53, rounded');
  }
}

function valueCount(count: number): string {
  return `${compact(count)} ${count === 1 ? 'value' : 'values'}`;
}

function singleBits(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0);
}

/** IEEE 754 binary16 of a number that is one. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size === Infinity) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << 10) | Math.round((size / 2 ** exponent - 1) * 1024);
}
