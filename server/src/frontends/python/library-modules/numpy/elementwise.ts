/** Elementwise arithmetic, comparison and functions over arrays, with broadcasting. */
import type { Location } from '../../../../base/span';
import { isUnknown, unknown } from '../../../../base/unknown';
import type { Interpreter } from '../../interpreter';
import type { BinaryOperator, CompareOperator } from '../../syntax/ast';
import { bool, none, type Value } from '../../values';
import { cast, countOf, elementsOf, result, tooMany, type Elements } from './array';
import { broadcastSizes, spread } from './broadcast';
import { element, inexactType, isInteger, isNumeric, promote, type ElementType } from './types';
import { compareAny, floorDivide, modulo, operate } from '../../objects/operators';

type Compute = (x: number, y: number) => number;
export interface Rule {
  readonly compute: Compute;
  /** The result's type from that of the operands; undefined: the promoted one. */
  readonly type?: (type: ElementType) => ElementType;
  /** What Python does with operands that are no numbers. */
  readonly operator?: BinaryOperator | CompareOperator;
}

const truth = (value: boolean): number => (value ? 1 : 0);
const toBool = (): ElementType => 'bool';
/** Arithmetic of booleans is that of small integers, except for sums and products. */
const noBool = (type: ElementType): ElementType => (type === 'bool' ? 'int8' : type);

function divide(x: number, y: number): number {
  return x / y;
}

/** Bit operations beyond 32 bits go through big integers. */
function bitwise(small: Compute, large: (x: bigint, y: bigint) => bigint): Compute {
  return (x, y) => ((x | 0) === x && (y | 0) === y ? small(x, y) : Number.isInteger(x) && Number.isInteger(y) ? Number(large(BigInt(x), BigInt(y))) : NaN);
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

export const rules = {
  add: { compute: (x, y) => x + y, operator: '+' }, subtract: { compute: (x, y) => x - y, operator: '-' }, multiply: { compute: (x, y) => x * y, operator: '*' },
  divide: { compute: divide, type: inexactType, operator: '/' },
  floor_divide: { compute: (x, y) => (y === 0 ? divide(x, y) : floorDivide(x, y)), type: noBool, operator: '//' },
  mod: { compute: (x, y) => (y === 0 ? NaN : modulo(x, y)), type: noBool, operator: '%' },
  fmod: { compute: (x, y) => x % y, type: noBool }, power: { compute: (x, y) => x ** y, type: noBool, operator: '**' }, float_power: { compute: (x, y) => x ** y, type: () => 'float64' },
  maximum: { compute: (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? NaN : Math.max(x, y)) }, minimum: { compute: (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? NaN : Math.min(x, y)) },
  fmax: { compute: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)) }, fmin: { compute: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)) },
  arctan2: { compute: Math.atan2, type: inexactType },
  hypot: { compute: (x, y) => Math.hypot(x, y), type: inexactType },
  copysign: { compute: (x, y) => Math.abs(x) * (y < 0 || Object.is(y, -0) ? -1 : 1), type: inexactType },
  logaddexp: { compute: (x, y) => Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))), type: inexactType },
  equal: { compute: (x, y) => truth(x === y), type: toBool, operator: '==' }, not_equal: { compute: (x, y) => truth(x !== y), type: toBool, operator: '!=' },
  less: { compute: (x, y) => truth(x < y), type: toBool, operator: '<' }, less_equal: { compute: (x, y) => truth(x <= y), type: toBool, operator: '<=' },
  greater: { compute: (x, y) => truth(x > y), type: toBool, operator: '>' }, greater_equal: { compute: (x, y) => truth(x >= y), type: toBool, operator: '>=' },
  logical_and: { compute: (x, y) => truth(x !== 0 && y !== 0), type: toBool },
  logical_or: { compute: (x, y) => truth(x !== 0 || y !== 0), type: toBool },
  logical_xor: { compute: (x, y) => truth((x !== 0) !== (y !== 0)), type: toBool },
  bitwise_and: { compute: bitwise((x, y) => x & y, (x, y) => x & y), operator: '&' },
  bitwise_or: { compute: bitwise((x, y) => x | y, (x, y) => x | y), operator: '|' },
  bitwise_xor: { compute: bitwise((x, y) => x ^ y, (x, y) => x ^ y), operator: '^' },
  left_shift: { compute: (x, y) => x * 2 ** Math.min(y, 1100), type: noBool, operator: '<<' }, right_shift: { compute: (x, y) => Math.floor(x / 2 ** Math.min(y, 1100)), type: noBool, operator: '>>' },
  gcd: { compute: gcd }, lcm: { compute: (x, y) => (x === 0 || y === 0 ? 0 : Math.abs(x * y) / gcd(x, y)) },
} as const satisfies Readonly<Record<string, Rule>>;

