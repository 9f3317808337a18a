/** Classes whose instances answer every name: to ask them whether they have one tells nothing, so that the program's own default holds. */
import type { ClassValue, Value } from '../values';

const open = new WeakSet<ClassValue>();

export function openClass(cls: ClassValue): ClassValue {
  open.add(cls);
  return cls;
}

/** Whether the name was never written there. */
export function answersAnything(object: Value, name: string): boolean {
  return object.kind === 'instance' && open.has(object.cls) && !object.attributes.has(name);
}
