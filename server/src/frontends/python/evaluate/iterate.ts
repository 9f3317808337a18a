/** Iteration as `for` does it, over built-in values, generators, tensors and user classes. */
import { charge } from '../../../base/budget';
import type { Location } from '../../../base/span';
import type { Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { int, keysInDoubt, rangeLength, str, typeName, type ListValue, type RangeValue, type Value } from '../values';
import { lookupClass } from './attributes';
import { PythonError, UnknownIteration, className } from '../objects/python-error';
import { advance } from '../objects/advance';

/** A character as a value, and its place. */
const wordsPerCharacter = 4;

export function iterate(interpreter: Interpreter, value: Value, at: Location): Iterable<Value> {
  switch (value.kind) {
    case 'tuple': return value.items;
    case 'list': return listItems(value);
    case 'range': return rangeItems(interpreter, value);
    case 'str': return charactersOf(value.value).map(str);
    case 'bytes': return charactersOf(value.value).map(char => int(char.charCodeAt(0)));
    case 'dict': return certain(keysInDoubt(value), [...value.entries.values()].map(entry => [entry.key, entry.value] as const));
    case 'set': return certain(keysInDoubt(value), [...value.entries.values()].map(item => [item, item] as const));
    case 'iterator': return untilDone(interpreter, () => advance(value, interpreter));
    case 'tensor': return interpreter.tensors.iterate(value, interpreter, at);
    case 'unknown': throw new UnknownIteration(value);
    case 'instance': return instanceItems(interpreter, value, at);
    case 'class': {
      const method = value.metaclass && lookupClass(value.metaclass, '__iter__');
      if (method) return iterate(interpreter, interpreter.callWith(method, [value], at), at);
      break;
    }
    default: break;
  }
  return interpreter.raise('TypeError', `'${typeName(value)}' object is not iterable`, at);
}

function charactersOf(text: string): readonly string[] {
  charge(text.length * wordsPerCharacter);
  return [...text];
}

/** A list may grow while it is walked over, as in Python. */
function* listItems(value: ListValue): Iterable<Value> {
  for (const item of value.items) {
    if (value.doubtfulLength && item.kind === 'unknown') throw new UnknownIteration(value.doubtfulLength);
    yield item;
  }
}

/** Keys of which nobody knows whether they are there end what is known. */
function certain(doubt: Unknown | undefined, pairs: Iterable<readonly [item: Value, value: Value]>): Value[] {
  const items: Value[] = [];
  for (const [item, value] of pairs) {
    if (doubt && value.kind === 'unknown') throw new UnknownIteration(doubt);
    items.push(item);
  }
  return items;
}

function* rangeItems(interpreter: Interpreter, range: RangeValue): Iterable<Value> {
  const length = rangeLength(range);
  for (let i = 0; i < length; i++) {
    interpreter.budget.step();
    yield int(range.start + i * range.step);
  }
}

function* untilDone(interpreter: Interpreter, next: () => Value | undefined): Iterable<Value> {
  for (;;) {
    interpreter.budget.step();
    const item = next();
    if (item === undefined) return;
    yield item;
  }
}

function instanceItems(interpreter: Interpreter, value: Value & { kind: 'instance' }, at: Location): Iterable<Value> {
  const iter = lookupClass(value.cls, '__iter__');
  if (iter) {
    const made = interpreter.callWith(iter, [value], at);
    if (made.kind !== 'instance') return iterate(interpreter, made, at);
    return protocolItems(interpreter, made, at);
  }
  const item = lookupClass(value.cls, '__getitem__');
  if (item) return indexedItems(interpreter, value, item, at);
  if (value.payload) return iterate(interpreter, value.payload, at);
  const unknownBase = value.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase;
  if (unknownBase) throw new UnknownIteration(unknownBase);
  return interpreter.raise('TypeError', `'${value.cls.name}' object is not iterable`, at);
}

function* protocolItems(interpreter: Interpreter, value: Value & { kind: 'instance' }, at: Location): Iterable<Value> {
  const next = lookupClass(value.cls, '__next__');
  if (!next) interpreter.raise('TypeError', `iter() returned non-iterator of type '${value.cls.name}'`, at);
  for (;;) {
    interpreter.budget.step();
    let item: Value;
    try {
      item = interpreter.callWith(next, [value], at);
    } catch (error) {
      if (error instanceof PythonError && className(error) === 'StopIteration') return;
      throw error;
    }
    yield item;
  }
}

function* indexedItems(interpreter: Interpreter, value: Value, getItem: Value, at: Location): Iterable<Value> {
  for (let i = 0; ; i++) {
    interpreter.budget.step();
    let item: Value;
    try {
      item = interpreter.callWith(getItem, [value, int(i)], at);
    } catch (error) {
      if (error instanceof PythonError && className(error) === 'IndexError') return;
      throw error;
    }
    yield item;
  }
}