export type BinaryName = keyof typeof rules;

const small = ['+', '-', '*', '/', '//', '%', '**', '&', '|', '^', '<<', '>>'] as const;

/** `a op b` of whatever numpy takes for arrays. */
export function binary(rule: Rule, left: Value, right: Value, interpreter: Interpreter, at: Location): Value {
  const a = elementsOf(left, interpreter, at);
  if (isUnknown(a)) return a;
  const b = elementsOf(right, interpreter, at);
  return isUnknown(b) ? b : result(combined(rule, a, b, interpreter, at));
}

export function combined(rule: Rule, a: Elements, b: Elements, interpreter: Interpreter, at: Location): Elements {
  const sizes = broadcastSizes(a.sizes, b.sizes, interpreter, at);
  const shared = promote(a.type, b.type, a.weak === true && b.weak !== true, b.weak === true && a.weak !== true);
  const numeric = isNumeric(a.type) && isNumeric(b.type);
  const type = rule.type ? rule.type(shared) : shared;
  const open = a.open ?? b.open ?? tooMany(sizes);
  const known = { sizes, type, weak: a.weak === true && b.weak === true };
  if (open) return { ...known, values: [], open };
  interpreter.budget.allocate(countOf(sizes));
  const [xs, ys] = [spread(a, sizes), spread(b, sizes)];
  const values = xs.map((x, i) => {
    const y = ys[i] ?? none;
    if (isUnknown(x)) return x;
    if (isUnknown(y)) return y;
    interpreter.budget.step();
    return numeric ? numbers(rule, x, y, shared, type, interpreter, at) : objects(rule, x, y, interpreter, at);
  });
  return { ...known, values };
}

function numbers(rule: Rule, x: Value, y: Value, shared: ElementType, type: ElementType, interpreter: Interpreter, at: Location): Value {
  const [a, b] = [cast(x, shared), cast(y, shared)];
  if ((a.kind !== 'int' && a.kind !== 'float' && a.kind !== 'bool') || (b.kind !== 'int' && b.kind !== 'float' && b.kind !== 'bool')) return objects(rule, x, y, interpreter, at);
  const [p, q] = [Number(a.value), Number(b.value)];
  if (rule.operator === '**' && isInteger(type) && q < 0) return interpreter.raise('ValueError', 'Integers to negative integer powers are not allowed.', at);
  const value = rule.compute(p, q);
  // Integer division by zero warns and gives zero.
  return element(isInteger(type) && !Number.isFinite(value) ? 0 : value, type);
}

function objects(rule: Rule, x: Value, y: Value, interpreter: Interpreter, at: Location): Value {
  const { operator } = rule;
  if (operator === undefined) return unknown('a function of values that are no numbers', at);
  return (small as readonly string[]).includes(operator) ? operate(operator as BinaryOperator, x, y, interpreter, at) : compareAny(operator as CompareOperator, x, y, interpreter, at);
}

// ——— functions of one array ———

type Unary = (x: number) => number;

export interface UnaryRule { readonly compute: Unary; readonly type: (type: ElementType) => ElementType }

const same = (type: ElementType): ElementType => type;
const inexact = (compute: Unary): UnaryRule => ({ compute, type: inexactType });
const kept = (compute: Unary): UnaryRule => ({ compute, type: same });
const test = (compute: (x: number) => boolean): UnaryRule => ({ compute: x => truth(compute(x)), type: toBool });

