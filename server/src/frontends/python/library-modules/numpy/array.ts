/** Arrays of `numpy`: sizes, flat elements and element type; a view shares the elements of its base. */
import { charge, isScarce, work } from '../../../../base/budget';
import type { Location } from '../../../../base/span';
import { dataDependent, isUnknown, unknown, type Unknown } from '../../../../base/unknown';
import type { Interpreter } from '../../interpreter';
import { birth } from '../../heap/cells';
import { instance, int, list, namesOf, none, str, type InstanceValue, type ListValue, type NativeState, type TensorValue, type Value } from '../../values';
import { unknownNumber } from '../../unknown-number';
import { instanceOf, collect, payloadOf } from '../../objects/native';
import { strOf } from '../../objects/operators';
import { categoryOf, element, isNumeric, namedType, ndarrayClass, promote, scalarClass, type ElementType } from './types';

/** What an array holds, row by row. `open` says why the elements are not known; `values` is empty then. */
export interface Elements {
  readonly sizes: readonly number[];
  readonly values: readonly Value[];
  readonly type: ElementType;
  readonly open?: Unknown | undefined;
  /** A Python number, which takes the width of what it meets. */
  readonly weak?: boolean;
}

export interface ArrayState extends NativeState {
  readonly tag: 'ndarray';
  readonly sizes: readonly number[];
  readonly type: ElementType;
  /** Shared between an array and its views. */
  readonly data: ListValue;
  /** Where each element lies in `data`; undefined: in order. */
  readonly places: readonly number[] | undefined;
  readonly open: Unknown | undefined;
}

/** Arrays of more elements keep their sizes only, and so do those of more than a few where memory runs short. */
const [most, few] = [300_000, 4096];
/** A number as a Python value, and its place. */
const wordsPerElement = 6;
const stepsPerElement = 3;

export const countOf = (sizes: readonly number[]): number => sizes.reduce((count, size) => count * size, 1);

export function stateOf(value: Value | undefined): ArrayState | undefined {
  return value?.kind === 'instance' && value.native?.tag === 'ndarray' ? (value.native as ArrayState) : undefined;
}

/** Why the elements of an array of these sizes are not followed; undefined when they are. */
export function tooMany(sizes: readonly number[]): Unknown | undefined {
  const count = countOf(sizes);
  return count > most || (count > few && isScarce(count * wordsPerElement)) ? unknown(`an array of ${count} elements is not followed`) : undefined;
}

function arrayOf(native: ArrayState): InstanceValue {
  return instance(ndarrayClass, namesOf(), { native });
}

export function makeArray(content: Elements): InstanceValue {
  const open = content.open ?? tooMany(content.sizes);
  return arrayOf({ tag: 'ndarray', born: birth(), sizes: content.sizes, type: content.type, data: list(open ? [] : [...content.values]), places: undefined, open });
}

/** The same elements under other sizes or in another order: writing into one writes into the other. */
export function viewOf(base: ArrayState, sizes: readonly number[], places: readonly number[] | undefined): InstanceValue {
  return arrayOf({ ...base, sizes, places, born: birth() });
}

/** A result: a scalar when it has no dimension. Every array that is computed passes through here. */
export function result(content: Elements): Value {
  charge(content.values.length * wordsPerElement);
  work(content.values.length * stepsPerElement);
  return content.sizes.length === 0 ? scalar(content) : makeArray(content);
}

export function scalar(content: Elements): Value {
  const [value] = content.values;
  if (content.open ?? !value) return content.open ?? none;
  if (isUnknown(value) || content.type === 'object') return value;
  return instanceOf(scalarClass(content.type), [], value);
}

export function contentOf(state: ArrayState): Elements {
  const { sizes, type, data, places, open } = state;
  return { sizes, type, open, values: open ? [] : places ? places.map(place => data.items[place] ?? none) : data.items };
}

