/** Operators of built-in values: arithmetic, comparison, membership, indexing; and the full protocols with dunder methods and tensors. */
import type { Location } from '../../../base/span';
import { charge, readText } from '../../../base/budget';
import { isUnknown, unknown, type Unknown } from '../../../base/unknown';
import { firstUnknownIn } from '../convert';
import { Cells } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import type { BinaryOperator, CompareOperator } from '../syntax/ast';
import {
  keysInDoubt,
  bool, dict, float, hashKey, int, list, rangeLength, str, tuple, typeName,
  type DictValue, type SetValue, type Value,
} from '../values';
import { unknownKey } from './indexing';
import { plain } from './native';
import { isSame, percentFormat, textValue } from './text';
import { unionOf } from './typing-alias';

export { formatValue, reprOf, strOf } from './text';
export { deleteSequenceIndex, sequenceIndex, setSequenceIndex } from './indexing';

export const binaryMethods: Readonly<Record<BinaryOperator, readonly [string, string]>> = {
  '+': ['__add__', '__radd__'], '-': ['__sub__', '__rsub__'], '*': ['__mul__', '__rmul__'], '/': ['__truediv__', '__rtruediv__'],
  '//': ['__floordiv__', '__rfloordiv__'], '%': ['__mod__', '__rmod__'], '**': ['__pow__', '__rpow__'], '@': ['__matmul__', '__rmatmul__'],
  '&': ['__and__', '__rand__'], '|': ['__or__', '__ror__'], '^': ['__xor__', '__rxor__'], '<<': ['__lshift__', '__rlshift__'], '>>': ['__rshift__', '__rrshift__'],
};

export const compareMethods: Readonly<Partial<Record<CompareOperator, readonly [string, string]>>> = {
  '==': ['__eq__', '__eq__'], '!=': ['__ne__', '__ne__'], '<': ['__lt__', '__gt__'], '<=': ['__le__', '__ge__'], '>': ['__gt__', '__lt__'], '>=': ['__ge__', '__le__'],
};

interface Numeric { readonly value: number; readonly isFloat: boolean }

function numeric(value: Value): Numeric | undefined {
  switch (value.kind) {
    case 'int': return { value: value.value, isFloat: false };
    case 'float': return { value: value.value, isFloat: true };
    case 'bool': return { value: value.value ? 1 : 0, isFloat: false };
    default: return undefined;
  }
}

/** Sum, product … of built-in values. Undefined: not for these operands; the evaluator then tries dunder methods. */
export function binaryOperation(operator: BinaryOperator, left: Value, right: Value, interpreter: Interpreter, at: Location): Value | undefined {
  if (left.kind === 'tensor' || right.kind === 'tensor') return undefined;
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  const [method, reflected] = binaryMethods[operator];
  const a = plain(left, method);
  const b = plain(right, reflected);
  const x = numeric(a);
  const y = numeric(b);
  if (x && y) return arithmetic(operator, x, y, a.kind === 'bool' && b.kind === 'bool', interpreter, at);
  switch (operator) {
    case '+': return concatenation(a, b, interpreter);
    case '*': return x ? repetition(b, x, interpreter, at) : y ? repetition(a, y, interpreter, at) : undefined;
    case '%': return a.kind === 'str' ? textValue(percentFormat(a.value, right, interpreter, at)) : undefined;
    case '|': case '&': case '-': case '^': return setAlgebra(operator, a, b, interpreter);
    default: return undefined;
  }
}

