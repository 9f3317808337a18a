/** `set` and `frozenset`. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import { Cells } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import { bool, hashKey, none, notImplemented, set, typeName, type ClassValue, type SetValue, type Value } from '../values';
import { registerClass } from './class-of';
import { compareRows, operatorRows } from './classes-numbers';
import { containerRows, type Row } from './container-rows';
import { raiseKeyError } from './indexing';
import { collect, instanceOf, m, markTransparent, nativeClass, payloadOf, raw, withItems } from './native';
import { objectClass } from './object';
import { combineSets } from './operators';

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
