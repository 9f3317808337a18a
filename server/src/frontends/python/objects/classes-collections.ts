/** `list`, `tuple`, `dict`, `set`, `frozenset`, `range`, `slice`, iterators, and the dict subclasses of `collections`. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import { Cells } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import {
  stepping, type TensorValue, type RangeValue, bool, dict, dictGet, hashKey, int, iterator, list, none, notImplemented, rangeLength, set, tuple, typeName,
  type CallArguments, type ClassValue, type DictValue, type ListValue, type SetValue, type TupleValue, type Value,
} from '../values';
import { registerClass } from './class-of';
import { commonRows, compareRows, operatorRows } from './classes-numbers';
import { truth } from './classes-text';
import { deleteSequenceIndex, indexOf, raiseKeyError, sequenceIndex, setSequenceIndex, sliceBounds, unknownKey } from './indexing';
import { c, collect, instanceOf, m, markTransparent, nativeClass, payloadOf, property, raw, withItems } from './native';
import { objectClass } from './object';
import { combineSets, containsValue, equalValues, lessThan, sortValues } from './operators';
import { aliasOf } from './typing-alias';
import { makeException, className, PythonError, UnknownIteration } from './python-error';
import { stopIteration, advance } from './advance';

type Row = readonly [string, Value];

/** `list[int]`: a subscripted class, which calls and subclasses as the class itself. */
const subscriptable: Row = ['__class_getitem__', { kind: 'classmethod', callee: raw('__class_getitem__', ({ positional: [cls = none, key = none] }) => aliasOf(cls, key)) }];

const containerRows = (name: string): Row[] => [
  ...commonRows(name),
  subscriptable,
  ['__len__', raw(`${name}.__len__`, ({ positional: [a = none] }) => int(lengthOf(payloadOf(a)) ?? 0), true)],
  ['__contains__', raw(`${name}.__contains__`, ({ positional: [a = none, b = none], at }, i) => truth(containsValue(payloadOf(a), b, i, at)), true)],
  ['__iter__', raw(`${name}.__iter__`, ({ positional: [a = none], at }, i) => iteratorOver(payloadOf(a), i, at), true)],
];

const indexRows = (name: string): Row[] => [
  ['__getitem__', raw(`${name}.__getitem__`, ({ positional: [a = none, b = none], at }, i) => sequenceIndex(payloadOf(a), b, i, at) ?? none, true)],
];

const writeRows = (name: string): Row[] => [
  ['__setitem__', raw(`${name}.__setitem__`, ({ positional: [a = none, b = none, value = none], at }, i) => {
    setSequenceIndex(payloadOf(a), b, value, i, at);
    return none;
  }, true)],
  ['__delitem__', raw(`${name}.__delitem__`, ({ positional: [a = none, b = none], at }, i) => {
    deleteSequenceIndex(payloadOf(a), b, i, at);
    return none;
  }, true)],
];

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

const asList = (value: Value): ListValue => {
  const found = payloadOf(value);
  return found.kind === 'list' ? found : list([]);
};

function indexIn(items: readonly Value[], item: Value, interpreter: Interpreter, at: Location, from = 0, to = items.length): number | Unknown {
  const begin = from < 0 ? Math.max(0, from + items.length) : from;
  const end = to < 0 ? to + items.length : Math.min(to, items.length);
  for (let i = begin; i < end; i++) {
    interpreter.budget.step();
    const candidate = items[i];
    const same = candidate ? equalValues(candidate, item, interpreter, at) : false;
    if (isUnknown(same)) return same;
    if (same) return i;
  }
  return -1;
}

function countIn(items: readonly Value[], item: Value, interpreter: Interpreter, at: Location): Value {
  let count = 0;
  for (const candidate of items) {
    const same = equalValues(candidate, item, interpreter, at);
    if (isUnknown(same)) return same;
    if (same) count++;
  }
  return int(count);
}

