/** `typing`, `typing_extensions`, `types`, `abc`: names that mean nothing at run time, and the few that make classes. */
import { isUnknown } from '../../../base/unknown';
import { alias, entry, fn, type LibraryEntry } from '../library';
import { iterator, bool, dict, dictOfNames, falseValue, namesOf, none, str, tuple, type ClassValue, type InstanceValue, type Value } from '../values';
import { abcMeta, abstractClass, abstractNamed } from '../objects/abstract';
import { classOf, registerClass, registered } from '../objects/class-of';
import { counterClass, defaultDictClass, dictClass, frozensetClass, listClass, mappingProxyClass, orderedDictClass, setClass, tupleClass } from '../objects/classes';
import { namedTupleClass } from './collections';
import { birth } from '../heap/cells';
import { complete, instanceOf, nativeClass, property, raw, withItems } from '../objects/native';
import { frameClass } from '../objects/frame-object';
import { objectClass, typeClass } from '../objects/object';
import { generatorClass } from '../objects/classes';
import { aliasClass, aliasOf, partsOf, unionClass } from '../objects/typing-alias';

/** `Optional`, `Union`, `Any` …: subscripting gives an alias. */
const specialClass = nativeClass('typing._SpecialForm', [objectClass], [
  ['__getitem__', raw('typing.__getitem__', ({ positional: [self = none, key = none] }) => subscripted(self, key), true)],
  ['__call__', raw('typing.__call__', (args, interpreter) => {
    const [self = none, ...positional] = args.positional;
    const origin = self.kind === 'instance' ? self.attributes.get('__origin__') : undefined;
    return origin?.kind === 'class' ? interpreter.call(origin, { ...args, positional }) : interpreter.raise('TypeError', 'this type cannot be instantiated', args.at);
  }, true)],
  ['__mro_entries__', raw('typing.__mro_entries__', ({ positional: [self = none] }) => tuple([(self.kind === 'instance' && self.attributes.get('__origin__')) || objectClass]), true)],
  ['__or__', raw('typing.__or__', ({ positional: [a = none, b = none] }) => writtenUnion([a, b]), true)],
  ['__ror__', raw('typing.__ror__', ({ positional: [a = none, b = none] }) => writtenUnion([b, a]), true)],
  ['__repr__', raw('typing.__repr__', ({ positional: [self = none] }) => str(`typing.${nameOf(self)}`), true)],
]);

const nameOf = (self: Value): string => {
  const name = self.kind === 'instance' ? self.attributes.get('_name') : undefined;
  return name?.kind === 'str' ? name.value : '';
};

function special(name: string, origin?: ClassValue): InstanceValue {
  return instanceOf(specialClass, [['_name', str(name)], ['__name__', str(name)], ...(origin ? [['__origin__', origin] as const] : [])]);
}

const union = special('Union');

function writtenUnion(options: readonly Value[]): Value {
  const parts = tuple([...new Set(options.flatMap(partsOf))]);
  return aliasOf(union, parts, 'Union', [['__union__', parts]]);
}

function subscripted(self: Value, key: Value): Value {
  const name = nameOf(self);
  const items = key.kind === 'tuple' ? key.items : [key];
  switch (name) {
    case 'Union': return writtenUnion(items);
    case 'Optional': return writtenUnion([...items, none]);
    case 'Annotated': case 'Required': case 'NotRequired': case 'ReadOnly': return items[0] ?? none;
    default: {
      const origin = self.kind === 'instance' ? self.attributes.get('__origin__') : undefined;
      return aliasOf(origin ?? self, key, name);
    }
  }
}

