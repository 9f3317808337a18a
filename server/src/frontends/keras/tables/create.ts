/** Tensors out of nothing: constants, ranges, random numbers, variables, shapes. */
import { create, eye, linspace, range } from '../../../ops/create';
import { isUnknown, unknown } from '../../../base/unknown';
import type { DType } from '../../../tensor/dtype';
import { boolOf, given, intOf, itemsOf, numberOf, stringOf } from '../../python/convert';
import type { Interpreter } from '../../python/interpreter';
import type { LibraryEntry } from '../../python/library';
import { cls } from '../../python/objects/native-class';
import { run, shapeOfTensor, type TensorCall } from '../../python/tensors/call';
import { setTensorAttribute, newTensor } from '../../python/tensor-value';
import { list, int, none, tuple, type ClassValue, type Value } from '../../python/values';
import { asTensor, dtypeOf, floatingType, intsIn } from '../convert';
import { inModules } from '../rows';
import { newWeight, notTracked, runState, symbolOf } from '../state';
import { shapeValue } from '../tensor-protocol';

const everywhere = ['keras.ops', 'tensorflow', 'keras.backend', 'tensorflow.experimental.numpy'];

function typeOf(call: TensorCall, dtype: Value | undefined, fallback?: DType): DType {
  return dtypeOf(dtype) ?? fallback ?? floatingType(call.interpreter);
}

function filled(call: TensorCall, kind: 'full' | 'random', shape: Value, dtype: DType, value?: number): Value {
  const sizes = given(shape) ? (intsIn(shape) ?? [intOf(shape)]) : [];
  return run(call, create, { function: kind, sizes, dtype, ...(value === undefined ? {} : { value }) }, []);
}

function like(call: TensorCall, x: Value, dtype: Value, kind: 'full' | 'random', value?: number): Value {
  const input = asTensor(call.interpreter, x, call.args.at);
  return run(call, create, { function: kind, sizes: null, dtype: typeOf(call, dtype, input.kind === 'tensor' ? input.tensor.dtype : undefined), ...(value === undefined ? {} : { value }) }, [input]);
}

function arranged(call: TensorCall, start: Value, stop: Value | undefined, step: Value, dtype: Value): Value {
  const [from, to] = stop ? [numberOf(start), numberOf(stop)] : [0, numberOf(start)];
  const isFloat = [start, stop, step].some(value => value?.kind === 'float');
  return run(call, range, { start: from, stop: to, step: numberOf(step), dtype: typeOf(call, dtype, isFloat ? 'float32' : 'int32') }, []);
}

/** Small shapes have contents, so that what is computed from them stays known. */
function shapeTensor(call: TensorCall, x: Value): Value {
  const input = asTensor(call.interpreter, x, call.args.at);
  const shape = shapeOfTensor(input);
  if (!shape) return isUnknown(input) ? input : unknown('the rank of a tensor is not known', call.args.at);
  const sizes = shape.map(dim => (isUnknown(dim) ? NaN : dim));
  return newTensor(call.interpreter, [sizes.length], 'int32', sizes.some(Number.isNaN) ? undefined : sizes);
}

/** `keras.ops.shape`: a tuple whose entries are known numbers here, whatever is open at first. */
function shapeTuple(call: TensorCall, x: Value): Value {
  const shape = shapeOfTensor(asTensor(call.interpreter, x, call.args.at));
  return shape ? tuple(shape.map(dim => (isUnknown(dim) ? dim : int(dim)))) : unknown('the rank of a tensor is not known', call.args.at);
}

/** `tf.Variable(value)` and `keras.Variable(initializer, shape)`: a weight, which counts once a layer holds it. */
function variable(
  interpreter: Interpreter,
  args: { readonly positional: readonly Value[]; readonly keywords: readonly (readonly [string, Value])[]; readonly at: Parameters<typeof asTensor>[2] },
): Value {
  const find = (name: string): Value | undefined => args.keywords.find(([keyword]) => keyword === name)?.[1];
  const initial = args.positional[0] ?? find('initial_value') ?? find('initializer');
  const shape = find('shape') ?? (args.positional[1]?.kind === 'tuple' || args.positional[1]?.kind === 'list' ? args.positional[1] : undefined);
  const trainable = boolOf(find('trainable') ?? (args.positional[1]?.kind === 'bool' ? args.positional[1] : undefined), true);
  const name = stringOf(find('name')) ?? 'variable';
  const stated = shape && given(shape) ? intsIn(shape) : undefined;
  const value = stated || !initial ? undefined : asTensor(interpreter, initial.kind === 'function' ? interpreter.callWith(initial, [], args.at) : initial, args.at, dtypeOf(find('dtype')));
  if (value && isUnknown(value)) return newWeight(interpreter, name, value, floatingType(interpreter), trainable);
  const sizes = stated ?? (value?.kind === 'tensor' ? value.tensor.shape : []);
  return newWeight(interpreter, name, sizes, dtypeOf(find('dtype')) ?? (value?.kind === 'tensor' ? value.tensor.dtype : floatingType(interpreter)), trainable);
}

