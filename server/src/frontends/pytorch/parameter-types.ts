/** Which types PyTorch's functions take for their parameters, and the error for an argument of another one. */
import type { CallArguments, Value } from '../python/values';
import { typeName } from '../python/values';
import type { Signature } from '../python/signature';
import type { Interpreter } from '../python/interpreter';
import { recordedParameterTypes } from './parameter-types.generated';

/** `tensors`, `ints`, `sizes` (ints, some of them None) and `floats` are sequences; PyTorch takes a single int for `ints` and `sizes`, too. */
export type ParameterType = 'tensor' | 'tensors' | 'int' | 'ints' | 'sizes' | 'floats' | 'float' | 'number' | 'bool' | 'str' | 'none';

/** By parameter name; a parameter that is not listed takes anything. */
export type ParameterTypes = ReadonlyMap<string, ReadonlySet<ParameterType>>;

let lines: ReadonlyMap<string, string> | undefined;

/** Of the function or method with this qualified name; undefined where PyTorch declares none. */
export function parameterTypesOf(name: string): ParameterTypes | undefined {
  lines ??= new Map(recordedParameterTypes.trim().split('\n').map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  const line = lines.get(name);
  if (line === undefined) return undefined;
  return new Map(line.split(' ').map(item => {
    const [parameter = '', types = ''] = item.split(':');
    return [parameter, new Set(types.split('|') as ParameterType[])];
  }));
}

/** Raises the TypeError of the first argument that no overload of the function takes. What is not known fits. */
export function checkParameterTypes(name: string, types: ParameterTypes, { defaults, parameters }: Signature, bound: ReadonlyMap<string, Value>, args: CallArguments, interpreter: Interpreter): void {
  for (const [parameter, accepted] of types) {
    const given = bound.get(parameter);
    const value = given && parameters.some(({ name: each, form }) => each === parameter && form === '*') ? asSequence(given) : given;
    // A default of our own rows may stand for an overload without the parameter.
    if (!value || given === defaults.get(parameter) || fits(value, accepted)) continue;
    interpreter.raise('TypeError', `${name}(): argument '${parameter}' must be ${expectedTypes(accepted)}, not ${misfit(value)}`, args.at);
  }
}

/** `x.view(2, 3)` and `x.view((2, 3))` are the same. */
export function asSequence(rest: Value): Value {
  const only = rest.kind === 'tuple' && rest.items.length === 1 ? rest.items[0] : undefined;
  return only && (only.kind === 'tuple' || only.kind === 'list' || !fitsAsInt(only)) ? only : rest;
}

const words: Readonly<Record<ParameterType, string>> = {
  tensor: 'a tensor', tensors: 'a sequence of tensors', int: 'an int', ints: 'a sequence of ints', sizes: 'a sequence of ints or None', floats: 'a sequence of numbers',
  float: 'a number', number: 'a number', bool: 'a bool', str: 'a str', none: 'None',
};

export function expectedTypes(accepted: ReadonlySet<ParameterType>): string {
  return [...accepted].filter(type => type !== 'none').map(type => words[type]).join(' or ');
}

export function misfit(value: Value): string {
  if (value.kind !== 'tuple' && value.kind !== 'list') return typeName(value);
  const wrong = value.items.find(item => !fitsAsInt(item));
  return wrong ? `${typeName(value)} with ${typeName(wrong)} in it` : typeName(value);
}

export function fits(value: Value, accepted: ReadonlySet<ParameterType>): boolean {
  const takes = (...types: readonly ParameterType[]): boolean => types.some(type => accepted.has(type));
  switch (value.kind) {
    case 'none': return takes('none');
    case 'str': return takes('str');
    case 'float': return takes('float', 'number', 'tensor', 'tensors');
    // A tensor of one element counts as a number, and PyTorch makes a tensor of a number where it likes.
    case 'int': case 'bool': return !only(accepted, 'str', 'none') && !(value.kind === 'int' && only(accepted, 'bool', 'none'));
    case 'tuple': case 'list':
      if (takes('tensors')) return true;
      return (takes('ints') && value.items.every(fitsAsInt)) || (takes('sizes') && value.items.every(item => item.kind === 'none' || fitsAsInt(item)))
        || (takes('floats') && value.items.every(item => item.kind === 'float' || fitsAsInt(item)));
    // Objects may convert themselves.
    default: return true;
  }
}

function only(accepted: ReadonlySet<ParameterType>, ...types: readonly ParameterType[]): boolean {
  for (const type of accepted) if (!types.includes(type)) return false;
  return true;
}

function fitsAsInt(value: Value): boolean {
  return value.kind !== 'none' && value.kind !== 'str' && value.kind !== 'float' && value.kind !== 'tuple' && value.kind !== 'list';
}
