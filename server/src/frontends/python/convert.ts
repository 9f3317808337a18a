/** Reads plain numbers, strings and lists out of Python values; what is unknown becomes NaN or undefined. */
import { charge } from '../../base/budget';
import { isUnknown, type Unknown } from '../../base/unknown';
import { bool, float, int, list, none, rangeLength, str, tuple, type Value } from './values';

/** An int (or a bool, or a float without fraction); NaN when not known or not a number. */
export function intOf(value: Value | undefined): number {
  const number = numberOf(value);
  return Number.isInteger(number) || !Number.isFinite(number) ? number : NaN;
}

export function numberOf(value: Value | undefined): number {
  if (value === undefined) return NaN;
  switch (value.kind) {
    case 'int': case 'float': return value.value;
    case 'bool': return value.value ? 1 : 0;
    case 'instance': return value.payload ? numberOf(value.payload) : NaN;
    case 'tensor': return value.content?.length === 1 ? (value.content[0] ?? NaN) : NaN;
    default: return NaN;
  }
}

export function stringOf(value: Value | undefined): string | undefined {
  if (value?.kind === 'str') return value.value;
  return value?.kind === 'instance' && value.payload ? stringOf(value.payload) : undefined;
}

/** `True`/`False`; any other value gives `fallback`. */
export function boolOf(value: Value | undefined, fallback = false): boolean {
  return value?.kind === 'bool' ? value.value : value?.kind === 'int' ? value.value !== 0 : fallback;
}

/** A number and the place where it stands. */
const wordsPerNumber = 8;

/** Items of a list, tuple, range or set; undefined for anything else. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  switch (value?.kind) {
    case 'list': case 'tuple': return value.items;
    case 'set': return [...value.entries.values()];
    case 'range': charge(rangeLength(value) * wordsPerNumber); return Array.from({ length: rangeLength(value) }, (_, i) => int(value.start + i * value.step));
    case 'dict': return [...value.entries.values()].map(entry => entry.key);
    case 'instance': return value.payload ? itemsOf(value.payload) : undefined;
    default: return undefined;
  }
}

/** Integers of a sequence, NaN where unknown; undefined when it is no sequence. */
export function intsOf(value: Value | undefined): readonly number[] | undefined {
  return itemsOf(value)?.map(intOf);
}

/** `3` or `(3, 5)` as one number per axis; a single-element sequence is repeated, as PyTorch does. */
export function perAxis(value: Value | undefined, rank: number): readonly number[] {
  const items = intsOf(value);
  if (!items) return new Array<number>(rank).fill(intOf(value));
  return items.length === 1 ? new Array<number>(rank).fill(items[0] ?? NaN) : items;
}

/** The first unknown among values, looking into sequences, into each once: the reason that a row reports. */
export function firstUnknownIn(values: Iterable<Value>, seen = new Set<Value>()): Unknown | undefined {
  for (const value of values) {
    if (isUnknown(value)) return value;
    if ((value.kind === 'tuple' || value.kind === 'list') && !seen.has(value)) {
      const inner = firstUnknownIn(value.items, seen.add(value));
      if (inner) return inner;
    }
  }
  return undefined;
}

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** JSON-like data as Python values; integral numbers become ints. */
export function fromPlain(plain: Plain): Value {
  if (plain === null) return none;
  if (typeof plain === 'boolean') return bool(plain);
  if (typeof plain === 'number') return Number.isInteger(plain) ? int(plain) : float(plain);
  if (typeof plain === 'string') return str(plain);
  if (Array.isArray(plain)) return list(plain.map(fromPlain));
  return tuple(Object.values(plain as Record<string, Plain>).map(fromPlain));
}

/** The value, or undefined for `None` and absent ones. */
export function given(value: Value | undefined): Value | undefined {
  return value === undefined || value.kind === 'none' ? undefined : value;
}
