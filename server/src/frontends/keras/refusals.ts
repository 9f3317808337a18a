/** Checks of one argument, as Keras' constructors make them; what nobody knows passes all of them. */
import { itemsOf, stringOf } from '../python/convert';
import type { Value } from '../python/values';

export type Given = ReadonlyMap<string, Value>;

export interface Demand {
  readonly layers: RegExp;
  /** What is wrong with these arguments; undefined: nothing, or nobody can tell. */
  readonly broken: (given: Given) => string | undefined;
}

/** Values that are what they seem; anything else may convert itself. */
const plain: ReadonlySet<string> = new Set(['none', 'bool', 'int', 'float', 'str', 'bytes', 'list', 'tuple', 'dict', 'set', 'function', 'class']);

const isWhole = ({ kind }: Value): boolean => kind === 'int' || kind === 'bool' || !plain.has(kind);
const isNumber = (value: Value): boolean => value.kind === 'float' || isWhole(value);

/** How a message shows what was given. */
export function shown(value: Value): string {
  switch (value.kind) {
    case 'none': return 'None';
    case 'int': return String(value.value);
    case 'float': return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    case 'str': return value.value.length > 40 ? 'a text' : `'${value.value}'`;
    case 'list': case 'tuple': return value.items.length > 6 ? `${value.items.length} values` : `(${value.items.map(shown).join(', ')})`;
    default: return `a ${value.kind}`;
  }
}

function demand(layers: RegExp, parameter: string, wanted: string, fits: (value: Value) => boolean): Demand {
  return {
    layers,
    broken: given => {
      const value = given.get(parameter);
      return value === undefined || fits(value) ? undefined : `Received an invalid value for \`${parameter}\`: expected ${wanted}, received ${shown(value)}`;
    },
  };
}

interface Further { readonly orNone?: boolean }

export function whole(layers: RegExp, parameter: string, { orNone = false }: Further = {}): Demand {
  return demand(layers, parameter, 'an integer', value => isWhole(value) || (orNone && value.kind === 'none'));
}

/** An integer or several of them. */
export function wholes(layers: RegExp, parameter: string, { orNone = false }: Further = {}): Demand {
  return demand(layers, parameter, 'an integer or several', value => isWhole(value) || (orNone && value.kind === 'none') || (itemsOf(value)?.every(isWhole) ?? false));
}

/** An integer for all axes, or one for each. */
export function wholePerAxis(layers: RegExp, parameter: string, axes: number, { orNone = false }: Further = {}): Demand {
  return demand(layers, parameter, axes === 1 ? 'an integer' : `an integer or a tuple of ${axes} integers`, value => {
    const items = itemsOf(value);
    return items ? items.length === axes && items.every(isWhole) : isWhole(value) || (orNone && value.kind === 'none');
  });
}

/** Amounts on both sides of each axis: a number, one for each axis, or a pair for each. */
export function sides(layers: RegExp, parameter: string, axes: number): Demand {
  const isPair = (value: Value): boolean => isWhole(value) || (itemsOf(value)?.length === 2 && (itemsOf(value)?.every(isWhole) ?? false));
  return demand(layers, parameter, `an integer, or ${axes === 1 ? 'a pair of them' : `${axes} integers or pairs of them`}`, value => {
    const items = itemsOf(value);
    return items ? items.length === Math.max(axes, axes === 1 ? 2 : 0) && items.every(axes === 1 ? isWhole : isPair) : isWhole(value);
  });
}

/** Each number of the parameter is at least `least`. */
export function atLeast(layers: RegExp, parameter: string, least: number): Demand {
  return demand(layers, parameter, least === 1 ? 'a positive integer' : 'no negative number', value => numbersIn(value).every(number => number >= least));
}

export function between(layers: RegExp, parameter: string, low: number, high: number): Demand {
  return demand(layers, parameter, `a number between ${low} and ${high}`, value => isNumber(value) && numbersIn(value).every(number => number >= low && number <= high));
}

export function number(layers: RegExp, parameter: string): Demand {
  return demand(layers, parameter, 'a number', isNumber);
}

export function oneOf(layers: RegExp, parameter: string, choices: readonly string[], { orNone = true }: Further = {}): Demand {
  return demand(layers, parameter, `one of ${choices.map(choice => `'${choice}'`).join(', ')}`, value => {
    const text = stringOf(value);
    if (text !== undefined) return choices.includes(text.toLowerCase());
    return value.kind === 'none' ? orNone : !plain.has(value.kind) || itemsOf(value) !== undefined;
  });
}

/** A name that Keras knows, or something that is no text and no number. */
export function named(layers: RegExp, parameter: string, what: string, names: ReadonlySet<string>): Demand {
  return demand(layers, parameter, `the name of ${what}`, value => {
    const text = stringOf(value);
    // Names of one's own are registered as `package>Name`.
    return text === undefined ? value.kind !== 'int' && value.kind !== 'float' : names.has(text) || text.includes('>');
  });
}

/** A layer; a class or a number is none. */
export function aLayer(layers: RegExp, parameter: string): Demand {
  return demand(layers, parameter, 'a layer', value => value.kind === 'instance' || !plain.has(value.kind));
}

export function callable(layers: RegExp, parameter: string): Demand {
  return demand(layers, parameter, 'a function', value => !plain.has(value.kind) || value.kind === 'function' || value.kind === 'class');
}

export function several(layers: RegExp, parameter: string): Demand {
  return demand(layers, parameter, 'a tuple', value => !plain.has(value.kind) || itemsOf(value) !== undefined);
}

export function numbersIn(value: Value | undefined): readonly number[] {
  return (itemsOf(value) ?? (value ? [value] : [])).flatMap(item => (item.kind === 'int' || item.kind === 'float' ? [item.value] : []));
}
