/** Class creation (bases, linearisation, metaclass hooks) and instantiation. */
import type { Location } from '../../../base/span';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import { birth } from '../heap/cells';
import type { ClassParts, Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { str, tuple, dictOfNames, instance, namesOf, withSelf, type CallArguments, type ClassValue, type FunctionValue, type Value } from '../values';
import { lookupClass } from './attributes';
import { isSubclass } from '../objects/python-error';
import { slotsOfClass } from '../objects/slots';
import { linearise } from '../objects/resolution-order';
import { evaluateArguments } from './expressions';
import { locationOf } from './location';

export function defineClass(interpreter: Interpreter, frame: Frame, node: ast.ClassDefinition): Value {
  const at = locationOf(frame, node.nameSpan);
  const { positional, keywords } = evaluateArguments(interpreter, frame, node.args);
  const bases = positional.map(base => resolveBase(interpreter, base, at));
  const names = namesOf([['__module__', str(frame.module.name)], ['__qualname__', str(node.name)]]);
  const annotations: [string, Value][] = [];
  const body: Frame = {
    kind: 'class', names, module: frame.module, outer: frame, scope: undefined, function: frame.function,
    owner: undefined, self: undefined, maybeReturned: undefined, handling: undefined, born: birth(), isGenerator: false,
  };
  interpreter.runBlock(body, node.body);
  for (const statement of node.body) {
    if (statement.kind === 'AnnotatedAssign' && statement.target.kind === 'Name') annotations.push([statement.target.id, annotationValue(statement.annotation)]);
  }
  if (annotations.length > 0) interpreter.heap.set(names, '__annotations__', dictOfNames(annotations));
  const options = keywords.filter(([name]) => name !== 'metaclass');
  const metaclass = metaclassOf(keywords.find(([name]) => name === 'metaclass')?.[1], bases);
  const maker = metaclass && lookupClass(metaclass, '__new__');
  if (metaclass && maker?.kind === 'function') {
    const details = [str(node.name), tuple(bases.filter(base => !isUnknown(base))), dictOfNames(names)];
    const made = interpreter.call(maker, { positional: [metaclass, ...details], keywords: options, at });
    if (made.kind === 'class') {
      interpreter.heap.write(made, 'at', made.at ?? at);
      interpreter.heap.write(made, 'definition', made.definition ?? node);
    }
    initialiseClass(interpreter, metaclass, made, details, options, at);
    return made;
  }
  const cls = makeClass(interpreter, {
    name: node.name, qualifiedName: `${frame.module.name}.${node.name}`, bases, attributes: names, at, definition: node,
    ...(metaclass ? { metaclass } : {}),
  });
  const made = finishClass(interpreter, cls, options, at);
  if (metaclass) initialiseClass(interpreter, metaclass, made, [str(node.name), tuple(cls.bases), dictOfNames(names)], options, at);
  return made;
}

/** The metaclass given, else the most derived one among the bases'. */
function metaclassOf(given: Value | undefined, bases: readonly (ClassValue | Unknown)[]): ClassValue | undefined {
  const candidates = [given, ...bases.map(base => (isUnknown(base) ? undefined : base.metaclass))].filter(candidate => candidate?.kind === 'class');
  return candidates.find(candidate => candidates.every(other => candidate.mro.includes(other))) ?? candidates[0];
}

/** `__init__` of a metaclass of the program's own, with what the class statement gave. */
export function initialiseClass(interpreter: Interpreter, metaclass: ClassValue, cls: Value, details: readonly Value[], keywords: CallArguments['keywords'], at: Location): void {
  const init = lookupClass(metaclass, '__init__');
  if (init?.kind === 'function' && cls.kind === 'class' && cls.metaclass?.mro.includes(metaclass)) interpreter.call(init, { positional: [cls, ...details], keywords, at });
}

/** The annotation's text, enough for dataclasses and typed dictionaries to tell `ClassVar` from a field. */
function annotationValue(annotation: ast.Expression): Value {
  if (annotation.kind === 'Name') return str(annotation.id);
  if (annotation.kind === 'String') return str(annotation.value);
  if (annotation.kind === 'Attribute') return str(annotation.name);
  if (annotation.kind === 'Subscript') return annotationValue(annotation.object);
  return str('');
}

/** Builds a class value; also behind `type(name, bases, dict)`. Functions in the body learn their owner. */
export function makeClass(interpreter: Interpreter, parts: ClassParts): ClassValue {
  const known = parts.bases.filter((base): base is ClassValue => !isUnknown(base));
  const unknownBase = parts.bases.find(isUnknown);
  const object = interpreter.libraryValue('builtins.object');
  const bases = known.length > 0 || object.kind !== 'class' ? known : [object];
  const allocate = bases.map(base => base.allocate ?? base.mro.find(ancestor => ancestor.allocate)?.allocate).find(found => found !== undefined);
  const metaclass = metaclassOf(parts.metaclass, bases);
  const mro: ClassValue[] = [];
  const ownReader = parts.attributes.get('__getattribute__');
  const readsAttributes = ownReader?.kind === 'function' ? ownReader : bases.find(base => base.readsAttributes)?.readsAttributes;
  const slots = unknownBase ? undefined : slotsOfClass(interpreter, bases, parts.attributes, parts.at);
  const cls: ClassValue = {
    kind: 'class', name: parts.name, qualifiedName: parts.qualifiedName, bases, mro, attributes: parts.attributes,
    metaclass, at: parts.at, isNative: false, born: birth(),
    ...(parts.definition ? { definition: parts.definition } : {}),
    ...(unknownBase ? { unknownBase } : {}),
    ...(allocate ? { allocate } : {}),
    ...(readsAttributes ? { readsAttributes } : {}),
    ...(slots ? { slots } : {}),
  };
  mro.push(cls, ...linearise(bases));
  for (const value of parts.attributes.values()) adopt(interpreter, value, cls);
  return cls;
}

function adopt(interpreter: Interpreter, value: Value | undefined, cls: ClassValue): void {
  if (value?.kind === 'function') setOwner(interpreter, value, cls);
  else if (value?.kind === 'staticmethod' || value?.kind === 'classmethod') adopt(interpreter, value.callee, cls);
  else if (value?.kind === 'property') {
    adopt(interpreter, value.get, cls);
    adopt(interpreter, value.set, cls);
  } else if (value?.kind === 'instance' || value?.kind === 'native') {
    // A decorated method: the wrapper keeps the function that was defined in this body.
    const wrapped = value.attributes?.get('__wrapped__') ?? value.attributes?.get('func');
    if (wrapped?.kind === 'function') adopt(interpreter, wrapped, cls);
  }
}

function setOwner(interpreter: Interpreter, value: FunctionValue, cls: ClassValue): void {
  if (!value.owner) interpreter.heap.write(value, 'owner', cls);
  const wrapped = value.attributes.get('__wrapped__');
  if (wrapped?.kind === 'function') setOwner(interpreter, wrapped, cls);
  // Decorators without functools.wraps still close over the function they wrap.
  for (const captured of value.closure?.names.values() ?? []) {
    if (captured.kind === 'function' && captured.owner === undefined && captured !== value && captured.definition.kind === 'FunctionDefinition' && captured.closure?.kind === 'class') {
      setOwner(interpreter, captured, cls);
    }
  }
}

/** Native hooks of bases (enum members, dataclass-like fields), then the user's `__init_subclass__`. */
export function finishClass(interpreter: Interpreter, cls: ClassValue, keywords: readonly (readonly [string, Value])[], at: Location): Value {
  for (const [name, value] of [...cls.attributes]) {
    const hook = value.kind === 'instance' ? lookupClass(value.cls, '__set_name__') : undefined;
    if (hook) interpreter.callWith(hook, [value, cls, str(name)], at);
  }
  const native = [...cls.mro, ...(cls.metaclass?.mro ?? [])].map(ancestor => ancestor.attributes.get('__init_subclass_native__')).find(found => found !== undefined);
  let result: Value = cls;
  if (native) {
    const replaced = interpreter.call(native, { positional: [cls], keywords, at });
    if (replaced.kind === 'class') result = replaced;
  }
  for (const ancestor of cls.mro.slice(1)) {
    const hook = ancestor.attributes.get('__init_subclass__');
    if (!hook) continue;
    interpreter.call(hook.kind === 'classmethod' || hook.kind === 'staticmethod' ? hook.callee : hook, { positional: [cls], keywords, at });
    break;
  }
  return result;
}

function resolveBase(interpreter: Interpreter, base: Value, at: Location): ClassValue | Unknown {
  if (base.kind === 'class') return base;
  if (isUnknown(base)) return base;
  const entries = interpreter.findAttribute(base, '__mro_entries__', at);
  if (entries) {
    const made = interpreter.callWith(entries, [tuple([base])], at);
    const first = made.kind === 'tuple' ? made.items[0] : made;
    if (first?.kind === 'class') return first;
  }
  const origin = interpreter.findAttribute(base, '__origin__', at);
  if (origin?.kind === 'class') return origin;
  return unknown('a base class could not be resolved', at);
}

export function instantiate(interpreter: Interpreter, cls: ClassValue, args: CallArguments): Value {
  const { participants } = interpreter;
  if (participants && cls.at && cls.at.uri === participants.uri) participants.offsets.add(cls.at.span.start);
  const metaCall = cls.metaclass && lookupClass(cls.metaclass, '__call__');
  if (metaCall) return interpreter.call(metaCall, withSelf(args, cls));
  return cls.isNative ? construct(interpreter, cls, args) : interpreter.constructions.make(interpreter, cls, args, () => construct(interpreter, cls, args));
}

/** What `type.__call__` does: `__new__`, then `__init__` when the result is an instance of the class. */
export function construct(interpreter: Interpreter, cls: ClassValue, args: CallArguments): Value {
  const maker = lookupClass(cls, '__new__');
  const made = maker && maker.kind !== 'native'
    ? interpreter.call(maker, withSelf(args, cls))
    : allocate(interpreter, cls, args);
  if (made.kind === 'class' && cls.mro.some(ancestor => ancestor.qualifiedName === 'builtins.type')) initialiseClass(interpreter, cls, made, args.positional, args.keywords, args.at);
  if (made.kind === 'instance' ? !isSubclass(made.cls, cls) : true) return made;
  const init = lookupClass(cls, '__init__');
  if (init) interpreter.call(init.kind === 'native' ? { kind: 'method', self: made, callee: init } : init, init.kind === 'native' ? args : withSelf(args, made));
  return made;
}

/** A bare instance, before `__init__`. */
export function allocate(interpreter: Interpreter, cls: ClassValue, args: CallArguments): Value {
  if (cls.allocate) return cls.allocate(cls, args, interpreter);
  return instance(cls);
}

/** `isinstance(value, cls)` where the class is known. */
export function isInstance(interpreter: Interpreter, value: Value, cls: ClassValue, at: Location): boolean | Unknown {
  if (isUnknown(value)) return value;
  const actual = value.kind === 'instance' ? value.cls : interpreter.findAttribute(value, '__class__', at);
  if (actual?.kind !== 'class') return false;
  return isSubclass(actual, cls) || (actual.mro.find(ancestor => ancestor.unknownBase)?.unknownBase ?? false);
}