/** The elements behind any value that `numpy` takes for an array, or the reason why they are not known. */
export function elementsOf(value: Value, interpreter: Interpreter, at: Location, wanted?: ElementType): Elements | Unknown {
  const found = read(value, interpreter, at, wanted);
  return isUnknown(found) || wanted === undefined || found.type === wanted ? found : converted(found, wanted, interpreter, at);
}

function read(value: Value, interpreter: Interpreter, at: Location, wanted: ElementType | undefined): Elements | Unknown {
  if (isUnknown(value)) return value;
  const state = stateOf(value);
  if (state) return contentOf(state);
  switch (value.kind) {
    case 'bool': return { sizes: [], values: [value], type: 'bool', weak: true };
    case 'int': return { sizes: [], values: [value], type: 'int64', weak: true };
    case 'float': return { sizes: [], values: [value], type: 'float64', weak: true };
    case 'str': return { sizes: [], values: [value], type: 'str' };
    case 'tensor': return fromTensor(value);
    case 'list': case 'tuple': case 'range': return fromItems(value, interpreter, at, wanted);
    case 'instance': {
      const convert = interpreter.lookupClass(value.cls, '__array__');
      if (convert) return elementsOf(interpreter.callWith(convert, [value], at), interpreter, at, wanted);
      const held = payloadOf(value);
      if (held === value) break;
      const type = namedType(value.cls);
      const inner = read(held, interpreter, at, wanted);
      return isUnknown(inner) || !type ? inner : { ...inner, type, weak: false };
    }
    default: break;
  }
  return { sizes: [], values: [value], type: 'object' };
}

/** `tensor.numpy()`. */
export function arrayOfTensor(value: TensorValue, at: Location): Value {
  const content = fromTensor(value, at);
  return isUnknown(content) ? content : makeArray(content);
}

function fromTensor(value: TensorValue, at?: Location): Elements | Unknown {
  const { shape } = value.tensor;
  if (isUnknown(shape)) return shape;
  const sizes: number[] = [];
  for (const dim of shape) {
    if (isUnknown(dim)) return dim;
    sizes.push(dim);
  }
  const type = namedType(str(value.tensor.dtype)) ?? 'float32';
  const { content } = value;
  if (content) return { sizes, type, values: content.map(number => element(number, type)) };
  return { sizes, type, values: [], open: unknownNumber(dataDependent('the contents of a tensor are not known', at)) };
}

function fromItems(value: Value, interpreter: Interpreter, at: Location, wanted: ElementType | undefined): Elements | Unknown {
  const items = collect(value, interpreter, at);
  if (isUnknown(items)) return items;
  if (items.length === 0) return { sizes: [0], values: [], type: wanted ?? 'float64' };
  interpreter.budget.enter();
  try {
    const parts: Elements[] = [];
    for (const item of items) {
      interpreter.budget.step();
      const part = isUnknown(item) ? unknownElement(item) : read(item, interpreter, at, wanted);
      if (isUnknown(part)) return part;
      parts.push(part);
    }
    return joined(parts, items, interpreter, at, wanted);
  } finally {
    interpreter.budget.leave();
  }
}

const unknownElement = (reason: Unknown): Elements => ({ sizes: [], values: [reason], type: 'bool', weak: true });

function joined(parts: readonly Elements[], items: readonly Value[], interpreter: Interpreter, at: Location, wanted: ElementType | undefined): Elements | Unknown {
  const first = parts.find((_part, i) => !isUnknown(items[i] as Value)) ?? parts[0];
  if (!first) return { sizes: [0], values: [], type: 'float64' };
  const reason = items.find(isUnknown);
  if (parts.some(part => part.sizes.join() !== first.sizes.join())) {
    if (wanted === 'object') return { sizes: [items.length], values: items, type: 'object' };
    return reason ?? interpreter.raise('ValueError', 'setting an array element with a sequence. The requested array has an inhomogeneous shape.', at);
  }
  const known = parts.filter((_part, i) => !isUnknown(items[i] as Value));
  const type = known.length === 0 ? 'float64' : known.map(part => part.type).reduce((a, b) => promote(a, b));
  const sizes = [parts.length, ...first.sizes];
  const open = parts.find(part => part.open)?.open ?? tooMany(sizes);
  if (open) return { sizes, type, values: [], open };
  const values = parts.flatMap(part => (isNumeric(type) && part.type !== type ? part.values.map(value => cast(value, type)) : part.values));
  interpreter.budget.allocate(values.length);
  return { sizes, type, values };
}

