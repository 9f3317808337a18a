/** Reductions, extremes, sorting, products of matrices. */
import { attention } from '../../../ops/attention';
import { cumulative } from '../../../ops/cumulative';
import { einsum } from '../../../ops/einsum';
import { linearAlgebra } from '../../../ops/linear-algebra';
import { matmul } from '../../../ops/matmul';
import { normalize } from '../../../ops/normalize';
import { permute as permuteOp } from '../../../ops/permute';
import { reduce, type ReduceFunction } from '../../../ops/reduce';
import { reshape } from '../../../ops/reshape';
import { sort, topK } from '../../../ops/sort';
import { isUnknown } from '../../../base/unknown';
import { boolOf, given, intOf, itemsOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { axesOf, rankOf, run, runAll, type TensorCall } from '../../python/tensors/call';
import { list, tuple, type Value } from '../../python/values';
import { asTensor, intsIn } from '../convert';
import { inModules } from '../rows';

const reductions: Readonly<Record<string, ReduceFunction>> = {
  sum: 'sum', mean: 'mean', max: 'max', min: 'min', prod: 'product', amax: 'max', amin: 'min', std: 'standard-deviation', var: 'variance', any: 'any',
  all: 'all', logsumexp: 'log-sum-exp', median: 'median',
};

const tensorflowReductions: Readonly<Record<string, ReduceFunction>> = {
  reduce_sum: 'sum', reduce_mean: 'mean', reduce_max: 'max', reduce_min: 'min', reduce_prod: 'product', reduce_std: 'standard-deviation',
  reduce_variance: 'variance', reduce_any: 'any', reduce_all: 'all', reduce_logsumexp: 'log-sum-exp',
};

function tensor(call: TensorCall, value: Value): Value {
  return asTensor(call.interpreter, value, call.args.at);
}

function reduced(call: TensorCall, kind: ReduceFunction, x: Value, axis: Value, keep: Value): Value {
  return run(call, reduce, { function: kind, axes: axesOf(axis), keepDims: boolOf(keep) }, [tensor(call, x)]);
}

function product(call: TensorCall, a: Value, b: Value, transposeA = false, transposeB = false): Value {
  return run(call, matmul, { ...(transposeA ? { transposeA } : {}), ...(transposeB ? { transposeB } : {}) }, [tensor(call, a), tensor(call, b)]);
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** `tensordot(a, b, axes)`: the last axes of the one against the first of the other, or the pairs given. */
function tensordot(call: TensorCall, a: Value, b: Value, axes: Value): Value {
  const [left, right] = [tensor(call, a), tensor(call, b)];
  const ranks = [rankOf(left), rankOf(right)] as const;
  const count = axes.kind === 'int' ? axes.value : NaN;
  const pairs = itemsOf(axes)?.map(item => intsIn(item) ?? [intOf(item)]);
  const ofLeft = pairs ? (pairs[0] ?? []).map(axis => (axis < 0 ? axis + ranks[0] : axis)) : Array.from({ length: count || 0 }, (_, i) => ranks[0] - count + i);
  const ofRight = pairs ? (pairs[1] ?? []).map(axis => (axis < 0 ? axis + ranks[1] : axis)) : Array.from({ length: count || 0 }, (_, i) => i);
  if (!(ranks[0] + ranks[1] <= letters.length) || ofLeft.length !== ofRight.length) return call.interpreter.gap('`tensordot` over these axes is not modelled', call.args.at);
  const leftTerm = [...letters.slice(0, ranks[0])];
  const rightTerm = [...letters.slice(ranks[0], ranks[0] + ranks[1])];
  ofRight.forEach((axis, i) => { rightTerm[axis] = leftTerm[ofLeft[i] ?? 0] ?? ''; });
  const output = [...leftTerm.filter((_, axis) => !ofLeft.includes(axis)), ...rightTerm.filter((_, axis) => !ofRight.includes(axis))];
  return run(call, einsum, { equation: `${leftTerm.join('')},${rightTerm.join('')}->${output.join('')}` }, [left, right]);
}

function flat(call: TensorCall, x: Value): Value {
  return run(call, reshape, { sizes: [-1] }, [tensor(call, x)]);
}

/** Keras' own positions and TensorFlow's sorted ones are small integers, the others large ones. */
function positions(call: TensorCall, isSmallInTensorflow: boolean): { readonly dtypes: readonly ['int32' | 'int64'] } {
  return { dtypes: [call.type.startsWith('keras.') || (isSmallInTensorflow && !call.type.includes('.experimental.')) ? 'int32' : 'int64'] };
}

function extremes(call: TensorCall, x: Value, axis: Value, kind: 'argmax' | 'argmin', keep?: Value): Value {
  return run(call, reduce, { function: kind, axes: given(axis) ? [intOf(axis)] : null, keepDims: boolOf(keep) }, [tensor(call, x)], positions(call, false));
}

function largest(call: TensorCall, x: Value, k: Value): Value {
  const input = tensor(call, x);
  const outputs = runAll(call, topK, { axis: -1, k: intOf(k) }, [input], input.kind === 'tensor' ? { dtypes: [input.tensor.dtype, 'int32'] } : {});
  return isUnknown(outputs) ? outputs : tuple([...outputs]);
}

const everywhere = ['keras.ops', 'keras.backend', 'tensorflow.experimental.numpy'];

export const reduceRows: readonly LibraryEntry[] = [
  ...Object.entries(reductions).flatMap(([name, kind]) => inModules(
    everywhere,
    `${name}(x, axis=None, keepdims=False, initial=None, where=None, dtype=None)` as 'sum(x, axis=None, keepdims=False)',
    ({ x, axis, keepdims }, call) => reduced(call, kind, x, axis, keepdims),
  )),
  ...Object.entries(tensorflowReductions).flatMap(([name, kind]) => inModules(
    ['tensorflow', 'tensorflow.math'],
    `${name}(input_tensor, axis=None, keepdims=False, name=None)` as 'reduce_sum(input_tensor, axis=None, keepdims=False)',
    ({ input_tensor, axis, keepdims }, call) => reduced(call, kind, input_tensor, axis, keepdims),
  )),
  ...inModules(
    ['keras.ops', 'tensorflow', 'keras.backend', 'tensorflow.math', 'tensorflow.experimental.numpy'],
    'argmax(x, axis=None, keepdims=False, output_type=None, name=None)',
    ({ x, axis, keepdims }, call) => extremes(call, x, axis, 'argmax', keepdims),
  ),
  ...inModules(
    ['keras.ops', 'tensorflow', 'keras.backend', 'tensorflow.math', 'tensorflow.experimental.numpy'],
    'argmin(x, axis=None, keepdims=False, output_type=None, name=None)',
    ({ x, axis, keepdims }, call) => extremes(call, x, axis, 'argmin', keepdims),
  ),
  ...inModules(['keras.ops'], 'average(x, axis=None, weights=None)', ({ x, axis }, call) => reduced(call, 'mean', x, axis, { kind: 'bool', value: false })),
  ...inModules(['keras.ops', 'tensorflow.nn'], 'moments(x, axes, keepdims=False, synchronized=False, shift=None, name=None)', ({ x, axes, keepdims }, call) =>
    tuple([reduced(call, 'mean', x, axes, keepdims), reduced(call, 'variance', x, axes, keepdims)])),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'count_nonzero(x, axis=None)', ({ x, axis }, call) =>
    run(call, reduce, { function: 'count-nonzero', axes: axesOf(axis), keepDims: false }, [tensor(call, x)], positions(call, false))),
  ...inModules(['keras.ops'], 'norm(x, ord=None, axis=None, keepdims=False)', ({ x, axis, keepdims }, call) => reduced(call, 'norm', x, axis, keepdims)),
  ...inModules(['tensorflow', 'tensorflow.linalg'], 'norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None)', ({ tensor: x, axis, keepdims }, call) =>
    reduced(call, 'norm', x, axis, keepdims)),
  ...inModules(['keras.ops'], 'normalize(x, axis=-1, order=2, epsilon=None)', ({ x, axis }, call) => run(call, normalize, { axes: intsIn(axis) ?? [intOf(axis)], order: 2 }, [x])),
  ...inModules(['keras.backend', 'tensorflow.math', 'tensorflow.nn', 'tensorflow.linalg'], 'l2_normalize(x, axis=-1, epsilon=1e-12, name=None)', ({ x, axis }, call) =>
    run(call, normalize, { axes: given(axis) ? (intsIn(axis) ?? [intOf(axis)]) : [-1], order: 2 }, [x])),
  ...inModules(['tensorflow', 'tensorflow.math', 'keras.backend'], 'cumsum(x, axis=0, exclusive=False, reverse=False, name=None)', ({ x, axis }, call) =>
    run(call, cumulative, { function: 'sum', axis: intOf(axis) }, [x])),
  ...inModules(['keras.ops'], 'cumsum(x, axis=None, dtype=None)', ({ x, axis }, call) =>
    (given(axis) ? run(call, cumulative, { function: 'sum', axis: intOf(axis) }, [x]) : run(call, cumulative, { function: 'sum', axis: 0 }, [flat(call, x)]))),
  ...inModules(['tensorflow', 'tensorflow.math', 'keras.backend'], 'cumprod(x, axis=0, exclusive=False, reverse=False, name=None)', ({ x, axis }, call) =>
    run(call, cumulative, { function: 'product', axis: intOf(axis) }, [x])),
  ...inModules(['keras.ops'], 'cumprod(x, axis=None, dtype=None)', ({ x, axis }, call) => (given(axis) ? run(call, cumulative, {
    function: 'product', axis: intOf(axis),
  }, [x]) : run(call, cumulative, { function: 'product', axis: 0 }, [flat(call, x)]))),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'sort(x, axis=-1, direction="ASCENDING", name=None)', ({ x, axis }, call) =>
    run(call, sort, { axis: intOf(axis), descending: false, returns: 'values' }, [tensor(call, x)])),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'argsort(x, axis=-1, direction="ASCENDING", stable=False, name=None)', ({ x, axis }, call) =>
    run(call, sort, { axis: intOf(axis), descending: false, returns: 'indices' }, [tensor(call, x)], positions(call, true))),
  ...inModules(['keras.ops', 'tensorflow.math', 'tensorflow.nn'], 'top_k(x, k=1, sorted=True, index_type=None, name=None)', ({ x, k }, call) => largest(call, x, k)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'matmul(x1, x2)', ({ x1, x2 }, call) => product(call, x1, x2)),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy', 'keras.backend'], 'dot(x1, x2)', ({ x1, x2 }, call) =>
    (rankOf(x2) > 2 ? tensordot(call, x1, x2, tuple([tuple([{ kind: 'int', value: -1 }]), tuple([{ kind: 'int', value: -2 }])])) : product(call, x1, x2))),
  ...inModules(
    ['tensorflow', 'tensorflow.linalg'],
    'matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None, name=None)',
    ({ a, b, transpose_a, transpose_b }, call) => product(call, a, b, boolOf(transpose_a), boolOf(transpose_b)),
  ),
  ...inModules(['tensorflow.linalg'], 'matvec(a, b, name=None)', ({ a, b }, call) => run(call, einsum, { equation: '...ij,...j->...i' }, [a, b])),
  ...inModules(['keras.ops', 'tensorflow', 'tensorflow.experimental.numpy'], 'tensordot(x1, x2, axes=2, name=None)', ({ x1, x2, axes }, call) => tensordot(call, x1, x2, axes)),
  ...inModules(
    ['keras.ops', 'tensorflow', 'tensorflow.linalg', 'tensorflow.experimental.numpy'],
    'einsum(subscripts, *operands, **kwargs)',
    ({ subscripts, operands }, call) => run(call, einsum, { equation: stringOf(subscripts) ?? '' }, (itemsOf(operands) ?? []).map(item => tensor(call, item))),
  ),
  ...inModules(['keras.ops', 'tensorflow.experimental.numpy'], 'outer(x1, x2)', ({ x1, x2 }, call) => run(call, einsum, { equation: 'i,j->ij' }, [tensor(call, x1), tensor(call, x2)])),
  ...inModules(['keras.backend'], 'batch_dot(x, y, axes=None)', ({ x, y, axes }, call) => call.interpreter.call(
    call.interpreter.call(call.interpreter.libraryValue('keras.layers.Dot'), { positional: [given(axes) ?? { kind: 'int', value: 1 }], keywords: [], at: call.args.at }),
    { positional: [list([x, y])], keywords: [], at: call.args.at },
  )),
  ...inModules(['keras.ops'], 'dot_product_attention(query, key, value, bias=None, mask=None, scale=None, is_causal=False, flash_attention=None, attn_logits_soft_cap=None)', ({ query, key, value, is_causal }, call) => {
    // Heads are the third axis here; the operator has them second.
    const turned = [query, key, value].map(each => run(call, permuteOp, { axes: [0, 2, 1, 3] }, [each]));
    return run(call, permuteOp, { axes: [0, 2, 1, 3] }, [run(call, attention, { causal: boolOf(is_causal) }, turned)]);
  }),
  ...inModules(['keras.ops', 'tensorflow.linalg'], 'inv(x, adjoint=False, name=None)', ({ x }, call) => run(call, linearAlgebra, { function: 'inverse' }, [x])),
];