export const listClass: ClassValue = registerClass('list', markTransparent(nativeClass('builtins.list', [objectClass], [
  ...containerRows('list'), ...indexRows('list'), ...writeRows('list'), ...operatorRows('list', ['+', '*']), ...compareRows('list'),
  ['__hash__', none],
  ['__init__', raw('list.__init__', ({ positional: [self = none, items], at }, i) => {
    if (self.kind !== 'instance' || !items) return none;
    const target = asList(self);
    const found = collect(items, i, at);
    if (!isUnknown(found)) i.heap.replaceItems(target, found);
    return none;
  }, true)],
  ['__iadd__', raw('list.__iadd__', ({ positional: [self = none, items = none], at }, i) => extend(self, items, i, at), true)],
  ['__reversed__', raw('list.__reversed__', ({ positional: [self = none] }) => iterator('list_reverseiterator', [...asList(self).items].reverse()), true)],
  ['append', raw('list.append', ({ positional: [self = none, item], at }, i) => {
    if (!item) return i.raise('TypeError', 'list.append() takes exactly one argument (0 given)', at);
    const target = asList(self);
    i.heap.push(target, item);
    return none;
  }, true)],
  m('list.extend(self, iterable, /)', (p, i, { at }) => {
    extend(p.self, p.iterable, i, at);
    return none;
  }),
  m('list.insert(self, index, object, /)', (p, i, { at }) => {
    const target = asList(p.self);
    const index = indexOf(p.index, i, at);
    if (isUnknown(index)) i.heap.replaceItems(target, [...target.items.map(() => index), index]);
    else i.heap.splice(target, Math.max(0, (index ?? 0) < 0 ? (index ?? 0) + target.items.length : (index ?? 0)), 0, [p.object]);
    return none;
  }),
  m('list.pop(self, index=-1, /)', (p, i, { at }) => {
    const target = asList(p.self);
    const index = indexOf(p.index, i, at);
    if (target.items.length === 0) return i.raise('IndexError', 'pop from empty list', at);
    if (isUnknown(index)) {
      i.heap.replaceItems(target, target.items.slice(0, -1).map(() => index));
      return index;
    }
    const position = (index ?? -1) < 0 ? (index ?? -1) + target.items.length : (index ?? -1);
    const [gone] = position < 0 ? [] : i.heap.splice(target, position, 1);
    return gone ?? i.raise('IndexError', 'pop index out of range', at);
  }),
  m('list.remove(self, value, /)', (p, i, { at }) => {
    const target = asList(p.self);
    const index = indexIn(target.items, p.value, i, at);
    if (isUnknown(index)) i.heap.replaceItems(target, target.items.slice(0, -1).map(() => index));
    else if (index < 0) i.raise('ValueError', 'list.remove(x): x not in list', at);
    else i.heap.splice(target, index, 1);
    return none;
  }),
  m('list.index(self, value, start=0, stop=9223372036854775807, /)', (p, i, { at }) => {
    const index = indexIn(asList(p.self).items, p.value, i, at, numberOf(p.start), numberOf(p.stop));
    if (isUnknown(index)) return index;
    return index < 0 ? i.raise('ValueError', 'value is not in list', at) : int(index);
  }),
  m('list.count(self, value, /)', (p, i, { at }) => countIn(asList(p.self).items, p.value, i, at)),
  m('list.clear(self)', (p, i) => {
    i.heap.replaceItems(asList(p.self), []);
    return none;
  }),
  m('list.copy(self)', (p, i) => {
    i.budget.allocate(asList(p.self).items.length);
    return list([...asList(p.self).items]);
  }),
  m('list.reverse(self)', (p, i) => {
    i.heap.replaceItems(asList(p.self), [...asList(p.self).items].reverse());
    return none;
  }),
  m('list.sort(self, *, key=None, reverse=False)', (p, i, { at }) => {
    const target = asList(p.self);
    const backwards = i.truth(p.reverse, at);
    const sorted = isUnknown(backwards) ? backwards : sortValues(target.items, p.key.kind === 'none' ? undefined : p.key, backwards, i, at);
    i.heap.replaceItems(target, isUnknown(sorted) ? target.items.map(() => sorted) : sorted);
    return none;
  }),
], {
  allocate: (cls, args, interpreter) => {
    if (cls !== listClass) return instanceOf(cls, [], list([]));
    const source = args.positional[0];
    return source ? withItems(source, interpreter, args.at, items => list([...items])) : list([]);
  },
})));

function extend(self: Value, iterable: Value, interpreter: Interpreter, at: Location): Value {
  const target = asList(self);
  const items = collect(iterable, interpreter, at);
  // How many are added is not known: nothing after this can be counted.
  if (isUnknown(items)) interpreter.heap.push(target, items);
  else for (const item of items) interpreter.heap.push(target, item);
  return self;
}

// ——— tuple ———

const asTuple = (value: Value): TupleValue => {
  const found = payloadOf(value);
  return found.kind === 'tuple' ? found : tuple([]);
};

