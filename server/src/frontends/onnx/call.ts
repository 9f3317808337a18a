/** One node as its operator's row sees it: attributes with defaults, inputs by position, small contents; and what a row may answer. */
import type { Location } from '../../base/span';
import { isUnknown, unknown, type Unknown } from '../../base/unknown';
import { checked, type Attrs, type Content, type OpDefinition, type Use } from '../../ops/define';
import type { DType } from '../../tensor/dtype';
import type { Sizes } from '../../tensor/shape';
import type { AttributeProto, GraphProto, NodeProto, TensorProto } from './model';
import { TensorValue, type Value } from './values';

/** How a row says that an operator is to be applied. */
interface Wanted {
  /** What flows in. One that is left out is dropped; one that is no tensor makes the result unknown. */
  readonly inputs: readonly (Value | undefined)[];
  /** Tensors in a weight's role. Stored ones are listed as weights, computed ones become further inputs. */
  readonly weights?: readonly (Value | undefined)[];
  /** Stored tensors that the operator reads but that nothing learns: running statistics. */
  readonly statistics?: readonly (Value | undefined)[];
  readonly dtypes?: readonly DType[];
  /** Why an attribute is NaN. */
  readonly because?: Unknown | undefined;
  /** Which outputs of the node the operator's outputs are; default: in order. */
  readonly outputs?: readonly number[];
  /** Contents that the operator's own rule cannot tell. */
  readonly contents?: readonly (Content | undefined)[];
  /** Its contents are not what the operator's own rule would work out. */
  readonly opaque?: boolean;
  /** Outputs that the operator does not make, by their place. */
  readonly others?: readonly (Value | undefined)[];
}

/** An operator to apply, with attributes that were checked against it: `use` makes one. */
export type Application = Use & Wanted;

export function use<A extends Attrs>(application: { readonly op: OpDefinition<A>; readonly attrs: NoInfer<A> } & Wanted): Application {
  return { ...application, ...checked(application.op, application.attrs) };
}

/** Values that no operator has to make: constants, lists, results of a graph inside an attribute. One per output. */
export interface Results {
  readonly values: readonly (Value | undefined)[];
}

export type Answer = Application | Results | Unknown;
export type Operator = (call: Call) => Answer;
export type Operators = Readonly<Record<string, Operator>>;

/** What a row may ask of the run it is part of. */
export interface Surroundings {
  readonly at: Location;
  /** A tensor that no operator makes. */
  constant(sizes: Sizes, dtype: DType, content?: Content): TensorValue;
  stored(tensor: TensorProto, name: string): TensorValue;
  /** Values that a node states: may be a weight like a stored tensor. */
  filled(sizes: Sizes, dtype: DType, content: Content | undefined, name: string): TensorValue;
  /** A constant whose unknown sizes (NaN) have this reason. */
  open(sizes: Sizes, dtype: DType, because: Unknown): TensorValue;
  /** The same data under other sizes. */
  seen(value: TensorValue, sizes: Sizes): TensorValue;
  /** Applies an operator as a part of this node, without a row of its own when it only computes constants. */
  apply(application: Application): readonly Value[] | Unknown;
  /** Follows a graph of an attribute with these inputs; names it does not define come from around the node. */
  follow(graph: GraphProto, inputs: readonly (Value | undefined)[], suffix: string): readonly (Value | undefined)[];
  /** Follows two ways of which data chooses one: the cheaper stays, and what both agree on is known. */
  either(one: () => readonly (Value | undefined)[], other: () => readonly (Value | undefined)[]): readonly (Value | undefined)[];
  /** The sizes that two values share; the others have this reason. */
  merged(one: TensorValue, other: TensorValue, because: Unknown): TensorValue;
  /** Another tensor of the kind of `like`. */
  made(sizes: Sizes, like: TensorValue, because: Unknown, content?: Content): TensorValue;
  /** Says that something was not followed. */
  gap(message: string): Unknown;
}

export class Call {
  constructor(
    readonly node: NodeProto,
    /** Of the node's domain. */
    readonly version: number,
    readonly inputs: readonly (Value | undefined)[],
    private readonly attributes: ReadonlyMap<string, AttributeProto>,
    readonly around: Surroundings,
  ) {}

  has(name: string): boolean {
    return this.attributes.has(name);
  }

  attribute(name: string): AttributeProto | undefined {
    return this.attributes.get(name);
  }

  int(name: string, otherwise: number): number {
    return this.attributes.get(name)?.int ?? otherwise;
  }

  flag(name: string, otherwise = false): boolean {
    const attribute = this.attributes.get(name);
    return attribute ? attribute.int !== 0 : otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.attributes.get(name)?.float ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.attributes.get(name)?.string ?? otherwise;
  }

  ints(name: string): readonly number[] | undefined {
    return this.attributes.get(name)?.ints;
  }

  tensor(position: number): TensorValue | undefined {
    const value = this.inputs[position];
    return value instanceof TensorValue ? value : undefined;
  }

  /** Sizes of an input; undefined when it is left out or its rank is not known. */
  sizes(position: number): Sizes | undefined {
    return this.tensor(position)?.sizes;
  }

  rank(position: number): number | undefined {
    return this.sizes(position)?.length;
  }

  dtype(position: number): DType {
    return this.tensor(position)?.tensor.dtype ?? 'float32';
  }

  content(position: number): Content | undefined {
    return this.tensor(position)?.content;
  }

  /** True when the input is there, whatever is known of it. */
  given(position: number): boolean {
    return this.inputs[position] !== undefined;
  }

  wants(output: number): boolean {
    return (this.node.outputs[output] ?? '') !== '';
  }

  /** A list of numbers that was an attribute in older versions and is an input in newer ones. Undefined: not given; unknown: not known. */
  numbers(attribute: string, position: number): readonly number[] | undefined | Unknown {
    const stated = this.attributes.get(attribute);
    if (stated) return stated.ints.length > 0 || stated.type === 'ints' ? stated.ints : stated.floats;
    const value = this.inputs[position];
    if (value === undefined) return undefined;
    return this.content(position) ?? this.hidden(position);
  }

  /** Why the contents of an input are not known. */
  hidden(position: number): Unknown {
    const value = this.tensor(position);
    const shape = value?.tensor.shape;
    if (isUnknown(shape)) return shape;
    const name = this.node.inputs[position] ?? '';
    const reason = `\`${name}\`, which \`${this.node.opType}\` needs to know, depends on data`;
    if (value?.isStatic === false) return { ...unknown(reason, this.around.at), dataDependent: true };
    // Not data, but something of the file that could not be read: nothing that follows from it may pass for exact.
    return this.around.gap(`the contents of \`${name}\`, which \`${this.node.opType}\` needs, are not known`);
  }
}
