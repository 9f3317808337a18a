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

/** What a symbol of a formula stands for: a number, or several that are multiplied. */
export type Quantity = number | Sizes;

/** What the kind of a convolution depends on. */
export interface Convolution {
  readonly inChannels: number;
  readonly groups: number;
  readonly kernel: Sizes;
}

/** Something worked out from attributes and sizes, as `macs` is; NaN where a size is unknown. */
export type Figure<A> = (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => number;

export interface OpDefinition<A extends Attrs = Attrs> {
  /** Unique kebab-case kind; also the file's or family's name in docs. */
  readonly kind: string;
  readonly role: Role | ((attrs: A) => Role);
  readonly summary: string;
  /** Where the shape and cost rule are defined. */
  readonly source: string;
  /** The formula in words, shown in hovers and docs/ops.md. */
  readonly formula: string;
  /** The quantities that the formula names. Absent: it has none that could be filled in. */
  readonly symbols?: (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => Readonly<Record<string, Quantity>>;
  /**
   * Output sizes from attributes and input sizes (activations only; weights are attributes).
   * NaN is an unknown size and must flow through plain arithmetic. Batch is whatever the leading sizes say.
   */
  shape(attrs: A, inputs: readonly Sizes[], report: Report): readonly Sizes[];
  /** Element types of the outputs; default: the type of the first input. */
  readonly dtype?: (attrs: A, inputs: readonly DType[]) => readonly DType[];
  /** A framework that does not convert by itself demands one element type of all its tensors, weights included, or of the first so many. Default: of none. */
  readonly oneType?: 'all' | number;
  /** Multiply–accumulates of one call; absent = the operator has none. */
  readonly macs?: (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => number;
  readonly parts?: (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => readonly PartSpec[];
  /** Learnable weights (and, with trainable false, running statistics the framework calls weights). */
  readonly weights?: (attrs: A) => readonly WeightSpec[];
  /** A convolution, plain, transposed or deformable. Absent: it is none. */
  readonly convolution?: (attrs: A) => Convolution;
  /** Every input feature meets every output feature, with one weight for each pair (or triple). Default: no. */
  readonly dense?: boolean;
  /** Each output element depends only on the input elements at its own place, broadcast or of all inputs. Default: no. */
  readonly elementwise?: boolean | ((attrs: A) => boolean);
  /** Places of the inputs that say where and not what: they are no feature maps. `rest` is all from the second on. Default: none. */
  readonly indices?: readonly number[] | 'rest';
  /** Its attributes or weights fix sizes of what comes in: where it does not fit, the network's input may be of the wrong size. Default: no. */
  readonly fixesInput?: boolean | 'with-weights';
  /** A composite that frameworks run as a single operator: what lies between its parts is never a tensor in memory. Default: no. */
  readonly singleKernel?: boolean;
  /**
   * How an inference runtime joins it with the operator that makes its first input: a `scale` (and shift) of channels goes into that operator's
   * weights, a `function` of each element is computed before the result is stored. Absent: it stays an operator of its own.
   */
  readonly fuses?: 'scale' | 'function';
  /** What a scale behind it would go into: its output channels, and whether they have a bias. Absent: it has no weights for that. */
  readonly scalable?: (attrs: A) => { readonly channels: number; readonly bias: boolean };
  /** Where the `paper` convention counts otherwise than by MACs and role (docs/metrics.md). */
  readonly paper?: { readonly macs?: Figure<A>; readonly activations?: Figure<A> };
  /**
   * Memory traffic (traffic.ts): elements it must read of each input, every element once. Default: all of them; of a view, none.
   */
  readonly reads?: (attrs: A, inputs: readonly Sizes[], outputs: readonly Sizes[]) => Sizes;
  /** Elements it must write. Default: those of its outputs; of a view, none. */
  readonly writes?: Figure<A>;
  /** Elements it must read of all its weights together, given how many these have. Default: all. */
  readonly readsOfWeights?: (attrs: A, inputs: readonly Sizes[], elements: number) => number;
  /** Made of stored weights alone, the result is still a weight: they are only moved, retyped or combined with constants. Default: no. */
  readonly keepsWeights?: boolean | ((attrs: A) => boolean);
  /** `fold` carries an unknown entry (NaN) along as what it is and gets the others right; a comparison would make a lie of it. Default: no. */
  readonly foldsUnknown?: boolean | ((attrs: A) => boolean);
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

const isChecked = Symbol('checked');

/** An operator with attributes of its own type. Only `checked` makes one, so that no table can pair what does not belong together. */
export interface Use {
  readonly op: AnyOp;
  readonly attrs: Attrs;
  readonly [isChecked]: true;
}

export function checked<A extends Attrs>(op: OpDefinition<A>, attrs: NoInfer<A>): Use {
  return { op, attrs, [isChecked]: true };
}

/** What a function makes as attributes `A`: TypeScript alone lets a misspelt optional one pass there. */
export type Exactly<A, Made extends A> = Made & Readonly<Record<Exclude<keyof Made, keyof A>, never>>;

/** An operator that was applied: a node of a graph, or a mismatch in one. */
export interface AppliedOp {
  readonly op: string;
  readonly attrs: unknown;
}

/** The attributes of a node if it is this operator: the one way to read them, under their own types. */
export function attrsIf<A extends Attrs>(node: AppliedOp, op: OpDefinition<A>): A | undefined {
  // A node's attributes were checked against the definition of its kind when it was applied (GraphBuilder.apply).
  return node.op === op.kind ? node.attrs as A : undefined;
}

export function defineOp<A extends Attrs>(definition: OpDefinition<A>): OpDefinition<A> {
  return definition;
}

/** An operator kind whatever its attributes; the builder passes attributes a frontend row made for exactly this definition. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyOp = OpDefinition<any>;
