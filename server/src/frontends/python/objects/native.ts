/** Helpers the tables are written in: native classes, properties, instances, and reading iterables that may be unknown. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import { UnknownIteration } from './python-error';
import { linearise } from './resolution-order';
import type { Interpreter } from '../interpreter';
import { python } from '../join-values';
import { nativeFunction, type Implementation } from '../library';
import { birth } from '../heap/cells';
import { Heap } from '../heap/heap';
import { instance, namesOf, native, none, type CallArguments, type ClassValue, type InstanceValue, type NativeValue, type PropertyValue, type Value, type WrappedMethodValue } from '../values';

type Rows = Iterable<readonly [string, Value]>;

interface ClassOptions {
  readonly allocate?: ClassValue['allocate'];
  readonly metaclass?: ClassValue;
  readonly slots?: ReadonlySet<string>;
}

/** Classes whose operators are those of the built-in value they hold: an instance of a subclass acts as its payload. */
const transparent = new WeakSet<ClassValue>();

export function nativeClass(qualifiedName: string, bases: readonly ClassValue[], attributes: Rows = [], options: ClassOptions = {}): ClassValue {
  const name = qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
  const mro: ClassValue[] = [];
  const metaclass = options.metaclass ?? bases.find(base => base.metaclass)?.metaclass;
  const cls: ClassValue = {
    kind: 'class', name, qualifiedName, bases, mro, attributes: namesOf(attributes), metaclass, at: undefined, isNative: true, born: birth(),
    ...allocation(options.allocate, bases), ...(options.slots ? { slots: options.slots } : {}),
  };
  mro.push(cls, ...linearise(bases));
  return cls;
}

/** A class makes its instances as its bases do unless it says otherwise. */
function allocation(own: ClassValue['allocate'], bases: readonly ClassValue[]): Pick<ClassValue, 'allocate'> {
  const allocate = own ?? bases.map(base => base.allocate).find(found => found !== undefined);
  return allocate ? { allocate } : {};
}

export function markTransparent(cls: ClassValue): ClassValue {
  transparent.add(cls);
  return cls;
}

/** What `class Name(bases): …` leaves, made by library code. */
export function derivedClass(name: string, module: string, bases: readonly ClassValue[], attributes: Rows, at: Location | undefined): ClassValue {
  const mro: ClassValue[] = [];
  const cls: ClassValue = {
    kind: 'class', name, qualifiedName: module === '' ? name : `${module}.${name}`, bases, mro, attributes: namesOf(attributes), born: birth(),
    metaclass: bases.find(base => base.metaclass)?.metaclass, at, isNative: false, ...allocation(undefined, bases),
  };
  mro.push(cls, ...linearise(bases));
  return cls;
}

/** The class in the resolution order that answers for `name`, unless it is the built-in one whose behaviour the payload has anyway. */
export function overriding(cls: ClassValue, name: string): Value | undefined {
  for (const candidate of cls.mro) {
    const found = candidate.attributes.get(name);
    if (found) return transparent.has(candidate) ? undefined : found;
  }
  return undefined;
}

/** An instance whose class leaves these operators alone acts as what it holds. */
export function plain(value: Value, ...names: readonly string[]): Value {
  if (value.kind !== 'instance' || !value.payload) return value;
  const { cls } = value;
  return names.some(name => overriding(cls, name)) ? value : value.payload;
}

/** The built-in value that an instance of a subclass holds. */
export function payloadOf(value: Value): Value {
  return value.kind === 'instance' && value.payload ? value.payload : value;
}

export function instanceOf(cls: ClassValue, attributes: Rows = [], payload?: Value): InstanceValue {
  return instance(cls, namesOf(attributes), payload ? { payload } : {});
}

/** Writes what every program finds, while the tables are being put together. */
const tables = new Heap(python);

/** Adds rows to a class of the tables that has to be there before them. */
export function extendClass(cls: ClassValue, rows: Iterable<readonly [string, Value]>): void {
  for (const [name, value] of rows) tables.set(cls.attributes, name, value);
}

/** Gives a class that has just been made what its making needs itself for. */
export function complete(cls: ClassValue, { allocate, definition }: Partial<Pick<ClassValue, 'allocate' | 'definition'>>): ClassValue {
  if (allocate) tables.write(cls, 'allocate', allocate);
  if (definition) tables.write(cls, 'definition', definition);
  return cls;
}

/** A row of a class: `m('list.append(self, item, /)', …)` is the method `append`. */
export function m<S extends string>(signature: S, implementation: Implementation<S>): readonly [string, NativeValue] {
  const value = nativeFunction(signature, implementation, true);
  return [value.name.slice(value.name.lastIndexOf('.') + 1), value];
}

/** A row for a static method. */
export function s<S extends string>(signature: S, implementation: Implementation<S>): readonly [string, WrappedMethodValue] {
  const value = nativeFunction(signature, implementation);
  return [value.name.slice(value.name.lastIndexOf('.') + 1), { kind: 'staticmethod', callee: value }];
}

/** A row for a class method; the first parameter is the class. */
export function c<S extends string>(signature: S, implementation: Implementation<S>): readonly [string, WrappedMethodValue] {
  const value = nativeFunction(signature, implementation);
  return [value.name.slice(value.name.lastIndexOf('.') + 1), { kind: 'classmethod', callee: value }];
}

export function property(name: string, get: (self: Value, interpreter: Interpreter, at: Location) => Value): readonly [string, PropertyValue] {
  const getter = native(name, (args, interpreter) => get(args.positional[0] ?? none, interpreter, args.at));
  return [name, { kind: 'property', get: getter, set: undefined, cached: false }];
}

/** The value an allocator has to make: itself for the class, an instance that holds it for a subclass. */
export function held(base: ClassValue, cls: ClassValue, value: Value): Value {
  if (cls === base || isUnknown(value)) return value;
  return instanceOf(cls, [], value);
}

/** A place in a list, and mostly a value made for it. */
const wordsPerItem = 8;

/** Everything an iterable gives, or the reason why that is not known. */
export function collect(value: Value, interpreter: Interpreter, at: Location): Value[] | Unknown {
  if (isUnknown(value)) return value;
  if (value.kind === 'list' || value.kind === 'tuple') {
    if (value.kind === 'list' && value.doubtfulLength && value.items.some(isUnknown)) return value.doubtfulLength;
    interpreter.budget.allocate(value.items.length);
    return [...value.items];
  }
  const items: Value[] = [];
  try {
    for (const item of interpreter.iterate(value, at)) {
      interpreter.budget.step();
      interpreter.budget.allocate(wordsPerItem);
      items.push(item);
    }
  } catch (error) {
    if (error instanceof UnknownIteration) return error.unknown;
    throw error;
  }
  return items;
}

/** Calls `use` with what an iterable gives; unknown iterables flow through. */
export function withItems(value: Value, interpreter: Interpreter, at: Location, use: (items: Value[]) => Value): Value {
  const items = collect(value, interpreter, at);
  return isUnknown(items) ? items : use(items);
}

/** A callable without a signature of its own: everything is passed on. */
export function raw(name: string, call: (args: CallArguments, interpreter: Interpreter) => Value, binds = false): NativeValue {
  return native(name, call, binds);
}
