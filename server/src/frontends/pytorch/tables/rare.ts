/** Functions that few models use: rarer views, combinatorics, statistics, solvers, and older names. */
import { adaptivePool } from '../../../ops/adaptive-pool';
import { concat } from '../../../ops/concat';
import { diagonalMatrix } from '../../../ops/diagonal';
import { create } from '../../../ops/create';
import { dropout } from '../../../ops/dropout';
import { expand } from '../../../ops/expand';
import { cast } from '../../../ops/identity';
import { gridSample } from '../../../ops/interpolate';
import { linearAlgebra } from '../../../ops/linear-algebra';
import { matmul } from '../../../ops/matmul';
import { reduce } from '../../../ops/reduce';
import { reshape } from '../../../ops/reshape';
import { assign } from '../../../ops/index-select';
import { squeeze } from '../../../ops/squeeze';
import { isUnknown, unknown } from '../../../base/unknown';
import { broadcast } from '../../../tensor/broadcast';
import { promote, type DType } from '../../../tensor/dtype';
import { boolOf, given, intOf, intsOf, itemsOf, numberOf } from '../../python/convert';
import { bool, int, tuple, type Value } from '../../python/values';
import { dtypeOf, dtypeValue, sizeValue } from '../dtypes';
import { adaptiveAttrs } from '../layers/pool';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { runElementwise } from '../../python/tensors/elementwise';
import { rankOf, run, runTuple, shapeOfTensor, spread, type TensorCall } from '../../python/tensors/call';

function sizesOf(value: Value): readonly number[] {
  return shapeOfTensor(value)?.map(dim => (isUnknown(dim) ? NaN : dim)) ?? [NaN];
}

/** A result whose values nobody follows, of the given sizes and made from the inputs. */
function made(call: TensorCall, sizes: readonly number[], dtype: DType, inputs: readonly Value[]): Value {
  return run(call, create, { function: 'random', sizes, dtype }, inputs, { inPlace: false });
}

function typeOf(value: Value | undefined): DType {
  return value?.kind === 'tensor' ? value.tensor.dtype : 'float32';
}

/** Writing part of a tensor out of place: the input's sizes. */
function written(call: TensorCall, input: Value, source: Value): Value {
  return run(call, assign, {}, source.kind === 'tensor' ? [input, source] : [input]);
}

function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return Math.round(result);
}

/** Rows of every pick of `r` of the elements. */
function combinations(call: TensorCall, input: Value, r: number, withReplacement: boolean): Value {
  const n = sizesOf(input)[0] ?? NaN;
  return made(call, [choose(withReplacement ? n + r - 1 : n, r), r], typeOf(input), [input]);
}

/** One row and column per variable: the first axis of a matrix, a single variable otherwise. */
function covariance(call: TensorCall, input: Value): Value {
  return rankOf(input) < 2 ? made(call, [], typeOf(input), [input]) : run(call, matmul, { transposeB: true }, [input, input], { inPlace: false });
}

function trapezoid(call: TensorCall, y: Value, dim: Value, cumulative: boolean): Value {
  const axis = intOf(dim);
  if (!cumulative) return run(call, reduce, { function: 'sum', axes: [axis], keepDims: false }, [y]);
  return made(call, sizesOf(y).map((size, i, all) => (i === (axis < 0 ? axis + all.length : axis) ? size - 1 : size)), typeOf(y), [y]);
}

function blockDiagonal(call: TensorCall, tensors: Value): Value {
  const parts = spread(tensors);
  const [rows, columns] = [0, 1].map(axis => parts.reduce((total, part) => total + (rankOf(part) < 2 ? (axis === 0 ? 1 : (sizesOf(part)[0] ?? 1)) : (sizesOf(part)[axis] ?? NaN)), 0));
  return made(call, [rows ?? NaN, columns ?? NaN], typeOf(parts[0]), parts);
}

/** Column vectors side by side. */
function columnStack(call: TensorCall, tensors: Value): Value {
  const columns = (itemsOf(tensors) ?? [tensors]).map(part => (rankOf(part) < 2 ? run(call, reshape, { sizes: [-1, 1] }, [part]) : part));
  return run(call, concat, { axis: 1 }, columns);
}

