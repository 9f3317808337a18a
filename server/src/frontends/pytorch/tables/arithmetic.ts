/** Elementwise functions of `torch` and `torch.Tensor`: arithmetic, comparisons, rounding, powers, bits. */
import { cast } from '../../../ops/identity';
import { given, stringOf } from '../../python/convert';
import { bool, float, int, none, type Value } from '../../python/values';
import { activationRow, binary, unary } from '../elementwise';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { dataDependent, isUnknown } from '../../../base/unknown';
import { runElementwise } from '../../python/tensors/elementwise';
import { run, type TensorCall } from '../../python/tensors/call';

/** `input ± alpha × other`: the product is worked out first when `alpha` is written. */
function withAlpha(call: TensorCall, kind: 'add' | 'subtract', input: Value, other: Value, alpha: Value): Value {
  const isOne = (alpha.kind === 'int' || alpha.kind === 'float') && alpha.value === 1;
  if (isOne) return runElementwise(call, kind, [input, other]);
  return runElementwise(call, 'multiply-add', kind === 'add' ? [input, alpha, other] : [input, other, alpha]);
}

function divide(call: TensorCall, input: Value, other: Value, mode: Value): Value {
  const rounding = stringOf(mode);
  return runElementwise(call, rounding === 'floor' ? 'floor-divide' : rounding === 'trunc' ? 'truncate-divide' : 'divide', [input, other]);
}

function clampWith(call: TensorCall, input: Value, least: Value, greatest: Value): Value {
  if (given(least)?.kind === 'tensor' || given(greatest)?.kind === 'tensor') {
    return runElementwise(call, 'clamp', [input, given(least) ?? float(-Infinity), given(greatest) ?? float(Infinity)]);
  }
  const bound = [given(least) ?? infinity(input, -1), given(greatest) ?? infinity(input, 1)];
  return runElementwise(call, 'clamp', [input, ...bound]);
}

/** An open end must not turn an integer tensor into a floating one. */
function infinity(input: Value, sign: 1 | -1): Value {
  return input.kind === 'tensor' && input.tensor.dtype.includes('int') ? int(sign * Infinity) : float(sign * Infinity);
}

