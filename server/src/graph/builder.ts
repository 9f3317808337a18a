/** The one place where shapes are made: every frontend hands operators to `apply`, which checks, costs and records them. */
import { addLayer, charge } from '../base/budget';
import type { Location } from '../base/span';
import { dataDependent, isUnknown, unknown, type Unknown } from '../base/unknown';
import type { AppliedOp, Attrs, Content, OpDefinition, Report } from '../ops/define';
import type { DType } from '../tensor/dtype';
import { definitelyDifferent, firstUnknown, product, sizesOf, wholeCount, type Dim, type Shape, type Sizes } from '../tensor/shape';
import { contentOf, Deferred, type HeldContent } from './held-content';
import type { Gap, GraphTensor, Mismatch, ModuleCall, Node, Origin, OuterCall, Part, Site, TensorId, Weight } from './graph';

/** Contents of tensors above this many elements are not tracked. */
export const maxContentElements = 65_536;
/** Up to this many are worked out at once: sizes and counts, which a program reads. */
const promptElements = 64;

/** Tensors of more dimensions are of no rank that is known: rules for shapes may take as long as the rank squared. */
const mostDimensions = 256;

/** For what is worked out although it is known to be wrong. */
const silent: Report = { expect: () => undefined, fail: () => undefined };
const noParts: readonly Part[] = [];
const noContents: readonly HeldContent[] = [];
const noWeights: readonly Weight[] = [];
const idOf = ({ id }: GraphTensor): TensorId => id;

export interface ApplyRequest<A extends Attrs> {
  readonly op: OpDefinition<A>;
  readonly type: string;
  readonly path: string;
  readonly module?: string | undefined;
  readonly attrs: NoInfer<A>;
  readonly inputs: readonly GraphTensor[];
  readonly contents?: readonly HeldContent[] | undefined;
  readonly weights?: readonly Weight[];
  readonly site: Site;
  /** The result takes the place of the first input (`x.add_(y)`, `ReLU(inplace=True)`). */
  readonly inPlace?: boolean;
  /** Why an attribute is unknown, when one is NaN. */
  readonly unknownAttribute?: Unknown | undefined;
  /** Overrides the op's own rule, for a result type chosen by an argument. */
  readonly dtypes?: readonly DType[] | undefined;
  /** What the source itself states about the outputs. */
  readonly declared?: readonly (DeclaredSizes | undefined)[];
  /** Whether the program wants the output at this place; no row has one that it leaves out. Default: all. */
  readonly keeps?: (place: number) => boolean;
  /** The framework copies where the operator could give a view. */
  readonly copies?: boolean;
  /** Why nothing is known of the outputs, not even their rank. */
  readonly unknownOutputs?: Unknown;
  /** What the framework asks of the inputs beyond the operator's own rule. */
  readonly demand?: Demand | undefined;
  readonly wording?: Wording | undefined;
}

/** Reports what is wrong and returns false where the framework refuses the inputs. */
export type Demand = (inputs: readonly Sizes[], report: Report) => boolean;

/** A mismatch as the operator states it, with what it is about. */
export interface Complaint extends AppliedOp {
  readonly inputs: readonly GraphTensor[];
  readonly attr: string;
  readonly message: string;
  readonly expected: number | undefined;
}

export type Said = Pick<Mismatch, 'message' | 'namesLayer' | 'fix'>;

/** A mismatch as the framework's users know it, and what would mend it; undefined: the operator's words stand. */
export type Wording = (complaint: Complaint) => Said | undefined;

/** Sizes (NaN where none is stated): used where the op's rule gives none and, if they bind, where it gives another. */
export interface DeclaredSizes {
  readonly sizes: Sizes;
  readonly binding: boolean;
}

export interface Applied {
  readonly outputs: readonly GraphTensor[];
  readonly contents: readonly HeldContent[];
  readonly node: Node | undefined;
}

/** What was recorded since a mark, taken out of the builder. */
export interface Recorded {
  readonly nodes: readonly Node[];
  readonly mismatches: readonly Mismatch[];
  readonly gaps: readonly Gap[];
}

export interface Numbers {
  readonly tensors: number;
  readonly storages: number;
}

/** What `rollback` needs to forget the nodes of a branch that was not taken. */
export interface Mark {
  readonly nodes: number;
  readonly mismatches: number;
  readonly gaps: number;
}

