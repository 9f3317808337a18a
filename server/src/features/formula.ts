/** An operator's formula with one layer's numbers in the place of its symbols. */
import { isUnknown } from '../base/unknown';
import type { Graph, Node, TensorId } from '../graph/graph';
import { tensorsOf } from '../graph/walk';
import type { Quantity } from '../ops/define';
import { opOfKind } from '../ops/registry';
import { sizesOf, type Sizes } from '../tensor/shape';

/** `1 × 256 × (28 × 28) × (256/256) × (3 × 3)`; undefined when a symbol has no known number. */
export function workedFormula(graph: Graph, node: Node): string | undefined {
  const op = opOfKind(node.op);
  const [read, made] = [sizesIn(graph, node.inputs), sizesIn(graph, node.outputs)];
  return op?.symbols && read && made ? worked(op.formula, op.symbols(node.attrs, read, made)) : undefined;
}

export function worked(formula: string, values: Readonly<Record<string, Quantity>>): string | undefined {
  let complete = true;
  // Longer names first: `C_out` before a lone `C`, `Π out size` before its words.
  const names = Object.keys(values).sort((left, right) => right.length - left.length);
  const text = formula.replace(new RegExp(`(?<![\\w_])(?:${names.join('|')})(?![\\w_])`, 'g'), symbol => {
    const value = shown(values[symbol] ?? NaN);
    if (value === undefined) complete = false;
    return value ?? symbol;
  });
  return complete && !/[A-Za-zΠΣ]/.test(text) ? text : undefined;
}

/** Undefined when a rank is not known. */
function sizesIn(graph: Graph, ids: readonly TensorId[]): readonly Sizes[] | undefined {
  const known = tensorsOf(graph, ids).flatMap(({ shape }) => (isUnknown(shape) ? [] : [sizesOf(shape)]));
  return known.length === ids.length ? known : undefined;
}

/** Several sizes are a product in brackets; none is 1. */
function shown(quantity: Quantity): string | undefined {
  const values = typeof quantity === 'number' ? [quantity] : quantity;
  if (!values.every(Number.isFinite)) return undefined;
  return values.length < 2 ? String(values[0] ?? 1) : `(${values.join(' × ')})`;
}
