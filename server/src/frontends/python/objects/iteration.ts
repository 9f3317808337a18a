/** `iter`, `next` and `len` of any value. */
import type { Location } from '../../../base/span';
import { isUnknown } from '../../../base/unknown';
import type { Interpreter } from '../interpreter';
import { int, keysInDoubt, typeName, type Value } from '../values';
import { advance } from './advance';
import { iteratorOver, lengthOf } from './classes';
import { payloadOf } from './native';
import { PythonError, UnknownIteration } from './python-error';

/** `len(value)`. */
export function length(value: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(value)) return value;
  if (value.kind === 'tensor') {
    const size = interpreter.tensors.length(value, at);
    return typeof size === 'number' ? int(size) : size;
  }
  const cls = value.kind === 'instance' ? value.cls : value.kind === 'class' ? value.metaclass : undefined;
  const method = cls && interpreter.lookupClass(cls, '__len__');
  if (method) return interpreter.callWith(method, [value], at);
  const held = payloadOf(value);
  if (held.kind === 'list' && held.doubtfulLength) return held.doubtfulLength;
  const doubt = held.kind === 'dict' || held.kind === 'set' ? keysInDoubt(held) : undefined;
  if (doubt) return doubt;
  const size = lengthOf(held);
  if (size !== undefined) return int(size);
  const base = value.kind === 'instance' ? value.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase : undefined;
  return base ?? interpreter.raise('TypeError', `object of type '${typeName(value)}' has no len()`, at);
}

/** The iterator of any iterable, user-defined ones included. */
export function iterOf(value: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(value)) return value;
  if (value.kind === 'instance') {
    const method = interpreter.lookupClass(value.cls, '__iter__');
    if (method) return interpreter.callWith(method, [value], at);
  }
  return iteratorOver(value, interpreter, at);
}

/** The iterator of something that a loop goes over. Throws `UnknownIteration` for what is not known. */
export function knownIterOf(value: Value, interpreter: Interpreter, at: Location): Value {
  const made = iterOf(value, interpreter, at);
  if (isUnknown(made)) throw new UnknownIteration(made);
  return made;
}

/** Steps any iterator; undefined at its end. */
export function nextOf(value: Value, interpreter: Interpreter, at: Location): Value | undefined {
  if (value.kind === 'iterator') return advance(value, interpreter);
  if (isUnknown(value)) return value;
  const method = value.kind === 'instance' ? interpreter.lookupClass(value.cls, '__next__') : undefined;
  if (!method) return interpreter.raise('TypeError', `'${typeName(value)}' object is not an iterator`, at);
  try {
    return interpreter.callWith(method, [value], at);
  } catch (error) {
    if (error instanceof PythonError && error.value.kind === 'instance' && error.value.cls.name === 'StopIteration') return undefined;
    throw error;
  }
}