/** Why nothing is known of what follows an error. */
export const errorBefore = 'a shape error before this';

/** What is recorded of an operator. */
const wordsPerNode = 150;
const wordsPerReference = 8;

export class GraphBuilder {
  nodes: Node[] = [];
  /** Inputs and outputs of the recorded operators. */
  tensors = new Map<TensorId, GraphTensor>();
  mismatches: Mismatch[] = [];
  gaps: Gap[] = [];
  /** Off while modules are constructed: initialisation is not part of the forward pass. */
  recording = false;
  /** The layer call that runs now and has one row for all its operators. */
  outer: OuterCall | undefined;
  /** The innermost call of a module that runs now. */
  within: ModuleCall | undefined;
  private nextTensor = 1;
  private nextStorage = 1;
  private readonly producers = new Map<TensorId, Location>();

  /** Begins another forward pass; what was recorded so far belongs to whoever took it. */
  restart(): void {
    this.nodes = [];
    this.mismatches = [];
    this.gaps = [];
    this.tensors = new Map();
    this.producers.clear();
    this.outer = undefined;
    this.within = undefined;
  }

  /** A tensor that no operator made: an input, a weight, a constant. */
  source(shape: Shape | Unknown, dtype: DType, origin: Origin, openBatch?: number, isTypeAssumed = false): GraphTensor {
    return this.tensor(shape, dtype, origin, this.nextStorage++, openBatch, isTypeAssumed);
  }

  /** The numbers that the next tensor and the next storage get. */
  get numbers(): Numbers {
    return { tensors: this.nextTensor, storages: this.nextStorage };
  }

  /** So many are made elsewhere. */
  skip({ tensors, storages }: Numbers): void {
    this.nextTensor += tensors;
    this.nextStorage += storages;
  }

  apply<A extends Attrs>(request: ApplyRequest<A>): Applied {
    const { op, attrs, inputs } = request;
    const rankReason = request.unknownOutputs ?? unknownRank(inputs);
    const reason = rankReason ?? request.unknownAttribute ?? firstUnknownSize(inputs);
    const origin = originOf(inputs, request.weights ?? noWeights);
    let openBatch: number | undefined;
    let assumed: DType | undefined;
    for (const input of inputs) {
      openBatch ??= input.openBatch;
      if (input.isTypeAssumed) assumed ??= input.dtype;
    }
    const dtypes = request.dtypes ?? op.dtype?.(attrs, inputs.map(input => input.dtype)) ?? [inputs[0]?.dtype ?? 'float32'];
    if (rankReason) {
      const shapeOf = (i: number): Shape | Unknown => request.declared?.[i]?.sizes.map(size => dimOf(size, rankReason)) ?? rankReason;
      const outputs = dtypes.map((dtype, i) => this.tensor(shapeOf(i), dtype, origin, this.nextStorage++, openBatch, dtype === assumed));
      return this.record(request, outputs, op.macs ? rankReason : 0, [], outputs.map(() => undefined));
    }
    const sizes = inputs.map(input => sizesOf(input.shape as Shape));
    const mismatchesBefore = this.mismatches.length;
    const report = this.reporter(request);
    const isRefused = request.demand?.(sizes, report) === false;
    const shaped = op.shape(attrs, sizes, isRefused ? silent : report);
    const results = request.declared ? shaped.map((result, i) => filledIn(result, request.declared?.[i])) : shaped;
    const failed = this.mismatches.length > mismatchesBefore;
    // Made where it is needed: almost never.
    let reasonGiven: Unknown | undefined;
    const because = (): Unknown => (reasonGiven ??= failed ? unknown(errorBefore, request.site.declared)
      : (reason ?? dataDependent(`the size of what \`${request.type}\` gives depends on data`, request.site.declared)));
    const isView = typeof op.view === 'function' ? op.view(attrs, sizes) : op.view === true;
    const shares = (isView && request.copies !== true) || request.inPlace === true;
    // As many outputs as inputs: each is a view of its own.
    const shared = (i: number): GraphTensor | undefined => (shares ? (inputs.length === results.length ? inputs[i] : inputs[0]) : undefined);
    const outputs = results.map((result, i) => this.tensor(
      isRefused ? because() : result.every(isSize) ? result : result.map(size => (isSize(size) ? size : because())),
      dtypes[i] ?? dtypes[0] ?? 'float32', origin,
      shared(i)?.storage ?? this.nextStorage++, openBatch, assumed !== undefined && (dtypes[i] ?? dtypes[0]) === assumed));
    const count = op.macs?.(attrs, sizes, results) ?? 0;
    const macs = Number.isFinite(count) && !isRefused ? wholeCount(count) : because();
    const parts = op.parts?.(attrs, sizes, results).map(part => ({
      name: part.name,
      macs: Number.isFinite(part.macs) ? part.macs : because(),
      outputElements: Number.isFinite(part.outputElements) ? part.outputElements : because(),
    })) ?? noParts;
    return this.record(request, outputs, macs, parts, this.fold(request, sizes, results));
  }

