/** Reading, writing and deleting `container[key]` of built-in containers, slices included. */
import { charge, readText, work } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { dataDependent, isUnknown, type Unknown } from '../../../base/unknown';
import { mayHaveUnknownKey } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import { oneOf } from '../may-be';
import { dictGet, int, list, rangeLength, str, tuple, typeName, type DictValue, type ListValue, type SliceValue, type Value } from '../values';
import { collect, plain } from './native';
import { reprOf } from './text';

interface Bounds { readonly start: number; readonly stop: number; readonly step: number; readonly length: number }

/** What `slice.indices(length)` gives, and how many items that is. */
export function sliceBounds(slice: SliceValue, length: number, interpreter: Interpreter, at: Location): Bounds | Unknown {
  const step = bound(slice.step, interpreter, at);
  if (isUnknown(step)) return step;
  if (step === 0) return interpreter.raise('ValueError', 'slice step cannot be zero', at);
  const by = step ?? 1;
  const lower = bound(slice.lower, interpreter, at);
  const upper = bound(slice.upper, interpreter, at);
  if (isUnknown(lower)) return lower;
  if (isUnknown(upper)) return upper;
  const [least, most] = by > 0 ? [0, length] : [-1, length - 1];
  const clamp = (value: number) => Math.min(Math.max(value < 0 ? value + length : value, least), most);
  const start = lower === undefined ? (by > 0 ? least : most) : clamp(lower);
  const stop = upper === undefined ? (by > 0 ? most : least) : clamp(upper);
  return { start, stop, step: by, length: Math.max(0, Math.ceil((stop - start) / by)) };
}

function bound(value: Value, interpreter: Interpreter, at: Location): number | undefined | Unknown {
  if (value.kind === 'none') return undefined;
  const index = indexOf(value, interpreter, at);
  return index ?? interpreter.raise('TypeError', 'slice indices must be integers or None or have an __index__ method', at);
}

/** The integer behind an index; undefined when the value is none. */
export function indexOf(value: Value, interpreter: Interpreter, at: Location): number | Unknown | undefined {
  switch (value.kind) {
    case 'unknown': return value;
    case 'int': return value.value;
    case 'bool': return value.value ? 1 : 0;
    case 'tensor': return value.content?.length === 1 ? value.content[0] : dataDependent('the index depends on tensor data', at);
    case 'instance': {
      if (value.payload?.kind === 'int') return value.payload.value;
      const method = interpreter.lookupClass(value.cls, '__index__');
      return method ? indexOf(interpreter.callWith(method, [value], at), interpreter, at) : undefined;
    }
    default: return undefined;
  }
}

function pick(items: readonly Value[], key: Value, kind: string, interpreter: Interpreter, at: Location): Value {
  const index = indexOf(key, interpreter, at);
  if (isUnknown(index)) return oneOf(items, index);
  if (index === undefined) return interpreter.raise('TypeError', `${kind} indices must be integers or slices, not ${typeName(key)}`, at);
  return items[index < 0 ? index + items.length : index] ?? interpreter.raise('IndexError', `${kind} index out of range`, at);
}

/** Which item that is depends on the length. */
function countsFromTheEnd(key: Value): boolean {
  const isNegative = (index: Value): boolean => index.kind === 'int' && index.value < 0;
  return key.kind === 'slice' ? [key.lower, key.upper, key.step].some(isNegative) : isNegative(key);
}

function cut<T>(items: readonly T[], bounds: Bounds, interpreter: Interpreter): T[] {
  interpreter.budget.allocate(bounds.length);
  if (bounds.step === 1) return items.slice(bounds.start, bounds.start + bounds.length);
  const result: T[] = [];
  for (let i = 0; i < bounds.length; i++) {
    const item = items[bounds.start + i * bounds.step];
    if (item !== undefined) result.push(item);
  }
  return result;
}

/** Code units are characters unless the text leaves the basic plane. */
export function characters(text: string): readonly string[] {
  charge(text.length);
  return isPlain(text) ? text.split('') : [...text];
}

function isPlain(text: string): boolean {
  readText(text.length);
  return !/[\ud800-\udfff]/.test(text);
}

