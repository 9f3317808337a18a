/** `int`, `float`, `bool`, and the operators every built-in class answers to when they are asked for by name. */
import type { Location } from '../../../base/span';
import { dataDependent, isUnknown, unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import type { BinaryOperator, CompareOperator } from '../syntax/ast';
import { bool, float, hashKey, int, notImplemented, none, str, tuple, typeName, type CallArguments, type ClassValue, type Value } from '../values';
import { registerClass } from './class-of';
import { c, held, m, markTransparent, nativeClass, payloadOf, property, raw } from './native';
import { objectClass } from './object';
import { binaryMethods, binaryOperation, compareMethods, compareValues, unaryOperation } from './operators';
import { reprOf, textValue } from './text';
import { fixed } from './text';

type Row = readonly [string, Value];

/** `__add__`, `__radd__` … as natives over `binaryOperation`. */
export function operatorRows(className: string, operators: readonly BinaryOperator[]): Row[] {
  return operators.flatMap(operator => {
    const [method, reflected] = binaryMethods[operator];
    return [
      [method, raw(`${className}.${method}`, ({ positional: [a = none, b = none], at }, i) => binaryOperation(operator, payloadOf(a), payloadOf(b), i, at) ?? notImplemented, true)],
      [reflected, raw(`${className}.${reflected}`, ({ positional: [a = none, b = none], at }, i) => binaryOperation(operator, payloadOf(b), payloadOf(a), i, at) ?? notImplemented, true)],
    ] as Row[];
  });
}

export function compareRows(className: string, operators: readonly CompareOperator[] = ['==', '!=', '<', '<=', '>', '>=']): Row[] {
  return operators.map(operator => {
    const name = compareMethods[operator]?.[0] ?? '__eq__';
    return [name, raw(`${className}.${name}`, ({ positional: [a = none, b = none], at }, i) => {
      const [x, y] = [payloadOf(a), payloadOf(b)];
      const result = x.kind === y.kind || operator === '==' || operator === '!=' || className === 'int' || className === 'float' ? compareValues(operator, x, y, i, at) : undefined;
      return result === undefined ? notImplemented : typeof result === 'boolean' ? bool(result) : result;
    }, true)] as Row;
  });
}

export const commonRows = (className: string): Row[] => [
  ['__hash__', raw(`${className}.__hash__`, ({ positional: [a = none] }) => hashOf(payloadOf(a)), true)],
  ['__repr__', raw(`${className}.__repr__`, ({ positional: [a = none], at }, i) => textValue(reprOf(payloadOf(a), i, at)), true)],
];

/** A number that depends on the value alone; Python's own is salted for strings. */
export function hashOf(value: Value): Value {
  if (isUnknown(value)) return value;
  if (value.kind === 'int' || value.kind === 'bool') return int(Number(value.value));
  let result = 7;
  for (const char of hashKey(value)) result = (result * 31 + char.charCodeAt(0)) % 0x1fffffffffff;
  return int(result);
}

const numberOperators: readonly BinaryOperator[] = ['+', '-', '*', '/', '//', '%', '**'];

const unaryRows = (className: string): Row[] => (['-', '+', '~'] as const).map(operator => {
  const name = operator === '-' ? '__neg__' : operator === '+' ? '__pos__' : '__invert__';
  return [name, raw(`${className}.${name}`, ({ positional: [a = none], at }) => unaryOperation(operator, payloadOf(a), at) ?? notImplemented, true)];
});

const valueOf = (value: Value): number => numberOf(payloadOf(value));

/** A call to a dunder that converts: `__int__`, `__float__`, `__index__`. */
function converted(value: Value, names: readonly string[], interpreter: Interpreter, at: Location): Value | undefined {
  if (value.kind !== 'instance') return undefined;
  for (const name of names) {
    const found = interpreter.lookupClass(value.cls, name);
    if (found) return interpreter.callWith(found, [value], at);
  }
  return undefined;
}

export function toInt(args: CallArguments, interpreter: Interpreter): Value {
  const { at } = args;
  const value = args.positional[0];
  const base = args.positional[1] ?? args.keywords.find(([name]) => name === 'base')?.[1];
  if (!value) return int(0);
  if (isUnknown(value)) return value;
  const made = converted(value, ['__int__', '__index__', '__trunc__'], interpreter, at);
  if (made) return made;
  const plainValue = payloadOf(value);
  switch (plainValue.kind) {
    case 'int': return plainValue;
    case 'bool': return int(plainValue.value ? 1 : 0);
    case 'float':
      if (Number.isNaN(plainValue.value)) return interpreter.raise('ValueError', 'cannot convert float NaN to integer', at);
      if (!Number.isFinite(plainValue.value)) return interpreter.raise('OverflowError', 'cannot convert float infinity to integer', at);
      return int(Math.trunc(plainValue.value) + 0);
    case 'str': case 'bytes': return parseInteger(plainValue.value, base, interpreter, at);
    case 'tensor': {
      const content = plainValue.content?.length === 1 ? plainValue.content[0] : undefined;
      return content === undefined ? dataDependent('the number depends on tensor data', at) : int(Math.trunc(content));
    }
    default: return interpreter.raise('TypeError', `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`, at);
  }
}

function parseInteger(text: string, baseValue: Value | undefined, interpreter: Interpreter, at: Location): Value {
  if (baseValue && isUnknown(baseValue)) return baseValue;
  let base = baseValue ? numberOf(baseValue) : 10;
  const failed = (): never => interpreter.raise('ValueError', `invalid literal for int() with base ${baseValue ? numberOf(baseValue) : 10}: '${text}'`, at);
  const match = /^\s*([+-]?)(0[xX]|0[oO]|0[bB])?((?:[0-9a-zA-Z]_?)*[0-9a-zA-Z])\s*$/.exec(text);
  if (!match) return failed();
  const [, sign = '', prefix = '', body = ''] = match;
  let digits = body.replaceAll('_', '').toLowerCase();
  const named = { x: 16, o: 8, b: 2 }[prefix.charAt(1).toLowerCase()];
  if (base === 0) base = named ?? 10;
  else if (named !== undefined && named !== base) digits = prefix.toLowerCase() + digits;
  let value = 0;
  for (const digit of digits) {
    const amount = parseInt(digit, 36);
    if (Number.isNaN(amount) || amount >= base) return failed();
    value = value * base + amount;
  }
  return int(sign === '-' ? -value : value);
}

export function toFloat(args: CallArguments, interpreter: Interpreter): Value {
  const { at } = args;
  const value = args.positional[0];
  if (!value) return float(0);
  if (isUnknown(value)) return value;
  const made = converted(value, ['__float__', '__index__'], interpreter, at);
  if (made) return made.kind === 'int' ? float(made.value) : made;
  const plainValue = payloadOf(value);
  switch (plainValue.kind) {
    case 'int': case 'float': return float(plainValue.value);
    case 'bool': return float(plainValue.value ? 1 : 0);
    case 'tensor': {
      const content = plainValue.content?.length === 1 ? plainValue.content[0] : undefined;
      return content === undefined ? dataDependent('the number depends on tensor data', at) : float(content);
    }
    case 'str': case 'bytes': {
      const text = plainValue.value.trim().toLowerCase().replace(/(\d)_(?=\d)/g, '$1');
      const named = /^([+-]?)(inf|infinity|nan)$/.exec(text);
      if (named) return float(named[2] === 'nan' ? NaN : named[1] === '-' ? -Infinity : Infinity);
      if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) return interpreter.raise('ValueError', `could not convert string to float: ${reprOf(plainValue, interpreter, at) as string}`, at);
      return float(Number(text));
    }
    default: return interpreter.raise('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`, at);
  }
}

/** Half to even, `digits` after the point. */
export function roundNumber(value: Value, digitsValue: Value, interpreter: Interpreter, at: Location): Value {
  if (isUnknown(value)) return value;
  if (isUnknown(digitsValue)) return digitsValue;
  const number = numberOf(value);
  if (digitsValue.kind === 'none') {
    if (value.kind === 'int' || value.kind === 'bool') return int(number);
    if (!Number.isFinite(number)) return interpreter.raise(Number.isNaN(number) ? 'ValueError' : 'OverflowError', 'cannot convert float to integer', at);
    const floor = Math.floor(number);
    const rest = number - floor;
    return int(rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1);
  }
  const digits = numberOf(digitsValue);
  if (value.kind === 'int' || value.kind === 'bool') {
    if (digits >= 0) return int(number);
    const unit = 10 ** -digits;
    const quotient = number / unit;
    const floor = Math.floor(quotient);
    const rest = quotient - floor;
    return int((rest < 0.5 ? floor : rest > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1) * unit);
  }
  if (!Number.isFinite(number) || digits > 60) return float(number);
  if (digits < 0) {
    const unit = 10 ** -digits;
    return float(Math.round(number / unit) * unit);
  }
  return float(number < 0 ? -Number(fixed(-number, digits)) : Number(fixed(number, digits)));
}

const identityRows = (name: string): Row[] => [
  property('real', self => payloadOf(self)), property('imag', self => (payloadOf(self).kind === 'float' ? float(0) : int(0))),
  m(`${name}.conjugate(self)`, p => payloadOf(p.self)),
  ['__abs__', raw(`${name}.__abs__`, ({ positional: [a = none] }) => (payloadOf(a).kind === 'float' ? float(Math.abs(valueOf(a))) : int(Math.abs(valueOf(a)))), true)],
  ['__bool__', raw(`${name}.__bool__`, ({ positional: [a = none] }) => bool(valueOf(a) !== 0), true)],
  ['__float__', raw(`${name}.__float__`, ({ positional: [a = none] }) => float(valueOf(a)), true)],
  ['__int__', raw(`${name}.__int__`, ({ positional: [a = none] }) => int(Math.trunc(valueOf(a))), true)],
  ['__round__', raw(`${name}.__round__`, ({ positional: [a = none, digits = none], at }, i) => roundNumber(payloadOf(a), digits, i, at), true)],
  ['__divmod__', raw(`${name}.__divmod__`, ({ positional: [a = none, b = none], at }, i) =>
    tuple([binaryOperation('//', a, b, i, at) ?? notImplemented, binaryOperation('%', a, b, i, at) ?? notImplemented]), true)],
];

export const intClass: ClassValue = registerClass('int', markTransparent(nativeClass('builtins.int', [objectClass], [
  ...commonRows('int'), ...operatorRows('int', [...numberOperators, '&', '|', '^', '<<', '>>']), ...compareRows('int'), ...unaryRows('int'), ...identityRows('int'),
  property('numerator', self => payloadOf(self)), property('denominator', () => int(1)),
  ['__index__', raw('int.__index__', ({ positional: [a = none] }) => int(valueOf(a)), true)],
  m('int.bit_length(self)', p => int(Math.abs(valueOf(p.self)) === 0 ? 0 : BigInt(Math.abs(valueOf(p.self))).toString(2).length)),
  m('int.bit_count(self)', p => int(BigInt(Math.abs(valueOf(p.self))).toString(2).replaceAll('0', '').length)),
  m('int.as_integer_ratio(self)', p => tuple([payloadOf(p.self), int(1)])),
  m('int.is_integer(self)', () => bool(true)),
  m('int.to_bytes(self, length=1, byteorder="big", signed=False)', (_p, _i, { at }) => unknown('bytes of an integer are not modelled', at)),
  c('int.from_bytes(cls, bytes, byteorder="big", signed=False)', (_p, _i, { at }) => unknown('integers from bytes are not modelled', at)),
], { allocate: (cls, args, interpreter) => held(intClass, cls, toInt(args, interpreter)) })));

export const boolClass: ClassValue = registerClass('bool', markTransparent(nativeClass('builtins.bool', [intClass], [
  ['__repr__', raw('bool.__repr__', ({ positional: [a = none] }) => str(valueOf(a) !== 0 ? 'True' : 'False'), true)],
], {
  allocate: (_cls, args, interpreter) => {
    const value = args.positional[0];
    if (!value) return bool(false);
    const truth = interpreter.truth(value, args.at);
    return typeof truth === 'boolean' ? bool(truth) : truth;
  },
})));

export const floatClass: ClassValue = registerClass('float', markTransparent(nativeClass('builtins.float', [objectClass], [
  ...commonRows('float'), ...operatorRows('float', numberOperators), ...compareRows('float'), ...unaryRows('float').filter(([name]) => name !== '__invert__'), ...identityRows('float'),
  m('float.is_integer(self)', p => bool(Number.isInteger(valueOf(p.self)))),
  m('float.hex(self)', (_p, _i, { at }) => unknown('the hexadecimal form of a float is not modelled', at)),
  m('float.as_integer_ratio(self)', p => {
    let [numerator, denominator] = [valueOf(p.self), 1];
    while (!Number.isInteger(numerator) && denominator < 2 ** 60) [numerator, denominator] = [numerator * 2, denominator * 2];
    return tuple([int(numerator), int(denominator)]);
  }),
  c('float.fromhex(cls, text, /)', (_p, _i, { at }) => unknown('hexadecimal floats are not modelled', at)),
], { allocate: (cls, args, interpreter) => held(floatClass, cls, toFloat(args, interpreter)) })));

export const complexClass: ClassValue = registerClass('complex', nativeClass('builtins.complex', [objectClass], [], {
  allocate: (_cls, args) => unknown('complex numbers are not modelled', args.at),
}));