  /** An error of something for which no operator can be applied. */
  refuse(site: Site, attr: string, message: string): void {
    this.mismatches.push({ node: this.nodes.length, attr, message, expected: undefined, actual: undefined, site });
  }

  /** Where a tensor was made, for "this came from there" notes. */
  producerOf(id: TensorId): Location | undefined {
    return this.producers.get(id);
  }

  mark(): Mark {
    return { nodes: this.nodes.length, mismatches: this.mismatches.length, gaps: this.gaps.length };
  }

  /** Forgets everything recorded since the mark, and returns the nodes. */
  rollback(mark: Mark): readonly Node[] {
    this.mismatches.length = mark.mismatches;
    this.gaps.length = mark.gaps;
    return this.nodes.splice(mark.nodes);
  }

  /** Takes out everything recorded since the mark. */
  take(mark: Mark): Recorded {
    return { mismatches: this.mismatches.splice(mark.mismatches), gaps: this.gaps.splice(mark.gaps), nodes: this.nodes.splice(mark.nodes) };
  }

  /** Puts what was taken out in the place of everything recorded since the mark. */
  put(mark: Mark, { nodes, mismatches, gaps }: Recorded): void {
    this.take(mark);
    for (const node of nodes) this.nodes.push(node);
    for (const mismatch of mismatches) this.mismatches.push(mismatch);
    for (const gap of gaps) this.gaps.push(gap);
  }

  private fold<A extends Attrs>(request: ApplyRequest<A>, sizes: readonly Sizes[], results: readonly Sizes[]): readonly HeldContent[] {
    const { op, contents, attrs, inputs } = request;
    if (!op.fold || (contents?.length ?? 0) < sizes.length || contents?.includes(undefined)) return noContents;
    if (results.some(result => !(product(result) <= maxContentElements))) return noContents;
    const fold = (): readonly Content[] | undefined => {
      const known = contents?.map(contentOf) ?? [];
      return known.includes(undefined) ? undefined : op.fold?.(attrs, known as readonly Content[], sizes, results, inputs.map(input => input.dtype));
    };
    const isSmall = [...sizes, ...results].every(each => product(each) <= promptElements);
    return isSmall ? (fold() ?? noContents) : deferred(fold, contents ?? [], results.length);
  }

  private record<A extends Attrs>(request: ApplyRequest<A>, outputs: readonly GraphTensor[], macs: Dim, parts: readonly Part[], contents: readonly HeldContent[]): Applied {
    if (!this.recording) return { outputs, contents, node: undefined };
    addLayer(this.nodes.length);
    charge(wordsPerNode + wordsPerReference * (request.inputs.length + outputs.length + (request.weights?.length ?? 0)));
    const shares = outputs[0] !== undefined && outputs[0].storage === request.inputs[0]?.storage;
    const { keeps } = request;
    const kept = keeps ? outputs.filter((_, i) => keeps(i)) : outputs;
    const node: { -readonly [Field in keyof Node]: Node[Field] } = {
      id: this.nodes.length, op: request.op.kind, type: request.type, path: request.path, attrs: request.attrs,
      inputs: request.inputs.map(idOf), outputs: kept.map(idOf),
      weights: request.weights ?? noWeights, macs, parts, allocates: !shares, site: request.site,
    };
    // One by one: a spread costs more than all the rest.
    if (request.module !== undefined) node.module = request.module;
    if (this.outer) node.outer = this.outer;
    if (this.within) node.within = this.within;
    this.nodes.push(node);
    for (const input of request.inputs) this.tensors.set(input.id, input);
    for (const output of kept) {
      this.tensors.set(output.id, output);
      this.producers.set(output.id, request.site.applied ?? request.site.declared);
    }
    return { outputs, contents, node };
  }