/** `text[key]`: only a text that leaves the basic plane has to be taken apart. */
function textIndex(text: string, key: Value, kind: string, interpreter: Interpreter, at: Location): string | Unknown {
  const units: string | readonly string[] = isPlain(text) ? text : characters(text);
  if (key.kind !== 'slice') {
    const index = indexOf(key, interpreter, at);
    if (isUnknown(index)) return index;
    if (index === undefined) return interpreter.raise('TypeError', `${kind} indices must be integers${kind === 'bytes' ? ' or slices' : ''}, not ${kind === 'bytes' ? typeName(key) : `'${typeName(key)}'`}`, at);
    return units[index < 0 ? index + units.length : index] ?? interpreter.raise('IndexError', kind === 'bytes' ? 'index out of range' : 'string index out of range', at);
  }
  const bounds = sliceBounds(key, units.length, interpreter, at);
  if (isUnknown(bounds)) return bounds;
  if (bounds.step === 1 && typeof units === 'string') return units.slice(bounds.start, bounds.start + bounds.length);
  return cut(typeof units === 'string' ? characters(units) : units, bounds, interpreter).join('');
}

/** `container[key]`; undefined: not a built-in container. */
export function sequenceIndex(value: Value, key: Value, interpreter: Interpreter, at: Location): Value | undefined {
  if (isUnknown(value)) return value;
  const container = plain(value, '__getitem__');
  switch (container.kind) {
    case 'list': {
      if (container.doubtfulLength && countsFromTheEnd(key)) return container.doubtfulLength;
      if (key.kind !== 'slice') return pick(container.items, key, 'list', interpreter, at);
      const bounds = sliceBounds(key, container.items.length, interpreter, at);
      return isUnknown(bounds) ? bounds : list(cut(container.items, bounds, interpreter));
    }
    case 'tuple': {
      if (key.kind !== 'slice') return pick(container.items, key, 'tuple', interpreter, at);
      const bounds = sliceBounds(key, container.items.length, interpreter, at);
      if (isUnknown(bounds)) return bounds;
      return tuple(cut(container.items, bounds, interpreter), container.cls?.isNative && !container.cls.attributes.has('_fields') ? container.cls : undefined);
    }
    case 'str': {
      const found = textIndex(container.value, key, 'string', interpreter, at);
      return isUnknown(found) ? found : str(found);
    }
    case 'bytes': {
      const found = textIndex(container.value, key, 'bytes', interpreter, at);
      return isUnknown(found) ? found : key.kind === 'slice' ? { kind: 'bytes', value: found } : int(found.charCodeAt(0));
    }
    case 'range': {
      const length = rangeLength(container);
      if (key.kind === 'slice') {
        const bounds = sliceBounds(key, length, interpreter, at);
        if (isUnknown(bounds)) return bounds;
        return { kind: 'range', start: container.start + bounds.start * container.step, stop: container.start + bounds.stop * container.step, step: container.step * bounds.step };
      }
      const index = indexOf(key, interpreter, at);
      if (isUnknown(index)) return index;
      if (index === undefined) return interpreter.raise('TypeError', `range indices must be integers or slices, not ${typeName(key)}`, at);
      const positive = index < 0 ? index + length : index;
      return positive < 0 || positive >= length ? interpreter.raise('IndexError', 'range object index out of range', at) : int(container.start + positive * container.step);
    }
    case 'dict': return dictIndex(container, key, value, interpreter, at);
    default: return undefined;
  }
}

/** A key that is not known: any lookup that misses may have meant this entry. */
const keysPerStep = 8;

export function unknownKey(value: DictValue): Unknown | undefined {
  if (!mayHaveUnknownKey(value.entries)) return undefined;
  work(value.entries.size / keysPerStep);
  for (const { key } of value.entries.values()) if (isUnknown(key)) return key;
  return undefined;
}

function unhashable(key: Value): boolean {
  return key.kind === 'list' || key.kind === 'dict' || (key.kind === 'set' && !key.frozen) || key.kind === 'slice';
}

function dictIndex(container: DictValue, key: Value, whole: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(key)) return oneOf([...container.entries.values()].map(({ value: item }) => item), key);
  if (unhashable(key)) return interpreter.raise('TypeError', `unhashable type: '${typeName(key)}'`, at);
  const found = dictGet(container, key);
  if (found) return found;
  const open = unknownKey(container);
  if (open) return open;
  if (whole.kind === 'instance') {
    const missing = interpreter.lookupClass(whole.cls, '__missing__');
    if (missing) return interpreter.callWith(missing, [whole, key], at);
  }
  if (container.flavour === 'Counter') return int(0);
  if (container.factory && container.factory.kind !== 'none') {
    const made = interpreter.callWith(container.factory, [], at);
    interpreter.heap.setEntry(container, key, made);
    return made;
  }
  return raiseKeyError(key, interpreter, at);
}

