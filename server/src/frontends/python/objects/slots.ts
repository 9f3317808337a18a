/** `__slots__`: which attributes an instance without a dictionary of its own may have. */
import type { Location } from '../../../base/span';
import type { Interpreter } from '../interpreter';
import type { ClassValue, Names, Value } from '../values';
import { PythonError } from './python-error';

/** Classes of Python and its library whose instances have no dictionary. */
const withoutDictionary = /^(builtins\.(object|int|float|complex|bool|str|bytes|bytearray|list|tuple|dict|set|frozenset)|abc\.ABC|typing\.(Generic|Protocol)|collections\.abc\.\w+)$/;
const fixedSize = /^builtins\.(int|bool|bytes|tuple)$/;

/** The only names that instances of a new class may have; undefined: any, since it or a base gives them a dictionary. */
export function slotsOfClass(interpreter: Interpreter, bases: readonly ClassValue[], attributes: Names, at: Location | undefined): ReadonlySet<string> | undefined {
  const given = attributes.get('__slots__');
  const own = given && namesIn(interpreter, given, at);
  if (!own) return undefined;
  const clash = own.find(each => attributes.has(each));
  const raise = (type: string, message: string): void => { if (at) interpreter.raise(type, message, at); };
  if (clash !== undefined) raise('ValueError', `'${clash}' in __slots__ conflicts with class variable`);
  const sized = own.length > 0 ? bases.flatMap(base => base.mro).find(base => fixedSize.test(base.qualifiedName)) : undefined;
  if (sized) raise('TypeError', `nonempty __slots__ not supported for subtype of '${sized.name}'`);
  return own.includes('__dict__') ? undefined : slotsWith(bases, own);
}

/** The same of names that are known to be slots. */
export function slotsWith(bases: readonly ClassValue[], own: readonly string[]): ReadonlySet<string> | undefined {
  const names = new Set(own);
  for (const base of bases) {
    if (base.slots) base.slots.forEach(each => names.add(each));
    else if (base.unknownBase || !withoutDictionary.test(base.qualifiedName)) return undefined;
  }
  return names;
}

function namesIn(interpreter: Interpreter, given: Value, at: Location | undefined): readonly string[] | undefined {
  if (given.kind === 'str') return [given.value];
  if (given.kind === 'unknown' || !at) return undefined;
  const names: string[] = [];
  try {
    for (const item of interpreter.iterate(given, at)) {
      if (item.kind !== 'str') return undefined;
      names.push(item.value);
    }
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
  return names;
}

export function demandSlot(interpreter: Interpreter, { name: cls, slots }: ClassValue, name: string, isInClass: boolean, at: Location): void {
  if (!slots || slots.has(name)) return;
  interpreter.raise('AttributeError', isInClass ? `'${cls}' object attribute '${name}' is read-only` : `'${cls}' object has no attribute '${name}'`, at);
}
