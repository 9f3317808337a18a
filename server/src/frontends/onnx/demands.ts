/**
 * What the standard demands of a node's attributes and weights, as data beside the operators' rows: a node that breaks it is refused before its row is read.
 * Source: onnx.ai/onnx/operators, and what ONNX Runtime refuses to load or to run.
 */
import { describeSizes } from '../../ops/checks';
import { definitelyDifferent, type Sizes } from '../../tensor/shape';
import type { Call } from './call';
import type { AttributeProto } from './model';

export interface Contradiction {
  /** The attribute at fault, or the input's name where a weight is. */
  readonly attribute: string;
  readonly message: string;
}

/** What is wrong with a stated attribute; undefined: nothing. */
export type AttributeDemand = (attribute: AttributeProto, call: Call) => string | undefined;

/** Sizes that an input must have (NaN: any), where they are known. */
export type WeightDemand = readonly [input: number, sizes: Sizes | undefined, what: string];

export interface Demands {
  readonly attributes?: Readonly<Record<string, AttributeDemand>>;
  readonly required?: readonly string[];
  readonly weights?: (call: Call) => readonly WeightDemand[];
}

/** The first thing that is wrong with each attribute, then with each weight. */
export function contradictionsOf(call: Call, { attributes = {}, required = [], weights }: Demands): readonly Contradiction[] {
  const found: Contradiction[] = [];
  for (const name of required) if (!call.has(name)) found.push({ attribute: name, message: `\`${call.node.opType}\` needs the attribute \`${name}\`` });
  for (const [name, demand] of Object.entries(attributes)) {
    const attribute = call.attribute(name);
    const wrong = attribute && demand(attribute, call);
    if (wrong !== undefined) found.push({ attribute: name, message: `\`${name}\` ${wrong}` });
  }
  // Weights are held against attributes: a wrong one would be blamed twice.
  if (found.length > 0) return found;
  for (const [input, expected, what] of weights?.(call) ?? []) {
    const sizes = call.sizes(input);
    if (!sizes || !expected) continue;
    if (sizes.length === expected.length && !sizes.some((size, axis) => definitelyDifferent(size, expected[axis] ?? NaN))) continue;
    found.push({ attribute: '', message: `${what} must be ${describeSizes(expected)}, \`${call.node.inputs[input] ?? ''}\` is ${describeSizes(sizes)}` });
  }
  return found;
}

function listed(values: readonly (number | string)[]): string {
  return `[${values.slice(0, 8).join(', ')}${values.length > 8 ? ', …' : ''}]`;
}

export function wholeNumber(least: number, most = Infinity): AttributeDemand {
  return ({ type, int }) => {
    if (type !== 'int') return `must be one integer, not ${type}`;
    if (int < least) return `is ${int}, but must be at least ${least}`;
    return int > most ? `is ${int}, but must be at most ${most}` : undefined;
  };
}

export function oneOf(...choices: readonly (number | string)[]): AttributeDemand {
  return ({ type, int, string }) => {
    const stated = typeof choices[0] === 'number' ? int : string;
    if (type !== (typeof choices[0] === 'number' ? 'int' : 'string')) return `must be one ${typeof choices[0] === 'number' ? 'integer' : 'word'}, not ${type}`;
    return choices.includes(stated) ? undefined : `is ${stated}, but must be ${choices.slice(0, -1).join(', ')} or ${choices[choices.length - 1] ?? ''}`;
  };
}

export type Count = (call: Call) => number | undefined;

/** Integers of at least `least`, as many as one of these counts says. */
export function integers(least: number, ...counts: readonly Count[]): AttributeDemand {
  return ({ type, ints }, call) => {
    if (type !== 'ints') return `must be a list of integers, not ${type}`;
    const low = ints.find(value => value < least);
    if (low !== undefined) return `has an entry of ${low}, but each must be at least ${least}`;
    const known = counts.map(count => count(call));
    if (known.length === 0 || known.includes(undefined) || known.includes(ints.length)) return undefined;
    return `has ${ints.length} ${ints.length === 1 ? 'entry' : 'entries'} ${listed(ints)}, but must have ${known.join(' or ')}`;
  };
}

/** An axis of an input with that many more axes than it has. A scalar counts as one of one axis. */
export function axis(input = 0, more = 0, most = more): AttributeDemand {
  return ({ type, int }, call) => (type === 'int' ? outside(int, call.rank(input), more, most) : `must be one integer, not ${type}`);
}

export function axes(input = 0): AttributeDemand {
  return ({ ints }, call) => {
    for (const each of ints) {
      const wrong = outside(each, call.rank(input), 0, 0);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

function outside(stated: number, rank: number | undefined, more: number, most: number): string | undefined {
  if (rank === undefined) return undefined;
  const [low, high] = [-Math.max(rank + more, 1), Math.max(rank + most, 1) - 1];
  return stated < low || stated > high ? `is ${stated}, but an input of ${rank} axes allows ${low} to ${high}` : undefined;
}

/** Both must hold. */
export function both(one: AttributeDemand, other: AttributeDemand): AttributeDemand {
  return (attribute, call) => one(attribute, call) ?? other(attribute, call);
}
