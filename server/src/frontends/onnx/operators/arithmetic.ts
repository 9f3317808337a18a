/** Elementwise operators: arithmetic, comparison, logic, mathematical and activation functions, quantisation. */
import { activation, type ActivationFunction } from '../../../ops/activation';
import { elementwise } from '../../../ops/elementwise';
import type { ElementwiseFunction } from '../../../ops/elementwise-functions';
import { cast } from '../../../ops/identity';
import { categoryOf, type DType } from '../../../tensor/dtype';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';
import { dtypeNamed, dtypeOr } from '../data-types';
import { product as elements } from '../../../tensor/shape';
import { storedOnly } from './product';
import type { TensorValue, Value } from '../values';

function unary(name: ElementwiseFunction, dtype?: DType): Operator {
  return call => use({ op: elementwise, attrs: { function: name }, inputs: [call.inputs[0]], dtypes: [dtype ?? call.dtype(0)] });
}

export function activated(name: ActivationFunction): Operator {
  return call => use({ op: activation, attrs: { function: name }, inputs: [call.inputs[0]], dtypes: [call.dtype(0)] });
}

/** The stored operand of an arithmetic operator is a weight when it has more than one element. */
export function storedOperands(values: readonly (TensorValue | undefined)[]): readonly (Value | undefined)[] {
  return values.map(value => (value?.sizes && elements(value.sizes) > 1 ? storedOnly(value) : undefined));
}

function binary(name: ElementwiseFunction): Operator {
  return call => {
    const aligned = call.version < 7 ? alignedOperand(call) : undefined;
    if (aligned) return aligned(name);
    const operands = [call.tensor(0), call.tensor(1)];
    const weighs = name === 'add' || name === 'subtract' || name === 'multiply' || name === 'divide' || name === 'truncate-divide';
    return use({ op: elementwise, attrs: { function: name }, inputs: call.inputs, ...(weighs ? { weights: storedOperands(operands) } : {}), dtypes: [call.dtype(0)] });
  };
}

/** Until version 6 the second operand was laid along the axes from `axis` on. Source: onnx.ai/onnx/operators/onnx__Add.html (version 6). */
function alignedOperand(call: Call): ((name: ElementwiseFunction, dtype?: DType) => Answer) | undefined {
  const [first, second] = [call.sizes(0), call.sizes(1)];
  if (!call.has('axis') || !first || !second || second.length === 0) return undefined;
  const stated = call.int('axis', 0);
  const axis = stated < 0 ? stated + first.length : stated;
  const trailing = first.length - axis - second.length;
  if (trailing <= 0) return undefined;
  const operand = call.tensor(1);
  if (!operand) return undefined;
  const seen = call.around.seen(operand, [...second, ...new Array<number>(trailing).fill(1)]);
  return (name, dtype) => use({
    op: elementwise, attrs: { function: name }, inputs: [call.inputs[0], seen], weights: storedOperands([operand]), dtypes: [dtype ?? call.dtype(0)],
  });
}

function compared(name: ElementwiseFunction): Operator {
  return call => {
    const aligned = call.version < 7 ? alignedOperand(call) : undefined;
    return aligned ? aligned(name, 'bool') : use({ op: elementwise, attrs: { function: name }, inputs: call.inputs, dtypes: ['bool'] });
  };
}

/** Integers are divided towards zero. */
function divide(call: Call): Answer {
  return binary(categoryOf(call.dtype(0)) === 1 ? 'truncate-divide' : 'divide')(call);
}

function several(name: ElementwiseFunction): Operator {
  return call => use({ op: elementwise, attrs: { function: name }, inputs: call.inputs, dtypes: [call.dtype(0)] });
}

/** Bounds are attributes until version 10, scalars in inputs since. */
function clip(call: Call): Answer {
  return use({ op: activation, attrs: { function: 'clip' }, inputs: [call.inputs[0]], dtypes: [call.dtype(0)], contents: [clipped(call)] });
}

function clipped(call: Call): readonly number[] | undefined {
  const content = call.tensor(0)?.isStatic ? call.content(0) : undefined;
  const least = call.given(1) ? call.content(1)?.[0] : call.float('min', -Infinity);
  const greatest = call.given(2) ? call.content(2)?.[0] : call.float('max', Infinity);
  return least === undefined || greatest === undefined ? undefined : content?.map(value => Math.min(Math.max(value, least), greatest));
}

