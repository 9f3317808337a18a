/** The graph every frontend lowers to: operators in execution order, tensors with shapes, weights, and where each came from in the source. */
import type { Location, Span } from '../base/span';
import type { Problem } from '../base/problem';
import type { Dim, TensorType } from '../tensor/shape';

export type TensorId = number;
/** Tensors that share memory (views, in-place results) share a storage. */
export type StorageId = number;

/** activation: depends on an input; weight: made from weights only; constant: from neither. */
export type Origin = 'activation' | 'weight' | 'constant';

export interface GraphTensor extends TensorType {
  readonly id: TensorId;
  readonly storage: StorageId;
  readonly origin: Origin;
  /** The size assumed for a batch that the model leaves open, in such an input and in all that is made from it. */
  readonly openBatch?: number;
  /** Nobody states the element type: of an input, and of what is made from it and has the same. */
  readonly isTypeAssumed?: true;
}

export interface Weight {
  readonly id: number;
  /** Dotted name as the framework registers it, e.g. `layer1.0.conv1.weight`. */
  readonly name: string;
  readonly type: TensorType;
  readonly trainable: boolean;
}

/** Where a node stands in the source. Squiggles land on an argument, not on the line. */
export interface Site {
  /** Where the layer was constructed; for a function, where it is called. */
  readonly declared: Location;
  readonly applied?: Location;
  /** Spans in the declared file, by operator attribute. */
  readonly argument: Readonly<Record<string, Span>>;
  /** Of a layer that another file constructs: the innermost line of the analysed file that leads there. */
  readonly from?: LeadingCall;
  /** The same for where it is applied. */
  readonly appliedFrom?: Location;
}

/** A call in the analysed file that comes to something in another one. */
export interface LeadingCall {
  readonly at: Location;
  /** Its keywords, under the names that attributes of operators have. */
  readonly argument: Readonly<Record<string, Span>>;
}

/** Why a composite row has the MACs it has: one product inside it. */
export interface Part {
  readonly name: string;
  readonly macs: Dim;
  readonly outputElements: Dim;
}

/**
 * One call of a layer that runs several operators: they are one row (of a user's own layer, or a convolution with its activation).
 * Its inputs and outputs are known when the call has ended.
 */
export interface OuterCall {
  readonly type: string;
  readonly path: string;
  readonly site: Site;
  /** True when the first operator tells what the layer is, and the others only follow it. */
  readonly followsFirst: boolean;
  inputs: readonly TensorId[];
  outputs: readonly TensorId[];
}

/** One call of a module that runs others (a block, a container, a model within a model). */
export interface ModuleCall {
  readonly type: string;
  /** Where its class is defined; absent for a class of a library of our own. */
  readonly defined?: Location;
  readonly path: string;
  readonly site: Site;
  /** The call that this one stands in. */
  readonly parent: ModuleCall | undefined;
  readonly inputs: readonly TensorId[];
  /** Known when the call has ended. */
  outputs: readonly TensorId[];
}

export interface Node {
  readonly id: number;
  /** Operator kind, a key of the operator registry. */
  readonly op: string;
  /** The framework's own name, e.g. `torch.nn.Conv2d`. */
  readonly type: string;
  /** Module path in the framework's naming, e.g. `layer1.0.conv1`. */
  readonly path: string;
  /** Path in the source that the file was exported from, where that is known and `path` is another. */
  readonly module?: string;
  /** Of the operator's own type: read with `attrsIf` (ops/define). */
  readonly attrs: unknown;
  readonly inputs: readonly TensorId[];
  readonly outputs: readonly TensorId[];
  readonly weights: readonly Weight[];
  readonly macs: Dim;
  readonly parts: readonly Part[];
  /** False for views and in-place operators: their outputs need no memory of their own. */
  readonly allocates: boolean;
  readonly site: Site;
  /** The layer call whose row it belongs to, where that is not its own. */
  readonly outer?: OuterCall;
  /** The innermost call of a module that it was run in; none directly in the model. */
  readonly within?: ModuleCall;
}

