/** `math`, `cmath`, `statistics`, `numbers`. */
import type { Location } from '../../../base/span';
import { dataDependent, isUnknown, unknown } from '../../../base/unknown';
import { numberOf } from '../convert';
import type { Interpreter } from '../interpreter';
import { entry, fn, type LibraryEntry } from '../library';
import { bool, float, int, none, tuple, typeName, type Value } from '../values';
import { abstractClass } from '../objects/abstract';
import { payloadOf, raw, withItems } from '../objects/native';
import { operate, sortValues } from '../objects/operators';

/** The number behind an argument: int, float, bool, `__float__`, a tensor whose contents are known. */
export function real(value: Value, interpreter: Interpreter, at: Location): number | Extract<Value, { kind: 'unknown' }> {
  if (isUnknown(value)) return value;
  const held = payloadOf(value);
  if (held.kind === 'int' || held.kind === 'float' || held.kind === 'bool') return Number(held.value);
  if (held.kind === 'tensor') {
    const content = numberOf(held);
    return Number.isNaN(content) ? dataDependent('the number depends on tensor data', at) : content;
  }
  for (const name of ['__float__', '__index__']) {
    const method = held.kind === 'instance' ? interpreter.lookupClass(held.cls, name) : undefined;
    if (method) return real(interpreter.callWith(method, [held], at), interpreter, at);
  }
  return interpreter.raise('TypeError', `must be real number, not ${typeName(value)}`, at);
}

type Numbers = (interpreter: Interpreter, at: Location, ...numbers: number[]) => Value;

/** A row whose arguments are all numbers. */
function numeric(name: string, count: number, compute: Numbers): LibraryEntry {
  const value = raw(name, (args, interpreter) => {
    const numbers: number[] = [];
    if (args.positional.length !== count) return interpreter.raise('TypeError', `${name}() takes exactly ${count} arguments (${args.positional.length} given)`, args.at);
    for (const argument of args.positional) {
      const number = real(argument, interpreter, args.at);
      if (isUnknown(number)) return number;
      numbers.push(number);
    }
    return compute(interpreter, args.at, ...numbers);
  });
  return entry(name, () => value);
}

const plainFunction = (name: string, compute: (x: number) => number): LibraryEntry => numeric(`math.${name}`, 1, (interpreter, at, x = NaN) => {
  const result = compute(x);
  if (Number.isNaN(result) && !Number.isNaN(x)) return interpreter.raise('ValueError', 'math domain error', at);
  if (!Number.isFinite(result) && Number.isFinite(x)) {
    return interpreter.raise(name.startsWith('log') ? 'ValueError' : 'OverflowError', name.startsWith('log') ? 'math domain error' : 'math range error', at);
  }
  return float(result);
});

/** Rounds to an int, through `__floor__` and the like for other types. */
function rounding(name: 'floor' | 'ceil' | 'trunc', compute: (x: number) => number): LibraryEntry {
  return fn(`math.${name}(x, /)`, (p, interpreter, { at }) => {
    const method = p.x.kind === 'instance' ? interpreter.lookupClass(p.x.cls, `__${name}__`) : undefined;
    if (method) return interpreter.callWith(method, [p.x], at);
    const number = real(p.x, interpreter, at);
    if (isUnknown(number)) return number;
    if (!Number.isFinite(number)) return interpreter.raise(Number.isNaN(number) ? 'ValueError' : 'OverflowError', `cannot convert float ${Number.isNaN(number) ? 'NaN' : 'infinity'} to integer`, at);
    return int(compute(number) + 0);
  });
}

function log(x: Value, base: Value, interpreter: Interpreter, at: Location): Value {
  const number = real(x, interpreter, at);
  if (isUnknown(number)) return number;
  if (number <= 0) return interpreter.raise('ValueError', 'math domain error', at);
  if (base.kind === 'none') return float(Math.log(number));
  const other = real(base, interpreter, at);
  if (isUnknown(other)) return other;
  return other === 1 ? interpreter.raise('ZeroDivisionError', 'float division by zero', at) : float(Math.log(number) / Math.log(other));
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

function folded(name: string, start: number, step: (a: number, b: number) => number): LibraryEntry {
  const value = raw(name, (args, interpreter) => {
    let total = start;
    for (const argument of args.positional) {
      const number = real(argument, interpreter, args.at);
      if (isUnknown(number)) return number;
      total = step(total, number);
    }
    return int(total);
  });
  return entry(name, () => value);
}

function products(n: number, from: number): number {
  let result = 1;
  for (let i = from; i <= n && Number.isFinite(result); i++) result *= i;
  return result;
}

/** Abramowitz and Stegun give too few digits; this is the continued series of the error function. */
function errorFunction(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let [sum, term] = [x, x];
  for (let n = 1; n < 200 && Math.abs(term) > 1e-18; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Lanczos approximation, g = 7. */
function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 171) return products(x - 1, 2);
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const coefficients = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];
  const t = x + 6.5;
  const series = coefficients.reduce((sum, coefficient, i) => sum + coefficient / (x + i), 0.99999999999980993);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * series;
}

