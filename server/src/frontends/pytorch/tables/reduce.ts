/** Reductions, extremes, sorting and cumulative functions. */
import { cumulative } from '../../../ops/cumulative';
import { histogram, nonzero, unique } from '../../../ops/masked';
import { reduce, type ReduceAttrs, type ReduceFunction } from '../../../ops/reduce';
import { searchSorted, sort, topK } from '../../../ops/sort';
import { isUnknown } from '../../../base/unknown';
import { sizesOf } from '../../../tensor/shape';
import { boolOf, given, intOf } from '../../python/convert';
import { int, tuple, type Value } from '../../python/values';
import { distinctOf, positionsOf } from '../../python/tensors/content';
import { dtypeOf } from '../dtypes';
import { namedResult } from '../../python/objects/named-result';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { quantiles } from './statistics';
import { runElementwise } from '../../python/tensors/elementwise';
import { axesOf, rankOf, run, runAll, runTuple, shapeOfTensor, type TensorCall } from '../../python/tensors/call';
import { newTensor } from '../../python/tensor-value';

function reduced(call: TensorCall, kind: ReduceFunction, input: Value, dim: Value | undefined, keepdim: Value | undefined, dtype?: Value): Value {
  const type = dtypeOf(dtype);
  const attrs: ReduceAttrs = { function: kind, axes: axesOf(dim), keepDims: boolOf(keepdim), ...(type ? { dtype: type } : {}) };
  return run(call, reduce, attrs, [input], { inPlace: false });
}

/** (values, indices) of an extreme along one axis. */
function withIndices(call: TensorCall, kind: ReduceFunction, input: Value, dim: Value, keepdim: Value): Value {
  const outputs = runAll(call, reduce, { function: kind, axes: [intOf(dim)], keepDims: boolOf(keepdim), returnIndices: true }, [input]);
  return isUnknown(outputs) ? outputs : namedResult(call.interpreter, kind, [['values', outputs[0]], ['indices', outputs[1]]]);
}

/** `max(input)`, `max(input, other)` and `max(input, dim)` are three functions under one name. */
function extreme(call: TensorCall, kind: 'max' | 'min', input: Value, dim: Value, keepdim: Value, other: Value): Value {
  const second = given(other) ?? (dim.kind === 'tensor' ? dim : undefined);
  if (second) return runElementwise(call, kind === 'max' ? 'maximum' : 'minimum', [input, second]);
  return given(dim) ? withIndices(call, kind, input, dim, keepdim) : reduced(call, kind, input, undefined, undefined);
}

function simple(name: string, kind: ReduceFunction, more = ''): TorchRow {
  return both(`torch.${name}(input, dim=None, keepdim=False, *, ${more}dtype=None, axis=None, keepdims=None, out=None)` as 'torch.f(input, dim=None, keepdim=False, *, dtype=None, axis=None, keepdims=None, out=None)',
    ({ input, dim, keepdim, dtype, axis, keepdims }, call) => reduced(call, kind, input, given(axis) ?? dim, given(keepdims) ?? keepdim, dtype), { inPlace: false });
}

function median(call: TensorCall, kind: ReduceFunction, input: Value, dim: Value, keepdim: Value): Value {
  return given(dim) ? withIndices(call, kind, input, dim, keepdim) : reduced(call, kind, input, undefined, undefined);
}

function spreadOf(call: TensorCall, kind: 'variance' | 'standard-deviation', input: Value, dim: Value, keepdim: Value, axis: Value): Value {
  // The second positional argument of the old signature is `unbiased`, a bool.
  const axes = given(axis) ?? (dim.kind === 'bool' ? undefined : dim);
  return reduced(call, kind, input, axes, keepdim);
}

function norm(call: TensorCall, input: Value, dim: Value, keepdim: Value, dtype: Value): Value {
  return reduced(call, 'norm', input, dim, keepdim, dtype);
}

function cumulativeRow(name: string, kind: 'sum' | 'product'): TorchRow {
  return both(`torch.${name}(input, dim, *, dtype=None, out=None)` as 'torch.cumsum(input, dim, *, dtype=None, out=None)', ({ input, dim, dtype }, call) => {
    const type = dtypeOf(dtype);
    return run(call, cumulative, { function: kind, axis: intOf(dim) }, [input], type ? { dtypes: [type] } : {});
  });
}

function cumulativeExtreme(name: string, kind: 'maximum' | 'minimum'): TorchRow {
  return both(`torch.${name}(input, dim)` as 'torch.cummax(input, dim)', ({ input, dim }, call) => {
    const outputs = runAll(call, cumulative, { function: kind, axis: intOf(dim), returnIndices: true }, [input]);
    return isUnknown(outputs) ? outputs : namedResult(call.interpreter, name, [['values', outputs[0]], ['indices', outputs[1]]]);
  }, { inPlace: false });
}

function pair(call: TensorCall, kind: 'variance-mean' | 'standard-deviation-mean', input: Value, dim: Value, keepdim: Value): Value {
  return runTuple(call, reduce, { function: kind, axes: dim.kind === 'bool' ? null : axesOf(dim), keepDims: boolOf(keepdim) }, [input]);
}