function fractional(rank: 2 | 3): TorchRow {
  return torchFn(`torch.nn.functional.fractional_max_pool${rank}d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None)`, ({ input, output_size, output_ratio, return_indices }, call) => {
    const ratio = given(output_ratio);
    const ratios = ratio && (itemsOf(ratio)?.map(numberOf) ?? new Array<number>(rank).fill(numberOf(ratio)));
    const attrs = adaptiveAttrs(rank, 'max', output_size, return_indices);
    const outputSize = ratios ? sizesOf(input).slice(-rank).map((size, axis) => Math.floor(size * (ratios[axis] ?? NaN))) : attrs.outputSize;
    return boolOf(return_indices) ? runTuple(call, adaptivePool, { ...attrs, outputSize }, [input]) : run(call, adaptivePool, { ...attrs, outputSize }, [input]);
  });
}

export const rareRows: readonly TorchRow[] = [
  both('torch.as_strided(input, size, stride, storage_offset=None)', ({ input, size }, call) => made(call, intsOf(size) ?? [], typeOf(input), [input])),
  torchFn('torch.broadcast_shapes(*shapes)', ({ shapes }, call) => {
    const sizes = (itemsOf(shapes) ?? []).map(shape => intsOf(shape) ?? [intOf(shape)]);
    const { sizes: result, clashFromEnd } = broadcast(sizes);
    if (clashFromEnd !== undefined) call.interpreter.raise('RuntimeError', 'Shape mismatch: objects cannot be broadcast to a single shape', call.args.at);
    return sizeValue(call.interpreter, result.map(size => (Number.isNaN(size) ? unknown('a size is not known', call.args.at) : size)));
  }),
  torchFn('torch.column_stack(tensors, *, out=None)', ({ tensors }, call) => columnStack(call, tensors)),
  torchFn('torch.cartesian_prod(*tensors)', ({ tensors }, call) => {
    const parts = spread(tensors);
    const count = parts.reduce((total, part) => total * (sizesOf(part)[0] ?? NaN), 1);
    return made(call, parts.length === 1 ? [count] : [count, parts.length], typeOf(parts[0]), parts);
  }),
  torchFn('torch.combinations(input, r=2, with_replacement=False)', ({ input, r, with_replacement }, call) => combinations(call, input, intOf(r), boolOf(with_replacement))),
  torchFn('torch.block_diag(*tensors)', ({ tensors }, call) => blockDiagonal(call, tensors)),
  both('torch.diagflat(input, offset=0)', ({ input, offset }, call) => run(call, diagonalMatrix, { offset: intOf(offset) }, [run(call, reshape, { sizes: [-1] }, [input])]), { inPlace: false }),
  both('torch.select_scatter(input, src, dim, index)', ({ input, src }, call) => written(call, input, src), { inPlace: false }),
  both('torch.slice_scatter(input, src, dim=0, start=None, end=None, step=1)', ({ input, src }, call) => written(call, input, src), { inPlace: false }),
  both('torch.diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)', ({ input, src }, call) => written(call, input, src), { inPlace: false }),
  both('torch.index_reduce(input, dim, index, source, reduce, *, include_self=True)', ({ input, source }, call) => written(call, input, source)),
  tensorMethod('Tensor.put_(self, index, source, accumulate=False)', ({ self, source }, call) => run(call, assign, {}, source.kind === 'tensor' ? [self, source] : [self], { inPlace: true })),
  tensorMethod('Tensor.fill_diagonal_(self, fill_value, wrap=False)', ({ self }, call) => run(call, assign, {}, [self], { inPlace: true })),
  tensorMethod('Tensor.resize_as_(self, other)', ({ self, other }, call) => run(call, reshape, { sizes: sizesOf(other) }, [self], { inPlace: true })),
  torchFn('torch.isin(elements, test_elements, *, assume_unique=False, invert=False)', ({ elements }, call) => runElementwise(call, 'custom', [elements], { dtypes: ['bool'] })),
  ...(['gcd', 'lcm', 'igamma', 'igammac'] as const).map(name => both(`torch.${name}(input, other)`, ({ input, other }, call) => runElementwise(call, 'custom', [input, other]))),
  both('torch.mvlgamma(input, p)', ({ input }, call) => runElementwise(call, 'log-gamma', [input])),
  both('torch.polygamma(n, input)', ({ input }, call) => runElementwise(call, 'digamma', [input]), { inPlace: false }),
  both('torch.frexp(input)', ({ input }, call) => tuple([runElementwise(call, 'custom', [input]), run(call, cast, { dtype: 'int32', copies: true }, [input])]), { inPlace: false }),
  both('torch.cov(input, *, correction=1, fweights=None, aweights=None)', ({ input }, call) => covariance(call, input), { inPlace: false }), both('torch.corrcoef(input)', ({ input }, call) => covariance(call, input), { inPlace: false }),
  torchFn('torch.trapezoid(y, x=None, *, dx=None, dim=-1)', ({ y, dim }, call) => trapezoid(call, y, dim, false), { names: ['torch.trapz'] }),
  torchFn('torch.cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)', ({ y, dim }, call) => trapezoid(call, y, dim, true)),
  torchFn('torch.vander(x, N=None, increasing=False)', ({ x, N }, call) => made(call, [sizesOf(x)[0] ?? NaN, given(N) ? intOf(N) : (sizesOf(x)[0] ?? NaN)], typeOf(x), [x])),
  torchFn('torch.unravel_index(indices, shape)', ({ indices, shape }, call) => tuple((intsOf(shape) ?? []).map(() => run(call, cast, { dtype: 'int64', copies: true }, [indices])))),
  torchFn('torch.promote_types(type1, type2)', ({ type1, type2 }, call) => dtypeValue(call.interpreter, promote(dtypeOf(type1) ?? 'float32', dtypeOf(type2) ?? 'float32'))),
  torchFn('torch.can_cast(from_, to)', () => bool(true)),
  ...(['cholesky_solve', 'triangular_solve'] as const).map(name => both(`torch.${name}(input, other, upper=False)`, ({ input, other }, call) => {
    const solved = run(call, linearAlgebra, { function: 'solve' }, [other, input]);
    return name === 'triangular_solve' ? tuple([solved, other]) : solved;
  }, { inPlace: false })),
  both('torch.cholesky_inverse(input, upper=False)', ({ input }, call) => run(call, linearAlgebra, { function: 'inverse' }, [input]), { inPlace: false }),
  both('torch.slogdet(input)', ({ input }, call) => tuple([run(call, linearAlgebra, { function: 'determinant' }, [input]), run(call, linearAlgebra, { function: 'determinant' }, [input])]), { inPlace: false, names: ['torch.linalg.slogdet'] }),
  torchFn('torch.nn.functional.pdist(input, p=2.0)', ({ input }, call) => made(call, [choose(sizesOf(input)[0] ?? NaN, 2)], typeOf(input), [input])),
  fractional(2), fractional(3),
  torchFn('torch.alpha_dropout(input, p, train)', ({ input, p, train }, call) => run(call, dropout, { rate: numberOf(p), unit: 'element', training: boolOf(train) }, [input]), { names: ['torch.feature_dropout', 'torch.feature_alpha_dropout'] }),
  torchFn('torch.grid_sampler(input, grid, interpolation_mode=0, padding_mode=0, align_corners=False)', ({ input, grid }, call) => run(call, gridSample, { mode: 'bilinear' }, [input, grid])),
  tensorMethod('Tensor.unsafe_chunk(self, chunks, dim=0)', ({ self, chunks, dim }, call) => call.interpreter.callMethod(self, 'chunk', [chunks, dim], call.args.at)),
  tensorMethod('Tensor.unsafe_split(self, split_size, dim=0)', ({ self, split_size, dim }, call) => call.interpreter.callMethod(self, 'split', [split_size, dim], call.args.at)),
  both('torch.inner(input, other)', ({ input, other }, call) => {
    if (rankOf(input) === 0 || rankOf(other) === 0) return runElementwise(call, 'multiply', [input, other]);
    return rankOf(other) === 1 ? run(call, matmul, {}, [input, other]) : innerOf(call, input, other);
  }, { inPlace: false }),
  ...(['sym_max', 'sym_min'] as const).map(name => torchFn(`torch.${name}(a, b)`, ({ a, b }, call) => call.interpreter.callWith(call.interpreter.libraryValue(name === 'sym_max' ? 'builtins.max' : 'builtins.min'), [a, b], call.args.at))),
  torchFn('torch.sym_int(a)', ({ a }) => (Number.isNaN(numberOf(a)) ? a : int(Math.trunc(numberOf(a))))),
  torchFn('torch.squeeze_copy(input, dim=None)', ({ input }, call) => run(call, squeeze, { axes: null }, [input])), torchFn('torch.expand_copy(input, size)', ({ input, size }, call) => run(call, expand, { sizes: intsOf(size) ?? [] }, [input])),
];

/** Last axes meet: every row of one with every row of the other. */
function innerOf(call: TensorCall, input: Value, other: Value): Value {
  const [a, b] = [sizesOf(input), sizesOf(other)];
  const flat = run(call, reshape, { sizes: [-1, b[b.length - 1] ?? NaN] }, [other]);
  const products = run(call, matmul, { transposeB: true }, [input, flat]);
  return run(call, reshape, { sizes: [...a.slice(0, -1), ...b.slice(0, -1)] }, [products]);
}