/** The slope is learned; a single one serves all channels, and until version 6 it lay along the second axis. */
function prelu(call: Call): Answer {
  return use({ op: activation, attrs: { function: 'prelu' }, inputs: [call.inputs[0]], weights: [call.inputs[1]], dtypes: [call.dtype(0)] });
}

/** Until version 5 the type was a text. */
function castTarget(call: Call): DType {
  const text = call.text('to', '').toLowerCase();
  return text === '' ? dtypeOr(call.int('to', 1), 'float32') : dtypeNamed(text);
}

function castTo(dtype: DType, call: Call): Answer {
  return use({ op: cast, attrs: { dtype, copies: dtype !== call.dtype(0) }, inputs: [call.inputs[0]] });
}

export function dequantize(call: Call): Answer {
  const stated = call.int('output_dtype', 0);
  const dtype = stated !== 0 ? dtypeOr(stated, 'float32') : call.given(1) ? call.dtype(1) : 'float32';
  return use({ op: elementwise, attrs: { function: 'dequantize' }, inputs: [call.inputs[0]], dtypes: [dtype] });
}

export function quantize(call: Call): Answer {
  const stated = call.int('output_dtype', 0);
  const dtype = call.given(2) ? call.dtype(2) : stated !== 0 ? dtypeOr(stated, 'uint8') : 'uint8';
  return use({ op: elementwise, attrs: { function: 'quantize' }, inputs: [call.inputs[0]], dtypes: [dtype] });
}

function shifted(call: Call): Answer {
  return binary(call.text('direction', 'LEFT') === 'RIGHT' ? 'right-shift' : 'left-shift')(call);
}

export const arithmeticOperators: Operators = {
  Abs: unary('absolute'), Acos: unary('arccos'), Acosh: unary('arccosh'), Asin: unary('arcsin'), Asinh: unary('arcsinh'), Atan: unary('arctan'), Atanh: unary('arctanh'),
  BitwiseNot: unary('bitwise-not'), Ceil: unary('ceil'), Cos: unary('cos'), Cosh: unary('cosh'), Erf: unary('erf'), Exp: unary('exp'), Floor: unary('floor'),
  IsInf: unary('is-infinite', 'bool'), IsNaN: unary('is-nan', 'bool'), Log: unary('log'), Neg: unary('negative'), Not: unary('logical-not', 'bool'),
  Reciprocal: unary('reciprocal'), Round: unary('round'), Sign: unary('sign'), Sin: unary('sin'), Sinh: unary('sinh'), Sqrt: unary('square-root'), Tan: unary('tan'),
  Add: binary('add'), Sub: binary('subtract'), Mul: binary('multiply'), Div: divide, Pow: binary('power'), BitShift: shifted,
  BitwiseAnd: binary('bitwise-and'), BitwiseOr: binary('bitwise-or'), BitwiseXor: binary('bitwise-xor'),
  Mod: call => binary(call.flag('fmod') ? 'fmod' : 'remainder')(call),
  And: compared('logical-and'), Or: compared('logical-or'), Xor: compared('logical-xor'),
  Equal: compared('equal'), Less: compared('less'), LessOrEqual: compared('less-equal'), Greater: compared('greater'), GreaterOrEqual: compared('greater-equal'),
  Max: several('maximum'), Min: several('minimum'), Sum: several('sum'), Mean: several('average'),
  Where: call => use({ op: elementwise, attrs: { function: 'where' }, inputs: call.inputs, dtypes: [call.dtype(1)] }),
  Relu: activated('relu'), LeakyRelu: activated('leaky-relu'), Sigmoid: activated('sigmoid'), Tanh: activated('tanh'), Elu: activated('elu'), Selu: activated('selu'),
  Celu: activated('celu'), Gelu: activated('gelu'), HardSigmoid: activated('hard-sigmoid'), HardSwish: activated('hard-swish'), Mish: activated('mish'), Softplus: activated('softplus'),
  Softsign: activated('softsign'), Swish: activated('silu'), ThresholdedRelu: activated('thresholded-relu'), Shrink: activated('shrink'), ImageScaler: activated('image-scaler'),
  PRelu: prelu, Clip: clip,
  Cast: call => castTo(castTarget(call), call),
  CastLike: call => castTo(call.dtype(1), call),
  BitCast: call => castTo(castTarget(call), call),
  QuantizeLinear: quantize, DequantizeLinear: dequantize,
  // Of the first versions, never standardised.
  Affine: activated('affine'), ParametricSoftplus: activated('parametric-softplus'), Scale: activated('scaled'), ScaledTanh: activated('scaled-tanh'),
};