const aliases: Readonly<Record<string, ClassValue | undefined>> = {
  List: listClass, Dict: dictClass, Tuple: tupleClass, Set: setClass, FrozenSet: frozensetClass, Type: typeClass, DefaultDict: defaultDictClass, OrderedDict: orderedDictClass, Counter: counterClass,
  ...Object.fromEntries(['Iterable', 'Iterator', 'Sequence', 'Mapping', 'MutableMapping', 'MutableSequence', 'MutableSet', 'Collection', 'Container', 'Sized', 'Hashable', 'Reversible', 'Callable',
    'Generator', 'AsyncGenerator', 'Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'KeysView', 'ValuesView', 'ItemsView', 'ByteString'].map(name => [name, abstractNamed(name)])),
  AbstractSet: abstractNamed('Set'),
};

const forms = ['Optional', 'Literal', 'ClassVar', 'Final', 'Annotated', 'Concatenate', 'TypeGuard', 'TypeIs', 'Unpack', 'Required', 'NotRequired', 'ReadOnly', 'NoReturn', 'Never', 'Self', 'LiteralString', 'TypeAlias', 'AnyStr', 'Text', 'Pattern', 'Match', 'IO', 'TextIO', 'BinaryIO', 'Deque', 'ChainMap', 'ContextManager', 'AsyncContextManager'];

/** `Generic[T]` is `Generic`: parameters change nothing at run time. */
const ignoreParameters: readonly [string, Value] = ['__class_getitem__', { kind: 'classmethod', callee: raw('__class_getitem__', ({ positional: [cls = none] }) => cls) }];
const anyClass = nativeClass('typing.Any', [objectClass], [ignoreParameters]);
const genericClass = nativeClass('typing.Generic', [objectClass], [ignoreParameters]);
const protocolClass = nativeClass('typing.Protocol', [genericClass], [ignoreParameters], { metaclass: abcMeta });

const typeVariable = (name: string): ClassValue => nativeClass(`typing.${name}`, [objectClass], [
  property('args', self => self), property('kwargs', self => self),
  ['__or__', raw('TypeVar.__or__', ({ positional: [a = none, b = none] }) => writtenUnion([a, b]), true)],
  ['__ror__', raw('TypeVar.__ror__', ({ positional: [a = none, b = none] }) => writtenUnion([b, a]), true)],
  ['__iter__', raw('TypeVarTuple.__iter__', ({ positional: [self = none] }) => iterator('iterator', [self]), true)],
], {
  allocate: (cls, args) => instanceOf(cls, [
    ['__name__', args.positional[0] ?? none], ['__constraints__', tuple(args.positional.slice(1))], ['__bound__', args.keywords.find(([key]) => key === 'bound')?.[1] ?? none],
  ]),
});

const forwardClass = nativeClass('typing.ForwardRef', [objectClass], [], {
  allocate: (cls, args) => instanceOf(cls, [['__forward_arg__', args.positional[0] ?? none], ['__forward_evaluated__', falseValue], ['__forward_value__', none]]),
});

/** Own and inherited annotations, in order of definition. */
export function annotationsOf(cls: ClassValue): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const ancestor of [...cls.mro].reverse()) {
    const own = ancestor.attributes.get('__annotations__');
    if (own?.kind === 'dict') for (const { key, value } of own.entries.values()) if (key.kind === 'str') found.set(key.value, value);
  }
  return found;
}

const reserved = new Set(['__module__', '__qualname__', '__annotations__', '__dict__', '__orig_bases__']);

const namedTupleBase: ClassValue = nativeClass('typing.NamedTuple', [objectClass], [
  ['__init_subclass_native__', raw('NamedTuple.__init_subclass__', ({ positional: [cls = none] }) => {
    if (cls.kind !== 'class') return none;
    const names = [...annotationsOf(cls).keys()];
    const defaults = new Map(names.flatMap(name => {
      const value = cls.attributes.get(name);
      return value ? [[name, value] as const] : [];
    }));
    const more = [...cls.attributes].filter(([name]) => !names.includes(name) && !reserved.has(name));
    const made = namedTupleClass(cls.name, cls.qualifiedName.slice(0, -cls.name.length - 1), { names, defaults }, [...more, ['__annotations__', cls.attributes.get('__annotations__') ?? dict()]], cls.at);
    return complete(made, cls.definition ? { definition: cls.definition } : {});
  })],
], {
  allocate: (_cls, args, interpreter) => {
    const [name = none, fields] = args.positional;
    return withItems(fields ?? tuple([]), interpreter, args.at, pairs => {
      const names = pairs.map(pair => (pair.kind === 'tuple' && pair.items[0]?.kind === 'str' ? pair.items[0].value : ''));
      return namedTupleClass(name.kind === 'str' ? name.value : '', '__main__', { names, defaults: new Map() }, [], args.at);
    });
  },
});

