/** Special functions, factorisations and quantiles. */
import { isUnknown } from '../../../base/unknown';
import { create } from '../../../ops/create';
import { stack } from '../../../ops/concat';
import { cast } from '../../../ops/identity';
import { assign } from '../../../ops/index-select';
import { linearAlgebra } from '../../../ops/linear-algebra';
import { reduce } from '../../../ops/reduce';
import { boolOf, intOf, intsOf } from '../../python/convert';
import { tuple, type Value } from '../../python/values';
import { defaultDType } from '../dtypes';
import { both, tensorMethod, torchFn, type TorchRow } from '../rows';
import { runElementwise } from '../../python/tensors/elementwise';
import { run, shapeOfTensor, type TensorCall } from '../../python/tensors/call';

const sizesOf = (value: Value | undefined): readonly number[] | undefined => shapeOfTensor(value)?.map(dim => (isUnknown(dim) ? NaN : dim));
const isTensor = (value: Value): boolean => value.kind === 'tensor';

/** A tensor of unknown contents whose shape follows from `sources`, which count as read. */
function derived(call: TensorCall, sizes: readonly number[], sources: readonly Value[]): Value {
  const first = sources.find(isTensor);
  return run(call, create, { function: 'random', sizes, dtype: first?.kind === 'tensor' ? first.tensor.dtype : defaultDType(call.interpreter) }, [], { inPlace: false });
}

/** Elementwise over every tensor argument, whatever the function. */
function pointwise(name: string, parameters: string, options: { readonly names?: readonly string[]; readonly isMethod?: boolean; readonly boolean?: boolean } = {}): TorchRow {
  const rule = (_p: unknown, call: TensorCall): Value => {
    const operands = [...call.bound.values()].filter(value => isTensor(value) || isUnknown(value));
    return runElementwise(call, 'custom', operands, options.boolean ? { dtypes: ['bool'] } : {});
  };
  const text = `${name}(${parameters})` as 'torch.f(input)';
  const names = options.names ? { names: options.names } : {};
  return options.isMethod === false ? torchFn(text, rule, names) : both(text, rule, { ...names });
}

const special = (names: readonly string[], parameters = 'input, *, out=None'): TorchRow[] => names.map(name => pointwise(`torch.special.${name}`, parameters, { isMethod: false }));

/** Several quantiles come stacked in front. */
export function quantiles(call: TensorCall, input: Value, q: Value, axes: readonly number[] | null, keepDims: boolean): Value {
  const [count = NaN] = sizesOf(q) ?? [];
  const one = run(call, reduce, { function: 'quantile', axes, keepDims }, [input], { inPlace: false });
  if (one.kind !== 'tensor' || Number.isNaN(count)) return isUnknown(one) ? one : call.interpreter.gap('the number of quantiles is not known', call.args.at);
  return run(call, stack, { axis: 0 }, Array.from({ length: count }, () => one));
}

/** Factors of a matrix as (permutation, lower, upper). */
function triangularFactors(call: TensorCall, input: Value): Value {
  const sizes = sizesOf(input);
  if (!sizes) return call.interpreter.gap('the shape of a matrix is not known', call.args.at);
  const batch = sizes.slice(0, -2);
  const [rows = NaN, width = NaN] = sizes.slice(-2);
  const least = Math.min(rows, width);
  return tuple([derived(call, [...batch, rows, rows], [input]), derived(call, [...batch, rows, least], [input]), derived(call, [...batch, least, width], [input])]);
}

function frequencies(name: string, bins: (n: number) => number): TorchRow {
  return torchFn(`torch.fft.${name}(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)` as 'torch.fft.fftfreq(n, d=1.0)', ({ n }, call) => derived(call, [bins(intOf(n))], []));
}

export const seldomRows: readonly TorchRow[] = [
  both('torch.put(input, index, source, accumulate=False)', ({ input, source }, call) => run(call, assign, {}, isTensor(source) ? [input, source] : [input]), { inPlace: false }),
  ...special(['entr', 'erfcx', 'i0e', 'i1', 'i1e', 'log_ndtr', 'ndtr', 'ndtri', 'bessel_j0', 'bessel_j1', 'bessel_y0', 'bessel_y1', 'airy_ai']), ...special(['xlog1py', 'xlogy', 'zeta'], 'input, other, *, out=None'),
  torchFn('torch.special.logsumexp(input, dim, keepdim=False, *, out=None)', ({ input, dim, keepdim }, call) => run(call, reduce, { function: 'log-sum-exp', axes: intsOf(dim) ?? [intOf(dim)], keepDims: boolOf(keepdim) }, [input])),
  torchFn('torch.linalg.vecdot(x, y, *, dim=-1, out=None)', ({ x, y, dim }, call) => run(call, reduce, { function: 'sum', axes: [intOf(dim)], keepDims: false }, [runElementwise(call, 'multiply', [x, y])])),
  tensorMethod('Tensor.is_nonzero(self)', ({ self }, call) => call.interpreter.callMethod(self, 'item', [], call.args.at)),
  tensorMethod('Tensor.is_same_size(self, other)', ({ self, other }) => ({ kind: 'bool', value: String(sizesOf(self)) === String(sizesOf(other)) })),
  torchFn('torch.linalg.matrix_rank(A, tol=None, hermitian=False, *, atol=None, rtol=None, out=None)', ({ A }, call) => run(call, cast, { dtype: 'int64', copies: true }, [run(call, linearAlgebra, { function: 'determinant' }, [A])])),
  torchFn('torch.linalg.cond(A, p=None, *, out=None)', ({ A }, call) => run(call, linearAlgebra, { function: 'determinant' }, [A])),
  torchFn('torch.linalg.lu(A, *, pivot=True, out=None)', ({ A }, call) => triangularFactors(call, A)),
  torchFn('torch.lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True)', ({ LU_data }, call) => triangularFactors(call, LU_data)),
  both('torch.lu(A, pivot=True, get_infos=False, out=None)', ({ A }, call) => tuple([runElementwise(call, 'custom', [A]), derived(call, (sizesOf(A) ?? [NaN]).slice(0, -1), [])]), { inPlace: false, names: ['torch.linalg.lu_factor'] }),
  frequencies('fftfreq', n => n), frequencies('rfftfreq', n => Math.floor(n / 2) + 1),
];
