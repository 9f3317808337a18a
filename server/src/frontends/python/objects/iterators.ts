/** Iterators over whatever can be looped over, and their classes. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { int, iterator, none, rangeLength, stepping, type CallArguments, type ClassValue, type RangeValue, type TensorValue, type Value } from '../values';
import { advance, stopIteration } from './advance';
import { registerClass } from './class-of';
import { nativeClass, raw } from './native';
import { objectClass } from './object';
import { className, makeException, PythonError, UnknownIteration } from './python-error';

/** Number of items of a built-in container. */
export function lengthOf(value: Value): number | undefined {
  switch (value.kind) {
    case 'list': case 'tuple': return value.items.length;
    case 'dict': case 'set': return value.entries.size;
    case 'str': case 'bytes': return /[\ud800-\udfff]/.test(value.value) ? [...value.value].length : value.value.length;
    case 'range': return rangeLength(value);
    default: return undefined;
  }
}

export function iteratorOver(value: Value, interpreter: Interpreter, at: Location): Value {
  if (value.kind === 'iterator' || isUnknown(value)) return value;
  const name = value.kind === 'dict' ? 'dict_keyiterator' : `${value.kind}_iterator`;
  // A list may grow while it is walked over, as in Python.
  if (value.kind === 'tuple') return iterator(name, value.items);
  if (value.kind === 'list') {
    return stepping(name, 0, index => {
      const item = value.items[index];
      if (item && value.doubtfulLength && isUnknown(item)) throw new UnknownIteration(value.doubtfulLength);
      return item && [item, index + 1];
    });
  }
  if (value.kind === 'range') return rangeIterator(value, interpreter);
  if (value.kind === 'instance' && !value.payload) {
    const item = interpreter.lookupClass(value.cls, '__getitem__');
    if (item) return indexedIterator(value, item, interpreter, at);
  }
  if (value.kind === 'tensor') return rowIterator(value, interpreter, at);
  return iterator(name, [...interpreter.iterate(value, at)]);
}

function rangeIterator({ start, step, ...range }: RangeValue, interpreter: Interpreter): Value {
  const length = rangeLength({ start, step, ...range });
  return stepping('range_iterator', 0, index => {
    interpreter.budget.step();
    return index < length ? [int(start + index * step), index + 1] : undefined;
  });
}

/** The rows are made on the first step, as in Python. */
function rowIterator(value: TensorValue, interpreter: Interpreter, at: Location): Value {
  return stepping<{ readonly rows: readonly Value[] | undefined; readonly index: number }>('tensor_iterator', {
    rows: undefined, index: 0,
  }, ({ rows = [...interpreter.tensors.iterate(value, interpreter, at)], index }) => {
    const row = rows[index];
    return row && [row, { rows, index: index + 1 }];
  });
}

/** The old protocol: `__getitem__` with 0, 1, … until it raises an IndexError. */
function indexedIterator(value: Value, getItem: Value, interpreter: Interpreter, at: Location): Value {
  return stepping('iterator', 0, index => {
    interpreter.budget.step();
    try {
      return [interpreter.callWith(getItem, [value, int(index)], at), index + 1];
    } catch (error) {
      if (error instanceof PythonError && className(error) === 'IndexError') return undefined;
      throw error;
    }
  });
}

// ——— list ———

function stopped(self: Value, interpreter: Interpreter, at: Location): never {
  throw stopIteration(self, interpreter, at);
}

const iteratorRows: (readonly [string, Value])[] = [
  ['__iter__', raw('iterator.__iter__', ({ positional: [self = none] }) => self, true)],
  ['__next__', raw('iterator.__next__', ({ positional: [self = none], at }, i) => (self.kind === 'iterator' ? (advance(self, i) ?? stopped(self, i, at)) : none), true)],
  ['send', raw('generator.send', ({ positional: [self = none, value = none], at }, i) => (self.kind === 'iterator' ? (advance(self, i, { value }) ?? stopped(self, i, at)) : none), true)],
  ['close', raw('generator.close', ({ positional: [self = none], at }, i) => {
    if (self.kind !== 'iterator' || self.name !== 'generator' || self.position === undefined) return none;
    try {
      advance(self, i, { error: new PythonError(makeException(i, 'GeneratorExit', ''), at) });
    } catch (error) {
      if (!(error instanceof PythonError) || !['GeneratorExit', 'StopIteration'].includes(className(error))) throw error;
    }
    return none;
  }, true)],
  ['throw', raw('generator.throw', ({ positional: [self = none, kind = none, given], at }, i) => {
    if (self.kind !== 'iterator') return none;
    const raised = given && given.kind !== 'none' ? given : kind;
    const error = new PythonError(raised.kind === 'class' ? i.callWith(raised, [], at) : raised, at, true);
    return advance(self, i, { error }) ?? stopped(self, i, at);
  }, true)],
  ['__length_hint__', raw('iterator.__length_hint__', () => int(0), true)],
];

export const iteratorClass = registerClass('iterator', nativeClass('builtins.iterator', [objectClass], iteratorRows));
export const generatorClass = registerClass('generator', nativeClass('builtins.generator', [iteratorClass]));

/** Iterators that have a class of their own in Python. */
export function iteratorType(name: string, make: (args: CallArguments, interpreter: Interpreter) => Value): ClassValue {
  return registerClass(name.slice(name.lastIndexOf('.') + 1), nativeClass(name, [iteratorClass], [], { allocate: (_cls, args, interpreter) => make(args, interpreter) }));
}