/** A typed dictionary is a dict: its class only makes one. */
const typedDictBase: ClassValue = nativeClass('typing.TypedDict', [dictClass], [
  ['__init_subclass_native__', raw('TypedDict.__init_subclass__', ({ positional: [cls = none] }, interpreter) => {
    if (cls.kind !== 'class') return none;
    interpreter.heap.write(cls, 'allocate', (_made, args, running) => dictClass.allocate?.(dictClass, args, running) ?? none);
    return cls;
  })],
], { allocate: () => dictClass });

const identityNames = ['overload', 'final', 'no_type_check', 'runtime_checkable', 'runtime', 'dataclass_transform', 'override', 'deprecated', 'type_check_only'];

/** Plain decorators give back what they get; with options they give back a decorator. */
function identity(name: string): LibraryEntry {
  const value = raw(name, ({ positional: [first], keywords }) => (first && first.kind !== 'str' && keywords.length === 0 ? first : raw(name, ({ positional: [inner = none] }) => inner)));
  return entry(name, () => value);
}

const originOf = (value: Value): Value => (value.kind === 'instance' && value.attributes.get('__origin__')) || none;

function rowsOf(module: string): LibraryEntry[] {
  return [
    ...Object.entries(aliases).map(([name, origin]) => {
      const value = special(name, origin);
      return entry(`${module}.${name}`, () => value);
    }),
    ...forms.map(name => {
      const value = special(name);
      return entry(`${module}.${name}`, () => value);
    }),
    entry(`${module}.Union`, () => union),
    entry(`${module}.Any`, () => anyClass), entry(`${module}.Generic`, () => genericClass), entry(`${module}.Protocol`, () => protocolClass),
    entry(`${module}.NamedTuple`, () => namedTupleBase), entry(`${module}.TypedDict`, () => typedDictBase),
    ...['TypeVar', 'ParamSpec', 'TypeVarTuple', 'ParamSpecArgs', 'ParamSpecKwargs', 'TypeAliasType'].map(name => {
      const cls = typeVariable(name);
      return entry(`${module}.${name}`, () => cls);
    }),
    ...['Int', 'Float', 'Complex', 'Bytes', 'Index', 'Abs', 'Round'].map(name => {
      const cls = abstractClass(`${module}.Supports${name}`, [], { methods: [`__${name.toLowerCase()}__`] });
      return entry(cls.qualifiedName, () => cls);
    }),
    entry(`${module}.TYPE_CHECKING`, () => falseValue),
    ...identityNames.map(name => identity(`${module}.${name}`)),
    entry(`${module}.cast`, () => raw(`${module}.cast`, ({ positional: [, value = none] }) => value)),
    entry(`${module}.assert_type`, () => raw(`${module}.assert_type`, ({ positional: [value = none] }) => value)),
    entry(`${module}.reveal_type`, () => raw(`${module}.reveal_type`, ({ positional: [value = none] }) => value)),
    entry(`${module}.assert_never`, () => raw(`${module}.assert_never`, () => none)),
    entry(`${module}.NewType`, () => raw(`${module}.NewType`, ({ positional: [name = none] }) => raw(name.kind === 'str' ? name.value : 'NewType', ({ positional: [value = none] }) => value))),
    entry(`${module}.ForwardRef`, () => forwardClass),
    entry(`${module}.get_origin`, () => raw(`${module}.get_origin`, ({ positional: [value = none] }) => originOf(value))),
    entry(`${module}.get_args`, () => raw(`${module}.get_args`, ({ positional: [value = none] }) => (value.kind === 'instance' && value.attributes.get('__args__')) || tuple([]))),
    entry(`${module}.is_typeddict`, () => raw(`${module}.is_typeddict`, ({ positional: [value = none] }) => bool(value.kind === 'class' && value.mro.includes(typedDictBase)))),
    entry(`${module}.get_type_hints`, () => raw(`${module}.get_type_hints`, ({ positional: [value = none], at }, interpreter) => {
      if (value.kind === 'class') return dictOfNames(annotationsOf(value));
      return isUnknown(value) ? value : (interpreter.findAttribute(value, '__annotations__', at) ?? dict());
    })),
  ];
}