export const tupleClass: ClassValue = registerClass('tuple', markTransparent(nativeClass('builtins.tuple', [objectClass], [
  ...containerRows('tuple'), ...indexRows('tuple'), ...operatorRows('tuple', ['+', '*']), ...compareRows('tuple'),
  m('tuple.index(self, value, start=0, stop=9223372036854775807, /)', (p, i, { at }) => {
    const index = indexIn(asTuple(p.self).items, p.value, i, at, numberOf(p.start), numberOf(p.stop));
    if (isUnknown(index)) return index;
    return index < 0 ? i.raise('ValueError', 'tuple.index(x): x not in tuple', at) : int(index);
  }),
  m('tuple.count(self, value, /)', (p, i, { at }) => countIn(asTuple(p.self).items, p.value, i, at)),
], {
  allocate: (cls, args, interpreter) => {
    const own = cls === tupleClass ? undefined : cls;
    const source = args.positional[0];
    return source ? withItems(source, interpreter, args.at, items => tuple(items, own)) : tuple([], own);
  },
})));

// ——— dict ———

const asDict = (value: Value): DictValue => {
  const found = payloadOf(value);
  return found.kind === 'dict' ? found : dict();
};

/** Copies a mapping or pairs, then keywords, into a dict. Unknown sources leave an entry with an unknown key behind. */
export function fill(target: DictValue, source: Value | undefined, keywords: readonly (readonly [string, Value])[], interpreter: Interpreter, at: Location): void {
  if (source) fillFrom(target, source, interpreter, at);
  for (const [name, value] of keywords) interpreter.heap.setEntry(target, { kind: 'str', value: name }, value);
}

function fillFrom(target: DictValue, source: Value, interpreter: Interpreter, at: Location): void {
  const found = payloadOf(source);
  if (isUnknown(found)) {
    interpreter.heap.setEntry(target, found, found);
    return;
  }
  if (found.kind === 'dict') {
    interpreter.budget.allocate(found.entries.size);
    for (const { key, value } of [...found.entries.values()]) interpreter.heap.setEntry(target, key, value);
    return;
  }
  const keys = found.kind === 'instance' ? interpreter.findAttribute(found, 'keys', at) : undefined;
  if (keys && !isUnknown(keys)) {
    const names = collect(interpreter.callWith(keys, [], at), interpreter, at);
    if (!isUnknown(names)) for (const key of names) interpreter.heap.setEntry(target, key, interpreter.callMethod(found, '__getitem__', [key], at));
    return;
  }
  const pairs = collect(found, interpreter, at);
  if (isUnknown(pairs)) {
    interpreter.heap.setEntry(target, pairs, pairs);
    return;
  }
  for (const [index, pair] of pairs.entries()) {
    const items = collect(pair, interpreter, at);
    if (isUnknown(items)) interpreter.heap.setEntry(target, items, items);
    else if (items.length === 2 && items[0] && items[1]) interpreter.heap.setEntry(target, items[0], items[1]);
    else interpreter.raise('ValueError', `dictionary update sequence element #${index} has length ${items.length}; 2 is required`, at);
  }
}

/** `keys()`, `values()`, `items()`: sized and iterable again and again. Keys and items act as sets. */
const viewClass = (name: string) => registerClass(name, nativeClass(`builtins.${name}`, [objectClass], [
  ['__len__', raw(`${name}.__len__`, ({ positional: [self = none] }) => int(viewItems(self).length), true)],
  ['__iter__', raw(`${name}.__iter__`, ({ positional: [self = none] }) => viewIterator(name, self), true)],
  ['__reversed__', raw(`${name}.__reversed__`, ({ positional: [self = none] }) => iterator(`${name}_iterator`, [...viewItems(self)].reverse()), true)],
  ['__contains__', raw(`${name}.__contains__`, ({ positional: [self = none, item = none], at }, i) =>
    truth(name === 'dict_keys' ? containsValue(viewed(self), item, i, at) : containsValue(list(viewItems(self)), item, i, at)), true)],
  ['__repr__', raw(`${name}.__repr__`, ({ positional: [self = none], at }, i) => {
    const text = i.callWith(i.libraryValue('builtins.repr'), [list(viewItems(self))], at);
    return text.kind === 'str' ? { kind: 'str', value: `${name}(${text.value})` } : text;
  }, true)],
  ...(name === 'dict_values' ? [] : (['|', '&', '-', '^'] as const).flatMap(operator => {
    const method = { '|': '__or__', '&': '__and__', '-': '__sub__', '^': '__xor__' }[operator];
    return [[method, raw(`${name}.${method}`, ({ positional: [self = none, other = none], at }, i) => withItems(other, i, at, items => combineSets(operator, set(viewItems(self)), set(items))), true)],
      [method.replace('__', '__r'), raw(`${name}.r${method}`, ({ positional: [self = none, other = none], at }, i) =>
        withItems(other, i, at, items => combineSets(operator, set(items), set(viewItems(self)))), true)]] as Row[];
  })),
  ...(name === 'dict_values' ? [] : [['__eq__', raw(`${name}.__eq__`, ({ positional: [self = none, other = none], at }, i) =>
    withItems(other, i, at, items => truth(equalValues(set(viewItems(self)), set(items), i, at))), true)] as Row]),
  ...(name === 'dict_values' ? [] : [['__hash__', none] as Row]),
  m(`${name}.isdisjoint(self, other, /)`, (p, i, { at }) => withItems(p.other, i, at, items => bool(combineSets('&', set(viewItems(p.self)), set(items)).entries.size === 0))),
]));