/** To the nearest integer, halves to the even one. */
export function rint(x: number): number {
  const low = Math.floor(x);
  const nearest = x - low === 0.5 ? low + (low % 2 === 0 ? 0 : 1) : Math.round(x);
  return nearest === 0 && x < 0 ? -0 : nearest;
}

export const functions: Readonly<Record<string, UnaryRule>> = {
  sqrt: inexact(Math.sqrt), exp: inexact(Math.exp), expm1: inexact(Math.expm1), exp2: inexact(x => 2 ** x), log: inexact(Math.log),
  log2: inexact(Math.log2), log10: inexact(Math.log10), log1p: inexact(Math.log1p),
  sin: inexact(Math.sin), cos: inexact(Math.cos), tan: inexact(Math.tan), arcsin: inexact(Math.asin), arccos: inexact(Math.acos),
  arctan: inexact(Math.atan), asin: inexact(Math.asin), acos: inexact(Math.acos), atan: inexact(Math.atan),
  sinh: inexact(Math.sinh), cosh: inexact(Math.cosh), tanh: inexact(Math.tanh), arcsinh: inexact(Math.asinh), arccosh: inexact(Math.acosh), arctanh: inexact(Math.atanh), cbrt: inexact(Math.cbrt),
  deg2rad: inexact(x => (x * Math.PI) / 180), radians: inexact(x => (x * Math.PI) / 180), rad2deg: inexact(x => (x * 180) / Math.PI), degrees: inexact(x => (x * 180) / Math.PI),
  rint: inexact(rint), fabs: inexact(Math.abs), sinc: inexact(x => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))), reciprocal: kept(x => 1 / x),
  floor: kept(Math.floor), ceil: kept(Math.ceil), trunc: kept(Math.trunc), fix: kept(Math.trunc),
  absolute: kept(Math.abs), abs: kept(Math.abs), sign: kept(Math.sign), square: kept(x => x * x), negative: kept(x => -x), positive: kept(x => x),
  conj: kept(x => x), conjugate: kept(x => x), real: kept(x => x),
  isnan: test(Number.isNaN), isinf: test(x => x === Infinity || x === -Infinity), isfinite: test(Number.isFinite), logical_not: test(x => x === 0), signbit: test(x => x < 0 || Object.is(x, -0)),
  isposinf: test(x => x === Infinity), isneginf: test(x => x === -Infinity),
  invert: { compute: x => -x - 1, type: same }, bitwise_not: { compute: x => -x - 1, type: same },
  nan_to_num: kept(x => (Number.isNaN(x) ? 0 : x === Infinity ? Number.MAX_VALUE : x === -Infinity ? -Number.MAX_VALUE : x)),
};

export function unary(rule: UnaryRule, value: Value, interpreter: Interpreter, at: Location): Value {
  const content = elementsOf(value, interpreter, at);
  return isUnknown(content) ? content : result(mapped(rule, content, interpreter, at));
}

export function mapped(rule: UnaryRule, content: Elements, interpreter: Interpreter, at: Location): Elements {
  const type = isNumeric(content.type) ? rule.type(content.type) : content.type;
  interpreter.budget.allocate(content.values.length);
  const values = content.values.map(value => {
    if (isUnknown(value)) return value;
    if (value.kind !== 'int' && value.kind !== 'float' && value.kind !== 'bool') return unknown('a function of values that are no numbers', at);
    if (value.kind === 'bool' && rule === functions['invert']) return bool(!value.value);
    return element(rule.compute(Number(value.value)), type);
  });
  return { sizes: content.sizes, type, values, open: content.open };
}

/** Elements as booleans; what is no number counts by Python's truth. */
export function truths(content: Elements, interpreter: Interpreter, at: Location): readonly Value[] {
  return content.values.map(value => {
    const found = interpreter.truth(value, at);
    return isUnknown(found) ? found : bool(found);
  });
}
