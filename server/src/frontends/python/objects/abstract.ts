/** Abstract base classes: which built-in and user classes count as Iterable, Sequence, Mapping, Callable … */
import { list, none, str, tuple, type ClassValue, type Value } from '../values';
import { mappingRows, mutableMappingRows } from './mapping-rows';
import { m, nativeClass, raw } from './native';
import { objectClass, typeClass } from './object';

interface Abstract {
  /** Any class that defines all of these is one. */
  readonly methods?: readonly string[];
  /** Built-in classes registered by name. */
  readonly members?: ReadonlySet<string>;
  /** Registered by the program. */
  readonly registered: Set<ClassValue>;
}

const abstracts = new WeakMap<ClassValue, Abstract>();

export const abcMeta = nativeClass('abc.ABCMeta', [typeClass], [
  m('ABCMeta.register(cls, subclass)', p => {
    if (p.cls.kind === 'class' && p.subclass.kind === 'class') {
      const known = abstracts.get(p.cls) ?? { registered: new Set<ClassValue>() };
      known.registered.add(p.subclass);
      abstracts.set(p.cls, known);
    }
    return p.subclass;
  }),
]);

const subscripted: readonly [string, Value] = ['__class_getitem__', { kind: 'classmethod', callee: raw('__class_getitem__', ({ positional: [cls = none] }) => cls) }];

export function abstractClass(
  name: string, bases: readonly ClassValue[], rule: { methods?: readonly string[]; members?: readonly string[] },
  rows: readonly (readonly [string, Value])[] = [],
): ClassValue {
  const cls = nativeClass(name, bases.length > 0 ? bases : [objectClass], [subscripted, ...rows], { metaclass: abcMeta });
  abstracts.set(cls, { ...(rule.methods ? { methods: rule.methods } : {}), ...(rule.members ? { members: new Set(rule.members) } : {}), registered: new Set() });
  return cls;
}

/** Whether a class counts as `target` without inheriting from it. */
export function abstractCheck(cls: ClassValue, target: ClassValue): boolean {
  const rule = abstracts.get(target);
  if (!rule) return false;
  if (cls.mro.some(ancestor => rule.registered.has(ancestor) || rule.members?.has(ancestor.name) === true && ancestor.isNative)) return true;
  return rule.methods?.every(name => {
    const found = cls.mro.map(ancestor => ancestor.attributes.get(name)).find(value => value !== undefined);
    return found !== undefined && found.kind !== 'none';
  }) ?? false;
}

const namesRow = (names: readonly string[]): readonly [string, Value] => ['__abstractmethods__', tuple(names.map(str))];
const protocol = (name: string, ...methods: string[]) => abstractClass(`collections.abc.${name}`, [], { methods }, [namesRow(methods)]);

const iterable = protocol('Iterable', '__iter__');
const iteratorAbc = abstractClass('collections.abc.Iterator', [iterable], { methods: ['__iter__', '__next__'] });
const sized = protocol('Sized', '__len__');
const container = protocol('Container', '__contains__');
const collection = abstractClass('collections.abc.Collection', [sized, iterable, container], { methods: ['__len__', '__iter__', '__contains__'] });
const reversible = abstractClass('collections.abc.Reversible', [iterable], { methods: ['__reversed__', '__iter__'], members: ['list', 'tuple', 'str', 'range', 'dict', 'bytes', 'deque'] });
const sequence = abstractClass('collections.abc.Sequence', [reversible, collection], { members: ['list', 'tuple', 'str', 'range', 'bytes', 'deque'] }, [
  m('Sequence.index(self, value, start=0, stop=None)', (p, i, { at }) => i.callMethod(list([...i.iterate(p.self, at)]), 'index', [p.value], at)),
  m('Sequence.count(self, value)', (p, i, { at }) => i.callMethod(list([...i.iterate(p.self, at)]), 'count', [p.value], at)),
]);
const mapping = abstractClass('collections.abc.Mapping', [collection], { members: ['dict', 'mappingproxy', 'MappingProxyType', 'ChainMap', 'UserDict'] }, mappingRows);
const setAbc = abstractClass('collections.abc.Set', [collection], { members: ['set', 'frozenset', 'dict_keys', 'dict_items'] });

export const abstractClasses: readonly ClassValue[] = [
  iterable, iteratorAbc, sized, container, collection, reversible, sequence, mapping, setAbc,
  protocol('Callable', '__call__'), protocol('Hashable', '__hash__'), protocol('Awaitable', '__await__'), protocol('AsyncIterable', '__aiter__'), protocol('AsyncIterator', '__anext__'),
  protocol('Buffer', '__buffer__'),
  abstractClass('collections.abc.Coroutine', [], { methods: ['send', 'throw', '__await__'] }),
  abstractClass('collections.abc.Generator', [iteratorAbc], { members: ['generator'] }),
  abstractClass('collections.abc.AsyncGenerator', [], {}),
  abstractClass('collections.abc.MutableSequence', [sequence], { members: ['list', 'bytearray', 'deque'] }),
  abstractClass('collections.abc.MutableMapping', [mapping], { members: ['dict', 'ChainMap', 'UserDict'] }, mutableMappingRows),
  abstractClass('collections.abc.MutableSet', [setAbc], { members: ['set'] }),
  abstractClass('collections.abc.ByteString', [sequence], { members: ['bytes', 'bytearray'] }),
  abstractClass('collections.abc.MappingView', [sized], { members: ['dict_keys', 'dict_values', 'dict_items'] }),
  abstractClass('collections.abc.KeysView', [setAbc], { members: ['dict_keys'] }),
  abstractClass('collections.abc.ItemsView', [setAbc], { members: ['dict_items'] }),
  abstractClass('collections.abc.ValuesView', [collection], { members: ['dict_values'] }),
];

/** Abstract classes by their short name. */
export function abstractNamed(name: string): ClassValue {
  return abstractClasses.find(cls => cls.name === name) ?? objectClass;
}