const views = { dict_keys: viewClass('dict_keys'), dict_values: viewClass('dict_values'), dict_items: viewClass('dict_items') };

function viewed(self: Value): Value {
  return (self.kind === 'instance' && self.attributes.get('mapping')) || none;
}

function viewItems(self: Value): Value[] {
  const source = viewed(self);
  if (source.kind !== 'dict' || self.kind !== 'instance') return [];
  const entries = [...source.entries.values()];
  if (self.cls === views.dict_keys) return entries.map(entry => entry.key);
  return self.cls === views.dict_values ? entries.map(entry => entry.value) : entries.map(entry => tuple([entry.key, entry.value]));
}

/** Values are read when their turn comes: a loop may change those that follow. */
function viewIterator(name: string, self: Value): Value {
  const source = viewed(self);
  if (source.kind !== 'dict' || name === 'dict_keys') return iterator(`${name}_iterator`, viewItems(self));
  const keys = [...source.entries.keys()];
  const items = viewItems(self);
  return stepping(`${name}_iterator`, 0, index => {
    const [key, item] = [keys[index], items[index]];
    if (key === undefined || item === undefined) return undefined;
    const now = source.entries.get(key);
    return [now === undefined ? item : name === 'dict_values' ? now.value : tuple([now.key, now.value]), index + 1];
  });
}

const view = (name: keyof typeof views) => raw(`dict.${name.slice(5)}`, ({ positional: [self = none] }, i) => {
  i.budget.step();
  return instanceOf(views[name], [['mapping', asDict(self)]]);
}, true);

/** What a lookup that misses gives: unknown when a key of the dict is. */
const missed = (source: DictValue, key: Value, fallback: Value): Value => (isUnknown(key) ? key : (unknownKey(source) ?? fallback));