/** One element as another numeric type. */
export function cast(value: Value, type: ElementType): Value {
  switch (value.kind) {
    case 'int': case 'float': return element(value.value, type);
    case 'bool': return element(value.value ? 1 : 0, type);
    default: return value;
  }
}

/** All elements as another type. */
export function converted(content: Elements, type: ElementType, interpreter: Interpreter, at: Location): Elements {
  interpreter.budget.allocate(content.values.length);
  const values = content.values.map(value => {
    if (isUnknown(value)) return value;
    if (categoryOf(type) === 'text') {
      const text = strOf(value, interpreter, at);
      return isUnknown(text) ? text : str(text);
    }
    if (value.kind === 'str' && isNumeric(type)) {
      const number = Number(value.value);
      return value.value.trim() === '' || Number.isNaN(number) ? interpreter.raise('ValueError', `could not convert string to number: '${value.value}'`, at) : element(number, type);
    }
    if (value.kind === 'none' && categoryOf(type) === 'floating') return element(NaN, type);
    return cast(value, type);
  });
  return { sizes: content.sizes, type, values, open: content.open };
}

/** Under this name an array of class numbers says how many classes there are: it holds 0 up to that number, in an order that nobody knows. */
export const classCount = '_class_count';

export function classesIn(value: Value): number | undefined {
  const count = value.kind === 'instance' ? value.attributes.get(classCount) : undefined;
  return count?.kind === 'int' ? count.value : undefined;
}

export interface ArrayContent {
  readonly sizes: readonly number[];
  /** Undefined when the elements are not all known numbers. */
  readonly values: readonly number[] | undefined;
  readonly dtype: ElementType;
}

/** Sizes, numbers and element type of an array or a scalar of numpy; undefined for any other value. */
export function arrayContent(value: Value): ArrayContent | undefined {
  const state = stateOf(value);
  const type = value.kind === 'instance' && !state ? namedType(value.cls) : state?.type;
  if (type === undefined || value.kind !== 'instance') return undefined;
  const content = state ? contentOf(state) : { sizes: [], values: [payloadOf(value)], open: undefined };
  const numbers: number[] = [];
  for (const item of content.values) {
    if (item.kind !== 'int' && item.kind !== 'float' && item.kind !== 'bool') return { sizes: content.sizes, values: undefined, dtype: type };
    numbers.push(Number(item.value));
  }
  return { sizes: content.sizes, values: content.open ? undefined : numbers, dtype: type };
}

/** Nested lists of Python numbers. */
export function toList(content: Elements): Value {
  if (content.open) return content.open;
  const build = (axis: number, from: number, count: number): Value => {
    const size = content.sizes[axis];
    if (size === undefined) return content.values[from] ?? none;
    const each = size === 0 ? 0 : count / size;
    return list(Array.from({ length: size }, (_, i) => build(axis + 1, from + i * each, each)));
  };
  return build(0, 0, content.values.length);
}

/** Sizes given as one int or a sequence of ints. */
export function sizesOf(value: Value, interpreter: Interpreter, at: Location): number[] | Unknown {
  const found = elementsOf(value, interpreter, at);
  if (isUnknown(found)) return found;
  if (found.open) return found.open;
  const sizes: number[] = [];
  for (const item of found.values) {
    if (isUnknown(item)) return item;
    if (item.kind !== 'int' && item.kind !== 'bool') return interpreter.raise('TypeError', `'${item.kind}' object cannot be interpreted as an integer`, at);
    sizes.push(Number(item.value));
  }
  return sizes;
}

/** The shape as Python's tuple items. */
export const sizeItems = (sizes: readonly number[]): Value[] => sizes.map(size => int(size));