function arithmetic(operator: BinaryOperator, x: Numeric, y: Numeric, bools: boolean, interpreter: Interpreter, at: Location): Value | undefined {
  const [a, b] = [x.value, y.value];
  const isFloat = x.isFloat || y.isFloat;
  const made = (value: number): Value => (isFloat ? float(value) : whole(value, at));
  switch (operator) {
    case '+': return made(a + b);
    case '-': return made(a - b);
    case '*': return isFloat || Number.isSafeInteger(a * b) ? made(a * b) : whole(Number(BigInt(a) * BigInt(b)), at);
    case '/': return b === 0 ? interpreter.raise('ZeroDivisionError', isFloat ? 'float division by zero' : 'division by zero', at) : float(a / b);
    case '//': return b === 0 ? interpreter.raise('ZeroDivisionError', isFloat ? 'float floor division by zero' : 'integer division or modulo by zero', at) : made(floorDivide(a, b));
    case '%': return b === 0 ? interpreter.raise('ZeroDivisionError', isFloat ? 'float modulo' : 'integer modulo by zero', at) : made(modulo(a, b));
    case '**': return power(x, y, interpreter, at);
    case '@': return undefined;
    default: break;
  }
  if (isFloat) return undefined;
  if (operator === '<<' || operator === '>>') return b < 0 ? interpreter.raise('ValueError', 'negative shift count', at) : shift(operator, a, b, at);
  const small = (a | 0) === a && (b | 0) === b;
  const result = small
    ? (operator === '&' ? a & b : operator === '|' ? a | b : a ^ b)
    : Number(operator === '&' ? BigInt(a) & BigInt(b) : operator === '|' ? BigInt(a) | BigInt(b) : BigInt(a) ^ BigInt(b));
  return bools ? bool(result !== 0) : whole(result, at);
}

function whole(value: number, at: Location): Value {
  return Number.isFinite(value) ? int(value + 0) : unknown('an integer too large to follow', at);
}

/** Python floors towards minus infinity. */
export function floorDivide(a: number, b: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Math.floor(a / b);
  const quotient = (a - modulo(a, b)) / b;
  return Math.round(quotient) + 0;
}

/** The remainder has the divisor's sign. */
export function modulo(a: number, b: number): number {
  const remainder = a % b;
  return (remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder) + 0;
}

function shift(operator: '<<' | '>>', a: number, count: number, at: Location): Value {
  if (operator === '>>') return whole(Math.floor(a / 2 ** Math.min(count, 1100)), at);
  return whole(a * 2 ** Math.min(count, 1100), at);
}

function power(x: Numeric, y: Numeric, interpreter: Interpreter, at: Location): Value {
  const [a, b] = [x.value, y.value];
  if (a === 0 && b < 0) return interpreter.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power', at);
  if (a < 0 && !Number.isInteger(b)) return unknown('complex numbers are not modelled', at);
  const value = a ** b;
  if (x.isFloat || y.isFloat || b < 0) {
    if (!Number.isFinite(value) && Number.isFinite(a) && Number.isFinite(b)) return interpreter.raise('OverflowError', "(34, 'Numerical result out of range')", at);
    return float(value);
  }
  return whole(value, at);
}

function concatenation(a: Value, b: Value, interpreter: Interpreter): Value | undefined {
  if (a.kind === 'str' && b.kind === 'str') {
    interpreter.budget.allocate((a.value.length + b.value.length) / 8);
    return str(a.value + b.value);
  }
  if (a.kind === 'bytes' && b.kind === 'bytes') return { kind: 'bytes', value: a.value + b.value };
  if (a.kind === 'list' && b.kind === 'list') {
    interpreter.budget.allocate(a.items.length + b.items.length);
    return list([...a.items, ...b.items]);
  }
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    interpreter.budget.allocate(a.items.length + b.items.length);
    const cls = a.cls?.qualifiedName === 'torch.Size' ? a.cls : undefined;
    return tuple([...a.items, ...b.items], cls);
  }
  return a.kind === 'dict' && b.kind === 'dict' && a.flavour === 'Counter' ? counterAlgebra('+', a, b) : undefined;
}

function repetition(sequence: Value, count: Numeric, interpreter: Interpreter, at: Location): Value | undefined {
  const times = Math.max(0, count.value);
  if (count.isFloat) {
    if (sequence.kind === 'str' || sequence.kind === 'list' || sequence.kind === 'tuple') return interpreter.raise('TypeError', "can't multiply sequence by non-int of type 'float'", at);
    return undefined;
  }
  if (sequence.kind === 'str' || sequence.kind === 'bytes') {
    interpreter.budget.allocate(sequence.value.length * times);
    return { kind: sequence.kind, value: sequence.value.repeat(times) };
  }
  if (sequence.kind !== 'list' && sequence.kind !== 'tuple') return undefined;
  interpreter.budget.allocate(sequence.items.length * times);
  const items: Value[] = [];
  for (let i = 0; i < times && sequence.items.length > 0; i++) for (const item of sequence.items) items.push(item);
  return sequence.kind === 'list' ? list(items) : tuple(items, sequence.cls?.qualifiedName === 'torch.Size' ? sequence.cls : undefined);
}

