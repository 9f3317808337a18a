/** Rows of the function tables: one documented signature makes `torch.f`, `Tensor.f` and `Tensor.f_`. */
import { bindArguments } from '../python/binder';
import type { LibraryEntry } from '../python/library';
import { recordOf, signatureOf, type Bound } from '../python/signature';
import type { Rule } from '../python/tensors/call';
import { native, type NativeValue } from '../python/values';
import { checkCall, demandsOn, type Demands } from './demands/check';
import { renamedArguments } from './keyword-names';
import { checkParameterTypes, parameterTypesOf, type ParameterTypes } from './parameter-types';

export interface TorchRow {
  /** The documented signature. */
  readonly text: string;
  readonly entries: readonly LibraryEntry[];
  readonly methods: readonly (readonly [string, NativeValue])[];
}

function torchNative<S extends string>(text: S, type: string, rule: Rule<S>, binds: boolean, inPlace: boolean): NativeValue {
  const name = type.slice(type.lastIndexOf('.') + 1);
  let types: ParameterTypes | 'none' | undefined;
  let demands: Demands | 'none' | undefined;
  return native(type, (asWritten, interpreter) => {
    const signature = signatureOf(text);
    const args = asWritten.keywords.length === 0 ? asWritten : renamedArguments(type, signature, asWritten);
    const bound = bindArguments({ name, parameters: signature.parameters, defaults: signature.defaults }, args, interpreter);
    types ??= parameterTypesOf(type) ?? 'none';
    if (types !== 'none') checkParameterTypes(name, types, signature, bound, args, interpreter);
    demands ??= demandsOn(type, 'called') ?? 'none';
    const values = recordOf(bound);
    if (demands !== 'none') checkCall(demands, type, signature, values, args, interpreter);
    return rule(values as Bound<S>, { interpreter, args, type, signature, bound, inPlace });
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
  return { name, row: text, make: () => value };
}

/** A function of a module only. */
export function torchFn<S extends string>(text: S, rule: Rule<S>, options: RowOptions = {}): TorchRow {
  const names = [text.slice(0, text.indexOf('(')), ...(options.names ?? [])];
  return { text, entries: names.map(name => entryOf(text, name, rule)), methods: [] };
}

/** A method of tensors only; the first parameter is the tensor. */
export function tensorMethod<S extends string>(text: S, rule: Rule<S>, options: RowOptions = {}): TorchRow {
  const names = [lastName(text), ...(options.methods ?? [])];
  const inPlace = options.inPlace === true ? names : [];
  return {
    text, entries: [],
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
    text,
    entries: [
      ...functions.map(name => entryOf(text, name, rule)),
      ...(options.inPlace === false ? [] : functions.map(name => entryOf(text, `${name}_`, rule, true))),
    ],
    methods,
  };
}