// ——— types, abc ———

const namespaceClass = nativeClass('types.SimpleNamespace', [objectClass], [
  ['__init__', raw('SimpleNamespace.__init__', ({ positional: [self = none], keywords }, interpreter) => {
    if (self.kind !== 'instance') return none;
    for (const [name, value] of keywords) interpreter.heap.set(self.attributes, name, value);
    return none;
  }, true)],
  ['__eq__', raw('SimpleNamespace.__eq__', ({ positional: [a = none, b = none], at }, interpreter) => interpreter.callWith(interpreter.libraryValue('operator.eq'), [interpreter.attribute(a, '__dict__', at), interpreter.attribute(b, '__dict__', at)], at), true)],
  ['__repr__', raw('SimpleNamespace.__repr__', ({ positional: [self = none], at }, interpreter) => {
    const parts = [...(self.kind === 'instance' ? self.attributes : [])].map(([name, value]) => {
      const text = interpreter.callWith(interpreter.libraryValue('builtins.repr'), [value], at);
      return text.kind === 'str' ? `${name}=${text.value}` : '';
    });
    return str(`namespace(${parts.join(', ')})`);
  }, true)],
]);

const moduleClass: ClassValue = registerClass('module', nativeClass('builtins.module', [objectClass], [], {
  allocate: (cls, args) => {
    const name = args.positional[0]?.kind === 'str' ? args.positional[0].value : 'module';
    if (cls !== moduleClass) return instanceOf(cls, [['__name__', str(name)]]);
    return { kind: 'module', name, uri: undefined, attributes: namesOf([['__name__', str(name)], ['__doc__', none]]), isPackage: false, loading: false, born: birth() };
  },
}));

/** The class of a kind of value, by an example of it. */
const kindEntry = (name: string, example: Value): LibraryEntry => entry(`types.${name}`, interpreter => classOf(example, interpreter));
const example = raw('example', () => none);

const methodType = registerClass('method', nativeClass('builtins.method', [objectClass], [
  ['__call__', raw('method.__call__', (args, interpreter) => interpreter.call(args.positional[0] ?? none, { ...args, positional: args.positional.slice(1) }), true)],
], { allocate: (_cls, args) => ({ kind: 'method', callee: args.positional[0] ?? none, self: args.positional[1] ?? none }) }));

const abcClass = nativeClass('abc.ABC', [objectClass], [], { metaclass: abcMeta });

export const typingEntries: readonly LibraryEntry[] = [
  ...rowsOf('typing'), ...rowsOf('typing_extensions'),
  entry('types.SimpleNamespace', () => namespaceClass), entry('types.ModuleType', () => moduleClass), entry('types.MappingProxyType', () => mappingProxyClass), entry('types.GenericAlias', () => aliasClass),
  entry('types.UnionType', () => unionClass), entry('types.GeneratorType', () => generatorClass), entry('types.NoneType', () => registered('NoneType')),
  kindEntry('BuiltinFunctionType', example), kindEntry('BuiltinMethodType', example),
  entry('types.FunctionType', interpreter => classOf({ kind: 'function' } as Value, interpreter)), alias('types.LambdaType', 'types.FunctionType'),
  entry('types.MethodType', () => methodType), entry('types.FrameType', () => frameClass),
  entry('types.DynamicClassAttribute', interpreter => interpreter.libraryValue('builtins.property')),
  fn('types.new_class(name, bases=(), kwds=None, exec_body=None)', (p, interpreter, { at }) => interpreter.callWith(interpreter.libraryValue('builtins.type'), [p.name, p.bases, dict()], at)),
  entry('abc.ABC', () => abcClass), entry('abc.ABCMeta', () => abcMeta),
  identity('abc.abstractmethod'),
  entry('abc.abstractproperty', interpreter => interpreter.libraryValue('builtins.property')),
  entry('abc.abstractclassmethod', interpreter => interpreter.libraryValue('builtins.classmethod')),
  entry('abc.abstractstaticmethod', interpreter => interpreter.libraryValue('builtins.staticmethod')),
  ...['update_abstractmethods', 'get_cache_token'].map(name => identity(`abc.${name}`)),
  identity('types.coroutine'),
];
