/** Einstein summation, contracted pair by pair from left to right. */
import { promote } from '../tensor/dtype';
import { product, type Sizes } from '../tensor/shape';
import { describeSizes } from './checks';
import { defineOp, type PartSpec, type Report } from './define';

export type EinsumAttrs = {
  /** As in `bhid,bhjd->bhij`; without an arrow the result has the indices that occur once, in alphabetical order. */
  readonly equation: string;
  /** One product of two matrices in any case: axes of size 1 are multiplied, and what is longer beside them is summed before. */
  readonly asMatrices?: boolean;
};

interface Plan {
  /** Indices of each operand; those under an ellipsis are named by their place from the end. */
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
  /** Indices of each operand that are 1 there: they broadcast, and summing over them is no work. */
  readonly single: readonly ReadonlySet<string>[];
}

const ellipsis = '...';

/** The indices of one term, with the ellipsis spelled out for a tensor of this rank. */
function indicesOf(term: string, hidden: number): readonly string[] {
  const [before = '', after = ''] = term.includes(ellipsis) ? term.split(ellipsis) : [term, ''];
  const middle = term.includes(ellipsis) ? Array.from({ length: Math.max(0, hidden) }, (_, i) => `.${hidden - i}`) : [];
  return [...before, ...middle, ...after];
}

function hiddenAxes(term: string, rank: number): number {
  return term.includes(ellipsis) ? rank - (term.length - ellipsis.length) : 0;
}

function plan(attrs: EinsumAttrs, inputs: readonly Sizes[], report: Report): Plan | undefined {
  const equation = attrs.equation.replace(/\s+/g, '');
  const [left = '', right] = equation.split('->');
  const terms = left.split(',');
  if (!/^([A-Za-z.]*)(,[A-Za-z.]*)*$/.test(left) || (right !== undefined && !/^[A-Za-z.]*$/.test(right)) || [...terms, right ?? ''].some(term => term.replace(ellipsis, '').includes('.'))) {
    report.fail('equation', `\`${attrs.equation}\` is not an equation of indices`);
    return undefined;
  }
  if (terms.length !== inputs.length) {
    report.fail('equation', `\`${attrs.equation}\` names ${terms.length} operands, received ${inputs.length}`);
    return undefined;
  }
  const sizes = new Map<string, number>();
  const operands = terms.map((term, i) => {
    const input = inputs[i] ?? [];
    const hidden = hiddenAxes(term, input.length);
    const indices = indicesOf(term, hidden);
    if (indices.length !== input.length || hidden < 0) {
      report.fail('equation', `\`${term}\` does not fit operand ${i + 1} of ${input.length} dimensions (${describeSizes(input)})`);
      return undefined;
    }
    indices.forEach((name, axis) => {
      const size = input[axis] ?? NaN;
      const known = sizes.get(name);
      if (known === undefined || known === 1 || Number.isNaN(known)) sizes.set(name, known !== undefined && size === 1 ? known : size);
      else if (size !== known && size !== 1 && !Number.isNaN(size)) report.fail('equation', `index ${name} is ${known} and ${size}`);
    });
    return indices;
  });
  if (operands.some(operand => operand === undefined)) return undefined;
  const found = operands as readonly (readonly string[])[];
  const widest = Math.max(0, ...terms.map((term, i) => hiddenAxes(term, inputs[i]?.length ?? 0)));
  const counted = new Map<string, number>();
  for (const name of terms.flatMap(term => [...term.replace(ellipsis, '')])) counted.set(name, (counted.get(name) ?? 0) + 1);
  const implied = (): string => (left.includes(ellipsis) ? ellipsis : '') + [...counted].filter(([, count]) => count === 1).map(([name]) => name).sort().join('');
  const output = indicesOf(right ?? implied(), widest);
  const stranger = output.find(name => !sizes.has(name));
  if (stranger !== undefined) report.fail('equation', `index ${stranger} of the result is in no operand`);
  const single = found.map((names, i) => new Set(names.filter((_, axis) => inputs[i]?.[axis] === 1)));
  return { operands: found, output, sizes, single };
}

/**
 * Each operand meets the product of those before it; indices that nothing later needs are summed. A step without such a shared index
 * multiplies elementwise and costs no MACs. Source: pytorch.org/docs/stable/generated/torch.einsum.html (left to right).
 */
