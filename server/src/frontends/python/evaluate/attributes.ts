/** Attribute access: descriptors, the method resolution order, `__getattr__`, and the natives' own attributes. */
import type { Location } from '../../../base/span';
import { isUnknown, notModelled, unknown } from '../../../base/unknown';
import { moduleFrame } from '../environment';
import type { Interpreter } from '../interpreter';
import { namespaceDict } from '../objects/namespace';
import { className, PythonError } from '../objects/python-error';
import { classOf } from '../objects/class-of';
import { builtinMethod } from '../objects/members';
import { demandSlot } from '../objects/slots';
import { toEither } from './one-of';
import { codeOf } from '../objects/code-object';
import {
  dictOfNames, list, none, str, tuple, typeName,
  type ClassValue, type FunctionValue, type InstanceValue, type ModuleValue, type PropertyValue, type SuperValue, type Value,
} from '../values';

/** A name in the class or its bases, unbound. */
export function lookupClass(cls: ClassValue, name: string): Value | undefined {
  for (const ancestor of cls.mro) {
    const value = ancestor.attributes.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function getAttribute(interpreter: Interpreter, object: Value, name: string, at: Location): Value {
  const value = findAttribute(interpreter, object, name, at);
  if (value) return value;
  if (object.kind === 'module') {
    if (object.absent) return object.absent;
    if (interpreter.library.owns(object.name)) return notModelled(`${object.name}.${name}`, at);
    return interpreter.raise('AttributeError', `module '${object.name}' has no attribute '${name}'`, at);
  }
  // What an unknown function gives is taken for a tensor where one went in; it may be a model, or any other object.
  if (object.kind === 'tensor' && isUnknown(object.tensor.shape)) return object.tensor.shape;
  const subject = object.kind === 'class' ? `type object '${object.name}'` : `'${typeName(object)}' object`;
  return interpreter.raise('AttributeError', `${subject} has no attribute '${name}'`, at);
}

export function findAttribute(interpreter: Interpreter, object: Value, name: string, at: Location): Value | undefined {
  const found = ownAttribute(interpreter, object, name, at);
  return found === undefined && name === '__class__' ? classOf(object, interpreter) : found;
}

function ownAttribute(interpreter: Interpreter, object: Value, name: string, at: Location): Value | undefined {
  switch (object.kind) {
    case 'unknown': return toEither(interpreter, object, at, candidate => getAttribute(interpreter, candidate, name, at)) ?? object;
    case 'instance': return object.cls.readsAttributes ? readThrough(interpreter, object, object.cls.readsAttributes, name, at) : instanceAttribute(interpreter, object, name, at);
    case 'tensor': return name === '__class__' ? interpreter.tensors.classOf(object, interpreter) : interpreter.tensors.attribute(object, name, interpreter, at);
    case 'module': return moduleAttribute(interpreter, object, name, at);
    case 'class': return classAttribute(interpreter, object, name, at);
    case 'super': return superAttribute(interpreter, object, name, at);
    case 'function': return functionAttribute(interpreter, object, name);
    case 'method':
      if (name === '__func__') return object.callee;
      if (name === '__self__') return object.self;
      return findAttribute(interpreter, object.callee, name, at);
    case 'native': {
      const own = object.attributes?.get(name);
      if (own) return own;
      const short = object.name.slice(object.name.lastIndexOf('.') + 1);
      return name === '__name__' || name === '__qualname__' ? str(short) : name === '__module__' ? str(object.name.slice(0, -short.length - 1)) : name === '__doc__' ? none : undefined;
    }
    case 'property': return propertyAttribute(object, name);
    case 'staticmethod': case 'classmethod':
      return name === '__func__' ? object.callee : findAttribute(interpreter, object.callee, name, at);
    default:
      if (object.kind === 'tuple' && object.cls) {
        const found = lookupClass(object.cls, name);
        if (found) return bind(interpreter, found, object, object.cls, at);
      }
      if (object.kind === 'dict' && object.attributes) {
        const own = object.attributes.get(name);
        if (own) return own;
      }
      return builtinMethod(object, name, interpreter);
  }
}

/** Makes what a class attribute becomes when read through `self`: bound method, property value, the callee of a static method. */
export function bind(interpreter: Interpreter, value: Value, self: Value, cls: ClassValue, at: Location): Value {
  switch (value.kind) {
    case 'function': return { kind: 'method', self, callee: value };
    case 'native': return value.binds ? { kind: 'method', self, callee: value } : value;
    case 'property': return readProperty(interpreter, value, self, at);
    case 'staticmethod': return value.callee;
    case 'classmethod': return { kind: 'method', self: cls, callee: value.callee };
    case 'instance': {
      const getter = lookupClass(value.cls, '__get__');
      return getter ? interpreter.callWith(getter, [value, self, cls], at) : value;
    }
    default: return value;
  }
}

function readProperty(interpreter: Interpreter, property: PropertyValue, self: Value, at: Location): Value {
  if (!property.get) return interpreter.raise('AttributeError', 'unreadable attribute', at);
  const value = interpreter.callWith(property.get, [self], at);
  if (property.cached && self.kind === 'instance' && property.get.kind === 'function') {
    interpreter.heap.set(self.attributes, property.get.name, value);
  }
  return value;
}

/** The program's own `__getattribute__`, then `__getattr__` when it raises an AttributeError. */
function readThrough(interpreter: Interpreter, object: InstanceValue, reader: Value, name: string, at: Location): Value | undefined {
  try {
    return interpreter.callWith(reader, [object, str(name)], at);
  } catch (error) {
    if (!(error instanceof PythonError) || className(error) !== 'AttributeError') throw error;
    const fallback = lookupClass(object.cls, '__getattr__');
    return fallback ? interpreter.callWith(fallback, [object, str(name)], at) : undefined;
  }
}

/** What reading `object.name` does for an instance whose class leaves `__getattribute__` alone. */
function instanceAttribute(interpreter: Interpreter, object: InstanceValue, name: string, at: Location): Value | undefined {
  const { cls } = object;
  const found = storedAttribute(interpreter, object, name, at);
  if (found !== undefined) return found;
  const fallback = lookupClass(cls, '__getattr__');
  if (fallback?.kind === 'function') return interpreter.callWith(fallback, [object, str(name)], at);
  if (fallback?.kind === 'native') {
    const found = interpreter.callWith({ kind: 'method', self: object, callee: fallback }, [str(name)], at);
    return found.kind === 'notimplemented' ? undefined : found;
  }
  if (fallback) return orUndefined(interpreter, () => interpreter.callWith(fallback, [object, str(name)], at));
  return impliedAttribute(interpreter, object, name, at);
}

/** What `object.__getattribute__` does: the program's own `__getattr__` is not asked. */
export function plainAttribute(interpreter: Interpreter, object: InstanceValue, name: string, at: Location): Value | undefined {
  return storedAttribute(interpreter, object, name, at) ?? impliedAttribute(interpreter, object, name, at);
}

/** Data descriptors, the instance's own dictionary, its class. */
function storedAttribute(interpreter: Interpreter, object: InstanceValue, name: string, at: Location): Value | undefined {
  const { cls } = object;
  const fromClass = lookupClass(cls, name);
  if (fromClass?.kind === 'property' && !(fromClass.cached && object.attributes.has(name))) return readProperty(interpreter, fromClass, object, at);
  const own = object.attributes.get(name);
  if (own !== undefined) return own;
  if (fromClass) return bind(interpreter, fromClass, object, cls, at);
  if (name === '__class__') return cls;
  return name === '__dict__' && !cls.slots ? namespaceDict(object.attributes) : undefined;
}

/** What the built-in value that it holds answers, and what every object has. */
function impliedAttribute(interpreter: Interpreter, object: InstanceValue, name: string, at: Location): Value | undefined {
  const { cls } = object;
  const fromPayload = object.payload && builtinMethod(object.payload, name, interpreter);
  if (fromPayload) return fromPayload;
  if (name === '__doc__') return none;
  return unknownFromBases(cls, name, at);
}

/** A native `__getattr__` answers "absent" by raising AttributeError; callers that only look want undefined. */
function orUndefined(interpreter: Interpreter, read: () => Value): Value | undefined {
  const value = read();
  return value.kind === 'notimplemented' ? undefined : value;
}

function unknownFromBases(cls: ClassValue, name: string, at: Location): Value | undefined {
  const base = cls.mro.find(ancestor => ancestor.unknownBase);
  return base?.unknownBase && !(name.startsWith('__') && name.endsWith('__')) ? unknown(base.unknownBase.reason, base.unknownBase.at ?? at) : undefined;
}

function classAttribute(interpreter: Interpreter, cls: ClassValue, name: string, at: Location): Value | undefined {
  const fromMeta = cls.metaclass && lookupClass(cls.metaclass, name);
  if (fromMeta?.kind === 'property') return readProperty(interpreter, fromMeta, cls, at);
  const value = lookupClass(cls, name);
  if (value) return value.kind === 'function' || value.kind === 'native' || value.kind === 'property' ? value : bind(interpreter, value, none, cls, at);
  if (fromMeta) return bind(interpreter, fromMeta, cls, cls, at);
  switch (name) {
    case '__name__': return str(cls.name);
    case '__qualname__': return str(cls.name);
    case '__module__': return str(cls.qualifiedName.slice(0, Math.max(0, cls.qualifiedName.length - cls.name.length - 1)));
    case '__mro__': return tuple(cls.mro);
    case '__bases__': return tuple(cls.bases);
    case '__dict__': return namespaceDict(cls.attributes);
    case '__class__': return cls.metaclass ?? interpreter.libraryValue('builtins.type');
    case '__doc__': return none;
    case '__annotations__': return dictOfNames([]);
    case 'mro': return { kind: 'native', name: 'type.mro', binds: false, call: () => list([...cls.mro]) };
    default: {
      const fallback = cls.metaclass && lookupClass(cls.metaclass, '__getattr__');
      return fallback ? interpreter.callWith(fallback, [cls, str(name)], at) : unknownFromBases(cls, name, at);
    }
  }
}

function superAttribute(interpreter: Interpreter, value: SuperValue, name: string, at: Location): Value | undefined {
  const { self } = value;
  // In a metaclass's method, `self` is a class and the search goes through the metaclass.
  if (self.kind === 'class' && self.metaclass && !self.mro.includes(value.after) && self.metaclass.mro.includes(value.after)) {
    const { mro } = self.metaclass;
    const found = [...mro.slice(mro.indexOf(value.after) + 1), interpreter.libraryClass('builtins.type')].map(ancestor => ancestor.attributes.get(name)).find(inherited => inherited !== undefined);
    return found && bind(interpreter, found, self, self.metaclass, at);
  }
  const cls = value.self.kind === 'class' ? value.self : value.self.kind === 'instance' ? value.self.cls : value.self.kind === 'tuple' ? value.self.cls : undefined;
  const mro = cls?.mro ?? value.after.mro;
  const rest = mro.slice(mro.indexOf(value.after) + 1);
  for (const ancestor of rest) {
    const found = ancestor.attributes.get(name);
    if (!found) {
      if (ancestor.unknownBase) return unknown(ancestor.unknownBase.reason, ancestor.unknownBase.at);
      continue;
    }
    // On a class, `super().__new__` and class methods see the class; everything else is bound to the instance.
    if (value.self.kind === 'class') return found.kind === 'classmethod' ? { kind: 'method', self: value.self, callee: found.callee } : name === '__init_subclass__' ? { kind: 'method', self: value.self, callee: found } : found.kind === 'staticmethod' ? found.callee : found;
    return bind(interpreter, found, value.self, cls ?? ancestor, at);
  }
  if (value.self.kind === 'instance') {
    if (name === '__class__') return value.self.cls;
    const fromPayload = value.self.payload && builtinMethod(value.self.payload, name, interpreter);
    if (fromPayload) return fromPayload;
  }
  const base = (cls ?? value.after).mro.find(ancestor => ancestor.unknownBase);
  return base?.unknownBase ?? (value.after.unknownBase);
}

function moduleAttribute(interpreter: Interpreter, module: ModuleValue, name: string, at: Location): Value | undefined {
  const own = module.attributes.get(name);
  if (own !== undefined) return own;
  const made = module.lookup?.(name);
  if (made) {
    interpreter.heap.timeless(() => { interpreter.heap.set(module.attributes, name, made); });
    return made;
  }
  const afterInitialiser = interpreter.modules.attributeOf(module, name, at);
  if (afterInitialiser) return afterInitialiser;
  if (name === '__dict__') return namespaceDict(module.attributes);
  const fallback = module.attributes.get('__getattr__');
  return fallback ? interpreter.callWith(fallback, [str(name)], at) : module.absent;
}

function functionAttribute(interpreter: Interpreter, value: FunctionValue, name: string): Value | undefined {
  const own = value.attributes.get(name);
  if (own) return own;
  switch (name) {
    case '__name__': case '__qualname__': return str(value.name);
    case '__module__': return str(value.module.name);
    case '__doc__': return none;
    case '__dict__': return namespaceDict(value.attributes);
    case '__defaults__': return tuple([...value.defaults.values()]);
    case '__kwdefaults__': return none;
    case '__annotations__': return annotationsOf(interpreter, value);
    case '__code__': return codeOf(value);
    case '__globals__': return namespaceDict(value.module.attributes);
    case '__closure__': return notModelled(`${value.name}.${name}`);
    case '__get__': return { kind: 'native', name: 'function.__get__', binds: false, call: args => ({ kind: 'method', self: args.positional[0] ?? none, callee: value }) };
    case '__call__': return value;
    default: return undefined;
  }
}

/** Worked out when they are asked for; what an annotation names need not be there when the program runs. */
function annotationsOf(interpreter: Interpreter, { definition, closure, module }: FunctionValue): Value {
  const frame = closure ?? moduleFrame(module);
  const all = definition.parameters.map(({ name, annotation }) => [name, annotation] as const);
  if (definition.kind === 'FunctionDefinition') all.push(['return', definition.returns]);
  return dictOfNames(all.flatMap(([name, annotation]) => {
    if (!annotation) return [];
    try {
      return [[name, interpreter.evaluate(frame, annotation)] as const];
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return [[name, unknown(error.message, error.at)] as const];
    }
  }));
}

function propertyAttribute(property: PropertyValue, name: string): Value | undefined {
  if (name === 'fget') return property.get ?? none;
  if (name === '__doc__') return none;
  if (name !== 'setter' && name !== 'getter' && name !== 'deleter') return undefined;
  return {
    kind: 'native', name: `property.${name}`, binds: false,
    call: args => (name === 'setter' ? { ...property, set: args.positional[0] } : name === 'getter' ? { ...property, get: args.positional[0] } : property),
  };
}

export function setAttribute(interpreter: Interpreter, object: Value, name: string, value: Value, at: Location): void {
  switch (object.kind) {
    case 'instance': {
      const setter = lookupClass(object.cls, '__setattr__');
      if (setter?.kind === 'native') interpreter.callWith({ kind: 'method', self: object, callee: setter }, [str(name), value], at);
      else if (setter) interpreter.callWith(setter, [object, str(name), value], at);
      else setInstanceAttribute(interpreter, object, name, value, at);
      return;
    }
    case 'class':
      if (isImmutable(object)) interpreter.raise('TypeError', `cannot set '${name}' attribute of immutable type '${object.name}'`, at);
      interpreter.heap.set(object.attributes, name, value);
      return;
    case 'module': case 'function':
      interpreter.heap.set(object.attributes, name, value);
      return;
    case 'tensor': interpreter.tensors.setAttribute(object, name, value, interpreter, at); return;
    case 'method': setAttribute(interpreter, object.callee, name, value, at); return;
    case 'native':
      if (object.attributes) interpreter.heap.set(object.attributes, name, value);
      return;
    case 'unknown': toEither(interpreter, object, at, candidate => { setAttribute(interpreter, candidate, name, value, at); return none; }); return;
    case 'dict':
      if (!object.attributes) break;
      interpreter.heap.set(object.attributes, name, value);
      return;
    case 'super': setAttribute(interpreter, object.self, name, value, at); return;
    default: break;
  }
  interpreter.raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`, at);
}

/** Python's own classes are the same for every program. */
function isImmutable(cls: ClassValue): boolean {
  return cls.isNative && cls.qualifiedName.startsWith('builtins.');
}

/** What `object.__setattr__` does: data descriptors first, then the instance's own dictionary. */
export function setInstanceAttribute(interpreter: Interpreter, object: InstanceValue, name: string, value: Value, at: Location): void {
  const fromClass = lookupClass(object.cls, name);
  if (fromClass?.kind === 'property' && !fromClass.cached) {
    if (!fromClass.set) interpreter.raise('AttributeError', `property '${name}' of '${object.cls.name}' object has no setter`, at);
    else interpreter.callWith(fromClass.set, [object, value], at);
    return;
  }
  if (fromClass?.kind === 'instance') {
    const setter = lookupClass(fromClass.cls, '__set__');
    if (setter) {
      interpreter.callWith(setter, [fromClass, object, value], at);
      return;
    }
  }
  if (object.cls.slots) demandSlot(interpreter, object.cls, name, fromClass !== undefined, at);
  interpreter.heap.set(object.attributes, name, value);
}

export function deleteAttribute(interpreter: Interpreter, object: Value, name: string, at: Location): void {
  if (object.kind === 'unknown') {
    toEither(interpreter, object, at, candidate => { deleteAttribute(interpreter, candidate, name, at); return none; });
    return;
  }
  if (object.kind === 'instance') {
    const deleter = lookupClass(object.cls, '__delattr__');
    if (deleter) {
      interpreter.callWith(deleter, [object, str(name)], at);
      return;
    }
  }
  if (object.kind === 'instance' || object.kind === 'class' || object.kind === 'module' || object.kind === 'function') {
    if (interpreter.heap.delete(object.attributes, name)) return;
  }
  interpreter.raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`, at);
}
