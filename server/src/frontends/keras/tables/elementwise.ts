/** Elementwise functions and activations of `keras.ops`, `tf`, `tf.math`, `tf.nn` and `keras.backend`. */
import { activation } from '../../../ops/activation';
import { gatedLinearUnit } from '../../../ops/gated';
import { identity, cast } from '../../../ops/identity';
import { softmax, type SoftmaxAttrs } from '../../../ops/softmax';
import type { ElementwiseFunction } from '../../../ops/elementwise-functions';
import { given, intOf, intsOf, stringOf } from '../../python/convert';
import { entry, type LibraryEntry } from '../../python/library';
import { run, type TensorCall } from '../../python/tensors/call';
import { runElementwise } from '../../python/tensors/elementwise';
import { nativeFunction } from '../../python/library';
import { str, type Value } from '../../python/values';
import { activationNames } from '../activation';
import { asTensor, dtypeOf, floatingType } from '../convert';
import { inModules } from '../rows';

const mathModules = ['keras.ops', 'tensorflow', 'tensorflow.math', 'keras.backend', 'tensorflow.experimental.numpy'];

const unaries: Readonly<Record<string, ElementwiseFunction>> = {
  absolute: 'absolute', abs: 'absolute', negative: 'negative', square: 'square', sqrt: 'square-root', rsqrt: 'reciprocal-square-root',
  reciprocal: 'reciprocal', sign: 'sign', floor: 'floor', ceil: 'ceil', round: 'round',
  trunc: 'truncate', exp: 'exp', exp2: 'exp2', expm1: 'expm1', log: 'log', log2: 'log2', log10: 'log10', log1p: 'log1p', sin: 'sin', cos: 'cos',
  tan: 'tan', arcsin: 'arcsin', arccos: 'arccos', arctan: 'arctan', asin: 'arcsin', acos: 'arccos', atan: 'arctan',
  sinh: 'sinh', cosh: 'cosh', arcsinh: 'arcsinh', arccosh: 'arccosh', arctanh: 'arctanh', erf: 'erf', erfinv: 'erfinv', logical_not: 'logical-not',
  isnan: 'is-nan', isinf: 'is-infinite', isfinite: 'is-finite',
  is_nan: 'is-nan', is_inf: 'is-infinite', is_finite: 'is-finite', conj: 'conjugate', conjugate: 'conjugate', real: 'real', imag: 'imaginary',
  angle: 'angle', lgamma: 'log-gamma', digamma: 'digamma', nan_to_num: 'nan-to-num', deg2rad: 'radians', rad2deg: 'degrees',
};

const binaries: Readonly<Record<string, ElementwiseFunction>> = {
  add: 'add', subtract: 'subtract', multiply: 'multiply', divide: 'divide', true_divide: 'divide', truediv: 'divide', floor_divide: 'floor-divide',
  floordiv: 'floor-divide', divide_no_nan: 'divide', mod: 'remainder', floormod: 'remainder', power: 'power', pow: 'power',
  maximum: 'maximum', minimum: 'minimum', equal: 'equal', not_equal: 'not-equal', less: 'less', less_equal: 'less-equal', greater: 'greater',
  greater_equal: 'greater-equal', logical_and: 'logical-and', logical_or: 'logical-or', logical_xor: 'logical-xor',
  arctan2: 'arctan2', atan2: 'arctan2', hypot: 'hypotenuse', squared_difference: 'subtract', multiply_no_nan: 'multiply', logaddexp: 'log-add-exp',
  isclose: 'is-close', bitwise_and: 'bitwise-and', bitwise_or: 'bitwise-or', bitwise_xor: 'bitwise-xor', xlogy: 'xlogy',
};

function operands(call: TensorCall, ...values: readonly Value[]): readonly Value[] {
  return values.map(value => (value.kind === 'list' || value.kind === 'tuple' ? asTensor(call.interpreter, value, call.args.at) : value));
}

function castTo(call: TensorCall, x: Value, dtype: Value): Value {
  const value = asTensor(call.interpreter, x, call.args.at);
  const type = dtypeOf(dtype);
  if (value.kind !== 'tensor') return value;
  return type === undefined || type === value.tensor.dtype ? run(call, identity, {}, [value]) : run(call, cast, { dtype: type, copies: true }, [value]);
}

function softmaxOf(call: TensorCall, kind: SoftmaxAttrs['function'], input: Value, axis: Value): Value {
  return run(call, softmax, { function: kind, axis: given(axis) ? (intsOf(axis)?.[0] ?? intOf(axis)) : -1 }, [input]);
}

const activationModules = ['keras.ops', 'keras.activations', 'tensorflow.nn', 'keras.backend', 'tensorflow', 'tensorflow.math'];

/** Names that tell more than `keras.activations` does, each in every module that has it. */
const activationRows = Object.entries(activationNames).flatMap(([name, kind]) => inModules(
  activationModules.filter(module => !(name === 'tanh' && module === 'tensorflow.experimental.numpy')),
  `${name}(x, negative_slope=0.0, max_value=None, threshold=0.0, alpha=0.3, approximate=True, name=None, features=None, beta=1.0, default_value=0.0)` as 'f(x, features=None)',
  ({ x }, call) => run(call, activation, { function: kind }, [x])));

