/** `list` and `tuple`. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { int, iterator, list, none, tuple, type ClassValue, type ListValue, type TupleValue, type Value } from '../values';
import { registerClass } from './class-of';
import { compareRows, operatorRows } from './classes-numbers';
import { containerRows, indexRows, writeRows } from './container-rows';
import { indexOf } from './indexing';
import { collect, instanceOf, m, markTransparent, nativeClass, payloadOf, raw, withItems } from './native';
import { objectClass } from './object';
import { equalValues, sortValues } from './operators';

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
