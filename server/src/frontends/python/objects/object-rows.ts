/** What `object` and `type` can do. Apart from the classes themselves, because these rows need the evaluator. */
import type { Location } from '../../../base/span';
import { Cells } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import { bool, dictOfNames, identityOf, instance, int, list, none, notImplemented, str, tuple, type Value } from '../values';
import { isUnknown } from '../../../base/unknown';
import { classOf } from './class-of';
import { c, extendClass, raw } from './native';
import { linearise } from './resolution-order';
import { objectClass, typeClass } from './object';
import { isSame, reprOf, strOf, formatValue, textValue } from './text';

const objectRows: readonly (readonly [string, Value])[] = [
  ['__init__', raw('object.__init__', () => none, true)],
  ['__new__', raw('object.__new__', (args, interpreter) => {
    const cls = args.positional[0];
    if (!cls || cls.kind !== 'class') return cls ?? none;
    const rest = { ...args, positional: args.positional.slice(1), implicit: 0 };
    return cls.allocate ? cls.allocate(cls, rest, interpreter) : instance(cls);
  })],
  ['__setattr__', raw('object.__setattr__', (args, interpreter) => {
    const [self, name, value] = args.positional;
    if (name?.kind !== 'str' || !value || !self) return none;
    if (self.kind === 'instance') interpreter.setInstanceAttribute(self, name.value, value, args.at);
    else interpreter.setAttribute(self, name.value, value, args.at);
    return none;
  }, true)],
  ['__delattr__', raw('object.__delattr__', (args, interpreter) => {
    const [self, name] = args.positional;
    if (name?.kind !== 'str' || self?.kind !== 'instance') return none;
    if (!interpreter.heap.delete(self.attributes, name.value)) interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name.value}'`, args.at);
    return none;
  }, true)],
  ['__getattribute__', raw('object.__getattribute__', (args, interpreter) => {
    const [self, name] = args.positional;
    if (!self || name?.kind !== 'str') return name ?? none;
    if (self.kind !== 'instance') return interpreter.attribute(self, name.value, args.at);
    return interpreter.instanceAttribute(self, name.value, args.at) ?? interpreter.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name.value}'`, args.at);
  }, true)],
  ['__eq__', raw('object.__eq__', ({ positional: [a, b] }) => (a && b && isSame(a, b) === true ? bool(true) : notImplemented), true)],
  ['__ne__', raw('object.__ne__', ({ positional: [a, b] }) => (a && b && isSame(a, b) === true ? bool(false) : notImplemented), true)],
  ['__hash__', raw('object.__hash__', ({ positional: [self] }) => int(self ? identityOf(self) : 0), true)],
  ['__repr__', raw('object.__repr__', (args, interpreter) => {
    const self = args.positional[0] ?? none;
    return self.kind === 'instance'
      ? textValue(self.payload ? reprOf(self.payload, interpreter, args.at) : `<${self.cls.qualifiedName} object at 0x7f00>`)
      : textValue(reprOf(self, interpreter, args.at));
  }, true)],
  ['__str__', raw('object.__str__', (args, interpreter) => textValue(reprOf(args.positional[0] ?? none, interpreter, args.at)), true)],
  ['__format__', raw('object.__format__', (args, interpreter) => {
    const [self = none, spec] = args.positional;
    const text = strOf(self, interpreter, args.at);
    return isUnknown(text) ? text : textValue(formatValue(str(text), spec?.kind === 'str' ? spec.value : '', interpreter, args.at));
  }, true)],
  ['__dir__', raw('object.__dir__', ({ positional: [self = none] }, interpreter) => list(namesOf(self, classOf(self, interpreter)).map(str)), true)],
  ['__reduce__', raw('object.__reduce__', ({ positional: [self = none], at }, interpreter) =>
    tuple([interpreter.libraryValue('copyreg._reconstructor'), tuple([classOf(self, interpreter), objectClass, none]), stateOf(self, interpreter, at)]), true)],
  ['__reduce_ex__', raw('object.__reduce_ex__', ({ positional: [self = none], at }, interpreter) => {
    const own = self.kind === 'instance' ? interpreter.lookupClass(self.cls, '__reduce__') : undefined;
    if (own?.kind === 'function') return interpreter.callWith(own, [self], at);
    return tuple([interpreter.libraryValue('copyreg.__newobj__'), tuple([classOf(self, interpreter)]), stateOf(self, interpreter, at), none, none]);
  }, true)],
  ['__getstate__', raw('object.__getstate__', ({ positional: [self = none] }) => plainState(self), true)],
  c('object.__init_subclass__(cls, **kwargs)', () => none),
  c('object.__subclasshook__(cls, subclass)', () => notImplemented),
];

/** What pickling and copying take of an object. */
function stateOf(self: Value, interpreter: Interpreter, at: Location): Value {
  const own = self.kind === 'instance' ? interpreter.lookupClass(self.cls, '__getstate__') : undefined;
  return own ? interpreter.callWith(own, [self], at) : plainState(self);
}

function plainState(self: Value): Value {
  return self.kind === 'instance' && self.attributes.size > 0 ? dictOfNames(self.attributes) : none;
}

/** What `dir()` lists, sorted. */
export function namesOf(value: Value, cls: ReturnType<typeof classOf>): string[] {
  const names = new Set<string>();
  if (value.kind === 'instance' || value.kind === 'module') for (const name of value.attributes.keys()) names.add(name);
  const mro = value.kind === 'class' ? value.mro : value.kind === 'module' ? [] : cls.mro;
  for (const ancestor of mro) for (const name of ancestor.attributes.keys()) names.add(name);
  return [...names].sort();
}

const typeRows: readonly (readonly [string, Value])[] = [
  ['__call__', raw('type.__call__', (args, interpreter) => {
    const [cls, ...positional] = args.positional;
    if (cls?.kind !== 'class') return none;
    return interpreter.construct(cls, { ...args, positional, implicit: 0 });
  }, true)],
  ['__new__', raw('type.__new__', (args, interpreter) => {
    const [metaclass, name, bases, attributes] = args.positional;
    if (metaclass?.kind !== 'class' || name?.kind !== 'str') return name ?? none;
    const parents = bases?.kind === 'tuple' ? bases.items : [];
    const names = new Cells<string, Value>();
    if (attributes?.kind === 'dict') for (const { key, value } of attributes.entries.values()) if (key.kind === 'str') names.set(key.value, value);
    const moduleName = names.get('__module__');
    return interpreter.makeClass({
      name: name.value, qualifiedName: moduleName?.kind === 'str' ? `${moduleName.value}.${name.value}` : name.value,
      bases: parents.filter(base => base.kind === 'class' || base.kind === 'unknown'), attributes: names, at: args.at,
      ...(metaclass === typeClass ? {} : { metaclass }),
    }, args.keywords, args.at);
  })],
  ['__init__', raw('type.__init__', () => none, true)],
  ['__subclasses__', raw('type.__subclasses__', () => list([]), true)],
  ['__instancecheck__', raw('type.__instancecheck__', ({ positional: [cls, value] }, interpreter) =>
    bool(cls?.kind === 'class' && value !== undefined && classOf(value, interpreter).mro.includes(cls)), true)],
  ['__prepare__', { kind: 'classmethod', callee: raw('type.__prepare__', () => dictOfNames([])) }],
  ['mro', raw('type.mro', ({ positional: [cls] }) => list(cls?.kind === 'class' ? [cls, ...linearise(cls.bases)] : []), true)],
];

extendClass(objectClass, objectRows);
extendClass(typeClass, typeRows);