const dictRows: Row[] = [
  ...containerRows('dict'), ...indexRows('dict'), ...writeRows('dict'), ...operatorRows('dict', ['|']), ...compareRows('dict', ['==', '!=']),
  ['__hash__', none],
  ['__getitem__', raw('dict.__getitem__', ({ positional: [self = none, key = none], at }, i) => {
    // `super().__getitem__` must not come back to the subclass's own method; `__missing__` still counts.
    const source = asDict(self);
    const found = isUnknown(key) ? key : dictGet(source, key);
    if (found) return found;
    const missing = self.kind === 'instance' ? i.lookupClass(self.cls, '__missing__') : undefined;
    return missing && !unknownKey(source) ? i.callWith(missing, [self, key], at) : (sequenceIndex(source, key, i, at) ?? none);
  }, true)],
  ['__init__', raw('dict.__init__', ({ positional: [self = none, source], keywords, at }, i) => {
    if (self.kind === 'instance') fill(asDict(self), source, keywords, i, at);
    return none;
  }, true)],
  ['__ior__', raw('dict.__ior__', ({ positional: [self = none, source], at }, i) => {
    fill(asDict(self), source, [], i, at);
    return self;
  }, true)],
  ['__reversed__', raw('dict.__reversed__', ({ positional: [self = none] }) => iterator('dict_reversekeyiterator', [...asDict(self).entries.values()].map(entry => entry.key).reverse()), true)],
  ['keys', view('dict_keys')], ['values', view('dict_values')], ['items', view('dict_items')],
  ['get', raw('dict.get', ({ positional: [self = none, key, fallback], keywords, at }, i) => {
    if (!key) return i.raise('TypeError', 'get expected at least 1 argument, got 0', at);
    const source = asDict(self);
    const found = isUnknown(key) ? key : dictGet(source, key);
    return found ?? missed(source, key, fallback ?? keywords.find(([name]) => name === 'default')?.[1] ?? none);
  }, true)],
  m('dict.setdefault(self, key, default=None, /)', (p, i) => {
    const target = asDict(p.self);
    const found = isUnknown(p.key) ? p.key : dictGet(target, p.key);
    if (found) return found;
    i.heap.setEntry(target, p.key, p.default);
    return p.default;
  }),
  ['pop', raw('dict.pop', ({ positional: [self = none, key, fallback], keywords, at }, i) => {
    if (!key) return i.raise('TypeError', 'pop expected at least 1 argument, got 0', at);
    if (isUnknown(key)) return key;
    const target = asDict(self);
    const found = dictGet(target, key);
    if (found) {
      i.heap.deleteEntry(target, key);
      return found;
    }
    const other = fallback ?? keywords.find(([name]) => name === 'default')?.[1];
    return unknownKey(target) ?? other ?? raiseKeyError(key, i, at);
  }, true)],
  m('dict.popitem(self, last=True)', (p, i, { at }) => {
    const target = asDict(p.self);
    const entries = [...target.entries];
    const entry = p.last.kind === 'bool' && !p.last.value ? entries[0] : entries.at(-1);
    if (!entry) return i.raise('KeyError', 'popitem(): dictionary is empty', at);
    i.heap.deleteHashed(target, entry[0]);
    return tuple([entry[1].key, entry[1].value]);
  }),
  ['update', raw('dict.update', ({ positional: [self = none, source], keywords, at }, i) => {
    fill(asDict(self), source, keywords, i, at);
    return none;
  }, true)],
  m('dict.clear(self)', (p, i) => {
    i.heap.clearEntries(asDict(p.self));
    return none;
  }),
  m('dict.copy(self)', (p, i) => {
    i.budget.allocate(asDict(p.self).entries.size);
    return copyDict(asDict(p.self));
  }),
  c('dict.fromkeys(cls, iterable, value=None, /)', (p, i, { at }) => withItems(p.iterable, i, at, items => {
    const made = p.cls.kind === 'class' && p.cls !== dictClass ? i.callWith(p.cls, [], at) : dict();
    for (const item of items) i.heap.setEntry(asDict(made), item, p.value);
    return made;
  })),
];

export function copyDict(source: DictValue): DictValue {
  return dict([...source.entries.values()].map(({ key, value }) => [key, value] as const), flavourOf(source));
}

/** A dict of the same kind with nothing in it. */
export function emptyLike(source: DictValue): DictValue {
  return dict([], flavourOf(source));
}

function flavourOf({ factory, flavour }: DictValue): DictMore {
  return { ...(factory ? { factory } : {}), ...(flavour ? { flavour } : {}) };
}

type DictMore = Pick<DictValue, 'factory' | 'flavour'>;

function dictAllocator(base: () => ClassValue, more: (args: CallArguments) => DictMore, rest: (args: CallArguments) => CallArguments = args => args): NonNullable<ClassValue['allocate']> {
  return (cls, args, interpreter) => {
    const made = dict([], more(args));
    if (cls !== base()) return instanceOf(cls, [], made);
    const { positional, keywords } = rest(args);
    fill(made, positional[0], keywords, interpreter, args.at);
    return made;
  };
}

export const dictClass: ClassValue = registerClass('dict', markTransparent(nativeClass('builtins.dict', [objectClass], dictRows, { allocate: dictAllocator(() => dictClass, () => ({})) })));

export const orderedDictClass: ClassValue = registerClass('OrderedDict', markTransparent(nativeClass('collections.OrderedDict', [dictClass], [
  m('OrderedDict.move_to_end(self, key, last=True)', (p, i, { at }) => {
    const target = asDict(p.self);
    const hashed = hashKey(p.key);
    const entry = target.entries.get(hashed);
    if (!entry) return raiseKeyError(p.key, i, at);
    const others = [...target.entries].filter(([key]) => key !== hashed).map(([, other]) => other);
    i.heap.replaceEntries(target, p.last.kind === 'bool' && !p.last.value ? [entry, ...others] : [...others, entry]);
    return none;
  }),
], { allocate: dictAllocator(() => orderedDictClass, () => ({ flavour: 'OrderedDict' })) })));

const factoryOf = (args: CallArguments): DictMore => {
  const factory = args.positional[0] ?? args.keywords.find(([name]) => name === 'default_factory')?.[1];
  return { factory: factory ?? none };
};

