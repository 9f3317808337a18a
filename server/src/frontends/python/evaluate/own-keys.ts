/** Keys of dicts and sets whose class has a `__hash__` of its own: equal ones are one key. */
import type { Interpreter } from '../interpreter';
import { equalValues } from '../objects/operators';
import type { InstanceValue, Value } from '../values';

const nowhere = { uri: '', span: { start: 0, end: 0 } };

export class OwnKeys {
  /** By hash: one of each that differ. */
  private readonly known = new Map<number, InstanceValue[]>();

  constructor(private readonly interpreter: Interpreter) {}

  /** Undefined: it is a key by its identity. */
  of(value: InstanceValue): string | undefined {
    const method = hashMethod(value);
    const hash = method && this.interpreter.callWith(method, [value], nowhere);
    if (hash?.kind !== 'int') return undefined;
    const alike = this.known.get(hash.value) ?? [];
    this.known.set(hash.value, alike);
    const place = alike.findIndex(other => other === value || equalValues(other, value, this.interpreter, nowhere) === true);
    return `h${hash.value}.${place < 0 ? alike.push(value) - 1 : place}`;
  }
}

/** That of the program, where it has one. */
function hashMethod({ cls }: InstanceValue): Value | undefined {
  for (const ancestor of cls.mro) {
    const method = ancestor.attributes.get('__hash__');
    if (method) return ancestor.isNative ? undefined : method;
  }
  return undefined;
}
