/** Special functions, element by element. */
import { isUnknown } from '../../../base/unknown';
import { cast } from '../../../ops/identity';
import { reduce } from '../../../ops/reduce';
import { boolOf, intOf, intsOf } from '../../python/convert';
import { run, type TensorCall } from '../../python/tensors/call';
import { runElementwise } from '../../python/tensors/elementwise';
import { tuple, type Value } from '../../python/values';
import { both, torchFn, type TorchRow } from '../rows';
import { isTensor } from './untracked';

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

export const specialFunctionRows: readonly TorchRow[] = [
  torchFn('torch.isin(elements, test_elements, *, assume_unique=False, invert=False)', ({ elements }, call) => runElementwise(call, 'custom', [elements], { dtypes: ['bool'] })),
  ...(['gcd', 'lcm', 'igamma', 'igammac'] as const).map(name => both(`torch.${name}(input, other)`, ({ input, other }, call) => runElementwise(call, 'custom', [input, other]))),
  both('torch.mvlgamma(input, p)', ({ input }, call) => runElementwise(call, 'log-gamma', [input])),
  both('torch.polygamma(n, input)', ({ input }, call) => runElementwise(call, 'digamma', [input]), { inPlace: false }),
  both('torch.frexp(input)', ({ input }, call) => tuple([runElementwise(call, 'custom', [input]), run(call, cast, { dtype: 'int32', copies: true }, [input])]), { inPlace: false }),
  ...special(['entr', 'erfcx', 'i0e', 'i1', 'i1e', 'log_ndtr', 'ndtr', 'ndtri', 'bessel_j0', 'bessel_j1', 'bessel_y0', 'bessel_y1', 'airy_ai']),
  ...special(['xlog1py', 'xlogy', 'zeta'], 'input, other, *, out=None'),
  torchFn('torch.special.logsumexp(input, dim, keepdim=False, *, out=None)', ({ input, dim, keepdim }, call) =>
    run(call, reduce, { function: 'log-sum-exp', axes: intsOf(dim) ?? [intOf(dim)], keepDims: boolOf(keepdim) }, [input])),
];