function setAlgebra(operator: '|' | '&' | '-' | '^', a: Value, b: Value, interpreter: Interpreter): Value | undefined {
  if (a.kind === 'dict' && b.kind === 'dict') {
    if (a.flavour === 'Counter' && operator !== '^') return counterAlgebra(operator, a, b);
    return operator === '|' ? merged(a, b, interpreter) : undefined;
  }
  const left = asSet(a);
  const right = asSet(b);
  if (!left || !right) return operator === '|' ? unionOfTypes(a, b) : undefined;
  return combineSets(operator, left, right);
}

/** `int | None` of types. */
function unionOfTypes(a: Value, b: Value): Value | undefined {
  const isType = (value: Value) => value.kind === 'class' || value.kind === 'none' || (value.kind === 'instance' && value.attributes.has('__origin__'));
  return isType(a) && isType(b) && !(a.kind === 'none' && b.kind === 'none') ? unionOf([a, b]) : undefined;
}

function asSet(value: Value): SetValue | undefined {
  return value.kind === 'set' ? value : undefined;
}

const wordsPerMember = 6;

export function combineSets(operator: '|' | '&' | '-' | '^', left: SetValue, right: SetValue): SetValue {
  charge((left.entries.size + right.entries.size) * wordsPerMember);
  const entries = new Cells<string, Value>();
  for (const [key, value] of left.entries) {
    if (operator === '|' || right.entries.has(key) === (operator === '&')) entries.set(key, value);
  }
  if (operator === '|' || operator === '^') for (const [key, value] of right.entries) if (!left.entries.has(key)) entries.set(key, value);
  return { kind: 'set', entries, frozen: left.frozen };
}

function merged(a: DictValue, b: DictValue, interpreter: Interpreter): DictValue {
  interpreter.budget.allocate(a.entries.size + b.entries.size);
  return dict([...a.entries.values(), ...b.entries.values()].map(({ key, value }) => [key, value] as const), {
    ...(a.factory ? { factory: a.factory } : {}), ...(a.flavour ? { flavour: a.flavour } : {}),
  });
}

function counterAlgebra(operator: '+' | '-' | '|' | '&', a: DictValue, b: DictValue): DictValue {
  const kept: (readonly [Value, Value])[] = [];
  const count = (source: DictValue, key: string) => {
    const value = source.entries.get(key)?.value;
    return value?.kind === 'int' ? value.value : 0;
  };
  for (const [hashed, { key }] of [...a.entries, ...b.entries]) {
    const [x, y] = [count(a, hashed), count(b, hashed)];
    const total = operator === '+' ? x + y : operator === '-' ? x - y : operator === '|' ? Math.max(x, y) : Math.min(x, y);
    if (total > 0) kept.push([key, int(total)]);
  }
  return dict(kept, { flavour: 'Counter' });
}

// ——— comparison ———

/** Undefined: not for these operands; the evaluator then tries dunder methods (or, for a tensor, the framework). */
export function compareValues(operator: CompareOperator, left: Value, right: Value, interpreter: Interpreter, at: Location): boolean | Unknown | undefined {
  switch (operator) {
    case 'is': return isSame(left, right);
    case 'is not': return negated(isSame(left, right));
    case 'in': return containsValue(right, left, interpreter, at);
    case 'not in': return negated(containsValue(right, left, interpreter, at));
    default: break;
  }
  if (left.kind === 'tensor' || right.kind === 'tensor') return undefined;
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  const [method = '', reflected = ''] = compareMethods[operator] ?? [];
  const a = plain(left, method);
  const b = plain(right, reflected);
  if (operator === '==' || operator === '!=') {
    if (overridesEquality(a, interpreter, method) || overridesEquality(b, interpreter, reflected)) return undefined;
    const same = equalPlain(a, b, interpreter, at);
    return operator === '==' ? same : negated(same);
  }
  return order(operator, a, b, interpreter, at);
}