export const defaultDictClass: ClassValue = registerClass('defaultdict', markTransparent(nativeClass('collections.defaultdict', [dictClass], [
  property('default_factory', self => asDict(self).factory ?? none),
  ['__init__', raw('defaultdict.__init__', ({ positional: [self = none, factory, source], keywords, at }, i) => {
    if (self.kind !== 'instance') return none;
    const before = asDict(self);
    if (factory && before.factory !== factory) i.heap.write(self, 'payload', { ...before, factory });
    fill(asDict(self), source, keywords, i, at);
    return none;
  }, true)],
], { allocate: dictAllocator(() => defaultDictClass, factoryOf, args => ({
  ...args,
  positional: args.positional.slice(1),
  keywords: args.keywords.filter(([name]) => name !== 'default_factory'),
})) })));

function countInto(target: DictValue, source: Value, sign: 1 | -1, interpreter: Interpreter, at: Location): void {
  const found = payloadOf(source);
  const add = (key: Value, amount: Value) => {
    const before = dictGet(target, key);
    const [x, y] = [before ? numberOf(before) : 0, numberOf(amount)];
    interpreter.heap.setEntry(target, key, isUnknown(amount) ? amount : before && isUnknown(before) ? before : int(x + sign * y));
  };
  if (found.kind === 'dict') {
    for (const { key, value } of found.entries.values()) add(key, value);
    return;
  }
  const items = collect(found, interpreter, at);
  if (isUnknown(items)) interpreter.heap.setEntry(target, items, items);
  else for (const item of items) add(item, int(1));
}

function mostCommon(self: Value, most: Value, interpreter: Interpreter, at: Location): Value {
  const pairs = [...asDict(self).entries.values()].map(entry => tuple([entry.key, entry.value]));
  const sorted = sortValues(pairs, { kind: 'native', name: 'count', binds: false, call: ({ positional: [pair] }) => (pair?.kind === 'tuple' ? (pair.items[1] ?? none) : none) }, true, interpreter, at);
  if (isUnknown(sorted)) return sorted;
  return list(most.kind === 'none' ? sorted : sorted.slice(0, numberOf(most)));
}

export const counterClass: ClassValue = registerClass('Counter', markTransparent(nativeClass('collections.Counter', [dictClass], [
  m('Counter.most_common(self, n=None)', (p, i, { at }) => mostCommon(p.self, p.n, i, at)),
  m('Counter.elements(self)', p => iterator('elements', asDict(p.self).entries.size === 0 ? [] : [...asDict(p.self).entries.values()].flatMap(entry =>
    new Array<Value>(Math.min(1e6, Math.max(0, numberOf(entry.value)))).fill(entry.key)))),
  m('Counter.total(self)', p => int([...asDict(p.self).entries.values()].reduce((sum, entry) => sum + numberOf(entry.value), 0))),
  ['update', raw('Counter.update', ({ positional: [self = none, source], keywords, at }, i) => {
    if (source) countInto(asDict(self), source, 1, i, at);
    if (keywords.length > 0) countInto(asDict(self), dict(keywords.map(([name, value]) => [{ kind: 'str', value: name }, value])), 1, i, at);
    return none;
  }, true)],
  ['subtract', raw('Counter.subtract', ({ positional: [self = none, source], at }, i) => {
    if (source) countInto(asDict(self), source, -1, i, at);
    return none;
  }, true)],
  ['__init__', raw('Counter.__init__', ({ positional: [self = none, source], at }, i) => {
    if (self.kind === 'instance' && source) countInto(asDict(self), source, 1, i, at);
    return none;
  }, true)],
  ...operatorRows('Counter', ['+', '-', '&', '|']),
], {
  allocate: (cls, args, interpreter) => {
    const made = dict([], { flavour: 'Counter' });
    if (cls !== counterClass) return instanceOf(cls, [], made);
    if (args.positional[0] && args.positional[0].kind !== 'none') countInto(made, args.positional[0], 1, interpreter, args.at);
    for (const [name, value] of args.keywords) interpreter.heap.setEntry(made, { kind: 'str', value: name }, value);
    return made;
  },
})));

export const mappingProxyClass = registerClass('mappingproxy', markTransparent(nativeClass('types.MappingProxyType', [objectClass], dictRows.filter(([name]) =>
  !['__setitem__', '__delitem__', '__init__', 'pop', 'popitem', 'update', 'clear', 'setdefault'].includes(name)), {
  allocate: (_cls, args) => {
    const source = payloadOf(args.positional[0] ?? none);
    return source.kind === 'dict' ? { kind: 'dict', entries: source.entries, flavour: 'mappingproxy' } : source;
  },
})));

// ——— sets ———

const asSet = (value: Value): SetValue => {
  const found = payloadOf(value);
  return found.kind === 'set' ? found : set([]);
};