function mean(name: string, combine: (numbers: readonly number[]) => Value): LibraryEntry {
  return fn(`statistics.${name}(data)`, (p, interpreter, { at }) => withItems(p.data, interpreter, at, items => {
    const open = items.find(isUnknown);
    if (open) return open;
    return items.length === 0 ? interpreter.raise('ValueError', `${name} requires at least one data point`, at) : combine(items.map(numberOf));
  }));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);
const average = (numbers: readonly number[]) => sum(numbers) / numbers.length;
const variance = (numbers: readonly number[], less: number) => sum(numbers.map(x => (x - average(numbers)) ** 2)) / (numbers.length - less);
const exact = (value: number) => (Number.isInteger(value) ? int(value) : float(value));

const number = abstractClass('numbers.Number', [], { members: ['int', 'float', 'bool', 'complex', 'Decimal', 'Fraction'] });
const complexNumber = abstractClass('numbers.Complex', [number], { members: ['int', 'float', 'bool', 'complex', 'Fraction'] });
const realNumber = abstractClass('numbers.Real', [complexNumber], { members: ['int', 'float', 'bool', 'Fraction'] });
const rational = abstractClass('numbers.Rational', [realNumber], { members: ['int', 'bool', 'Fraction'] });
const integral = abstractClass('numbers.Integral', [rational], { members: ['int', 'bool'] });

