/** `isinstance`, `issubclass`, `callable`. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import type { ClassValue, TupleValue, Value } from '../values';
import { abstractCheck } from './abstract';
import { classOf } from './class-of';

/** `isinstance(value, target)`: a class, a tuple, a union, an abstract base. */
export function isInstance(value: Value, target: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  if (isUnknown(target)) return target;
  if (isUnknown(value)) return value;
  if (target.kind === 'tuple') {
    let open: Unknown | undefined;
    for (const option of optionsOf(target, interpreter)) {
      const result = isInstance(value, option, interpreter, at);
      if (result === true) return true;
      if (isUnknown(result)) open ??= result;
    }
    return open ?? false;
  }
  if (target.kind === 'none') return value.kind === 'none';
  if (target.kind === 'instance') {
    const origin = target.attributes.get('__origin__');
    const union = target.attributes.get('__union__');
    if (union) return isInstance(value, union, interpreter, at);
    if (origin) return isInstance(value, origin, interpreter, at);
  }
  if (target.kind !== 'class') return interpreter.raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union', at);
  const check = target.metaclass && !target.metaclass.isNative ? interpreter.lookupClass(target.metaclass, '__instancecheck__') : undefined;
  if (check?.kind === 'function') return interpreter.truth(interpreter.callWith(check, [target, value], at), at);
  return isSubclass(classOf(value, interpreter), target, interpreter, at);
}

/** What stands in a tuple of classes, tuples within it opened, each once. */
function optionsOf(target: TupleValue, interpreter: Interpreter, seen = new Set<Value>()): readonly Value[] {
  return target.items.flatMap(item => {
    interpreter.budget.step();
    if (seen.has(item)) return [];
    seen.add(item);
    return item.kind === 'tuple' ? optionsOf(item, interpreter, seen) : [item];
  });
}

export function isSubclass(cls: ClassValue, target: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  if (isUnknown(target)) return target;
  if (target.kind === 'tuple') {
    const results = optionsOf(target, interpreter).map(option => isSubclass(cls, option, interpreter, at));
    return results.includes(true) ? true : (results.find(isUnknown) ?? false);
  }
  if (target.kind !== 'class') {
    const union = target.kind === 'instance' ? target.attributes.get('__union__') : undefined;
    if (union) return isSubclass(cls, union, interpreter, at);
    const origin = target.kind === 'instance' ? target.attributes.get('__origin__') : undefined;
    return origin ? isSubclass(cls, origin, interpreter, at) : interpreter.raise('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union', at);
  }
  if (cls === target || cls.mro.includes(target)) return true;
  const structural = abstractCheck(cls, target);
  if (structural) return true;
  return cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase ?? false;
}

export function isCallable(value: Value, interpreter: Interpreter): boolean | Unknown {
  switch (value.kind) {
    case 'unknown': return value;
    case 'function': case 'native': case 'class': case 'method': case 'staticmethod': return true;
    case 'instance': return interpreter.lookupClass(value.cls, '__call__') !== undefined || (value.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase ?? false);
    default: return false;
  }
}