  private reporter<A extends Attrs>(request: ApplyRequest<A>): Report {
    const add = (attr: string, message: string, expected?: number, actual?: number): void => {
      const producer = request.inputs.map(input => this.producers.get(input.id)).find(found => found !== undefined);
      const { op, attrs, inputs } = request;
      const said = request.wording?.({ op: op.kind, attrs, inputs, attr, message, expected }) ?? { message };
      // Two checks that come down to the same words are one mistake.
      const last = this.mismatches[this.mismatches.length - 1];
      if (last?.site === request.site && last.node === this.nodes.length && last.attr === attr && last.message === said.message) return;
      this.mismatches.push({ node: this.nodes.length, attr, ...said, expected, actual, site: request.site, ...(producer ? { producer } : {}) });
    };
    return {
      expect: (attr, expected, actual, what) => {
        if (definitelyDifferent(expected, actual)) add(attr, `expected ${expected} ${what}, received ${actual}`, expected, actual);
      },
      fail: (attr, message) => add(attr, message),
    };
  }

  private tensor(shape: Shape | Unknown, dtype: DType, origin: Origin, storage: number, openBatch: number | undefined, isTypeAssumed: boolean): GraphTensor {
    const isFollowed = isUnknown(shape) || shape.length <= mostDimensions;
    const known = isFollowed ? shape : unknown(`a tensor of ${shape.length.toLocaleString('en-US')} dimensions is not followed`);
    return graphTensor(this.nextTensor++, known, dtype, storage, origin, openBatch, isTypeAssumed);
  }
}

/** All of them are made here: the machine reads things faster that are alike. */
function graphTensor(id: TensorId, shape: Shape | Unknown, dtype: DType, storage: number, origin: Origin, openBatch: number | undefined, isTypeAssumed: boolean | undefined): GraphTensor {
  const made: { -readonly [Field in keyof GraphTensor]: GraphTensor[Field] } = { id, shape, dtype, storage, origin };
  if (openBatch !== undefined) made.openBatch = openBatch;
  if (isTypeAssumed === true) made.isTypeAssumed = isTypeAssumed;
  return made;
}

/** The same under another number, in a storage of another number. */
export function renumbered({ shape, dtype, origin, openBatch, isTypeAssumed }: GraphTensor, id: TensorId, storage: number): GraphTensor {
  return graphTensor(id, shape, dtype, storage, origin, openBatch, isTypeAssumed);
}

function isSize(size: number): boolean {
  return size >= 0 && size <= Number.MAX_SAFE_INTEGER;
}

function unknownRank(inputs: readonly GraphTensor[]): Unknown | undefined {
  for (const { shape } of inputs) if (isUnknown(shape)) return shape;
  return undefined;
}

function firstUnknownSize(inputs: readonly GraphTensor[]): Unknown | undefined {
  for (const { shape } of inputs) {
    const found = firstUnknown(shape);
    if (found) return found;
  }
  return undefined;
}

function deferred(fold: () => readonly Content[] | undefined, contents: readonly HeldContent[], outputs: number): readonly HeldContent[] {
  const all = new Deferred(fold, contents);
  return Array.from({ length: outputs }, (_, i) => new Deferred(() => all.value()?.[i], [all]));
}

function dimOf(value: number, because: Unknown): Dim {
  return Number.isFinite(value) ? value : because;
}

function filledIn(sizes: Sizes, declared: DeclaredSizes | undefined): Sizes {
  if (declared?.sizes.length !== sizes.length) return sizes;
  return sizes.map((size, axis) => {
    const stated = declared.sizes[axis] ?? NaN;
    return Number.isNaN(size) || (declared.binding && !Number.isNaN(stated)) ? stated : size;
  });
}

function originOf(inputs: readonly GraphTensor[], weights: readonly Weight[]): Origin {
  if (inputs.some(input => input.origin === 'activation')) return 'activation';
  return weights.length > 0 || inputs.some(input => input.origin === 'weight') ? 'weight' : 'constant';
}
