/** Objects that a value which is not known may be: what is done to it is done to one of them. */
import type { Unknown } from '../../base/unknown';
import type { Value } from './values';

const candidates = new WeakMap<Unknown, readonly Value[]>();

/** More of them are not told apart. */
const most = 16;
const nothing: readonly Value[] = [];

/** Where one of them is not known itself, it is the last. */
export function mayBe(value: Unknown): readonly Value[] {
  return candidates.get(value) ?? nothing;
}

/** One of these values, nobody knows which, for that reason; undefined stands for what is not there. */
export function oneOf(values: Iterable<Value | undefined>, reason: Unknown): Unknown {
  const all = new Set<Value>();
  let isOpen = false;
  for (const value of values) {
    const known = value?.kind === 'unknown' ? mayBe(value) : value ? [value] : nothing;
    if (known.length === 0) isOpen = true;
    for (const each of known) {
      if (each.kind === 'unknown') isOpen = true;
      else all.add(each);
    }
  }
  if (all.size > most || ![...all].some(isObject)) return reason;
  const either: Unknown = { ...reason };
  candidates.set(either, isOpen ? [...all, { ...reason }] : [...all]);
  return either;
}

/** What something can be done to that shows elsewhere, or by calling it. */
function isObject(value: Value): boolean {
  switch (value.kind) {
    case 'list': case 'dict': case 'instance': case 'function': case 'method': case 'class': case 'native': case 'iterator': return true;
    case 'set': return !value.frozen;
    case 'tensor': return value.weight !== undefined;
    default: return false;
  }
}
