/** Rows of the function tables: one documented signature makes `torch.f`, `Tensor.f` and `Tensor.f_`. */
import { isUnknown, type Unknown } from '../../base/unknown';
import type { Attrs, OpDefinition } from '../../ops/define';
import type { Shape } from '../../tensor/shape';
import { intOf, itemsOf } from '../python/convert';
import { bindArguments } from '../python/evaluate/binder';
import type { Interpreter } from '../python/interpreter';
import type { LibraryEntry } from '../python/library';
import { signatureOf, type Bound, type Signature } from '../python/signature';
import { native, tuple, type CallArguments, type NativeValue, type TensorValue, type Value } from '../python/values';
import { applyAll, applyOp, type Application } from './apply';

/** One call of a table function. */
export interface TorchCall {
  readonly interpreter: Interpreter;
  readonly args: CallArguments;
  /** `torch.relu`, `torch.Tensor.relu`: what the row of the graph says. */
  readonly type: string;
  readonly signature: Signature;
  readonly bound: ReadonlyMap<string, Value>;
  /** Called as `relu_`: the result takes the first tensor's place. */
  readonly inPlace: boolean;
}

export type Rule<S extends string> = (p: Bound<S>, call: TorchCall) => Value;

export interface TorchRow {
  readonly entries: readonly LibraryEntry[];
  readonly methods: readonly (readonly [string, NativeValue])[];
}

function torchNative<S extends string>(text: S, type: string, rule: Rule<S>, binds: boolean, inPlace: boolean): NativeValue {
  const name = type.slice(type.lastIndexOf('.') + 1);
  return native(type, (args, interpreter) => {
    const signature = signatureOf(text);
    const bound = bindArguments({ name, parameters: signature.parameters, defaults: signature.defaults }, args, interpreter);
    return rule(Object.fromEntries(bound) as Bound<S>, { interpreter, args, type, signature, bound, inPlace });
  }, binds);
}

export interface RowOptions {
  /** Further qualified names of the function. */
  readonly names?: readonly string[];
  /** Further names of the method. */
  readonly methods?: readonly string[];
  /** False: there is no `f_`. */
  readonly inPlace?: boolean;
}

function lastName(text: string): string {
  const name = text.slice(0, text.indexOf('('));
  return name.slice(name.lastIndexOf('.') + 1);
}

function entryOf<S extends string>(text: S, name: string, rule: Rule<S>, inPlace = false): LibraryEntry {
  const value = torchNative(text, name, rule, false, inPlace);
  return { name, make: () => value };
}

/** A function of a module only. */
export function torchFn<S extends string>(text: S, rule: Rule<S>, options: RowOptions = {}): TorchRow {
  const names = [text.slice(0, text.indexOf('(')), ...(options.names ?? [])];
  return { entries: names.map(name => entryOf(text, name, rule)), methods: [] };
}

/** A method of tensors only; the first parameter is the tensor. */
export function tensorMethod<S extends string>(text: S, rule: Rule<S>, options: RowOptions = {}): TorchRow {
  const names = [lastName(text), ...(options.methods ?? [])];
  const inPlace = options.inPlace === true ? names : [];
  return {
    entries: [],
    methods: [
      ...names.map(name => [name, torchNative(text, `torch.Tensor.${name}`, rule, true, false)] as const),
      ...inPlace.map(name => [`${name}_`, torchNative(text, `torch.Tensor.${name}_`, rule, true, true)] as const),
    ],
  };
}

/** `torch.f(input, …)` and `input.f(…)`, and unless told otherwise `input.f_(…)` and `torch.f_(input, …)`. */
export function both<S extends string>(text: S, rule: Rule<S>, options: RowOptions = {}): TorchRow {
  const functions = [text.slice(0, text.indexOf('(')), ...(options.names ?? [])];
  const methods = tensorMethod(text, rule, { ...options, inPlace: options.inPlace !== false }).methods;
  return {
    entries: [
      ...functions.map(name => entryOf(text, name, rule)),
      ...(options.inPlace === false ? [] : functions.map(name => entryOf(text, `${name}_`, rule, true))),
    ],
    methods,
  };
}

/** Applies an operator with one output. */
export function run<A extends Attrs>(call: TorchCall, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[], more: Partial<Application> = {}): Value {
  return applyOp(call.interpreter, call.args, { op, attrs, inputs, type: call.type, signature: call.signature, parameters: call.bound.values(), inPlace: call.inPlace, ...more });
}

/** Applies an operator; several outputs come as a list. */
export function runAll<A extends Attrs>(call: TorchCall, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[], more: Partial<Application> = {}): readonly TensorValue[] | Unknown {
  return applyAll(call.interpreter, call.args, { op, attrs, inputs, type: call.type, signature: call.signature, parameters: call.bound.values(), ...more });
}

export function runTuple<A extends Attrs>(call: TorchCall, op: OpDefinition<A>, attrs: NoInfer<A>, inputs: readonly Value[], more: Partial<Application> = {}): Value {
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

/** Numbers that are known to be Python numbers although their value is not: `tensor.item()`. */
const unknownNumbers = new WeakSet<object>();

export function unknownNumber(value: Unknown): Unknown {
  unknownNumbers.add(value);
  return value;
}

export function isUnknownNumber(value: Value): boolean {
  return isUnknown(value) && unknownNumbers.has(value);
}
