/** `collections` and `collections.abc`. */
import { charge, work } from '../../../base/budget';
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { entry, fn, type LibraryEntry } from '../library';
import { dict, list, none, str, tuple, type CallArguments, type ClassValue, type ListValue, type Value } from '../values';
import { abstractClasses } from '../objects/abstract';
import { registerClass } from '../objects/class-of';
import { counterClass, defaultDictClass, listClass, orderedDictClass, tupleClass } from '../objects/classes';
import { complete, c, collect, derivedClass, instanceOf, m, nativeClass, payloadOf, property, raw, withItems } from '../objects/native';
import { objectClass } from '../objects/object';
import { reprOf } from '../objects/text';

// ——— namedtuple ———

export interface Fields { readonly names: readonly string[]; readonly defaults: ReadonlyMap<string, Value> }

const wordsPerField = 40;
/** Fields that are looked up in one step. */
const fieldsPerStep = 32;

/** The class behind `namedtuple(…)` and `class P(NamedTuple)`. */
export function namedTupleClass(name: string, module: string, fields: Fields, more: Iterable<readonly [string, Value]>, at: Location | undefined): ClassValue {
  charge(fields.names.length * wordsPerField);
  work(fields.names.length);
  const cls = derivedClass(name, module, [tupleClass], [
    ['_fields', tuple(fields.names.map(str))],
    ['_field_defaults', dict([...fields.defaults].map(([key, value]) => [str(key), value]))],
    ['__match_args__', tuple(fields.names.map(str))],
    ...fields.names.map((field, index) => property(field, self => (self.kind === 'tuple' ? (self.items[index] ?? none) : none))),
    m('namedtuple._asdict(self)', p => dict(fields.names.map((field, index) => [str(field), itemsOf(p.self)[index] ?? none]))),
    ['_replace', raw('namedtuple._replace', ({ positional: [self = none], keywords, at: place }, interpreter) => {
      work(fields.names.length * (1 + keywords.length) / fieldsPerStep);
      const wrong = keywords.find(([key]) => !fields.names.includes(key));
      if (wrong) return interpreter.raise('ValueError', `Got unexpected field names: ['${wrong[0]}']`, place);
      return tuple(fields.names.map((field, index) => keywords.find(([key]) => key === field)?.[1] ?? itemsOf(self)[index] ?? none), self.kind === 'tuple' ? self.cls : undefined);
    }, true)],
    c('namedtuple._make(cls, iterable)', (p, interpreter, { at: place }) => withItems(p.iterable, interpreter, place, items => tuple(items, p.cls.kind === 'class' ? p.cls : undefined))),
    ['__new__', raw('namedtuple.__new__', (args, interpreter) => {
      const [made, ...positional] = args.positional;
      return made?.kind === 'class' ? bindFields(made, name, fields, { ...args, positional }, interpreter) : none;
    })],
    ['__getnewargs__', raw('namedtuple.__getnewargs__', ({ positional: [self = none] }) => tuple(itemsOf(self)), true)],
    ...more,
  ], at);
  return complete(cls, { allocate: (made: ClassValue, args: CallArguments, interpreter: Interpreter) => bindFields(made, name, fields, args, interpreter) });
}

function itemsOf(value: Value): readonly Value[] {
  return value.kind === 'tuple' ? value.items : [];
}

function bindFields(cls: ClassValue, name: string, fields: Fields, args: CallArguments, interpreter: Interpreter): Value {
  work(fields.names.length * (1 + args.keywords.length) / fieldsPerStep);
  if (args.positional.length > fields.names.length) return interpreter.raise('TypeError', `${name}.__new__() takes ${fields.names.length + 1} positional arguments but ${args.positional.length + 1} were given`, args.at);
  const wrong = args.keywords.find(([key]) => !fields.names.includes(key));
  if (wrong) return interpreter.raise('TypeError', `${name}.__new__() got an unexpected keyword argument '${wrong[0]}'`, args.at);
  return tuple(fields.names.map((field, index) => args.positional[index] ?? args.keywords.find(([key]) => key === field)?.[1] ?? fields.defaults.get(field)
    ?? interpreter.raise('TypeError', `${name}.__new__() missing 1 required positional argument: '${field}'`, args.at)), cls);
}

// ——— deque ———

const limitOf = (self: Value): number => {
  const limit = self.kind === 'instance' ? self.attributes.get('maxlen') : undefined;
  return limit?.kind === 'int' ? limit.value : Infinity;
};

