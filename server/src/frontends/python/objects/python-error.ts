/** Python exceptions as JavaScript errors that carry the exception instance, and how `except` clauses choose. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { instance, namesOf, str, tuple, type ClassValue, type Value } from '../values';

export class PythonError extends Error {
  /** `isRaised`: by a `raise` of the program. */
  constructor(readonly value: Value, readonly at: Location, readonly isRaised = false) {
    super(describe(value));
  }
}

/** Iterating over a value that is not known: a loop turns it into a bound, a call into an unknown result. No `Error`: it is thrown often, and noting the stack costs more than all else. */
export class UnknownIteration {
  constructor(readonly unknown: Unknown) {}
}

export function makeException(interpreter: Interpreter, className: string, message: string): Value {
  const cls = interpreter.findLibraryValue(`builtins.${className}`);
  if (cls?.kind !== 'class') return str(`${className}: ${message}`);
  return instance(cls, namesOf([['args', tuple([str(message)])]]));
}

/** `ValueError: message`, as the last line of a traceback. */
export function describe(value: Value): string {
  if (value.kind !== 'instance') return value.kind === 'str' ? value.value : value.kind;
  const args = value.attributes.get('args');
  const first = args?.kind === 'tuple' ? args.items[0] : undefined;
  const message = first?.kind === 'str' ? first.value : first?.kind === 'int' ? String(first.value) : first?.kind === 'unknown' ? `its text is not known (${first.reason})` : '';
  return message ? `${value.cls.name}: ${message}` : value.cls.name;
}

export function className(error: PythonError): string {
  return error.value.kind === 'instance' ? error.value.cls.name : 'Exception';
}

/** What checks of values raise, the framework's and the program's own: arguments of another size or kind may pass them. */
const aboutValues: ReadonlySet<string> = new Set(['RuntimeError', 'ValueError', 'IndexError', 'AssertionError'].map(name => `builtins.${name}`));

/** Judged by the nearest class that Python brings along. */
export function isAboutValues({ value }: PythonError): boolean {
  const builtin = value.kind === 'instance' ? value.cls.mro.find(cls => cls.qualifiedName.startsWith('builtins.')) : undefined;
  return builtin !== undefined && aboutValues.has(builtin.qualifiedName);
}

/** An `ImportError` of any kind. */
export function isImportError(error: PythonError): boolean {
  return error.value.kind === 'instance' && error.value.cls.mro.some(cls => cls.qualifiedName === 'builtins.ImportError');
}

/** Whether `except type:` catches the error. An unknown class catches it: better a handled error than a lost model. */
export function catches(error: PythonError, type: Value): boolean {
  if (isUnknown(type)) return true;
  if (type.kind === 'tuple') return type.items.some(item => catches(error, item));
  if (type.kind !== 'class') return false;
  return error.value.kind === 'instance' && isSubclass(error.value.cls, type);
}

export function isSubclass(cls: ClassValue, ancestor: ClassValue): boolean {
  return cls === ancestor || cls.mro.includes(ancestor);
}
