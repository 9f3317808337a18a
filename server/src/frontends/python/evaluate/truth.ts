/** Truth testing: Python's rules, or the reason why it cannot be known. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import { elementCount } from '../../../tensor/shape';
import type { Interpreter } from '../interpreter';
import { keysInDoubt, rangeLength, type Value } from '../values';
import { lookupClass } from './attributes';

export function truthOf(interpreter: Interpreter, value: Value, at: Location): boolean | Unknown {
  switch (value.kind) {
    case 'bool': return value.value;
    case 'none': return false;
    case 'int': case 'float': return value.value !== 0;
    case 'str': case 'bytes': return value.value !== '';
    case 'list': return value.doubtfulLength && value.items.every(isUnknown) ? value.doubtfulLength : value.items.length > 0;
    case 'tuple': return value.items.length > 0;
    case 'dict': return [...value.entries.values()].every(entry => isUnknown(entry.value)) ? keysInDoubt(value) ?? value.entries.size > 0 : true;
    case 'set': return [...value.entries.values()].every(isUnknown) ? keysInDoubt(value) ?? value.entries.size > 0 : true;
    case 'range': return rangeLength(value) > 0;
    case 'unknown': return value;
    case 'tensor': {
      const { shape } = value.tensor;
      if (!isUnknown(shape) && shape.every(dim => typeof dim === 'number') && Number(elementCount(shape)) > 1) {
        return interpreter.raise('RuntimeError', 'Boolean value of Tensor with more than one value is ambiguous', at);
      }
      return interpreter.tensors.truth(value, at);
    }
    case 'instance': {
      for (const name of ['__bool__', '__len__']) {
        const method = lookupClass(value.cls, name);
        if (method) return truthOf(interpreter, interpreter.callWith(method, [value], at), at);
      }
      return value.payload ? truthOf(interpreter, value.payload, at) : true;
    }
    case 'class': {
      const length = value.metaclass && lookupClass(value.metaclass, '__len__');
      return length ? truthOf(interpreter, interpreter.callWith(length, [value], at), at) : true;
    }
    default: return true;
  }
}