function combined(operator: '|' | '&' | '-' | '^', self: Value, others: Value, interpreter: Interpreter, at: Location): Value {
  let result = asSet(self);
  for (const other of others.kind === 'tuple' ? others.items : [others]) {
    const items = collect(other, interpreter, at);
    if (isUnknown(items)) return items;
    result = combineSets(operator, result, set(items));
  }
  return result === asSet(self) ? { ...result, entries: new Cells(result.entries) } : result;
}

function updated(operator: '|' | '&' | '-' | '^', self: Value, others: Value, interpreter: Interpreter, at: Location): Value {
  const target = asSet(self);
  const result = combined(operator, self, others, interpreter, at);
  if (isUnknown(result)) interpreter.heap.set(target.entries, hashKey(result), result);
  else interpreter.heap.replace(target.entries, asSet(result).entries);
  return none;
}

const compareSets = (name: string, test: (self: SetValue, other: SetValue) => boolean) =>
  (kind: string): Row => m(`${kind}.${name}(self, other, /)`, (p, i, { at }) => withItems(p.other, i, at, items => bool(test(asSet(p.self), set(items)))));
const within = (inner: SetValue, outer: SetValue) => [...inner.entries.keys()].every(key => outer.entries.has(key));

const setRows = (kind: string): Row[] => [
  ...containerRows(kind), ...operatorRows(kind, ['|', '&', '-', '^']), ...compareRows(kind),
  m(`${kind}.union(self, *others)`, (p, i, { at }) => combined('|', p.self, p.others, i, at)),
  m(`${kind}.intersection(self, *others)`, (p, i, { at }) => combined('&', p.self, p.others, i, at)),
  m(`${kind}.difference(self, *others)`, (p, i, { at }) => combined('-', p.self, p.others, i, at)),
  m(`${kind}.symmetric_difference(self, other, /)`, (p, i, { at }) => combined('^', p.self, p.other, i, at)),
  compareSets('issubset', within)(kind), compareSets('issuperset', (a, b) => within(b, a))(kind),
  compareSets('isdisjoint', (a, b) => combineSets('&', a, b).entries.size === 0)(kind),
  m(`${kind}.copy(self)`, p => ({ ...asSet(p.self), entries: new Cells(asSet(p.self).entries) })),
];

const inPlace = (name: string, operator: '|' | '&' | '-' | '^'): Row => [name, raw(`set.${name}`, ({ positional: [self = none, other = none], at }, i) => {
  if (payloadOf(other).kind !== 'set' && !isUnknown(other)) return notImplemented;
  updated(operator, self, other, i, at);
  return self;
}, true)];

export const setClass: ClassValue = registerClass('set', markTransparent(nativeClass('builtins.set', [objectClass], [
  ...setRows('set'),
  ['__hash__', none],
  ['__init__', raw('set.__init__', ({ positional: [self = none, items], at }, i) => {
    if (self.kind === 'instance' && items) updated('|', self, items, i, at);
    return none;
  }, true)],
  inPlace('__ior__', '|'), inPlace('__iand__', '&'), inPlace('__isub__', '-'), inPlace('__ixor__', '^'),
  m('set.add(self, item, /)', (p, i, { at }) => {
    if (p.item.kind === 'list' || p.item.kind === 'dict' || (p.item.kind === 'set' && !p.item.frozen)) return i.raise('TypeError', `unhashable type: '${typeName(p.item)}'`, at);
    i.budget.allocate(1);
    i.heap.addMember(asSet(p.self), p.item);
    return none;
  }),
  m('set.discard(self, item, /)', (p, i) => {
    i.heap.delete(asSet(p.self).entries, hashKey(p.item));
    return none;
  }),
  m('set.remove(self, item, /)', (p, i, { at }) => {
    if (!i.heap.delete(asSet(p.self).entries, hashKey(p.item)) && !isUnknown(p.item)) raiseKeyError(p.item, i, at);
    return none;
  }),
  m('set.pop(self)', (p, i, { at }) => {
    const { entries } = asSet(p.self);
    const first = entries.entries().next();
    if (first.done) return i.raise('KeyError', 'pop from an empty set', at);
    i.heap.delete(entries, first.value[0]);
    return first.value[1];
  }),
  m('set.clear(self)', (p, i) => {
    i.heap.clear(asSet(p.self).entries);
    return none;
  }),
  m('set.update(self, *others)', (p, i, { at }) => updated('|', p.self, p.others, i, at)),
  m('set.intersection_update(self, *others)', (p, i, { at }) => updated('&', p.self, p.others, i, at)),
  m('set.difference_update(self, *others)', (p, i, { at }) => updated('-', p.self, p.others, i, at)),
  m('set.symmetric_difference_update(self, other, /)', (p, i, { at }) => updated('^', p.self, p.other, i, at)),
], {
  allocate: (cls, args, interpreter) => {
    if (cls !== setClass) return instanceOf(cls, [], set([]));
    const source = args.positional[0];
    return source ? withItems(source, interpreter, args.at, items => set(items)) : set([]);
  },
})));