const extremeSignature = (name: 'max' | 'min'): `torch.${'max' | 'min'}(input, dim=None, keepdim=False, *, other=None, axis=None, keepdims=None, out=None)` =>
  `torch.${name}(input, dim=None, keepdim=False, *, other=None, axis=None, keepdims=None, out=None)`;

export const reduceRows: readonly TorchRow[] = [
  simple('sum', 'sum'), simple('nansum', 'sum'), simple('mean', 'mean'), simple('nanmean', 'mean'), simple('prod', 'product'), simple('logsumexp', 'log-sum-exp'),
  simple('amax', 'max'), simple('amin', 'min'), simple('all', 'all'), simple('any', 'any'), simple('argmax', 'argmax'), simple('argmin', 'argmin'), simple('count_nonzero', 'count-nonzero'),
  both(extremeSignature('max'), ({ input, dim, keepdim, other, axis, keepdims }, call) => extreme(call, 'max', input, given(axis) ?? dim, given(keepdims) ?? keepdim, other), { inPlace: false }),
  both(extremeSignature('min'), ({ input, dim, keepdim, other, axis, keepdims }, call) => extreme(call, 'min', input, given(axis) ?? dim, given(keepdims) ?? keepdim, other), { inPlace: false }),
  both('torch.aminmax(input, *, dim=None, keepdim=False)', ({ input, dim, keepdim }, call) => {
    const outputs = runAll(call, reduce, { function: 'extremes', axes: axesOf(dim), keepDims: boolOf(keepdim) }, [input]);
    return isUnknown(outputs) ? outputs : namedResult(call.interpreter, 'aminmax', [['min', outputs[0]], ['max', outputs[1]]]);
  }, { inPlace: false }),
  ...(['median', 'nanmedian', 'mode'] as const).map(name => both(`torch.${name}(input, dim=None, keepdim=False)`, ({ input, dim, keepdim }, call) =>
    median(call, name === 'mode' ? 'mode' : 'median', input, name === 'mode' && !given(dim) ? int(-1) : dim, keepdim), { inPlace: false })),
  both('torch.kthvalue(input, k, dim=-1, keepdim=False)', ({ input, dim, keepdim }, call) => withIndices(call, 'kth-value', input, dim, keepdim), { inPlace: false }),
  both('torch.quantile(input, q, dim=None, keepdim=False, *, interpolation="linear")', ({ input, q, dim, keepdim }, call) => {
    if (rankOf(q) > 0) return quantiles(call, input, q, axesOf(dim), boolOf(keepdim));
    return reduced(call, 'quantile', input, dim, keepdim);
  }, { inPlace: false, names: ['torch.nanquantile'], methods: ['nanquantile'] }),
  both('torch.var(input, dim=None, unbiased=True, keepdim=False, *, correction=1, axis=None)', ({ input, dim, keepdim, axis }, call) =>
    spreadOf(call, 'variance', input, dim, keepdim, axis), { inPlace: false }),
  both('torch.std(input, dim=None, unbiased=True, keepdim=False, *, correction=1, axis=None)', ({ input, dim, keepdim, axis }, call) =>
    spreadOf(call, 'standard-deviation', input, dim, keepdim, axis), { inPlace: false }),
  torchFn('torch.var_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=1)', ({ input, dim, keepdim }, call) => pair(call, 'variance-mean', input, dim, keepdim)),
  torchFn('torch.std_mean(input, dim=None, unbiased=True, keepdim=False, *, correction=1)', ({ input, dim, keepdim }, call) => pair(call, 'standard-deviation-mean', input, dim, keepdim)),
  torchFn(
    'torch.norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None)',
    ({ input, dim, keepdim, dtype }, call) => norm(call, input, dim, keepdim, dtype),
    { names: ['torch.functional.norm'] },
  ),
  tensorMethod('Tensor.norm(self, p="fro", dim=None, keepdim=False, dtype=None)', ({ self, dim, keepdim, dtype }, call) => norm(call, self, dim, keepdim, dtype)),
  torchFn('torch.linalg.norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None)', ({ A, dim, keepdim, dtype }, call) => norm(call, A, dim, keepdim, dtype)),
  torchFn('torch.linalg.vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None)', ({ x, dim, keepdim, dtype }, call) => norm(call, x, dim, keepdim, dtype)),
  torchFn('torch.linalg.matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None, out=None)', ({ A, dim, keepdim, dtype }, call) => norm(call, A, dim, keepdim, dtype)),
  both('torch.dist(input, other, p=2)', ({ input, other }, call) => reduced(call, 'norm', runElementwise(call, 'subtract', [input, other]), undefined, undefined), { inPlace: false }),
  cumulativeRow('cumsum', 'sum'), cumulativeRow('cumprod', 'product'), cumulativeExtreme('cummax', 'maximum'), cumulativeExtreme('cummin', 'minimum'),
  both('torch.logcumsumexp(input, dim)', ({ input, dim }, call) => run(call, cumulative, { function: 'log-sum-exp', axis: intOf(dim) }, [input]), { inPlace: false }),
  both('torch.sort(input, dim=-1, descending=False, stable=False, *, out=None)', ({ input, dim, descending }, call) => {
    const outputs = runAll(call, sort, { axis: intOf(dim), descending: boolOf(descending), returns: 'both' }, [input]);
    return isUnknown(outputs) ? outputs : namedResult(call.interpreter, 'sort', [['values', outputs[0]], ['indices', outputs[1]]]);
  }, { inPlace: false }),
  both('torch.argsort(input, dim=-1, descending=False, stable=False)', ({ input, dim, descending }, call) =>
    run(call, sort, { axis: intOf(dim), descending: boolOf(descending), returns: 'indices' }, [input]), { inPlace: false }),
  both('torch.msort(input)', ({ input }, call) => run(call, sort, { axis: 0, descending: false, returns: 'values' }, [input]), { inPlace: false }),
  both('torch.topk(input, k, dim=None, largest=True, sorted=True, *, out=None)', ({ input, k, dim }, call) => {
    const outputs = runAll(call, topK, { axis: given(dim) ? intOf(dim) : -1, k: intOf(k) }, [input]);
    return isUnknown(outputs) ? outputs : namedResult(call.interpreter, 'topk', [['values', outputs[0]], ['indices', outputs[1]]]);
  }, { inPlace: false }),
  torchFn(
    'torch.searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, out=None, sorter=None)',
    ({ sorted_sequence, input }, call) => run(call, searchSorted, {}, [sorted_sequence, input]),
  ),
  both('torch.nonzero(input, *, out=None, as_tuple=False)', ({ input, as_tuple }, call) => positions(call, input, boolOf(as_tuple)), { inPlace: false }),
  both('torch.argwhere(input)', ({ input }, call) => positions(call, input, false), { inPlace: false }),
  both('torch.unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)', ({ input, return_inverse, return_counts, dim }, call) =>
    uniqueOf(call, input, return_inverse, return_counts, dim, false), { inPlace: false }),
  both('torch.unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)', ({ input, return_inverse, return_counts, dim }, call) =>
    uniqueOf(call, input, return_inverse, return_counts, dim, true), { inPlace: false }),
  both('torch.bincount(input, weights=None, minlength=0)', ({ input, minlength }, call) => run(call, histogram, { bins: binsOf(input, intOf(minlength)) }, [input]), { inPlace: false }),
  both('torch.histc(input, bins=100, min=0, max=0)', ({ input, bins }, call) => run(call, histogram, { bins: intOf(bins) }, [input]), { inPlace: false }),
  tensorMethod('Tensor.renorm(self, p, dim, maxnorm)', ({ self }, call) => runElementwise(call, 'custom', [self]), { inPlace: true }),
];