function negated<T extends boolean | Unknown | undefined>(value: T): boolean | Unknown | undefined {
  return typeof value === 'boolean' ? !value : value;
}

function overridesEquality(value: Value, interpreter: Interpreter, name: string): boolean {
  const cls = value.kind === 'instance' ? value.cls : value.kind === 'tuple' ? value.cls : undefined;
  if (!cls) return false;
  const names = name === '__ne__' ? ['__ne__', '__eq__'] : [name];
  return names.some(candidate => {
    const method = interpreter.lookupClass(cls, candidate);
    return method !== undefined && !(method.kind === 'native' && /^(object|tuple|list|dict|str|int|float|set|frozenset|bytes)\./.test(method.name));
  });
}

/** `left == right` in full, dunder methods included. */
export function equalValues(left: Value, right: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  if (left === right && left.kind !== 'float' && !isUnknown(left)) return true;
  const result = compareAny('==', left, right, interpreter, at);
  return result.kind === 'bool' ? result.value : interpreter.truth(result, at);
}

function equalPlain(a: Value, b: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  const x = numeric(a);
  const y = numeric(b);
  if (x && y) return x.value === y.value;
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'list': case 'tuple': return equalItems(a.items, (b as typeof a).items, interpreter, at);
    case 'set': return a.entries.size === (b as typeof a).entries.size && [...a.entries.keys()].every(key => (b as typeof a).entries.has(key));
    case 'dict': return equalDicts(a, b as DictValue, interpreter, at);
    case 'range': {
      const other = b as typeof a;
      const length = rangeLength(a);
      return length === rangeLength(other) && (length === 0 || (a.start === other.start && (length === 1 || a.step === other.step)));
    }
    case 'slice': return equalItems([a.lower, a.upper, a.step], [(b as typeof a).lower, (b as typeof a).upper, (b as typeof a).step], interpreter, at);
    case 'method': return hashKey(a) === hashKey(b);
    default: return isSame(a, b);
  }
}

function equalItems(a: readonly Value[], b: readonly Value[], interpreter: Interpreter, at: Location): boolean | Unknown {
  if (a.length !== b.length) return false;
  let open: Unknown | undefined;
  interpreter.budget.enter();
  try {
    for (const [i, item] of a.entries()) {
      interpreter.budget.step();
      const other = b[i];
      const same = other ? equalValues(item, other, interpreter, at) : false;
      if (same === false) return false;
      if (isUnknown(same)) open ??= same;
    }
  } finally {
    interpreter.budget.leave();
  }
  return open ?? true;
}

function equalDicts(a: DictValue, b: DictValue, interpreter: Interpreter, at: Location): boolean | Unknown {
  if (a.entries.size !== b.entries.size) return false;
  const keys = [...a.entries.keys()];
  if (!keys.every(key => b.entries.has(key))) return unknownKey(a) ?? unknownKey(b) ?? false;
  return equalItems(keys.map(key => (a.entries.get(key) as { value: Value }).value), keys.map(key => (b.entries.get(key) as { value: Value }).value), interpreter, at);
}

function order(operator: CompareOperator, a: Value, b: Value, interpreter: Interpreter, at: Location): boolean | Unknown | undefined {
  const x = numeric(a);
  const y = numeric(b);
  if (x && y) return ordered(operator, x.value, y.value);
  if ((a.kind === 'str' && b.kind === 'str') || (a.kind === 'bytes' && b.kind === 'bytes')) {
    readText(Math.min(a.value.length, b.value.length));
    return ordered(operator, a.value, b.value);
  }
  if (a.kind === 'set' && b.kind === 'set') {
    const within = (inner: SetValue, outer: SetValue) => [...inner.entries.keys()].every(key => outer.entries.has(key));
    switch (operator) {
      case '<=': return within(a, b);
      case '<': return within(a, b) && a.entries.size < b.entries.size;
      case '>=': return within(b, a);
      default: return within(b, a) && a.entries.size > b.entries.size;
    }
  }
  if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple')) {
    for (let i = 0; i < Math.min(a.items.length, b.items.length); i++) {
      interpreter.budget.step();
      const [item, other] = [a.items[i], b.items[i]];
      if (!item || !other) break;
      const same = equalValues(item, other, interpreter, at);
      if (isUnknown(same)) return same;
      if (!same) {
        const result = compareAny(operator, item, other, interpreter, at);
        return interpreter.truth(result, at);
      }
    }
    return ordered(operator, a.items.length, b.items.length);
  }
  return undefined;
}

