/** What a framework says of its tensors to the interpreter: attributes, operators, indexing, truth. */
import type { Location } from '../../base/span';
import type { Unknown } from '../../base/unknown';
import type { AnyOp } from '../../ops/define';
import type { DType } from '../../tensor/dtype';
import type { Interpreter } from './interpreter';
import type { BinaryOperator, CompareOperator, UnaryOperator } from './syntax/ast';
import type { CallArguments, ClassValue, NativeState, TensorValue, Value } from './values';

/** What is needed to copy what a constructor made. */
export interface Replicas {
  /** What the framework keeps with an instance, its values copied; undefined: it cannot be copied. */
  copyState(state: NativeState, copy: (value: Value) => Value): NativeState | undefined;
  /** A copy's elements lie as those of what it was copied from. */
  lieAlike(copy: TensorValue, original: TensorValue): void;
  weightsNumbered(interpreter: Interpreter): number;
  /** The numbers of so many weights are taken. */
  numberWeights(interpreter: Interpreter, count: number): void;
}

export interface TensorProtocol {
  /** The class that operators are methods of: `torch.Tensor`. */
  readonly typeName: string;
  /** The element type of Python floats that become tensors. */
  floating(interpreter: Interpreter): DType;
  /** Data attribute or bound method; undefined when the framework has none of that name. */
  attribute(tensor: TensorValue, name: string, interpreter: Interpreter, at: Location): Value | undefined;
  setAttribute(tensor: TensorValue, name: string, value: Value, interpreter: Interpreter, at: Location): void;
  /** Either operand may be the tensor. Undefined: the operands do not go together. */
  binary(operator: BinaryOperator | CompareOperator, left: Value, right: Value, interpreter: Interpreter, at: Location): Value | undefined;
  /** `tensor op= value`; the result is bound to the target. */
  inPlace(operator: BinaryOperator, tensor: TensorValue, value: Value, interpreter: Interpreter, at: Location): Value;
  unary(operator: UnaryOperator, tensor: TensorValue, interpreter: Interpreter, at: Location): Value;
  index(tensor: TensorValue, key: Value, interpreter: Interpreter, at: Location): Value;
  setIndex(tensor: TensorValue, key: Value, value: Value, interpreter: Interpreter, at: Location): void;
  iterate(tensor: TensorValue, interpreter: Interpreter, at: Location): Iterable<Value>;
  /** As many rows as are taken apart from a tensor of unknown length; undefined: they are unknown values. */
  partsOf?(tensor: TensorValue, count: number, interpreter: Interpreter, at: Location): readonly Value[] | undefined;
  /** Known when the contents are. */
  truth(tensor: TensorValue, at: Location): boolean | Unknown;
  /** Size of the first dimension. */
  length(tensor: TensorValue, at: Location): number | Unknown;
  /** Raises what the framework raises for tensors that this operator does not take together. */
  check?(op: AnyOp, tensors: readonly TensorValue[], interpreter: Interpreter, at: Location): void;
  /** What a call of something unknown gives that takes a tensor; undefined: a gap. */
  callUnknown?(callee: Unknown, args: CallArguments, interpreter: Interpreter): Value | undefined;
  classOf(tensor: TensorValue, interpreter: Interpreter): ClassValue | undefined;
  /** Undefined: whatever is constructed is constructed each time. */
  readonly replicas?: Replicas;
}
