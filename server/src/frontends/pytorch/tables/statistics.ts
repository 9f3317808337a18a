/** Covariance, quantiles and integrals of samples, and the frequencies of their spectrum. */
import { isUnknown } from '../../../base/unknown';
import { stack } from '../../../ops/concat';
import { matmul } from '../../../ops/matmul';
import { reduce } from '../../../ops/reduce';
import { intOf } from '../../python/convert';
import { rankOf, run, type TensorCall } from '../../python/tensors/call';
import type { Value } from '../../python/values';
import { both, torchFn, type TorchRow } from '../rows';
import { derived, made, sizesIfKnown, sizesOf, typeOf } from './untracked';

/** One row and column per variable: the first axis of a matrix, a single variable otherwise. */
function covariance(call: TensorCall, input: Value): Value {
  return rankOf(input) < 2 ? made(call, [], typeOf(input), [input]) : run(call, matmul, { transposeB: true }, [input, input], { inPlace: false });
}

function trapezoid(call: TensorCall, y: Value, dim: Value, cumulative: boolean): Value {
  const axis = intOf(dim);
  if (!cumulative) return run(call, reduce, { function: 'sum', axes: [axis], keepDims: false }, [y]);
  return made(call, sizesOf(y).map((size, i, all) => (i === (axis < 0 ? axis + all.length : axis) ? size - 1 : size)), typeOf(y), [y]);
}

function frequencies(name: string, bins: (n: number) => number): TorchRow {
  return torchFn(
    `torch.fft.${name}(n, d=1.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False)` as 'torch.fft.fftfreq(n, d=1.0)',
    ({ n }, call) => derived(call, [bins(intOf(n))], []),
  );
}

export const statisticsRows: readonly TorchRow[] = [
  both('torch.cov(input, *, correction=1, fweights=None, aweights=None)', ({ input }, call) => covariance(call, input), { inPlace: false }),
  both('torch.corrcoef(input)', ({ input }, call) => covariance(call, input), { inPlace: false }),
  torchFn('torch.trapezoid(y, x=None, *, dx=None, dim=-1)', ({ y, dim }, call) => trapezoid(call, y, dim, false), { names: ['torch.trapz'] }),
  torchFn('torch.cumulative_trapezoid(y, x=None, *, dx=None, dim=-1)', ({ y, dim }, call) => trapezoid(call, y, dim, true)),
  frequencies('fftfreq', n => n),
  frequencies('rfftfreq', n => Math.floor(n / 2) + 1),
];

/** Several quantiles come stacked in front. */
export function quantiles(call: TensorCall, input: Value, q: Value, axes: readonly number[] | null, keepDims: boolean): Value {
  const [count = NaN] = sizesIfKnown(q) ?? [];
  const one = run(call, reduce, { function: 'quantile', axes, keepDims }, [input], { inPlace: false });
  if (one.kind !== 'tensor' || Number.isNaN(count)) return isUnknown(one) ? one : call.interpreter.gap('the number of quantiles is not known', call.args.at);
  return run(call, stack, { axis: 0 }, Array.from({ length: count }, () => one));
}
