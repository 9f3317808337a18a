/** `type(x)` for every kind of value. The classes register themselves, so that nothing here imports them. */
import type { Interpreter } from '../interpreter';
import type { ClassValue, Value } from '../values';
import { nativeClass } from './native';

const classes = new Map<string, ClassValue>();

/** Names the class of a kind of value: `int`, `list`, `generator`. */
export function registerClass(kind: string, cls: ClassValue): ClassValue {
  classes.set(kind, cls);
  return cls;
}

/** The class of a kind of value by name. */
export function registered(kind: string, parent = 'object'): ClassValue {
  const known = classes.get(kind);
  if (known) return known;
  const base = classes.get(parent) ?? classes.get('object');
  return registerClass(kind, nativeClass(`builtins.${kind}`, base ? [base] : []));
}

export function classOf(value: Value, interpreter: Interpreter): ClassValue {
  switch (value.kind) {
    case 'instance': return value.cls;
    case 'tuple': return value.cls ?? registered('tuple');
    case 'dict': return registered(value.factory ? 'defaultdict' : (value.flavour ?? 'dict'));
    case 'set': return registered(value.frozen ? 'frozenset' : 'set');
    case 'none': return registered('NoneType');
    case 'notimplemented': return registered('NotImplementedType');
    case 'iterator': return registered(value.name, 'iterator');
    case 'native': return registered('builtin_function_or_method');
    case 'class': return value.metaclass ?? registered('type');
    case 'tensor': return interpreter.tensors.classOf(value, interpreter) ?? registered('object');
    default: return registered(value.kind);
  }
}
