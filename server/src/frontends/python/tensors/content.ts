/** Tensors out of Python data, and Python data out of tensors whose contents are known. */
import { charge } from '../../../base/budget';
import { dataDependent, isUnknown, type Unknown, unknown } from '../../../base/unknown';
import { Deferred } from '../../../graph/held-content';
import type { DType } from '../../../tensor/dtype';
import { categoryOf, isDType, promote } from '../../../tensor/dtype';
import { elementCount, type Shape } from '../../../tensor/shape';
import type { Location } from '../../../base/span';
import { itemsOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { PendingList, type Rows } from '../pending-list';
import { arrayContent } from '../library-modules/numpy/array';
import { bool, float, int, list, type TensorValue, type Value } from '../values';
import { isUnknownNumber, unknownNumber } from '../unknown-number';
import { makeTensor, newTensor } from '../tensor-value';

interface Nested {
  readonly sizes: readonly number[];
  /** Values row by row; a NaN from an unknown number makes the contents unknown, not the shape. */
  readonly values: readonly number[];
  readonly dtype: DType;
  readonly isKnown: boolean;
}

/** Nested lists of numbers as sizes and values; undefined when something else is in there. */
function nestedOf(value: Value, floating: DType, known = new Map<Value, Nested | Unknown | undefined>()): Nested | Unknown | undefined {
  switch (value.kind) {
    case 'int': return { sizes: [], values: [value.value], dtype: 'int64', isKnown: true };
    case 'float': return { sizes: [], values: [value.value], dtype: floating, isKnown: true };
    case 'bool': return { sizes: [], values: [value.value ? 1 : 0], dtype: 'bool', isKnown: true };
    case 'unknown': return isUnknownNumber(value) ? { sizes: [], values: [NaN], dtype: floating, isKnown: false } : value;
    case 'tensor': {
      const { shape, dtype } = value.tensor;
      if (isUnknown(shape)) return shape;
      const sizes = shape.map(dim => (isUnknown(dim) ? NaN : dim));
      return { sizes, values: value.content ?? [], dtype, isKnown: value.content !== undefined };
    }
    default: break;
  }
  const array = arrayContent(value);
  if (array) return isDType(array.dtype) ? { sizes: array.sizes, values: array.values ?? [], dtype: array.dtype, isKnown: array.values !== undefined } : undefined;
  if (!known.has(value)) known.set(value, joinedRows(value, floating, known));
  return known.get(value);
}

/** What is noted of a row, and of each number. */
const wordsPerRow = 24;
const wordsPerNumber = 2;

/** A list that stands in many places is read once; what it adds to the contents in each of them is counted before they are put together. */
function joinedRows(value: Value, floating: DType, known: Map<Value, Nested | Unknown | undefined>): Nested | Unknown | undefined {
  const items = itemsOf(value);
  if (!items) return undefined;
  if (items.length > 0 && items.every(isNumber)) return numbersOf(items, floating);
  const parts: Nested[] = [];
  for (const item of items) {
    const part = nestedOf(item, floating, known);
    if (!part || isUnknown(part)) return part;
    charge(part.values.length * wordsPerNumber + wordsPerRow);
    parts.push(part);
  }
  const [first] = parts;
  if (!first) return { sizes: [0], values: [], dtype: floating, isKnown: true };
  return {
    sizes: [parts.length, ...first.sizes], values: parts.flatMap(part => part.values),
    dtype: parts.map(part => part.dtype).reduce(promote), isKnown: parts.every(part => part.isKnown),
  };
}

type NumberValue = Value & { readonly kind: 'int' | 'float' | 'bool' };

function isNumber({ kind }: Value): boolean {
  return kind === 'int' || kind === 'float' || kind === 'bool';
}

/** A row of nothing but numbers, as most are. */
function numbersOf(items: readonly Value[], floating: DType): Nested {
  charge(items.length * wordsPerNumber);
  const numbers = items as readonly NumberValue[];
  const dtypes = [...new Set(numbers.map(({ kind }): DType => (kind === 'int' ? 'int64' : kind === 'bool' ? 'bool' : floating)))];
  return { sizes: [items.length], values: numbers.map(({ value }) => Number(value)), dtype: dtypes.reduce(promote), isKnown: true };
}

/** What `torch.tensor(data)` and `tf.constant(data)` make. */
export function tensorFromData(interpreter: Interpreter, data: Value, dtype: DType | undefined, at: Location): Value {
  const floating = interpreter.tensors.floating(interpreter);
  if (data instanceof PendingList && data.rows) return tensorFromRows(interpreter, data, data.rows, dtype ?? (data.rows.isFloat ? floating : 'int64'));
  const nested = nestedOf(data, floating);
  if (nested === undefined) return interpreter.gap('a tensor is made from data that is not known', at);
  if (isUnknown(nested)) return nested;
  const { sizes, values, isKnown } = nested;
  const type = dtype ?? nested.dtype;
  const shape: Shape = sizes.map(size => (Number.isNaN(size) ? unknown('a size is not known', at) : size));
  interpreter.budget.allocate(values.length);
  return newTensor(interpreter, shape, type, isKnown && !values.some(Number.isNaN) ? storedAs(type, values) : undefined);
}

/** The numbers as the type keeps them. */
function storedAs(type: DType, values: readonly number[]): readonly number[] {
  return categoryOf(type) < 2 ? values.map(value => (type === 'bool' ? (value === 0 ? 0 : 1) : Math.trunc(value))) : values;
}

/** Neither the list nor the contents are worked out before somebody asks. */
function tensorFromRows(interpreter: Interpreter, list: PendingList, { sizes }: Rows, type: DType): Value {
  const content = new Deferred(() => {
    const nested = nestedOf(list, type);
    return nested && !isUnknown(nested) ? storedAs(type, nested.values) : undefined;
  }, []);
  return makeTensor(interpreter.builder.source(sizes, type, 'constant'), content);
}

function element(value: number, dtype: DType): Value {
  if (dtype === 'bool') return bool(value !== 0);
  return categoryOf(dtype) === 1 ? int(value) : float(value);
}

/** `tensor.item()`: the number, or a number that is not known. */
export function itemOf(tensor: TensorValue, at: Location): Value {
  const [value] = tensor.content ?? [];
  if (tensor.content?.length === 1 && value !== undefined) return element(value, tensor.tensor.dtype);
  return unknownNumber(dataDependent('depends on the contents of a tensor', at));
}

/** `tensor.tolist()`. */
export function listOf(tensor: TensorValue, at: Location): Value {
  const { shape, dtype } = tensor.tensor;
  if (isUnknown(shape)) return shape;
  const hidden = unknownNumber(dataDependent('depends on the contents of a tensor', at));
  const count = elementCount(shape);
  if (isUnknown(count)) return count;
  if (count > 65_536) return unknown('a tensor is too large to be listed', at);
  let next = 0;
  const build = (axis: number): Value => {
    if (axis === shape.length) {
      const value = tensor.content?.[next++];
      return value === undefined ? hidden : element(value, dtype);
    }
    const size = shape[axis];
    return list(Array.from({ length: typeof size === 'number' ? size : 0 }, () => build(axis + 1)));
  };
  return build(0);
}

/** Distinct values with where each element went and how often it occurs; `consecutive` only joins neighbours. */
export function distinctOf(content: readonly number[], consecutive: boolean): { readonly values: readonly number[]; readonly inverse: readonly number[]; readonly counts: readonly number[] } {
  const values: number[] = [];
  if (consecutive) content.forEach((value, i) => { if (i === 0 || value !== content[i - 1]) values.push(value); });
  else for (const value of [...new Set(content)].sort((a, b) => a - b)) values.push(value);
  const places = new Map(values.map((value, i) => [value, i]));
  let run = -1;
  const inverse = content.map((value, i) => {
    if (i === 0 || value !== content[i - 1]) run++;
    return consecutive ? run : (places.get(value) ?? 0);
  });
  const counts = values.map(() => 0);
  for (const place of inverse) counts[place] = (counts[place] ?? 0) + 1;
  return { values, inverse, counts };
}

/** Positions of the elements that are not 0, one list per axis. */
export function positionsOf(content: readonly number[], sizes: readonly number[]): readonly (readonly number[])[] {
  const flat = content.flatMap((value, i) => (value !== 0 ? [i] : []));
  return sizes.map((size, axis) => {
    const inner = sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
    return flat.map(position => Math.floor(position / inner) % size);
  });
}
