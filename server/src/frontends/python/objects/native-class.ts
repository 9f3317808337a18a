/** Table rows for classes, with their bases named, and methods that read their arguments themselves. */
import type { Interpreter } from '../interpreter';
import { entry, type LibraryEntry } from '../library';
import { nativeClass } from './native';
import { native, type CallArguments, type ClassValue, type InstanceValue, type NativeCall, type NativeValue, type Value } from '../values';

export interface ClassParts {
  /** Qualified names; default `builtins.object`. */
  readonly bases?: readonly string[];
  readonly attributes?: Iterable<readonly [string, Value]>;
  readonly allocate?: ClassValue['allocate'];
}

export function makeClass(interpreter: Interpreter, qualifiedName: string, parts: ClassParts = {}): ClassValue {
  const bases = (parts.bases ?? ['builtins.object']).map(name => interpreter.libraryValue(name)).filter(isClass);
  const allocate = parts.allocate ?? bases.find(base => base.allocate)?.allocate;
  return nativeClass(qualifiedName, bases, parts.attributes ?? [], allocate ? { allocate } : {});
}

function isClass(value: Value): value is ClassValue {
  return value.kind === 'class';
}

/** A table row for a class. */
export function cls(qualifiedName: string, parts: ClassParts = {}): LibraryEntry {
  return entry(qualifiedName, interpreter => makeClass(interpreter, qualifiedName, parts));
}

export type InstanceMethod = (self: InstanceValue, args: CallArguments, interpreter: Interpreter) => Value;

/** A method without a signature; `args.positional` comes without `self`. */
export function rawMethod(name: string, implementation: InstanceMethod): readonly [string, NativeValue] {
  const call: NativeCall = (args, interpreter) => {
    const self = args.positional[0];
    if (self?.kind !== 'instance') return self?.kind === 'unknown' ? self : interpreter.raise('TypeError', `descriptor '${name}' needs an object of its class`, args.at);
    // Written out: a spread costs more than many a method.
    return implementation(self, { positional: args.positional.slice(1), keywords: args.keywords, at: args.at, node: args.node, implicit: args.implicit }, interpreter);
  };
  return [name, { ...native(name, call, true), own: implementation }];
}