/** A variable that layers of Keras 3 do not take in. */
function foreign(interpreter: Interpreter, made: Value): Value {
  if (made.kind === 'tensor' && !runState(interpreter).countsForeignVariables) setTensorAttribute(interpreter, made, notTracked, none);
  return made;
}

const randoms = ['normal', 'uniform', 'truncated_normal', 'gamma', 'beta', 'binomial', 'stateless_normal', 'stateless_uniform', 'stateless_truncated_normal', 'poisson'];

export const createRows: readonly LibraryEntry[] = [
  ...inModules(everywhere, 'zeros(shape, dtype=None, name=None)', ({ shape, dtype }, call) => filled(call, 'full', shape, typeOf(call, dtype), 0)),
  ...inModules(everywhere, 'ones(shape, dtype=None, name=None)', ({ shape, dtype }, call) => filled(call, 'full', shape, typeOf(call, dtype), 1)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'empty(shape, dtype=None)', ({ shape, dtype }, call) => filled(call, 'random', shape, typeOf(call, dtype))),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'full(shape, fill_value, dtype=None)', ({ shape, fill_value, dtype }, call) =>
    filled(call, 'full', shape, typeOf(call, dtype), numberOf(fill_value))),
  ...inModules(['tensorflow'], 'fill(dims, value, name=None)', ({ dims, value }, call) => filled(call, 'full', dims, value.kind === 'int' ? 'int32' : 'float32', numberOf(value))),
  ...inModules(everywhere, 'zeros_like(x, dtype=None, name=None)', ({ x, dtype }, call) => like(call, x, dtype, 'full', 0)),
  ...inModules(everywhere, 'ones_like(x, dtype=None, name=None)', ({ x, dtype }, call) => like(call, x, dtype, 'full', 1)),
  ...inModules(['keras.ops'], 'full_like(x, fill_value, dtype=None)', ({ x, fill_value, dtype }, call) => like(call, x, dtype, 'full', numberOf(fill_value))),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'arange(start, stop=None, step=1, dtype=None)', ({ start, stop, step, dtype }, call) => arranged(call, start, given(stop), step, dtype)),
  ...inModules(['tensorflow', 'keras.backend'], 'range(start, limit=None, delta=1, dtype=None, name="range")', ({ start, limit, delta, dtype }, call) =>
    arranged(call, start, given(limit), delta, dtype)),
  ...inModules(['keras.backend'], 'arange(start, stop=None, step=1, dtype="int32")', ({ start, stop, step, dtype }, call) => arranged(call, start, given(stop), step, dtype)),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'linspace(start, stop, num=50, endpoint=True, name=None)', ({ start, stop, num }, call) =>
    run(call, linspace, { start: numberOf(start), stop: numberOf(stop), steps: intOf(num), dtype: 'float32' }, [])),
  ...inModules(['keras.ops', 'tensorflow', 'keras.backend', 'tensorflow.experimental.numpy'], 'eye(N, M=None, k=0, dtype=None, name=None)', ({ N, M, dtype }, call) =>
    run(call, eye, { rows: intOf(N), columns: given(M) ? intOf(M) : intOf(N), dtype: typeOf(call, dtype) }, [])),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'identity(n, dtype=None)', ({ n, dtype }, call) =>
    run(call, eye, { rows: intOf(n), columns: intOf(n), dtype: typeOf(call, dtype) }, [])),
  ...inModules(
    ['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'],
    'convert_to_tensor(x, dtype=None, sparse=None, ragged=None, name=None, value=None)',
    ({ x, dtype }, call) => asTensor(call.interpreter, x, call.args.at, dtypeOf(dtype)),
  ),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'array(x, dtype=None)', ({ x, dtype }, call) => asTensor(call.interpreter, x, call.args.at, dtypeOf(dtype))),
  ...inModules(['keras.ops', 'keras.backend'], 'convert_to_numpy(x)', ({ x }) => x),
  ...inModules(['tensorflow', 'keras.backend'], 'constant(value, dtype=None, shape=None, name="Const")', ({ value, dtype, shape }, call) =>
    (given(shape) ? filled(call, 'full', shape, typeOf(call, dtype), numberOf(value)) : asTensor(call.interpreter, value, call.args.at, dtypeOf(dtype)))),
  ...inModules(['tensorflow', 'keras.backend'], 'shape(input, out_type=None, name=None)', ({ input }, call) => shapeTensor(call, input)),
  ...inModules(['keras.ops'], 'shape(x)', ({ x }, call) => shapeTuple(call, x)),
  ...inModules(['keras.backend'], 'int_shape(x)', ({ x }, call) => (x.kind === 'tensor' ? shapeValue(call.interpreter, x) : x.kind === 'unknown' ? x : none)),
  ...inModules(['tensorflow'], 'rank(input, name=None)', ({ input }, call) =>
    int(shapeOfTensor(input)?.length ?? call.interpreter.raise('ValueError', 'the rank of a tensor is not known', call.args.at))),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy', 'keras.backend'], 'ndim(x)', ({ x }, call) =>
    int(shapeOfTensor(x)?.length ?? call.interpreter.raise('ValueError', 'the rank of a tensor is not known', call.args.at))),
  ...inModules(['keras.ops', 'tensorflow'], 'size(x, name=None)', ({ x }) => {
    const shape = shapeOfTensor(x);
    return shape?.every(dim => typeof dim === 'number') ? int(shape.reduce((a, b) => a * b, 1)) : unknown('the size of a tensor is not known');
  }),
  ...inModules(['keras.backend'], 'is_keras_tensor(x)', ({ x }, call) => ({ kind: 'bool', value: symbolOf(call.interpreter, x) !== undefined })),
  ...inModules(['keras.utils'], 'is_keras_tensor(x)', ({ x }, call) => ({ kind: 'bool', value: symbolOf(call.interpreter, x) !== undefined })),
  ...inModules(['keras', 'keras.ops', 'tensorflow'], 'is_tensor(x)', ({ x }) => ({ kind: 'bool', value: x.kind === 'tensor' })),
  ...randoms.flatMap(name => inModules(
    ['keras.random', 'tensorflow.random'],
    `${name}(shape, *args, dtype=None, seed=None, **kwargs)` as 'normal(shape, *args, dtype=None)',
    ({ shape, dtype }, call) => filled(call, 'random', shape, typeOf(call, dtype)),
  )),
  ...inModules(['keras.random'], 'randint(shape, minval, maxval, dtype="int32", seed=None)', ({ shape, dtype }, call) => filled(call, 'random', shape, typeOf(call, dtype))),
  ...inModules(['keras.backend'], 'random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None)', ({ shape, dtype }, call) => filled(call, 'random', shape, typeOf(call, dtype))),
  ...inModules(['keras.backend'], 'random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None)', ({ shape, dtype }, call) => filled(call, 'random', shape, typeOf(call, dtype))),
  ...inModules(['keras.random', 'tensorflow.random', 'tensorflow.nn'], 'dropout(x, rate, noise_shape=None, seed=None, name=None)', ({ x }) => x),
  ...inModules(['keras.random', 'tensorflow.random'], 'shuffle(x, axis=0, seed=None)', ({ x }) => x),
  ...inModules(['keras.random', 'tensorflow.random'], 'categorical(logits, num_samples, dtype="int32", seed=None, name=None)', ({ logits, num_samples }, call) => {
    const first = shapeOfTensor(logits)?.[0];
    return run(call, create, { function: 'random', sizes: [typeof first === 'number' ? first : NaN, intOf(num_samples)], dtype: 'int32' }, []);
  }),
  ...inModules(['keras.backend'], 'variable(value, dtype=None, name=None, constraint=None)', ({ value, dtype }, call) =>
    variable(call.interpreter, { positional: [value], keywords: [['dtype', dtype]], at: call.args.at })),
  cls('keras.KerasTensor'), cls('tensorflow.Tensor', { bases: ['keras.KerasTensor'] }),
  cls('keras.Variable', { bases: ['keras.KerasTensor'], allocate: (_owner: ClassValue, args, interpreter) => variable(interpreter, args) }),
  cls('tensorflow.Variable', { bases: ['keras.Variable'], allocate: (_owner: ClassValue, args, interpreter) => foreign(interpreter, variable(interpreter, args)) }),
  cls('tensorflow.TensorShape', {
    bases: ['builtins.tuple'],
    allocate: (owner, args, interpreter) => tuple(args.positional[0] ? (itemsOf(args.positional[0]) ?? [...interpreter.iterate(args.positional[0], args.at)]) : [], owner),
    attributes: [
      ['as_list', { kind: 'native', name: 'TensorShape.as_list', binds: true, call: ({ positional: [self] }) => list(self?.kind === 'tuple' ? [...self.items] : []) }],
      [
        'num_elements',
        {
          kind: 'native',
          name: 'TensorShape.num_elements',
          binds: true,
          call: ({ positional: [self] }) => (self?.kind === 'tuple' && self.items.every(item => item.kind === 'int')
            ? int(self.items.reduce((total, item) => total * (item.kind === 'int' ? item.value : 1), 1))
            : none),
        },
      ],
      [
        'rank',
        {
          kind: 'property',
          cached: false,
          set: undefined,
          get: { kind: 'native', name: 'TensorShape.rank', binds: true, call: ({ positional: [self] }) => int(self?.kind === 'tuple' ? self.items.length : 0) },
        },
      ],
      [
        'ndims',
        {
          kind: 'property',
          cached: false,
          set: undefined,
          get: { kind: 'native', name: 'TensorShape.ndims', binds: true, call: ({ positional: [self] }) => int(self?.kind === 'tuple' ? self.items.length : 0) },
        },
      ],
    ],
  }),
];
