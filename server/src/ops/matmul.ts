/** Matrix products: vectors, matrices and broadcast batches of matrices. */
import { broadcast } from '../tensor/broadcast';
import { promote } from '../tensor/dtype';
import { product, type Sizes } from '../tensor/shape';
import { describeSizes, inputAt } from './checks';
import { defineOp } from './define';

/** Inputs: the two factors and, for fused products with an addend (addmm, baddbmm), the addend last. */
export type MatmulAttrs = {
  /** The last two axes of the factor are swapped first. */
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Required rank of both factors (2 for mm, 3 for bmm); default: any. */
  readonly rank?: number;
  /** The second factor is a stack of matrices of which each row of the first meets one. */
  readonly grouped?: boolean;
};

function swapped(sizes: Sizes, swap: boolean | undefined): Sizes {
  if (!swap || sizes.length < 2) return sizes;
  const [rows = NaN, columns = NaN] = sizes.slice(-2);
  return [...sizes.slice(0, -2), columns, rows];
}

/** The factors as stacks of matrices: a vector on the left is a row, on the right a column. */
function asMatrices(attrs: MatmulAttrs, inputs: readonly Sizes[]): readonly [Sizes, Sizes] {
  const a = swapped(inputAt(inputs, 0), attrs.transposeA);
  const b = swapped(inputAt(inputs, 1), attrs.transposeB);
  return [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
}

export const matmul = defineOp<MatmulAttrs>({
  kind: 'matmul',
  role: 'product',
  oneType: 'all',
  summary: 'Matrix product',
  source: 'https://pytorch.org/docs/stable/generated/torch.matmul.html',
  formula: 'out elements × K',
  fixesInput: true,
  symbols: (attrs, inputs, outputs) => ({ 'out elements': inputAt(outputs, 0), K: asMatrices(attrs, inputs)[0].at(-1) ?? NaN }),
  shape: (attrs, inputs, report) => {
    const first = inputAt(inputs, 0);
    const second = inputAt(inputs, 1);
    const required = attrs.rank ?? NaN;
    report.expect('', required, first.length, 'dimensions in the first factor');
    report.expect('', required, second.length, 'dimensions in the second factor');
    if (first.length === 0 || second.length === 0) {
      report.fail('', 'a matrix product needs at least 1 dimension on both sides');
      return [[]];
    }
    const [a, b] = asMatrices(attrs, inputs);
    const inner = a[a.length - 1] ?? NaN;
    const rows = b[b.length - 2] ?? NaN;
    if (inner !== rows && !Number.isNaN(inner) && !Number.isNaN(rows)) {
      report.fail('', `inner sizes differ: ${describeSizes(first)} times ${describeSizes(second)} needs ${inner} = ${rows}`);
    }
    const batch = broadcast([a.slice(0, -2), attrs.grouped ? [] : b.slice(0, -2)]);
    if (batch.clashFromEnd !== undefined) report.fail('', `batch sizes ${describeSizes(a.slice(0, -2))} and ${describeSizes(b.slice(0, -2))} do not broadcast`);
    const result = [...batch.sizes];
    if (first.length > 1) result.push(a[a.length - 2] ?? NaN);
    if (second.length > 1) result.push(b[b.length - 1] ?? NaN);
    const addend = inputs[2];
    if (addend) {
      const sum = broadcast([result, addend]);
      if (sum.clashFromEnd !== undefined || sum.sizes.length > result.length) report.fail('', `the addend ${describeSizes(addend)} does not broadcast to ${describeSizes(result)}`);
    }
    return [result];
  },
  dtype: (_attrs, inputs) => [promote(inputs[0] ?? 'float32', inputs[1] ?? inputs[0] ?? 'float32')],
  // A product with a matrix may be done transposed.
  contiguous: inputs => (inputs.length === 2 && inputs.every(sizes => sizes.length >= 3) ? 'always' : undefined),
  macs: (attrs, inputs, outputs) => {
    const [a] = asMatrices(attrs, inputs);
    return product(inputAt(outputs, 0)) * (a[a.length - 1] ?? NaN);
  },
  examples: [
    { attrs: {}, inputs: [[3], [3]], outputs: [[]], macs: 3, note: 'vector × vector' },
    { attrs: {}, inputs: [[3, 4], [4]], outputs: [[3]], macs: 12, note: 'matrix × vector' },
    { attrs: {}, inputs: [[4], [4, 3]], outputs: [[3]], macs: 12, note: 'vector × matrix' },
    { attrs: {}, inputs: [[10, 3, 4], [4, 5]], outputs: [[10, 3, 5]], macs: 600 },
    { attrs: {}, inputs: [[8, 12, 197, 64], [8, 12, 64, 197]], outputs: [[8, 12, 197, 197]], macs: 238_442_496, note: 'attention scores' },
    { attrs: {}, inputs: [[8, 1, 3, 4], [5, 4, 6]], outputs: [[8, 5, 3, 6]], macs: 2880, note: 'broadcast batch' },
    { attrs: { grouped: true }, inputs: [[32, 64], [4, 64, 48]], outputs: [[32, 48]], macs: 98_304, note: 'each row times one of 4 matrices' },
    { attrs: { transposeB: true, rank: 2 }, inputs: [[2, 3], [5, 3]], outputs: [[2, 5]], macs: 30 },
    { attrs: { rank: 2 }, inputs: [[2, 3], [3, 5], [5]], outputs: [[2, 5]], macs: 30, note: 'with an addend' },
  ],
});