export const frozensetClass: ClassValue = registerClass('frozenset', markTransparent(nativeClass('builtins.frozenset', [objectClass], setRows('frozenset'), {
  allocate: (cls, args, interpreter) => {
    const source = args.positional[0];
    const made = source ? withItems(source, interpreter, args.at, items => set(items, true)) : set([], true);
    return cls === frozensetClass || isUnknown(made) ? made : instanceOf(cls, [], made);
  },
})));

// ——— range, slice, iterators ———

export const rangeClass: ClassValue = registerClass('range', nativeClass('builtins.range', [objectClass], [
  ...containerRows('range'), ...indexRows('range'), ...compareRows('range', ['==', '!=']),
  property('start', self => (self.kind === 'range' ? int(self.start) : none)),
  property('stop', self => (self.kind === 'range' ? int(self.stop) : none)),
  property('step', self => (self.kind === 'range' ? int(self.step) : none)),
  m('range.index(self, value, /)', (p, i, { at }) => {
    const inside = containsValue(p.self, p.value, i, at);
    if (isUnknown(inside)) return inside;
    return inside === true && p.self.kind === 'range' ? int((numberOf(p.value) - p.self.start) / p.self.step) : i.raise('ValueError', 'value is not in range', at);
  }),
  m('range.count(self, value, /)', (p, i, { at }) => {
    const inside = containsValue(p.self, p.value, i, at);
    return isUnknown(inside) ? inside : int(inside === true ? 1 : 0);
  }),
], {
  allocate: (_cls, args, interpreter) => {
    const numbers: number[] = [];
    for (const value of args.positional) {
      const index = indexOf(value, interpreter, args.at);
      if (isUnknown(index)) return index;
      if (index === undefined) return interpreter.raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`, args.at);
      numbers.push(index);
    }
    const [first, second, step = 1] = numbers;
    if (first === undefined) return interpreter.raise('TypeError', 'range expected at least 1 argument, got 0', args.at);
    if (step === 0) return interpreter.raise('ValueError', 'range() arg 3 must not be zero', args.at);
    return second === undefined ? { kind: 'range', start: 0, stop: first, step: 1 } : { kind: 'range', start: first, stop: second, step };
  },
}));

export const sliceClass: ClassValue = registerClass('slice', nativeClass('builtins.slice', [objectClass], [
  property('start', self => (self.kind === 'slice' ? self.lower : none)),
  property('stop', self => (self.kind === 'slice' ? self.upper : none)),
  property('step', self => (self.kind === 'slice' ? self.step : none)),
  m('slice.indices(self, length, /)', (p, i, { at }) => {
    if (isUnknown(p.length)) return p.length;
    if (p.self.kind !== 'slice') return none;
    const bounds = sliceBounds(p.self, numberOf(p.length), i, at);
    return isUnknown(bounds) ? bounds : tuple([int(bounds.start), int(bounds.stop), int(bounds.step)]);
  }),
], {
  allocate: (_cls, args, interpreter) => {
    const [first, second, third] = args.positional;
    if (!first) return interpreter.raise('TypeError', 'slice expected at least 1 argument, got 0', args.at);
    return second ? { kind: 'slice', lower: first, upper: second, step: third ?? none } : { kind: 'slice', lower: none, upper: first, step: none };
  },
}));

function stopped(self: Value, interpreter: Interpreter, at: Location): never {
  throw stopIteration(self, interpreter, at);
}

const iteratorRows: Row[] = [
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

/** The smallest or largest of several values. */
export function extreme(items: readonly Value[], key: Value | undefined, largest: boolean, interpreter: Interpreter, at: Location): Value | undefined {
  let best: { item: Value; by: Value } | undefined;
  for (const item of items) {
    const by = key ? interpreter.callWith(key, [item], at) : item;
    if (isUnknown(by)) return by;
    if (!best) best = { item, by };
    else {
      const better = largest ? lessThan(best.by, by, interpreter, at) : lessThan(by, best.by, interpreter, at);
      if (isUnknown(better)) return better;
      if (better) best = { item, by };
    }
  }
  return best?.item;
}