/** An edit that would set something right; the title says to what effect. */
export interface Mend {
  readonly title: string;
  readonly edits: readonly { readonly at: Location; readonly newText: string }[];
}

/** A formula's expectation that is provably false. */
export interface Mismatch {
  readonly node: number;
  /** The operator attribute at fault, or '' when it is the inputs themselves. */
  readonly attr: string;
  readonly message: string;
  /** The message says by itself which layer it means. */
  readonly namesLayer?: true;
  readonly expected: number | undefined;
  readonly actual: number | undefined;
  readonly site: Site;
  /** Where the offending input was made. */
  readonly producer?: Location;
  readonly fix?: Mend;
}

/** A call that could not be followed: its result is unknown, so every total is a lower bound. */
export interface Gap {
  readonly message: string;
  readonly at: Location;
  readonly path: string;
  /** Of a place in another file: the innermost line of the analysed one that leads there. */
  readonly from?: Location;
  /** The name that is not modelled, where that is why. */
  readonly subject?: string;
  /** A data-dependent value met an operator without MACs: the totals of MACs and weights still stand. */
  readonly harmless?: true;
}

/** What is wrong, or odd, in a format that has no Python around it, or in a program around its models: rules of their own say it (rules/JL41x, JL601). */
export interface Remark {
  readonly code: RemarkCode;
  readonly message: string;
  readonly at: Location;
  /** The layer it speaks of; '' when it is none. */
  readonly path: string;
  /** Below the rule's own level, where the case is less certain or less grave. */
  readonly severity?: 'hint' | 'info' | 'warning';
  readonly related?: readonly { readonly at: Location; readonly message: string }[];
  readonly fix?: Mend;
}

export type RemarkCode =
  | 'syntax' | 'layer-type' | 'missing-blob' | 'repeated-blob' | 'unused-blob' | 'in-place' | 'blob-name' | 'batch' | 'parameter' | 'gradients-kept';

/** Layers that stand together and share the beginning of their names. */
export interface Block {
  readonly name: string;
  /** Of its first layer. */
  readonly at: Location;
  /** Ids of its nodes, in execution order. */
  readonly nodes: readonly number[];
}

export type InputOrigin = 'declared' | 'call' | 'idiom' | 'inferred' | 'setting';

export interface GraphInput {
  readonly name: string;
  readonly tensor: TensorId;
  readonly origin: InputOrigin;
  readonly why: string;
}

/** How a model came to be that no line of its file makes. */
export interface Built {
  /** `GPT(GPTConfig())`. */
  readonly expression: string;
  /** signature: from defaults that the program states; assumed: some values are only customary. */
  readonly origin: 'project' | 'signature' | 'assumed';
  /** One phrase for the person: where the arguments come from. */
  readonly why: string;
  /** Values that nobody states. */
  readonly assumed: readonly { readonly name: string; readonly value: string }[];
  readonly at?: Location;
}

export type Framework = 'pytorch' | 'keras' | 'caffe' | 'onnx';

export interface Graph {
  readonly name: string;
  readonly framework: Framework;
  readonly at: Location;
  readonly inputs: readonly GraphInput[];
  readonly outputs: readonly TensorId[];
  readonly nodes: readonly Node[];
  readonly tensors: ReadonlyMap<TensorId, GraphTensor>;
  /** Every registered weight, executed or not, once. */
  readonly weights: readonly Weight[];
  /** Elements in registered buffers (running statistics and the like). */
  readonly bufferElements: number;
  /** Module path → class name, for totals by module. */
  readonly modules: ReadonlyMap<string, string>;
  readonly mismatches: readonly Mismatch[];
  /** The same error came up at every input size that was tried: it is the model's, whatever the assumed input. */
  readonly failsAtAnySize?: true;
  readonly gaps: readonly Gap[];
  /** Absent where a line of the file makes the model. */
  readonly built?: Built;
  readonly problems: readonly Problem[];
  readonly remarks?: readonly Remark[];
  readonly blocks?: readonly Block[];
  readonly mode: 'eval' | 'train';
}
