/**
 * What a parameter takes, in a few characters: `int>=0`, `ints>0#2|none` (one int or two), `ints#=2` (not a sequence of one), `number[0,1]`, `str=none,tanh`, `tensor<int64,int32>`.
 * Types come first, then a range that every number is in, how many numbers there may be (one, or this many), the texts or the element types to choose from.
 */
import { categoryOf, isFloating, type DType } from '../../../tensor/dtype';
import { isUnknown } from '../../../base/unknown';
import type { Value } from '../../python/values';
import { expectedTypes, fits, misfit, type ParameterType } from '../parameter-types';

export interface ParameterDemand {
  readonly types: ReadonlySet<ParameterType>;
  readonly least: number;
  /** The least number itself is not taken. */
  readonly above: boolean;
  readonly most: number;
  readonly count: number | undefined;
  /** A sequence of one stands for as many of it. */
  readonly repeats: boolean;
  readonly choices: readonly string[];
  /** Names of element types, `floating` and `integer` among them. */
  readonly elements: readonly string[];
}

/** What is wrong with a value, and the exception that the framework raises for it: of the type, or of the value. */
export interface Refusal {
  readonly of: 'type' | 'value';
  readonly message: string;
}

const form = /^([a-z|]+?)(?:(>=|>)(-?[\d.]+)|\[(-?[\d.]+),(-?[\d.]+)\])?(?:#(=?\d+))?((?:\|[a-z]+)*)(?:=([\w,-]+))?(?:<([\w,]+)>)?$/;

/** `stride:ints>0#2 groups:int>0`. */
export function parseDemands(text: string): ReadonlyMap<string, ParameterDemand> {
  return new Map(text.split(' ').filter(item => item !== '').map(item => {
    const [name = '', demand = ''] = item.split(/:(.*)/s);
    return [name, parseDemand(demand)];
  }));
}

function parseDemand(text: string): ParameterDemand {
  const parts = form.exec(text);
  if (!parts) throw new Error(`not a demand: ${text}`);
  const [, types = '', relation, bound, low, high, count, others = '', choices, elements] = parts;
  return {
    types: new Set((types + others).split('|') as ParameterType[]),
    least: Number(bound ?? low ?? -Infinity), above: relation === '>', most: Number(high ?? Infinity),
    count: count === undefined ? undefined : Number(count.replace('=', '')), repeats: count?.startsWith('=') !== true, choices: choices?.split(',') ?? [], elements: elements?.split(',') ?? [],
  };
}

/** What is not known fits. */
export function refusalOf(value: Value, demand: ParameterDemand): Refusal | undefined {
  if (isUnknown(value)) return undefined;
  if (!fits(value, demand.types)) return { of: 'type', message: `must be ${expectedTypes(demand.types)}, received ${described(value, demand.types)}` };
  if (value.kind === 'str') return ofText(value.value, demand.choices);
  if (value.kind === 'tensor') return value.tensor.isTypeAssumed ? undefined : ofElements(value.tensor.dtype, demand.elements);
  if (value.kind !== 'tuple' && value.kind !== 'list') return outOfRange(value, demand);
  for (const item of value.items) {
    const refusal = outOfRange(item, demand);
    if (refusal) return refusal;
  }
  const { count } = demand;
  if (count !== undefined && value.items.length > 0 && value.items.length !== count && !(demand.repeats && value.items.length === 1)) {
    return { of: 'value', message: `takes one int or ${String(count)} of them, received ${String(value.items.length)}` };
  }
  return undefined;
}

function outOfRange(value: Value, demand: ParameterDemand): Refusal | undefined {
  if (value.kind !== 'int' && value.kind !== 'float') return undefined;
  const least = demand.above ? value.value > demand.least : value.value >= demand.least;
  return !least || value.value > demand.most ? { of: 'value', message: `must be ${rangeText(demand)}, received ${String(value.value)}` } : undefined;
}

/** A float where an int belongs is nearly always the result of a division. */
function described(value: Value, types: ReadonlySet<ParameterType>): string {
  if (value.kind !== 'float' || !(types.has('int') || types.has('ints') || types.has('sizes'))) return misfit(value);
  return `the float ${Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value)} (did \`/\` make it? use \`//\`)`;
}

function ofText(text: string, choices: readonly string[]): Refusal | undefined {
  if (choices.length === 0 || choices.includes(text)) return undefined;
  return { of: 'value', message: `must be one of ${choices.map(choice => `"${choice}"`).join(', ')}, received "${text.slice(0, 40)}"` };
}

function ofElements(dtype: DType, elements: readonly string[]): Refusal | undefined {
  const isFractional = isFloating(dtype) || categoryOf(dtype) === 3;
  if (elements.length === 0 || elements.some(name => name === dtype || (name === 'floating' && isFractional) || (name === 'integer' && !isFractional))) return undefined;
  return { of: 'value', message: `must be a tensor of ${elements.join(' or ')} elements, received ${dtype}` };
}

function rangeText({ least, above, most }: ParameterDemand): string {
  if (most < Infinity) return `between ${String(least)} and ${String(most)}`;
  return above ? `greater than ${String(least)}` : `at least ${String(least)}`;
}
