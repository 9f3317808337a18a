/** How an operator is declared: shape rule, cost rule, weights, words and examples in one expression. */
import type { DType } from '../tensor/dtype';
import type { Sizes } from '../tensor/shape';

export type AttrValue = number | string | boolean | null | undefined | readonly AttrValue[] | { readonly [key: string]: AttrValue };
export type Attrs = Readonly<Record<string, AttrValue>>;

/**
 * What an operator is, as far as counting conventions care (docs/metrics.md):
 * `paper` counts the outputs of every role but `shape`, `constant` and `statistics`.
 * - product: convolution, linear, matrix product
 * - elementwise: counted only between two feature maps
 * - shape: views, permutations, slicing, casts, identity
 * - constant: makes values out of nothing (zeros, arange, random numbers)
 * - statistics: reductions, comparisons, index arithmetic
 */
export type Role =
  | 'product' | 'pool' | 'mean' | 'normalization' | 'local-response' | 'activation' | 'softmax' | 'dropout'
  | 'elementwise' | 'concat' | 'split' | 'interpolate' | 'pad' | 'embedding' | 'composite'
  | 'shape' | 'constant' | 'statistics';

/** Receives what a formula finds provably wrong. Unknown sizes (NaN) never are. */
export interface Report {
  /** `actual` must equal `expected` (the value of attribute `attr`, or what it implies). `what` names the quantity: "input channels". */
  expect(attr: string, expected: number, actual: number, what: string): void;
  /** Any other definite error, in words; `attr` may be '' for the inputs themselves. */
  fail(attr: string, message: string): void;
}

export interface WeightSpec {
  readonly name: string;
  readonly sizes: Sizes;
  readonly trainable?: boolean;
  readonly dtype?: DType;
}

/** One product inside a composite operator (attention scores, one recurrent gate). */
export interface PartSpec {
  readonly name: string;
  readonly macs: number;
  readonly outputElements: number;
}

/** Known contents of a small tensor, row-major; booleans are 0 and 1. */
export type Content = readonly number[];

export interface OpExample<A> {
  readonly attrs: A;
  readonly inputs: readonly Sizes[];
  readonly outputs: readonly Sizes[];
  readonly macs?: number;
  readonly weights?: number;
  readonly note?: string;
}

export interface OpDefinition<A extends Attrs = Attrs> {
  /** Unique kebab-case kind; also the file's or family's name in docs. */
  readonly kind: string;
  readonly role: Role | ((attrs: A) => Role);
  readonly summary: string;
  /** Where the shape and cost rule are defined. */
  readonly source: string;
  /** The formula in words, shown in hovers and docs/ops.md. */
  readonly formula: string;
  /**
   * Output sizes from attributes and input sizes (activations only; weights are attributes).
   * NaN is an unknown size and must flow through plain arithmetic. Batch is whatever the leading sizes say.
   */
  shape(attrs: A, inputs: readonly Sizes[], report: Report): readonly Sizes[];
  /** Element types of the outputs; default: the type of the first input. */
  readonly dtype?: (attrs: A, inputs: readonly DType[]) => readonly DType[];
  /** Multiply–accumulates of one call; absent = the operator has none. */
  readonly macs?: (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => number;
  readonly parts?: (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => readonly PartSpec[];
  /** Learnable weights (and, with trainable false, running statistics the framework calls weights). */
  readonly weights?: (attrs: A) => readonly WeightSpec[];
  /** True when the output shares the first input's memory. */
  readonly view?: boolean | ((attrs: A, inputs: readonly Sizes[]) => boolean);
  /** Of a view: the output's strides by those of the first input; undefined where they are not known. */
  readonly strides?: (attrs: A, input: Sizes, strides: Sizes, output: Sizes) => Sizes | undefined;
  /** A new tensor lies contiguously in memory: whatever the inputs do, or as long as they do. Absent: not known. */
  readonly contiguous?: (inputs: readonly Sizes[]) => 'always' | 'with-inputs' | undefined;
  /** Contents of the outputs when those of all inputs are known (small integer arithmetic). */
  readonly fold?: (attrs: A, contents: readonly Content[], inputs: readonly Sizes[], outputs: readonly Sizes[], dtypes: readonly DType[]) => readonly Content[] | undefined;
  readonly examples: readonly OpExample<A>[];
}

export function defineOp<A extends Attrs>(definition: OpDefinition<A>): OpDefinition<A> {
  return definition;
}

/** An operator kind whatever its attributes; the builder passes attributes a frontend row made for exactly this definition. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyOp = OpDefinition<any>;
