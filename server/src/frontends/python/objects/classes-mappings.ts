/** `dict`, its views, and its subclasses of `collections`. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { bool, dict, dictGet, hashKey, int, iterator, list, none, set, stepping, tuple, type CallArguments, type ClassValue, type DictValue, type Value } from '../values';
import { registerClass } from './class-of';
import { compareRows, operatorRows } from './classes-numbers';
import { truth } from './classes-text';
import { containerRows, indexRows, writeRows, type Row } from './container-rows';
import { raiseKeyError, sequenceIndex, unknownKey } from './indexing';
import { c, collect, instanceOf, m, markTransparent, nativeClass, payloadOf, property, raw, withItems } from './native';
import { objectClass } from './object';
import { combineSets, containsValue, equalValues, sortValues } from './operators';

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
