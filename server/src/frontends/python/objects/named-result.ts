/** Named tuples that functions return: `max(dim)` gives `.values` and `.indices`. */
import type { Interpreter } from '../interpreter';
import { nativeClass } from './native';
import { native, none, tuple, type ClassValue, type Value } from '../values';

const classes = new WeakMap<Interpreter, Map<string, ClassValue>>();

export function namedResult(interpreter: Interpreter, name: string, fields: readonly (readonly [string, Value | undefined])[]): Value {
  const known = classes.get(interpreter) ?? new Map<string, ClassValue>();
  classes.set(interpreter, known);
  let cls = known.get(name);
  if (!cls) {
    const base = interpreter.libraryValue('builtins.tuple');
    cls = nativeClass(`return_types.${name}`, base.kind === 'class' ? [base] : [], fields.map(([field], i) => [field, {
      kind: 'property', set: undefined, cached: false,
      get: native(field, ({ positional: [self] }) => (self?.kind === 'tuple' ? (self.items[i] ?? none) : none)),
    }] as const));
    known.set(name, cls);
  }
  return tuple(fields.map(([, value]) => value ?? none), cls);
}
