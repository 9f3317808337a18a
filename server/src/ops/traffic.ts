/** Compulsory memory traffic of one call: what an operator must read and write if every element it needs is moved once. */
import { product, type Sizes } from '../tensor/shape';
import type { AnyOp } from './define';

/** Elements; NaN where a size is unknown. */
export interface Traffic {
  /** By input, in their order. */
  readonly inputs: readonly number[];
  readonly weights: number;
  readonly outputs: number;
}

export interface TrafficOptions {
  /** Elements of all weights that the call reads, each weight once. */
  readonly weights: number;
  /** The framework copies where the operator could give a view. */
  readonly copies?: boolean;
}

/** Caches, tiles and kernels that read an element twice are the business of whoever models a device. */
export function trafficOf(op: AnyOp, attrs: unknown, inputs: readonly Sizes[], outputs: readonly Sizes[], { weights, copies }: TrafficOptions): Traffic {
  const isView = (typeof op.view === 'function' ? op.view(attrs, inputs) : op.view) === true;
  const written = op.writes?.(attrs, inputs, outputs) ?? (isView && !copies ? 0 : total(outputs));
  return { inputs: readOf(op, attrs, inputs, outputs, isView, copies === true), weights: op.readsOfWeights?.(attrs, inputs, weights) ?? weights, outputs: written };
}

function readOf(op: AnyOp, attrs: unknown, inputs: readonly Sizes[], outputs: readonly Sizes[], isView: boolean, copies: boolean): readonly number[] {
  if (op.reads) return op.reads(attrs, inputs, outputs);
  if (!isView) return inputs.map(product);
  // Only the first input is seen through a view; a copy of it reads what it writes.
  return inputs.map((sizes, i) => (i > 0 ? product(sizes) : copies ? total(outputs) : 0));
}

function total(all: readonly Sizes[]): number {
  return all.reduce((sum, sizes) => sum + product(sizes), 0);
}