function items(self: Value): ListValue {
  const held = payloadOf(self);
  return held.kind === 'list' ? held : list([]);
}

/** Adds at one end and lets the other fall off. */
function push(self: Value, added: readonly Value[], left: boolean, interpreter: Interpreter): Value {
  const target = items(self);
  interpreter.budget.allocate(added.length);
  for (const item of added) {
    if (left) interpreter.heap.splice(target, 0, 0, [item]);
    else interpreter.heap.push(target, item);
    if (target.items.length > limitOf(self)) interpreter.heap.splice(target, left ? target.items.length - 1 : 0, 1);
  }
  return none;
}

const fromList = ['__len__', '__iter__', '__contains__', '__getitem__', '__setitem__', '__delitem__', '__reversed__', '__eq__', '__ne__', '__lt__', '__add__', '__mul__', 'index', 'count', 'remove', 'clear', 'reverse', 'insert', '__class_getitem__'];

const dequeClass: ClassValue = registerClass('deque', nativeClass('collections.deque', [objectClass], [
  ...[...listClass.attributes].filter(([name]) => fromList.includes(name)),
  m('deque.append(self, x, /)', (p, i) => push(p.self, [p.x], false, i)),
  m('deque.appendleft(self, x, /)', (p, i) => push(p.self, [p.x], true, i)),
  m('deque.extend(self, iterable, /)', (p, i, { at }) => withItems(p.iterable, i, at, added => push(p.self, added, false, i))),
  m('deque.extendleft(self, iterable, /)', (p, i, { at }) => withItems(p.iterable, i, at, added => push(p.self, added, true, i))),
  m('deque.pop(self)', (p, i, { at }) => i.heap.splice(items(p.self), -1, 1)[0] ?? i.raise('IndexError', 'pop from an empty deque', at)),
  m('deque.popleft(self)', (p, i, { at }) => i.heap.splice(items(p.self), 0, 1)[0] ?? i.raise('IndexError', 'pop from an empty deque', at)),
  m('deque.copy(self)', p => instanceOf(dequeClass, [['maxlen', p.self.kind === 'instance' ? (p.self.attributes.get('maxlen') ?? none) : none]], list([...items(p.self).items]))),
  m('deque.rotate(self, n=1, /)', (p, i) => {
    const target = items(p.self);
    const size = target.items.length;
    const by = size === 0 ? 0 : ((numberOf(p.n) % size) + size) % size;
    if (by > 0) i.heap.replaceItems(target, [...target.items.slice(size - by), ...target.items.slice(0, size - by)]);
    return none;
  }),
  m('deque.__repr__(self)', (p, i, { at }) => {
    const text = reprOf(list([...items(p.self).items]), i, at);
    return isUnknown(text) ? text : str(`deque(${text}${limitOf(p.self) === Infinity ? '' : `, maxlen=${limitOf(p.self)}`})`);
  }),
], {
  allocate: (cls, args, interpreter) => {
    const named = (name: string) => args.keywords.find(([key]) => key === name)?.[1];
    const limit = args.positional[1] ?? named('maxlen') ?? none;
    const source = args.positional[0] ?? named('iterable');
    const made = instanceOf(cls, [['maxlen', limit]], list([]));
    const found = source ? collect(source, interpreter, args.at) : [];
    if (isUnknown(found)) return found;
    push(made, found, false, interpreter);
    return made;
  },
}));

export const collectionsEntries: readonly LibraryEntry[] = [
  ...[orderedDictClass, defaultDictClass, counterClass, dequeClass].map(cls => entry(cls.qualifiedName, () => cls)),
  fn('collections.namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)', (p, interpreter, { at }) => {
    const listed = p.field_names.kind === 'str' ? list(p.field_names.value.replaceAll(',', ' ').split(/\s+/).filter(name => name !== '').map(str)) : p.field_names;
    return withItems(listed, interpreter, at, fields => {
      const open = fields.find(isUnknown);
      if (open) return open;
      const names = fields.map(field => (field.kind === 'str' ? field.value : ''));
      const given = p.defaults.kind === 'none' ? [] : collect(p.defaults, interpreter, at);
      if (isUnknown(given)) return given;
      const defaults = new Map(given.map((value, i) => [names[names.length - given.length + i] ?? '', value]));
      return namedTupleClass(p.typename.kind === 'str' ? p.typename.value : 'namedtuple', '__main__', { names, defaults }, [], at);
    });
  }),
  ...abstractClasses.flatMap(cls => [entry(cls.qualifiedName, () => cls)]),
];
