/** Operators as expressions use them: what the value protocols answer, plus membership, in-place forms and subscripts of classes. */
import type { Location } from '../../../base/span';
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Frame } from '../environment';
import type { Interpreter } from '../interpreter';
import { binaryMethods, binaryOperation, compareAny, containsValue, operate, sequenceIndex, unaryOperation } from '../objects/operators';
import type * as ast from '../syntax/ast';
import { bool, typeName, type ClassValue, type Value } from '../values';
import { assign } from './assign';
import { toEither } from './one-of';
import { lookupClass } from './attributes';
import { locationOf } from './location';

export function binary(interpreter: Interpreter, operator: ast.BinaryOperator, left: Value, right: Value, at: Location): Value {
  return operate(operator, left, right, interpreter, at);
}

export function compare(interpreter: Interpreter, operator: ast.CompareOperator, left: Value, right: Value, at: Location): Value {
  if (operator === 'in') return contains(interpreter, right, left, at);
  if (operator === 'not in') return negate(contains(interpreter, right, left, at));
  return compareAny(operator, left, right, interpreter, at);
}

function contains(interpreter: Interpreter, container: Value, item: Value, at: Location): Value {
  if (isUnknown(container)) return container;
  const cls = classOf(container);
  const method = cls && lookupClass(cls, '__contains__');
  if (method && method.kind !== 'native') return toBool(interpreter, interpreter.callWith(method, [container, item], at), at);
  const result = containsValue(container, item, interpreter, at);
  if (result !== undefined) return isUnknown(result) ? result : bool(result);
  if (method) return toBool(interpreter, interpreter.callWith(method, [container, item], at), at);
  for (const candidate of interpreter.iterate(container, at)) {
    const same = compareAny('==', candidate, item, interpreter, at);
    if (isUnknown(same) || (same.kind === 'bool' && same.value)) return same;
  }
  return bool(false);
}

function classOf(value: Value): ClassValue | undefined {
  return value.kind === 'instance' ? value.cls : value.kind === 'tuple' ? value.cls : value.kind === 'class' ? value.metaclass : undefined;
}

function unknownBaseOf(value: Value): Unknown | undefined {
  return value.kind === 'instance' ? value.cls.mro.find(cls => cls.unknownBase)?.unknownBase : undefined;
}

export function augment(interpreter: Interpreter, frame: Frame, statement: ast.AugmentedAssign): void {
  const at = locationOf(frame, statement.span);
  const current = interpreter.evaluate(frame, statement.target);
  const value = interpreter.evaluate(frame, statement.value);
  assign(interpreter, frame, statement.target, inPlace(interpreter, statement.operator, current, value, at));
}

function inPlace(interpreter: Interpreter, operator: ast.BinaryOperator, current: Value, value: Value, at: Location): Value {
  if (isUnknown(current)) {
    const either = toEither(interpreter, current, at, candidate => inPlace(interpreter, operator, candidate, value, at));
    if (either) return either;
  }
  if (current.kind === 'tensor') return interpreter.tensors.inPlace(operator, current, value, interpreter, at);
  if (current.kind === 'list' && operator === '+' && !isUnknown(value)) {
    for (const item of [...interpreter.iterate(value, at)]) {
      interpreter.budget.allocate(1);
      interpreter.heap.push(current, item);
    }
    return current;
  }
  const cls = classOf(current);
  const method = cls && lookupClass(cls, binaryMethods[operator][0].replace('__', '__i'));
  if (method) {
    const result = interpreter.callWith(method, [current, value], at);
    if (result.kind !== 'notimplemented') return result;
  }
  if ((current.kind === 'dict' || current.kind === 'set') && !isUnknown(value)) {
    const updated = binaryOperation(operator, current, value, interpreter, at);
    if (updated?.kind === 'dict' && current.kind === 'dict') {
      interpreter.heap.replaceEntries(current, updated.entries.values());
      return current;
    }
    if (updated?.kind === 'set' && current.kind === 'set') {
      interpreter.heap.replace(current.entries, updated.entries);
      return current;
    }
  }
  return binary(interpreter, operator, current, value, at);
}

function toBool(interpreter: Interpreter, value: Value, at: Location): Value {
  const truth = interpreter.truth(value, at);
  return isUnknown(truth) ? truth : bool(truth);
}

function negate(value: Value): Value {
  return value.kind === 'bool' ? bool(!value.value) : value;
}

export function unary(interpreter: Interpreter, operator: ast.UnaryOperator, operand: Value, at: Location): Value {
  if (operator === 'not') return negate(toBool(interpreter, operand, at));
  if (operand.kind === 'tensor') return interpreter.tensors.unary(operator, operand, interpreter, at);
  const cls = classOf(operand);
  const method = cls && lookupClass(cls, operator === '-' ? '__neg__' : operator === '+' ? '__pos__' : '__invert__');
  if (method && method.kind !== 'native') return interpreter.callWith(method, [operand], at);
  return unaryOperation(operator, operand, at)
    ?? (method ? interpreter.callWith(method, [operand], at) : undefined)
    ?? unknownBaseOf(operand)
    ?? interpreter.raise('TypeError', `bad operand type for unary ${operator}: '${typeName(operand)}'`, at);
}

/** `object[key]`. */
export function subscript(interpreter: Interpreter, object: Value, key: Value, at: Location): Value {
  switch (object.kind) {
    case 'unknown': return toEither(interpreter, object, at, candidate => subscript(interpreter, candidate, key, at)) ?? object;
    case 'tensor': return interpreter.tensors.index(object, key, interpreter, at);
    case 'instance': {
      const method = lookupClass(object.cls, '__getitem__');
      if (method) return interpreter.callWith(method, [object, key], at);
      break;
    }
    case 'class': {
      const meta = object.metaclass && lookupClass(object.metaclass, '__getitem__');
      if (meta) return interpreter.callWith(meta, [object, key], at);
      const method = lookupClass(object, '__class_getitem__');
      // `List[int]`, `Generic[T]`: the class itself serves at run time.
      return method?.kind === 'function' || method?.kind === 'classmethod' ? interpreter.callWith(method.kind === 'classmethod' ? method.callee : method, [object, key], at) : object;
    }
    case 'native': case 'function': return object;
    default: break;
  }
  return sequenceIndex(object, key, interpreter, at) ?? unknownBaseOf(object)
    ?? interpreter.raise('TypeError', `'${typeName(object)}' object is not subscriptable`, at);
}