export function raiseKeyError(key: Value, interpreter: Interpreter, at: Location): never | Unknown {
  if (isUnknown(key)) return key;
  const text = key.kind === 'str' ? key.value : reprOf(key, interpreter, at);
  return isUnknown(text) ? text : interpreter.raise('KeyError', text, at);
}

/** `container[key] = value`. */
export function setSequenceIndex(target: Value, key: Value, value: Value, interpreter: Interpreter, at: Location): void {
  const container = plain(target);
  if (isUnknown(container)) return;
  if (container.kind === 'dict' && container.flavour !== 'mappingproxy') {
    if (unhashable(key)) interpreter.raise('TypeError', `unhashable type: '${typeName(key)}'`, at);
    interpreter.heap.setEntry(container, key, value);
    return;
  }
  if (container.kind !== 'list') return interpreter.raise('TypeError', `'${typeName(target)}' object does not support item assignment`, at);
  if (key.kind === 'slice') {
    setSlice(container, key, value, interpreter, at);
    return;
  }
  const index = indexOf(key, interpreter, at);
  // Which element was written is not known, so none of them is.
  if (isUnknown(index)) interpreter.heap.replaceItems(container, container.items.map(() => index));
  else if (index === undefined) interpreter.raise('TypeError', `list indices must be integers or slices, not ${typeName(key)}`, at);
  else {
    const positive = index < 0 ? index + container.items.length : index;
    if (positive < 0 || positive >= container.items.length) interpreter.raise('IndexError', 'list assignment index out of range', at);
    interpreter.heap.setItem(container, positive, value);
  }
}

function setSlice(container: ListValue, key: SliceValue, value: Value, interpreter: Interpreter, at: Location): void {
  const bounds = sliceBounds(key, container.items.length, interpreter, at);
  const items = collect(value, interpreter, at);
  const open = isUnknown(bounds) ? bounds : isUnknown(items) ? items : undefined;
  if (open || isUnknown(bounds) || isUnknown(items)) {
    if (open) interpreter.heap.replaceItems(container, container.items.map(() => open));
    return;
  }
  if (bounds.step === 1) interpreter.heap.splice(container, bounds.start, bounds.length, items);
  else if (items.length !== bounds.length) interpreter.raise('ValueError', `attempt to assign sequence of size ${items.length} to extended slice of size ${bounds.length}`, at);
  else for (const [i, item] of items.entries()) interpreter.heap.setItem(container, bounds.start + i * bounds.step, item);
}

/** `del container[key]`. */
export function deleteSequenceIndex(target: Value, key: Value, interpreter: Interpreter, at: Location): void {
  const container = plain(target);
  if (isUnknown(container)) return;
  if (container.kind === 'dict') {
    if (isUnknown(key)) return;
    if (!interpreter.heap.deleteEntry(container, key) && !unknownKey(container)) raiseKeyError(key, interpreter, at);
    return;
  }
  if (container.kind !== 'list') return interpreter.raise('TypeError', `'${typeName(target)}' object doesn't support item deletion`, at);
  if (key.kind === 'slice') {
    const bounds = sliceBounds(key, container.items.length, interpreter, at);
    if (isUnknown(bounds)) interpreter.heap.replaceItems(container, container.items.map(() => bounds));
    else {
      const gone = new Set(Array.from({ length: bounds.length }, (_, i) => bounds.start + i * bounds.step));
      interpreter.heap.replaceItems(container, container.items.filter((_, i) => !gone.has(i)));
    }
    return;
  }
  const index = indexOf(key, interpreter, at);
  if (isUnknown(index)) interpreter.heap.replaceItems(container, container.items.slice(0, -1).map(() => index));
  else if (index === undefined) interpreter.raise('TypeError', `list indices must be integers or slices, not ${typeName(key)}`, at);
  else {
    const positive = index < 0 ? index + container.items.length : index;
    if (positive < 0 || positive >= container.items.length) interpreter.raise('IndexError', 'list assignment index out of range', at);
    interpreter.heap.splice(container, positive, 1);
  }
}