/** One bin per value up to the greatest: known when the contents are. */
function binsOf(input: Value, least: number): number {
  return input.kind === 'tensor' && input.content ? Math.max(least, 1 + Math.max(-1, ...input.content)) : NaN;
}

function uniqueOf(call: TensorCall, input: Value, inverse: Value, counts: Value, dim: Value, consecutive: boolean): Value {
  const wanted = [true, boolOf(inverse), boolOf(counts)];
  if (input.kind === 'tensor' && input.content && !given(dim)) {
    const found = distinctOf(input.content, consecutive);
    const { interpreter } = call;
    const parts = [
      newTensor(interpreter, [found.values.length], input.tensor.dtype, found.values),
      newTensor(interpreter, input.tensor.shape, 'int64', found.inverse),
      newTensor(interpreter, [found.values.length], 'int64', found.counts),
    ].filter((_, i) => wanted[i]);
    return parts.length === 1 && parts[0] ? parts[0] : tuple(parts);
  }
  const outputs = runAll(call, unique, { axis: given(dim) ? intOf(dim) : null, returnInverse: boolOf(inverse), returnCounts: boolOf(counts) }, [input]);
  if (isUnknown(outputs)) return outputs;
  return outputs.length === 1 && outputs[0] ? outputs[0] : tuple(outputs);
}

/** Where the elements are not 0: a matrix of positions, or one tensor per axis. */
function positions(call: TensorCall, input: Value, separate: boolean): Value {
  const shape = shapeOfTensor(input);
  if (input.kind === 'tensor' && input.content && shape) {
    const found = positionsOf(input.content, sizesOf(shape));
    const count = found[0]?.length ?? 0;
    if (separate) return tuple(found.map(axis => newTensor(call.interpreter, [count], 'int64', axis)));
    return newTensor(call.interpreter, [count, shape.length], 'int64', Array.from({ length: count * shape.length }, (_, i) => found[i % shape.length]?.[Math.floor(i / shape.length)] ?? 0));
  }
  return separate ? runTuple(call, nonzero, { separate: true }, [input]) : run(call, nonzero, {}, [input]);
}
