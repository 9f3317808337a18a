/** `super()` in both spellings. */
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import type * as ast from '../syntax/ast';
import { unknown } from '../../../base/unknown';
import type { ClassValue, Value } from '../values';
import { locationOf } from './location';

export function superOf(interpreter: Interpreter, frame: Frame, node: ast.Call): Value {
  const at = locationOf(frame, node.span);
  const [first, second] = node.args;
  if (first && second) {
    const after = interpreter.evaluate(frame, first.value);
    const self = interpreter.evaluate(frame, second.value);
    if (after.kind !== 'class') return unknown('the class given to `super()` is not known', at);
    // A class that was defined again has its name still: which of the two is meant is not told apart.
    const isOther = self.kind === 'instance' && !self.cls.mro.some(cls => cls === after || cls.name === after.name);
    return isOther ? interpreter.raise('TypeError', 'super(type, obj): obj must be an instance or subtype of type', at) : { kind: 'super', after: ownerSeenFrom(after, self), self };
  }
  for (let current: Frame | undefined = frame; current; current = current.outer) {
    if (current.owner && current.self) return { kind: 'super', after: ownerSeenFrom(current.owner, current.self), self: current.self };
  }
  return interpreter.raise('RuntimeError', 'super(): no arguments', at);
}

/** A class decorator may have replaced the class (dataclass with slots): the name in the instance's own MRO counts. */
function ownerSeenFrom(owner: ClassValue, self: Value): ClassValue {
  if (self.kind !== 'instance' || self.cls.mro.includes(owner)) return owner;
  return self.cls.mro.find(cls => cls.definition !== undefined && cls.definition === owner.definition) ?? owner;
}