export const arithmeticRows: readonly TorchRow[] = [
  both('torch.add(input, other, *, alpha=1, out=None)', ({ input, other, alpha }, call) => withAlpha(call, 'add', input, other, alpha)),
  ...(['sub', 'subtract'] as const).map(name => both(`torch.${name}(input, other, *, alpha=1, out=None)`, ({ input, other, alpha }, call) => withAlpha(call, 'subtract', input, other, alpha))),
  both('torch.rsub(input, other, *, alpha=1)', ({ input, other }, call) => runElementwise(call, 'subtract', [other, input])),
  binary('mul', 'multiply'), binary('multiply', 'multiply'),
  ...(['div', 'divide'] as const).map(name =>
    both(`torch.${name}(input, other, *, rounding_mode=None, out=None)`, ({ input, other, rounding_mode }, call) => divide(call, input, other, rounding_mode))),
  binary('true_divide', 'divide'), binary('floor_divide', 'floor-divide'), binary('remainder', 'remainder'), binary('fmod', 'fmod'),
  both('torch.pow(input, exponent, *, out=None)', ({ input, exponent }, call) => runElementwise(call, 'power', [input, exponent])),
  both('torch.float_power(input, exponent, *, out=None)', ({ input, exponent }, call) => runElementwise(call, 'power', [input, exponent], { dtypes: ['float64'] })),
  binary('atan2', 'arctan2'), binary('arctan2', 'arctan2'), binary('hypot', 'hypotenuse'), binary('logaddexp', 'log-add-exp'), binary('logaddexp2', 'log-add-exp'),
  binary('xlogy', 'xlogy'), binary('copysign', 'copysign'), binary('nextafter', 'next-after'), binary('ldexp', 'multiply'),
  both('torch.heaviside(input, values, *, out=None)', ({ input, values }, call) => runElementwise(call, 'heaviside', [input, values])),
  binary('maximum', 'maximum', { inPlace: false }), binary('minimum', 'minimum', { inPlace: false }), binary('fmax', 'maximum', { inPlace: false }), binary('fmin', 'minimum', { inPlace: false }),
  binary('eq', 'equal'), binary('ne', 'not-equal'), binary('not_equal', 'not-equal'), binary('lt', 'less'), binary('less', 'less'), binary('le', 'less-equal'), binary('less_equal', 'less-equal'),
  binary('gt', 'greater'), binary('greater', 'greater'), binary('ge', 'greater-equal'), binary('greater_equal', 'greater-equal'),
  binary('logical_and', 'logical-and'), binary('logical_or', 'logical-or'), binary('logical_xor', 'logical-xor'), unary('logical_not', 'logical-not'),
  binary('bitwise_and', 'bitwise-and'), binary('bitwise_or', 'bitwise-or'), binary('bitwise_xor', 'bitwise-xor'), unary('bitwise_not', 'bitwise-not'),
  binary('bitwise_left_shift', 'left-shift'), binary('bitwise_right_shift', 'right-shift'),
  both('torch.isclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False)', ({ input, other }, call) => runElementwise(call, 'is-close', [input, other]), { inPlace: false }),
  ...(['neg', 'negative'] as const).map(name => unary(name, 'negative')), unary('positive', 'positive'),
  ...(['abs', 'absolute'] as const).map(name => unary(name, 'absolute')),
  unary('square', 'square'),
  unary('sqrt', 'square-root'),
  unary('rsqrt', 'reciprocal-square-root'),
  unary('reciprocal', 'reciprocal'),
  ...(['sign', 'sgn'] as const).map(name => unary(name, 'sign')),
  both('torch.signbit(input, *, out=None)', ({ input }, call) => runElementwise(call, 'less', [input, int(0)]), { inPlace: false }),
  unary('floor', 'floor'),
  unary('ceil', 'ceil'),
  ...(['trunc', 'fix'] as const).map(name => unary(name, 'truncate')),
  unary('frac', 'fraction'),
  both('torch.round(input, *, decimals=0, out=None)', ({ input, decimals }, call) => runElementwise(call, decimals.kind === 'int' && decimals.value === 0 ? 'round' : 'custom', [input]),
    { names: ['torch.special.round'] }),
  unary('exp', 'exp'), unary('exp2', 'exp2'), unary('expm1', 'expm1'), unary('log', 'log'), unary('log2', 'log2'), unary('log10', 'log10'), unary('log1p', 'log1p'),
  unary('sin', 'sin'), unary('cos', 'cos'), unary('tan', 'tan'), ...(['asin', 'arcsin'] as const).map(name => unary(name, 'arcsin')),
  ...(['acos', 'arccos'] as const).map(name => unary(name, 'arccos')),
  ...(['atan', 'arctan'] as const).map(name => unary(name, 'arctan')), unary('sinh', 'sinh'), unary('cosh', 'cosh'), ...(['asinh', 'arcsinh'] as const).map(name => unary(name, 'arcsinh')),
  ...(['acosh', 'arccosh'] as const).map(name => unary(name, 'arccosh')), ...(['atanh', 'arctanh'] as const).map(name => unary(name, 'arctanh')),
  unary('isnan', 'is-nan', { inPlace: false }), unary('isinf', 'is-infinite', { inPlace: false }), unary('isfinite', 'is-finite', { inPlace: false }),
  unary('isposinf', 'is-infinite', { inPlace: false }), unary('isneginf', 'is-infinite', { inPlace: false }),
  unary('isreal', 'is-finite', { inPlace: false }),
  unary('erf', 'erf', { names: ['torch.special.erf'] }), unary('erfc', 'erfc', { names: ['torch.special.erfc'] }), unary('erfinv', 'erfinv', { names: ['torch.special.erfinv'] }),
  unary('lgamma', 'log-gamma', { names: ['torch.special.gammaln'] }),
  unary('digamma', 'digamma', { names: ['torch.special.digamma', 'torch.special.psi'] }),
  unary('i0', 'bessel', { names: ['torch.special.i0'] }),
  unary('sinc', 'sinc', { names: ['torch.special.sinc'] }),
  unary('deg2rad', 'radians'), unary('rad2deg', 'degrees'), unary('angle', 'angle', { inPlace: false }),
  unary('conj', 'conjugate', { inPlace: false }), unary('conj_physical', 'conjugate'), unary('resolve_conj', 'conjugate', { inPlace: false }),
  both('torch.nan_to_num(input, nan=0.0, posinf=None, neginf=None)', ({ input }, call) => runElementwise(call, 'nan-to-num', [input])),
  both('torch.logit(input, eps=None)', ({ input }, call) => runElementwise(call, 'logit', [input]), { names: ['torch.special.logit'] }),
  ...['expm1', 'exp2', 'log1p'].map(name => torchFn(`torch.special.${name}(input)` as 'torch.special.f(input)', ({ input }, call) => runElementwise(call, name as 'expm1', [input]))),
  ...(['clamp', 'clip'] as const).map(name => both(`torch.${name}(input, min=None, max=None, *, out=None)`, ({ input, min, max }, call) => clampWith(call, input, min, max))),
  both('torch.clamp_min(input, min)', ({ input, min }, call) => clampWith(call, input, min, none)), both('torch.clamp_max(input, max)', ({ input, max }, call) => clampWith(call, input, none, max)),
  torchFn('torch.where(condition, input=None, other=None)', ({ condition, input, other }, call) => {
    if (!given(input) || !given(other)) {
      return call.interpreter.call(call.interpreter.libraryValue('torch.nonzero'), { positional: [condition], keywords: [['as_tuple', bool(true)]], at: call.args.at });
    }
    return runElementwise(call, 'where', [condition, input, other]);
  }),
  tensorMethod('Tensor.where(self, condition, other)', ({ self, condition, other }, call) => runElementwise(call, 'where', [condition, self, other])),
  both('torch.lerp(input, end, weight)', ({ input, end, weight }, call) => runElementwise(call, 'lerp', [input, end, weight])),
  both('torch.addcmul(input, tensor1, tensor2, *, value=1)', ({ input, tensor1, tensor2 }, call) => runElementwise(call, 'multiply-add', [input, tensor1, tensor2])),
  both('torch.addcdiv(input, tensor1, tensor2, *, value=1)', ({ input, tensor1, tensor2 }, call) => runElementwise(call, 'divide-add', [input, tensor1, tensor2])),
  torchFn('torch.polar(abs, angle, *, out=None)', ({ abs, angle }, call) => runElementwise(call, 'polar', [abs, angle])),
  torchFn('torch.complex(real, imag, *, out=None)', ({ real, imag }, call) => runElementwise(call, 'polar', [real, imag])),
  torchFn('torch.real(input)', ({ input }, call) => runElementwise(call, 'real', [input])), torchFn('torch.imag(input)', ({ input }, call) => runElementwise(call, 'imaginary', [input])),
  both('torch.bucketize(input, boundaries, *, out_int32=False, right=False)', ({ input }, call) => run(call, cast, { dtype: 'int64', copies: true }, [input]), { inPlace: false }),
  both('torch.allclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False)', ({ input }, call) => onlyARunTells(call, input), { inPlace: false }),
  both('torch.equal(input, other)', ({ input, other }, call) => sameContents(call, input, other), { inPlace: false }),
  ...(['relu', 'sigmoid', 'tanh', 'selu'] as const).map(name => activationRow(name, name)),
];

function onlyARunTells(call: TensorCall, value: Value): Value {
  return isUnknown(value) ? value : dataDependent('depends on the contents of a tensor', call.args.at);
}

function sameContents(call: TensorCall, a: Value, b: Value): Value {
  if (a.kind !== 'tensor' || b.kind !== 'tensor' || !a.content || !b.content) return onlyARunTells(call, a);
  return bool(a.content.length === b.content.length && a.content.every((value, i) => value === b.content?.[i]));
}
