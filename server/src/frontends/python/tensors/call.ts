/** One call of a function of the tables: applies operators under the call's own name and place. */
import { isUnknown, type Unknown } from '../../../base/unknown';
import type { Attrs, OpDefinition } from '../../../ops/define';
import type { Shape } from '../../../tensor/shape';
import { intOf, itemsOf } from '../convert';
import type { Interpreter } from '../interpreter';
import type { Bound, Signature } from '../signature';
import { tuple, type CallArguments, type TensorValue, type Value } from '../values';
import { applyAll, applyOp, type Application } from './apply';

/** One call of a table function. */
export interface TensorCall {
  readonly interpreter: Interpreter;
  readonly args: CallArguments;
  /** `torch.relu`, `keras.ops.relu`: what the row of the graph says. */
  readonly type: string;
  readonly signature: Signature;
  readonly bound: ReadonlyMap<string, Value>;
  /** Called as `relu_`: the result takes the first tensor's place. */
  readonly inPlace: boolean;
}

export type Rule<S extends string> = (p: Bound<S>, call: TensorCall) => Value;

/** What a rule may say beyond operator, attributes and inputs. */
type More = Omit<Partial<Application>, 'op' | 'attrs' | 'inputs'>;

/** Applies an operator with one output. */
export function run<A extends Attrs>(call: TensorCall, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[], more: More = {}): Value {
  return applyOp(call.interpreter, call.args, { op, attrs, inputs, type: call.type, signature: call.signature, parameters: call.bound.values(), inPlace: call.inPlace, ...more });
}

/** Applies an operator; several outputs come as a list. */
export function runAll<A extends Attrs>(call: TensorCall, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[], more: More = {}): readonly TensorValue[] | Unknown {
  return applyAll(call.interpreter, call.args, { op, attrs, inputs, type: call.type, signature: call.signature, parameters: call.bound.values(), ...more });
}

export function runTuple<A extends Attrs>(call: TensorCall, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[], more: More = {}): Value {
  const outputs = runAll(call, op, attrs, inputs, more);
  return isUnknown(outputs) ? outputs : tuple(outputs);
}

/** `f(1, 2)` and `f((1, 2))` mean the same: the values of a `*sizes` parameter. */
export function spread(value: Value): readonly Value[] {
  const items = itemsOf(value) ?? [];
  const [only] = items;
  return items.length === 1 && only !== undefined && itemsOf(only) ? (itemsOf(only) ?? []) : items;
}

/** Axes given as a number, a sequence, or None for all. */
export function axesOf(value: Value | undefined): readonly number[] | null {
  if (value === undefined || value.kind === 'none') return null;
  const items = itemsOf(value);
  return items ? (items.length === 0 ? null : items.map(intOf)) : [intOf(value)];
}

/** The shape of a tensor, or undefined when even its rank is not known. */
export function shapeOfTensor(value: Value | undefined): Shape | undefined {
  return value?.kind === 'tensor' && !isUnknown(value.tensor.shape) ? value.tensor.shape : undefined;
}

export function rankOf(value: Value | undefined): number {
  return shapeOfTensor(value)?.length ?? NaN;
}
