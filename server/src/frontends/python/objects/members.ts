/** Methods and data attributes of built-in values. All built-in classes are here once this is. */
import type { Location } from '../../../base/span';
import type { Interpreter } from '../interpreter';
import { none, type Value } from '../values';
import { classOf } from './class-of';
import './classes';
import './exception-classes';
import './object-rows';

/** A method or data attribute of a built-in value, bound; undefined when it has none of that name. */
export function builtinMethod(value: Value, name: string, interpreter: Interpreter): Value | undefined {
  const cls = classOf(value, interpreter);
  const found = interpreter.lookupClass(cls, name);
  switch (found?.kind) {
    case undefined: return name === '__doc__' ? none : undefined;
    case 'native': return found.binds ? { kind: 'method', self: value, callee: found } : found;
    case 'function': return { kind: 'method', self: value, callee: found };
    case 'classmethod': return { kind: 'method', self: cls, callee: found.callee };
    case 'staticmethod': return found.callee;
    case 'property': return found.get ? interpreter.callWith(found.get, [value], nowhere) : none;
    default: return found;
  }
}

const nowhere: Location = { uri: '', span: { start: 0, end: 0 } };
