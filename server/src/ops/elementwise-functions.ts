/** The scalar functions behind the elementwise operator: which there are, which give booleans, and what they compute. */

type Scalar = (operands: readonly number[]) => number;

function unary(apply: (x: number) => number): Scalar {
  return ([x = NaN]) => apply(x);
}

function binary(apply: (a: number, b: number) => number): Scalar {
  return ([a = NaN, b = NaN]) => apply(a, b);
}

function truth(value: boolean): number {
  return value ? 1 : 0;
}

/** Halves go to the even neighbour, as in IEEE 754 and all four frameworks. */
function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest < 0.5) return low;
  if (rest > 0.5) return low + 1;
  return low % 2 === 0 ? low : low + 1;
}

const table = {
  add: binary((a, b) => a + b),
  subtract: binary((a, b) => a - b),
  multiply: binary((a, b) => a * b),
  divide: binary((a, b) => a / b),
  'floor-divide': binary((a, b) => Math.floor(a / b)),
  'truncate-divide': binary((a, b) => Math.trunc(a / b)),
  remainder: binary((a, b) => a - Math.floor(a / b) * b),
  fmod: binary((a, b) => a % b),
  power: binary((a, b) => a ** b),
  minimum: ([first = NaN, ...rest]: readonly number[]) => rest.reduce((a, b) => Math.min(a, b), first),
  maximum: ([first = NaN, ...rest]: readonly number[]) => rest.reduce((a, b) => Math.max(a, b), first),
  sum: (operands: readonly number[]) => operands.reduce((a, b) => a + b, 0),
  average: (operands: readonly number[]) => operands.reduce((a, b) => a + b, 0) / operands.length,
  product: (operands: readonly number[]) => operands.reduce((a, b) => a * b, 1),
  arctan2: binary(Math.atan2),
  hypotenuse: binary(Math.hypot),
  negative: unary(x => -x),
  positive: unary(x => x),
  absolute: unary(Math.abs),
  square: unary(x => x * x),
  'square-root': unary(Math.sqrt),
  'reciprocal-square-root': unary(x => 1 / Math.sqrt(x)),
  reciprocal: unary(x => 1 / x),
  sign: unary(Math.sign),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary(roundHalfEven),
  truncate: unary(Math.trunc),
  fraction: unary(x => x - Math.trunc(x)),
  exp: unary(Math.exp),
  exp2: unary(x => 2 ** x),
  expm1: unary(Math.expm1),
  log: unary(Math.log),
  log2: unary(Math.log2),
  log10: unary(Math.log10),
  log1p: unary(Math.log1p),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tan: unary(Math.tan),
  arcsin: unary(Math.asin),
  arccos: unary(Math.acos),
  arctan: unary(Math.atan),
  sinh: unary(Math.sinh),
  cosh: unary(Math.cosh),
  arcsinh: unary(Math.asinh),
  arccosh: unary(Math.acosh),
  arctanh: unary(Math.atanh),
  clamp: ([x = NaN, least = -Infinity, greatest = Infinity]: readonly number[]) => Math.min(Math.max(x, least), greatest),
  where: ([condition = NaN, then = NaN, otherwise = NaN]: readonly number[]) => (condition !== 0 ? then : otherwise),
  lerp: ([start = NaN, end = NaN, weight = NaN]: readonly number[]) => start + weight * (end - start),
  'multiply-add': ([x = NaN, a = NaN, b = NaN]: readonly number[]) => x + a * b,
  'divide-add': ([x = NaN, a = NaN, b = NaN]: readonly number[]) => x + a / b,
  equal: binary((a, b) => truth(a === b)),
  'not-equal': binary((a, b) => truth(a !== b)),
  less: binary((a, b) => truth(a < b)),
  'less-equal': binary((a, b) => truth(a <= b)),
  greater: binary((a, b) => truth(a > b)),
  'greater-equal': binary((a, b) => truth(a >= b)),
  'logical-and': binary((a, b) => truth(a !== 0 && b !== 0)),
  'logical-or': binary((a, b) => truth(a !== 0 || b !== 0)),
  'logical-xor': binary((a, b) => truth((a !== 0) !== (b !== 0))),
  'logical-not': unary(x => truth(x === 0)),
  'is-nan': unary(x => truth(Number.isNaN(x))),
  'is-infinite': unary(x => truth(Math.abs(x) === Infinity)),
  'is-finite': unary(x => truth(Number.isFinite(x))),
  // 32-bit in JavaScript; larger operands are not folded.
  'bitwise-and': binary((a, b) => small(a, b, a & b)),
  'bitwise-or': binary((a, b) => small(a, b, a | b)),
  'bitwise-xor': binary((a, b) => small(a, b, a ^ b)),
  'left-shift': binary((a, b) => a * 2 ** b),
  'right-shift': binary((a, b) => Math.floor(a / 2 ** b)),
} satisfies Readonly<Record<string, Scalar>>;

function small(a: number, b: number, value: number): number {
  return Math.abs(a) < 2 ** 31 && Math.abs(b) < 2 ** 31 ? value : NaN;
}

/** Functions whose values are not worked out, only their shape. */
type OpaqueFunction =
  | 'erf' | 'erfc' | 'erfinv' | 'gamma' | 'log-gamma' | 'digamma' | 'logit' | 'sinc'
  | 'bessel' | 'angle' | 'conjugate' | 'real' | 'imaginary' | 'log-add-exp' | 'bitwise-not' | 'is-close'
  | 'bucketize' | 'random-like' | 'quantize' | 'dequantize' | 'nan-to-num' | 'gradient-scale' | 'custom' | 'degrees'
  | 'radians' | 'xlogy' | 'heaviside' | 'copysign' | 'next-after' | 'polar';

export type ElementwiseFunction = keyof typeof table | OpaqueFunction;

export const booleanFunctions: ReadonlySet<string> = new Set<ElementwiseFunction>([
  'equal', 'not-equal', 'less', 'less-equal', 'greater', 'greater-equal',
  'logical-and', 'logical-or', 'logical-xor', 'logical-not', 'is-nan', 'is-infinite', 'is-finite', 'is-close',
]);

/** Functions that turn integers into floating-point numbers. */
export const floatFunctions: ReadonlySet<string> = new Set<ElementwiseFunction>([
  'divide', 'average', 'arctan2', 'square-root', 'reciprocal-square-root', 'reciprocal', 'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p',
  'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'arcsinh', 'arccosh', 'arctanh', 'lerp',
  'erf', 'erfc', 'erfinv', 'gamma', 'log-gamma', 'digamma', 'logit', 'sinc', 'bessel', 'dequantize', 'random-like',
]);

export function scalarFunction(name: ElementwiseFunction): Scalar | undefined {
  return name in table ? table[name as keyof typeof table] : undefined;
}
