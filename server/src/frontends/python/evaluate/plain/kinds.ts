/** Values as loops over numbers know them: plain numbers whose Python type is known beforehand, and tuples of them. */
import { bool, float, int, tuple, type Value } from '../../values';

export type Kind = 'int' | 'float' | 'bool';
/** A number, or a tuple of so many. */
export type Type = Kind | readonly Kind[];
/** At run time: a boolean is 0 or 1. */
export type Plain = number | readonly number[];

/** Something came up that only the ordinary evaluation knows how to go on with: nothing has been written yet, and it begins anew. */
export class NotPlain extends Error {}

const notPlain = new NotPlain('not plain');

/** Made once: it is thrown in the middle of a million rounds, and says nothing. */
export function giveUp(): never {
  throw notPlain;
}

export interface Read<T extends Plain = Plain> {
  readonly type: Type;
  readonly run: () => T;
}

export interface ReadNumber {
  readonly type: Kind;
  readonly run: () => number;
}

export function isNumber(read: Read | undefined): read is ReadNumber {
  return typeof read?.type === 'string';
}

export function sameType(a: Type, b: Type): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : a.length === b.length && a.every((kind, i) => kind === b[i]);
}

/** Undefined for anything but an int that is exact, a finite float, a bool, and plain tuples of these. */
export function plainOf(value: Value): { readonly type: Type; readonly plain: Plain } | undefined {
  switch (value.kind) {
    case 'int': return Number.isSafeInteger(value.value) ? { type: 'int', plain: value.value } : undefined;
    case 'float': return Number.isFinite(value.value) ? { type: 'float', plain: value.value } : undefined;
    case 'bool': return { type: 'bool', plain: value.value ? 1 : 0 };
    case 'tuple': {
      if (value.cls) return undefined;
      const kinds: Kind[] = [];
      const numbers: number[] = [];
      for (const item of value.items) {
        const part = plainOf(item);
        if (!part || typeof part.type !== 'string' || typeof part.plain !== 'number') return undefined;
        kinds.push(part.type);
        numbers.push(part.plain);
      }
      return { type: kinds, plain: numbers };
    }
    default: return undefined;
  }
}

export function valueOf(type: Type, plain: Plain): Value {
  if (typeof type !== 'string') return tuple(type.map((kind, i) => valueOf(kind, (plain as readonly number[])[i] ?? NaN)));
  const number = plain as number;
  return type === 'int' ? int(number) : type === 'float' ? float(number) : bool(number !== 0);
}

/** The items of a sequence, all of one type. */
export function itemsOf(value: Value): { readonly type: Type; readonly items: readonly Plain[] } | undefined {
  if ((value.kind !== 'list' && value.kind !== 'tuple') || (value.kind === 'tuple' && value.cls) || (value.kind === 'list' && value.doubtfulLength)) return undefined;
  let type: Type | undefined;
  const items: Plain[] = [];
  for (const item of value.items) {
    const plain = plainOf(item);
    if (!plain || (type !== undefined && !sameType(type, plain.type))) return undefined;
    type ??= plain.type;
    items.push(plain.plain);
  }
  return type === undefined ? undefined : { type, items };
}
