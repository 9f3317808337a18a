/** Tensors made of several others: columns, pairs, picks, blocks, powers. */
import { concat } from '../../../ops/concat';
import { diagonalMatrix } from '../../../ops/diagonal';
import { reshape } from '../../../ops/reshape';
import { boolOf, given, intOf, itemsOf } from '../../python/convert';
import { rankOf, run, spread, type TensorCall } from '../../python/tensors/call';
import type { Value } from '../../python/values';
import { both, torchFn, type TorchRow } from '../rows';
import { made, sizesOf, typeOf } from './untracked';

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

export const combineRows: readonly TorchRow[] = [
  torchFn('torch.column_stack(tensors, *, out=None)', ({ tensors }, call) => columnStack(call, tensors)),
  torchFn('torch.cartesian_prod(*tensors)', ({ tensors }, call) => {
    const parts = spread(tensors);
    const count = parts.reduce((total, part) => total * (sizesOf(part)[0] ?? NaN), 1);
    return made(call, parts.length === 1 ? [count] : [count, parts.length], typeOf(parts[0]), parts);
  }),
  torchFn('torch.combinations(input, r=2, with_replacement=False)', ({ input, r, with_replacement }, call) => combinations(call, input, intOf(r), boolOf(with_replacement))),
  torchFn('torch.block_diag(*tensors)', ({ tensors }, call) => blockDiagonal(call, tensors)),
  both('torch.diagflat(input, offset=0)', ({ input, offset }, call) => run(call, diagonalMatrix, { offset: intOf(offset) }, [run(call, reshape, { sizes: [-1] }, [input])]), { inPlace: false }),
  torchFn('torch.vander(x, N=None, increasing=False)', ({ x, N }, call) => made(call, [sizesOf(x)[0] ?? NaN, given(N) ? intOf(N) : (sizesOf(x)[0] ?? NaN)], typeOf(x), [x])),
  torchFn('torch.nn.functional.pdist(input, p=2.0)', ({ input }, call) => made(call, [choose(sizesOf(input)[0] ?? NaN, 2)], typeOf(input), [input])),
];