export const elementwiseRows: readonly LibraryEntry[] = [
  ...Object.entries(unaries).flatMap(([name, kind]) => inModules(mathModules, `${name}(x, name=None)` as 'f(x)', ({ x }, call) => runElementwise(call, kind, operands(call, x)))),
  ...Object.entries(binaries).flatMap(([name, kind]) => inModules(mathModules, `${name}(x, y, name=None)` as 'f(x, y)', ({ x, y }, call) => runElementwise(call, kind, operands(call, x, y)))),
  ...inModules(['keras.ops', 'keras.backend', 'tensorflow.experimental.numpy'], 'clip(x, x_min, x_max)', ({ x, x_min, x_max }, call) => runElementwise(call, 'clamp', operands(call, x, x_min, x_max))),
  ...inModules(['tensorflow'], 'clip_by_value(t, clip_value_min, clip_value_max, name=None)', ({ t, clip_value_min, clip_value_max }, call) =>
    runElementwise(call, 'clamp', operands(call, t, clip_value_min, clip_value_max))),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'where(condition, x1=None, x2=None, x=None, y=None, name=None)', ({ condition, x1, x2, x, y }, call) => {
    const [then, otherwise] = [given(x1) ?? given(x), given(x2) ?? given(y)];
    return then && otherwise
      ? runElementwise(call, 'where', operands(call, condition, then, otherwise))
      : call.interpreter.gap('the number of elements that `where` finds depends on data', call.args.at);
  }),
  ...inModules(['keras.backend'], 'switch(condition, then_expression, else_expression)', ({ condition, then_expression, else_expression }, call) =>
    runElementwise(call, 'where', operands(call, condition, then_expression, else_expression))),
  ...inModules(['keras.ops', 'keras.backend', 'tensorflow', 'tensorflow.dtypes'], 'cast(x, dtype, name=None)', ({ x, dtype }, call) => castTo(call, x, dtype)),
  ...inModules(['keras.backend'], 'cast_to_floatx(x)', ({ x }, call) => castTo(call, x, str(floatingType(call.interpreter)))),
  ...inModules(['keras.ops', 'keras.backend', 'tensorflow', 'tensorflow.nn', 'tensorflow.debugging'], 'stop_gradient(x, name=None)', ({ x }, call) => run(call, identity, {}, [x])),
  ...inModules(['tensorflow', 'keras.backend', 'tensorflow.debugging'], 'identity(x, name=None)', ({ x }, call) => run(call, identity, {}, [x])),
  ...inModules(['tensorflow', 'tensorflow.debugging'], 'check_numerics(tensor, message, name=None)', ({ tensor }, call) => run(call, identity, {}, [tensor])),
  ...inModules(['tensorflow'], 'ensure_shape(x, shape, name=None)', ({ x }, call) => run(call, identity, {}, [x])),
  ...inModules(
    ['keras.ops', 'keras.activations', 'tensorflow.nn', 'keras.backend', 'tensorflow'],
    'softmax(x, axis=-1, name=None, logits=None)',
    ({ x, axis }, call) => softmaxOf(call, 'softmax', x, axis),
  ),
  ...inModules(['keras.ops', 'keras.activations', 'tensorflow.nn'], 'log_softmax(x, axis=-1, name=None)', ({ x, axis }, call) => softmaxOf(call, 'log-softmax', x, axis)),
  ...inModules(['keras.ops', 'keras.activations'], 'sparsemax(x, axis=-1)', ({ x, axis }, call) => softmaxOf(call, 'sparsemax', x, axis)),
  ...inModules(['keras.ops', 'keras.activations'], 'glu(x, axis=-1)', ({ x, axis }, call) => run(call, gatedLinearUnit, { axis: intOf(axis) }, [x])),
  ...inModules(['keras.activations', 'keras.ops'], 'linear(x)', ({ x }) => x),
  ...inModules(['keras.activations'], 'exponential(x)', ({ x }, call) => runElementwise(call, 'exp', [x])),
  ...activationRows,
  entry('keras.activations.get', () => nativeFunction('keras.activations.get(identifier)', ({ identifier }, interpreter, { at }) => {
    const name = stringOf(identifier);
    if (identifier.kind === 'none') return interpreter.libraryValue('keras.activations.linear');
    if (name === undefined) return identifier;
    return interpreter.findLibraryValue(`keras.activations.${name}`) ?? interpreter.raise('ValueError', `Could not interpret activation function identifier: ${name}`, at);
  })),
  entry('keras.activations.serialize', () => nativeFunction('keras.activations.serialize(activation)', ({ activation: value }) => value)),
  entry('keras.activations.deserialize', () => nativeFunction('keras.activations.deserialize(config, custom_objects=None)', ({ config }, interpreter) =>
    interpreter.callWith(interpreter.libraryValue('keras.activations.get'), [config], { uri: '', span: { start: 0, end: 0 } }))),
];