export const mathEntries: readonly LibraryEntry[] = [
  entry('math.pi', () => float(Math.PI)), entry('math.e', () => float(Math.E)), entry('math.tau', () => float(2 * Math.PI)),
  entry('math.inf', () => float(Infinity)), entry('math.nan', () => float(NaN)),
  plainFunction('sqrt', Math.sqrt), plainFunction('exp', Math.exp), plainFunction('expm1', Math.expm1), plainFunction('exp2', x => 2 ** x),
  plainFunction('log2', Math.log2), plainFunction('log10', Math.log10), plainFunction('log1p', Math.log1p),
  plainFunction('sin', Math.sin), plainFunction('cos', Math.cos), plainFunction('tan', Math.tan), plainFunction('asin', Math.asin), plainFunction('acos', Math.acos), plainFunction('atan', Math.atan),
  plainFunction('sinh', Math.sinh), plainFunction('cosh', Math.cosh), plainFunction('tanh', Math.tanh), plainFunction('asinh', Math.asinh),
  plainFunction('acosh', Math.acosh), plainFunction('atanh', Math.atanh),
  plainFunction('fabs', Math.abs), plainFunction('cbrt', Math.cbrt), plainFunction('degrees', x => (x * 180) / Math.PI), plainFunction('radians', x => (x * Math.PI) / 180),
  plainFunction('erf', errorFunction), plainFunction('erfc', x => 1 - errorFunction(x)), plainFunction('gamma', gamma), plainFunction('lgamma', x => Math.log(Math.abs(gamma(x)))),
  rounding('floor', Math.floor), rounding('ceil', Math.ceil), rounding('trunc', Math.trunc),
  fn('math.log(x, base=None, /)', (p, interpreter, { at }) => log(p.x, p.base, interpreter, at)),
  numeric('math.pow', 2, (interpreter, at, x = NaN, y = NaN) => (Number.isNaN(x ** y) && !Number.isNaN(x + y) ? interpreter.raise('ValueError', 'math domain error', at) : float(x ** y))),
  numeric('math.atan2', 2, (_i, _at, y = NaN, x = NaN) => float(Math.atan2(y, x))),
  numeric('math.fmod', 2, (interpreter, at, x = NaN, y = NaN) => (y === 0 ? interpreter.raise('ValueError', 'math domain error', at) : float(x % y))),
  numeric('math.remainder', 2, (_i, _at, x = NaN, y = NaN) => float(x - y * Math.round(x / y))),
  numeric('math.copysign', 2, (_i, _at, x = NaN, y = NaN) => float(Math.abs(x) * (y < 0 || Object.is(y, -0) ? -1 : 1))),
  numeric('math.ldexp', 2, (_i, _at, x = NaN, y = NaN) => float(x * 2 ** y)),
  numeric('math.isnan', 1, (_i, _at, x) => bool(Number.isNaN(x))),
  numeric('math.isinf', 1, (_i, _at, x = 0) => bool(x === Infinity || x === -Infinity)),
  numeric('math.isfinite', 1, (_i, _at, x) => bool(Number.isFinite(x))),
  numeric('math.isqrt', 1, (interpreter, at, x = 0) => (x < 0 ? interpreter.raise('ValueError', 'isqrt() argument must be nonnegative', at) : int(Math.floor(Math.sqrt(x))))),
  numeric('math.factorial', 1, (interpreter, at, n = 0) => {
    if (n < 0 || !Number.isInteger(n)) return interpreter.raise('ValueError', 'factorial() not defined for negative values', at);
    return n > 170 ? unknown('an integer too large to follow', at) : int(products(n, 2));
  }),
  numeric('math.comb', 2, (_i, _at, n = 0, k = 0) => {
    if (k > n) return int(0);
    let result = 1;
    for (let i = 1; i <= Math.min(k, n - k) && Number.isFinite(result); i++) result = (result * (n - Math.min(k, n - k) + i)) / i;
    return int(Math.round(result));
  }),
  fn('math.perm(n, k=None, /)', (p, interpreter, { at }) => {
    const n = real(p.n, interpreter, at);
    const k = p.k.kind === 'none' ? n : real(p.k, interpreter, at);
    if (isUnknown(n)) return n;
    return isUnknown(k) ? k : int(k > n ? 0 : products(n, n - k + 1));
  }),
  numeric('math.modf', 1, (_i, _at, x = 0) => tuple([float(x - Math.trunc(x)), float(Math.trunc(x))])),
  numeric('math.frexp', 1, (_i, _at, x = 0) => {
    if (x === 0 || !Number.isFinite(x)) return tuple([float(x), int(0)]);
    const exponent = Math.floor(Math.log2(Math.abs(x))) + 1;
    return tuple([float(x / 2 ** exponent), int(exponent)]);
  }),
  folded('math.gcd', 0, gcd), folded('math.lcm', 1, (a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b))),
  fn('math.prod(iterable, /, *, start=1)', (p, interpreter, { at }) =>
    withItems(p.iterable, interpreter, at, items => items.reduce((total, item) => operate('*', total, item, interpreter, at), p.start))),
  fn('math.fsum(seq, /)', (p, interpreter, { at }) => withItems(p.seq, interpreter, at, items => items.find(isUnknown) ?? float(sum(items.map(numberOf))))),
  fn('math.hypot(*coordinates)', (p, interpreter, { at }) => withItems(p.coordinates, interpreter, at, items => items.find(isUnknown) ?? float(Math.hypot(...items.map(numberOf))))),
  fn('math.dist(p, q, /)', (p, interpreter, { at }) => withItems(p.p, interpreter, at, a =>
    withItems(p.q, interpreter, at, b => [...a, ...b].find(isUnknown) ?? float(Math.hypot(...a.map((x, i) => numberOf(x) - numberOf(b[i]))))))),
  fn('math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)', (p, interpreter, { at }) => {
    const [a, b, relative, absolute] = [p.a, p.b, p.rel_tol, p.abs_tol].map(value => real(value, interpreter, at));
    for (const value of [a, b, relative, absolute]) if (isUnknown(value)) return value;
    const [x, y, r, s] = [a, b, relative, absolute] as number[] as [number, number, number, number];
    return bool(x === y || Math.abs(x - y) <= Math.max(r * Math.max(Math.abs(x), Math.abs(y)), s));
  }),
  entry('cmath.pi', () => float(Math.PI)), entry('cmath.e', () => float(Math.E)),
  ...['sqrt', 'exp', 'log', 'phase', 'polar', 'rect'].map(name => fn(`cmath.${name}(x, y=None)`, (_p, _i, { at }) => unknown('complex numbers are not modelled', at))),
  mean('mean', numbers => exact(average(numbers))), mean('fmean', numbers => float(average(numbers))),
  mean('stdev', numbers => float(Math.sqrt(variance(numbers, 1)))), mean('pstdev', numbers => float(Math.sqrt(variance(numbers, 0)))),
  mean('variance', numbers => exact(variance(numbers, 1))), mean('pvariance', numbers => exact(variance(numbers, 0))),
  fn('statistics.median(data)', (p, interpreter, { at }) => withItems(p.data, interpreter, at, items => {
    const sorted = sortValues(items, undefined, false, interpreter, at);
    if (isUnknown(sorted)) return sorted;
    const middle = Math.floor(sorted.length / 2);
    const [low, high] = [sorted[middle - 1], sorted[middle]];
    if (!high) return interpreter.raise('ValueError', 'no median for empty data', at);
    return sorted.length % 2 === 1 || !low ? high : operate('/', operate('+', low, high, interpreter, at), int(2), interpreter, at);
  })),
  ...[number, complexNumber, realNumber, rational, integral].map(cls => entry(cls.qualifiedName, () => cls)),
  fn('struct.calcsize(format, /)', p => (p.format.kind === 'str' ? int([...p.format.value].reduce((total, char) =>
    total + ({ b: 1, B: 1, h: 2, H: 2, i: 4, I: 4, l: 8, L: 8, q: 8, Q: 8, f: 4, d: 8, c: 1, e: 2 }[char] ?? 0), 0)) : none)),
  fn('struct.pack(format, *values)', (_p, _i, { at }) => unknown('packed bytes are not modelled', at)),
  fn('struct.unpack(format, buffer, /)', (_p, _i, { at }) => unknown('packed bytes are not modelled', at)),
];