function contractions({ operands, output, sizes, single }: Plan): readonly PartSpec[] {
  const parts: PartSpec[] = [];
  let current = new Set(operands[0] ?? []);
  let currentSingle: ReadonlySet<string> = single[0] ?? new Set();
  const lastUse = new Map<string, number>();
  operands.forEach((operand, i) => { for (const name of operand) lastUse.set(name, i); });
  for (const name of output) lastUse.set(name, Infinity);
  operands.slice(1).forEach((operand, i) => {
    const isNeeded = (name: string): boolean => (lastUse.get(name) ?? 0) > i + 1;
    const all = [...new Set([...current, ...operand])];
    const summed = all.filter(name => current.has(name) && operand.includes(name) && !isNeeded(name));
    const kept = all.filter(isNeeded);
    const size = (names: readonly string[]): number => product(names.map(name => sizes.get(name) ?? NaN));
    const otherSingle = single[i + 1] ?? new Set();
    const contracted = summed.filter(name => !currentSingle.has(name) && !otherSingle.has(name));
    // What only one of the two has and nobody needs is summed before they meet.
    if (contracted.length > 0) parts.push({ name: `product ${i + 1}`, macs: size([...kept, ...summed]), outputElements: size(kept) });
    currentSingle = new Set(kept.filter(name => (currentSingle.has(name) || !current.has(name)) && (otherSingle.has(name) || !operand.includes(name))));
    current = new Set(kept);
  });
  return parts;
}

const silent: Report = { expect: () => undefined, fail: () => undefined };

function stepsOf(attrs: EinsumAttrs, inputs: readonly Sizes[]): readonly PartSpec[] | undefined {
  const made = plan(attrs, inputs, silent);
  return made && (attrs.asMatrices ? [matrixProduct(made)] : contractions(made));
}

function matrixProduct({ operands, output, sizes, single }: Plan): PartSpec {
  const size = (name: string): number => sizes.get(name) ?? NaN;
  const summed = [...new Set(operands.flat())].filter(name => !output.includes(name) && !single.some(names => names.has(name)));
  const outputElements = product(output.map(size));
  return { name: 'product', macs: outputElements * product(summed.map(size)), outputElements };
}

export const einsum = defineOp<EinsumAttrs>({
  kind: 'einsum',
  role: 'product',
  oneType: 'all',
  summary: 'Einstein summation',
  source: 'https://pytorch.org/docs/stable/generated/torch.einsum.html',
  formula: 'Σ pairwise products: Π sizes of all indices in the pair (0 when none is summed)',
  shape: (attrs, inputs, report) => {
    const made = plan(attrs, inputs, report);
    if (!made) {
      const named = attrs.equation.replace(/\s+/g, '').split('->')[1]?.replace(ellipsis, '') ?? '';
      return [[...named].map(() => NaN)];
    }
    return [made.output.map(name => made.sizes.get(name) ?? NaN)];
  },
  dtype: (_attrs, inputs) => [inputs.length > 0 ? inputs.reduce(promote) : 'float32'],
  macs: (attrs, inputs) => stepsOf(attrs, inputs)?.reduce((total, step) => total + step.macs, 0) ?? NaN,
  parts: (attrs, inputs) => stepsOf(attrs, inputs) ?? [],
  examples: [
    { attrs: { equation: 'bhid, bhjd -> bhij' }, inputs: [[8, 12, 197, 64], [8, 12, 197, 64]], outputs: [[8, 12, 197, 197]], macs: 238_442_496 },
    { attrs: { equation: '...ij,...jk->...ik' }, inputs: [[5, 2, 3], [3, 4]], outputs: [[5, 2, 4]], macs: 120 },
    { attrs: { equation: 'ij,jk' }, inputs: [[2, 3], [3, 4]], outputs: [[2, 4]], macs: 24 },
    { attrs: { equation: 'i,j->ij' }, inputs: [[16], [32]], outputs: [[16, 32]], macs: 0, note: 'an outer product sums nothing' },
    { attrs: { equation: 'bn,anm,bm->ba' }, inputs: [[2, 5], [3, 5, 4], [2, 4]], outputs: [[2, 3]], macs: 144, note: 'two steps: b·n·a·m and b·a·m' },
    { attrs: { equation: 'bij,bjd->bid' }, inputs: [[4, 7, 1], [4, 1, 32]], outputs: [[4, 7, 32]], macs: 0, note: 'a single term is no sum' },
    { attrs: { equation: 'b i j, b j d -> b i d' }, inputs: [[8, 49, 1], [8, 1, 64]], outputs: [[8, 49, 64]], macs: 0, note: 'a single value is not summed' },
    { attrs: { equation: 'abi,ij->j' }, inputs: [[2, 90, 16], [16, 4]], outputs: [[4]], macs: 64, note: 'a and b are summed before' },
    { attrs: { equation: 'ab,ca->bc', asMatrices: true }, inputs: [[1, 12], [2, 1]], outputs: [[12, 2]], macs: 24, note: '`tensordot` multiplies an axis of 1, too' },
    { attrs: { equation: 'ii->i' }, inputs: [[4, 4]], outputs: [[4]], macs: 0 },
    { attrs: { equation: 'bchw,bkhw->bck' }, inputs: [[1, 64, 7, 7], [1, 1, 7, 7]], outputs: [[1, 64, 1]], macs: 3136 },
  ],
});
