/** Factors of a matrix, solving with them, determinants, inner products. */
import { create } from '../../../ops/create';
import { cast } from '../../../ops/identity';
import { linearAlgebra } from '../../../ops/linear-algebra';
import { matmul } from '../../../ops/matmul';
import { reduce } from '../../../ops/reduce';
import { reshape } from '../../../ops/reshape';
import { intOf } from '../../python/convert';
import { rankOf, run, type TensorCall } from '../../python/tensors/call';
import { runElementwise } from '../../python/tensors/elementwise';
import { tuple, type Value } from '../../python/values';
import { both, torchFn, type TorchRow } from '../rows';
import { derived, sizesIfKnown, sizesOf } from './untracked';

/** Last axes meet: every row of one with every row of the other. */
function innerOf(call: TensorCall, input: Value, other: Value): Value {
  const [a, b] = [sizesOf(input), sizesOf(other)];
  const flat = run(call, reshape, { sizes: [-1, b[b.length - 1] ?? NaN] }, [other]);
  const products = run(call, matmul, { transposeB: true }, [input, flat]);
  return run(call, reshape, { sizes: [...a.slice(0, -1), ...b.slice(0, -1)] }, [products]);
}

/** Factors of a matrix as (permutation, lower, upper). */
function triangularFactors(call: TensorCall, input: Value): Value {
  const sizes = sizesIfKnown(input);
  if (!sizes) return call.interpreter.gap('the shape of a matrix is not known', call.args.at);
  const batch = sizes.slice(0, -2);
  const [rows = NaN, width = NaN] = sizes.slice(-2);
  const least = Math.min(rows, width);
  return tuple([derived(call, [...batch, rows, rows], [input]), derived(call, [...batch, rows, least], [input]), derived(call, [...batch, least, width], [input])]);
}

export const factorisationRows: readonly TorchRow[] = [
  ...(['cholesky_solve', 'triangular_solve'] as const).map(name => both(`torch.${name}(input, other, upper=False)`, ({ input, other }, call) => {
    const solved = run(call, linearAlgebra, { function: 'solve' }, [other, input]);
    return name === 'triangular_solve' ? tuple([solved, other]) : solved;
  }, { inPlace: false })),
  both('torch.cholesky_inverse(input, upper=False)', ({ input }, call) => run(call, linearAlgebra, { function: 'inverse' }, [input]), { inPlace: false }),
  both('torch.slogdet(input)', ({ input }, call) =>
    tuple([run(call, linearAlgebra, { function: 'determinant' }, [input]), run(call, linearAlgebra, { function: 'determinant' }, [input])]), { inPlace: false, names: ['torch.linalg.slogdet'] }),
  both('torch.inner(input, other)', ({ input, other }, call) => {
    if (rankOf(input) === 0 || rankOf(other) === 0) return runElementwise(call, 'multiply', [input, other]);
    return rankOf(other) === 1 ? run(call, matmul, {}, [input, other]) : innerOf(call, input, other);
  }, { inPlace: false }),
  torchFn('torch.linalg.vecdot(x, y, *, dim=-1, out=None)', ({ x, y, dim }, call) =>
    run(call, reduce, { function: 'sum', axes: [intOf(dim)], keepDims: false }, [runElementwise(call, 'multiply', [x, y])])),
  torchFn('torch.linalg.matrix_rank(A, tol=None, hermitian=False, *, atol=None, rtol=None, out=None)', ({ A }, call) =>
    run(call, cast, { dtype: 'int64', copies: true }, [run(call, linearAlgebra, { function: 'determinant' }, [A])])),
  torchFn('torch.linalg.cond(A, p=None, *, out=None)', ({ A }, call) => run(call, linearAlgebra, { function: 'determinant' }, [A])),
  torchFn('torch.linalg.lu(A, *, pivot=True, out=None)', ({ A }, call) => triangularFactors(call, A)),
  torchFn('torch.lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True)', ({ LU_data }, call) => triangularFactors(call, LU_data)),
  both('torch.lu(A, pivot=True, get_infos=False, out=None)', ({ A }, call) =>
    tuple([
      runElementwise(call, 'custom', [A]),
      run(call, create, { function: 'random', sizes: (sizesIfKnown(A) ?? [NaN]).slice(0, -1), dtype: 'int32' }, []),
    ]), { inPlace: false, names: ['torch.linalg.lu_factor'] }),
];
