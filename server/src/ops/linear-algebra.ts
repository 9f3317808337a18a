/** Decompositions, inverses and their kin of (batches of) matrices: shapes only. */
import type { Sizes } from '../tensor/shape';
import { checkMinRank, inputAt } from './checks';
import { defineOp } from './define';

export type LinearAlgebraFunction =
  | 'inverse' | 'pseudo-inverse' | 'cholesky' | 'matrix-power' | 'matrix-exponential' | 'determinant' | 'trace' | 'solve'
  | 'singular-values' | 'singular-value-decomposition' | 'eigenvalues' | 'eigen-decomposition' | 'qr';

export type LinearAlgebraAttrs = {
  readonly function: LinearAlgebraFunction;
  /** Square factors in place of the economical ones (svd, qr). */
  readonly full?: boolean;
};

function matrices(attrs: LinearAlgebraAttrs, inputs: readonly Sizes[]): readonly Sizes[] {
  const input = inputAt(inputs, 0);
  const batch = input.slice(0, -2);
  const [rows = NaN, columns = NaN] = input.slice(-2);
  const least = Math.min(rows, columns);
  switch (attrs.function) {
    case 'inverse': case 'cholesky': case 'matrix-power': case 'matrix-exponential': return [input];
    case 'pseudo-inverse': return [[...batch, columns, rows]];
    case 'determinant': case 'trace': return [batch];
    case 'solve': return [inputs[1] ?? [...batch, columns]];
    case 'singular-values': return [[...batch, least]];
    case 'singular-value-decomposition': return [[...batch, rows, attrs.full ? rows : least], [...batch, least], [...batch, attrs.full ? columns : least, columns]];
    case 'eigenvalues': return [[...batch, rows]];
    case 'eigen-decomposition': return [[...batch, rows], input];
    case 'qr': return [[...batch, rows, attrs.full ? rows : least], [...batch, attrs.full ? rows : least, columns]];
  }
}

export const linearAlgebra = defineOp<LinearAlgebraAttrs>({
  kind: 'linear-algebra',
  role: 'statistics',
  summary: 'Matrix functions',
  source: 'https://pytorch.org/docs/stable/linalg.html',
  formula: 'no MACs counted; the sizes of the factors',
  shape: (attrs, inputs, report) => {
    if (checkMinRank(inputAt(inputs, 0), 2, report)) return matrices(attrs, inputs);
    return matrices(attrs, [[NaN, NaN], ...inputs.slice(1)]);
  },
  examples: [
    { attrs: { function: 'inverse' }, inputs: [[8, 3, 3]], outputs: [[8, 3, 3]] },
    { attrs: { function: 'singular-value-decomposition' }, inputs: [[5, 3]], outputs: [[5, 3], [3], [3, 3]] },
    { attrs: { function: 'determinant' }, inputs: [[8, 4, 4]], outputs: [[8]] },
  ],
});