function ordered<T extends number | string>(operator: CompareOperator, a: T, b: T): boolean {
  switch (operator) {
    case '<': return a < b;
    case '<=': return a <= b;
    case '>': return a > b;
    default: return a >= b;
  }
}

/** `item in container` for built-in containers; undefined: the evaluator tries `__contains__` and iteration. */
export function containsValue(container: Value, item: Value, interpreter: Interpreter, at: Location): boolean | Unknown | undefined {
  if (isUnknown(container)) return container;
  const where = plain(container, '__contains__', '__iter__');
  switch (where.kind) {
    case 'str':
      if (isUnknown(item)) return item;
      if (plain(item).kind !== 'str') return interpreter.raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`, at);
      readText(where.value.length);
      return where.value.includes((plain(item) as { value: string }).value);
    case 'bytes': {
      readText(where.value.length);
      const needle = item.kind === 'int' ? String.fromCharCode(item.value) : item.kind === 'bytes' ? item.value : undefined;
      return isUnknown(item) ? item : needle !== undefined && where.value.includes(needle);
    }
    case 'dict': {
      const entry = isUnknown(item) ? undefined : where.entries.get(hashKey(item));
      if (entry) return isUnknown(entry.value) ? keysInDoubt(where) ?? true : true;
      if (where.entries.size === 0) return false;
      return holdsUnknown(item) ?? unknownKey(where) ?? false;
    }
    case 'set': {
      const present = isUnknown(item) ? undefined : where.entries.get(hashKey(item));
      if (present) return isUnknown(present) ? keysInDoubt(where) ?? true : true;
      if (where.entries.size === 0) return false;
      return holdsUnknown(item) ?? [...where.entries.values()].find(isUnknown) ?? false;
    }
    case 'range': {
      if (isUnknown(item)) return item;
      const number = numeric(plain(item));
      if (!number || !Number.isInteger(number.value)) return false;
      const steps = (number.value - where.start) / where.step;
      return Number.isInteger(steps) && steps >= 0 && steps < rangeLength(where);
    }
    case 'list': case 'tuple': {
      let open: Unknown | undefined;
      for (const candidate of where.items) {
        interpreter.budget.step();
        const same = candidate === item && !isUnknown(item) ? true : equalValues(candidate, item, interpreter, at);
        if (same === true) return true;
        if (isUnknown(same)) open ??= same;
      }
      return open ?? false;
    }
    default: return undefined;
  }
}

function holdsUnknown(value: Value): Unknown | undefined {
  return value.kind === 'tuple' || isUnknown(value) ? firstUnknownIn([value]) : undefined;
}

// ——— the full protocols ———

function classMethod(value: Value, name: string, interpreter: Interpreter): Value | undefined {
  if (value.kind === 'instance') return interpreter.lookupClass(value.cls, name);
  if (value.kind === 'tuple' && value.cls) return interpreter.lookupClass(value.cls, name);
  if (value.kind === 'class' && value.metaclass) return interpreter.lookupClass(value.metaclass, name);
  return undefined;
}

function viaMethods(names: readonly [string, string], left: Value, right: Value, interpreter: Interpreter, at: Location): Value | undefined {
  const first = classMethod(left, names[0], interpreter);
  const made = first && interpreter.callWith(first, [left, right], at);
  if (made && made.kind !== 'notimplemented') return made;
  const second = classMethod(right, names[1], interpreter);
  const reflected = second && interpreter.callWith(second, [right, left], at);
  return reflected && reflected.kind !== 'notimplemented' ? reflected : undefined;
}

/** `left op right` in full: tensors, built-in values, dunder methods, then a TypeError. */
export function operate(operator: BinaryOperator, left: Value, right: Value, interpreter: Interpreter, at: Location): Value {
  if (left.kind === 'tensor' || right.kind === 'tensor') {
    const made = interpreter.tensors.binary(operator, left, right, interpreter, at);
    if (made) return made;
  }
  // Only arrays have this product: both factors are tensors that could not be followed.
  if (operator === '@' && isUnknown(left) && isUnknown(right)) return interpreter.gapOf(left, at, true);
  const made = binaryOperation(operator, left, right, interpreter, at) ?? viaMethods(binaryMethods[operator], left, right, interpreter, at);
  if (made) return made;
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  return fromUnknownBase(left) ?? fromUnknownBase(right) ?? interpreter.raise('TypeError', `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`, at);
}

/** A class with a base that was not found may define any operator. */
function fromUnknownBase(value: Value): Unknown | undefined {
  return value.kind === 'instance' ? value.cls.mro.find(ancestor => ancestor.unknownBase)?.unknownBase : undefined;
}

/** `left op right` for a comparison, in full. */
export function compareAny(operator: CompareOperator, left: Value, right: Value, interpreter: Interpreter, at: Location): Value {
  if (operator !== 'is' && operator !== 'is not' && operator !== 'in' && operator !== 'not in' && (left.kind === 'tensor' || right.kind === 'tensor')) {
    const made = interpreter.tensors.binary(operator, left, right, interpreter, at);
    if (made) return made;
    if (operator === '==') return bool(left === right);
    if (operator === '!=') return bool(left !== right);
  }
  const result = compareValues(operator, left, right, interpreter, at);
  if (result !== undefined) return typeof result === 'boolean' ? bool(result) : result;
  const names = compareMethods[operator];
  const made = names && viaMethods(names, left, right, interpreter, at);
  if (made) return made;
  if (operator === '!=') {
    const same = viaMethods(['__eq__', '__eq__'], left, right, interpreter, at);
    const truth = same && interpreter.truth(same, at);
    if (truth !== undefined) return typeof truth === 'boolean' ? bool(!truth) : truth;
  }
  if (operator === '==') return bool(left === right);
  if (operator === '!=') return bool(left !== right);
  return fromUnknownBase(left) ?? fromUnknownBase(right) ?? interpreter.raise('TypeError', `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`, at);
}

/** `left < right` for sorting. */
export function lessThan(left: Value, right: Value, interpreter: Interpreter, at: Location): boolean | Unknown {
  interpreter.budget.step();
  const result = compareAny('<', left, right, interpreter, at);
  return result.kind === 'bool' ? result.value : interpreter.truth(result, at);
}

class Undecided extends Error {
  constructor(readonly unknown: Unknown) {
    super(unknown.reason);
  }
}

/** Sorted copy, stable; or the reason why the order is not known. */
export function sortValues(items: readonly Value[], key: Value | undefined, reverse: boolean, interpreter: Interpreter, at: Location): Value[] | Unknown {
  const keyed = items.map(item => ({ item, by: key ? interpreter.callWith(key, [item], at) : item }));
  const less = (a: Value, b: Value): boolean => {
    const result = lessThan(a, b, interpreter, at);
    if (isUnknown(result)) throw new Undecided(result);
    return result;
  };
  try {
    keyed.sort((a, b) => {
      const sign = reverse ? -1 : 1;
      return less(a.by, b.by) ? -sign : less(b.by, a.by) ? sign : 0;
    });
  } catch (error) {
    if (error instanceof Undecided) return error.unknown;
    throw error;
  }
  return keyed.map(entry => entry.item);
}

/** `-x`, `+x`, `~x` of built-in values; undefined: the evaluator tries the dunder method. */
export function unaryOperation(operator: '+' | '-' | '~', operand: Value, at: Location): Value | undefined {
  if (isUnknown(operand)) return operand;
  const value = plain(operand, operator === '-' ? '__neg__' : operator === '+' ? '__pos__' : '__invert__');
  const number = numeric(value);
  if (!number) return undefined;
  if (operator === '~') return number.isFloat ? undefined : int(-number.value - 1);
  const result = operator === '-' ? -number.value : number.value;
  return number.isFloat ? float(result) : whole(result, at);
}
