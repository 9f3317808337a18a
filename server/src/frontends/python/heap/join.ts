/** What is left when either of two sides may have run: equal cells stay, the others become unknown for the reason that it is not known which ran. */
import type { Unknown } from '../../../base/unknown';
import { Memo, undecided, type Born, type CellMap } from './cells';
import type { Ends, Items } from './journal';
import type { Entry, Language } from './language';
import { absent, type Cell, type MapEnd } from './tracks';

/** A field that differs between two sides, and has no way to say that it does. */
export interface Doubt {
  readonly target: Born;
  readonly field: string;
}

/** What the joined state is written with. */
export interface Writer {
  set<K, V>(map: CellMap<K, V>, key: K, value: V): void;
  replace<K, V>(map: CellMap<K, V>, entries: Iterable<readonly [K, V]>): void;
  replaceItems<V>(list: Items<V>, values: Iterable<V>): void;
  write<T extends Born, K extends keyof T & string>(target: T, field: K, value: T[K]): void;
}

export function joinEnds(heap: Writer, language: Language, a: Ends, b: Ends, reason: Unknown): readonly Doubt[] {
  for (const map of union(a.maps.keys(), b.maps.keys())) joinMap(heap, language, map, a.maps.get(map), b.maps.get(map), reason);
  for (const list of union(a.lists.keys(), b.lists.keys())) joinList(heap, language, list, a.lists.get(list) ?? [...list.items], b.lists.get(list) ?? [...list.items], reason);
  const doubts: Doubt[] = [];
  for (const target of union(a.fields.keys(), b.fields.keys())) {
    const [endsOfA, endsOfB] = [a.fields.get(target), b.fields.get(target)];
    for (const field of union(endsOfA?.keys() ?? [], endsOfB?.keys() ?? [])) {
      const now = target[field as keyof Born];
      const [left, right] = [endsOfA?.has(field) ? endsOfA.get(field) : now, endsOfB?.has(field) ? endsOfB.get(field) : now];
      const joined = joinField(language, target, field, left, right, reason);
      if (joined === undecided) doubts.push({ target, field });
      heap.write(target, field as keyof Born, (joined === undecided ? right : joined) as never);
    }
  }
  return doubts;
}

function joinMap(heap: Writer, language: Language, map: CellMap<unknown, unknown>, a: MapEnd<unknown, unknown> | undefined, b: MapEnd<unknown, unknown> | undefined, reason: Unknown): void {
  // Back to what was known before the sides.
  if (map instanceof Memo) return;
  const cellAt = (end: MapEnd<unknown, unknown> | undefined, key: unknown): Cell<unknown> => end?.cells.get(key) ?? (map.has(key) ? map.get(key) : absent);
  const isDoubtful = (key: unknown): boolean => (cellAt(a, key) === absent) !== (cellAt(b, key) === absent);
  if ([...union(a?.cells.keys() ?? [], b?.cells.keys() ?? [])].some(isDoubtful)) heap.write(map, 'doubtful', reason);
  if (!a?.order && !b?.order) {
    const joined = [...union(a?.cells.keys() ?? [], b?.cells.keys() ?? [])].map(key => [key, joinCells(language, cellAt(a, key), cellAt(b, key), reason)] as const);
    for (const [key, value] of joined) if (value !== absent) heap.set(map, key, value);
    return;
  }
  const keysOf = (end: MapEnd<unknown, unknown> | undefined): Iterable<unknown> => end?.order ?? union(map.keys(), end?.cells.keys() ?? []);
  const entries = [...union(keysOf(a), keysOf(b))].map(key => [key, joinCells(language, cellAt(a, key), cellAt(b, key), reason)] as const);
  heap.replace(map, entries.filter(([, value]) => value !== absent));
}

function joinList(heap: Writer, language: Language, list: Items, a: readonly unknown[], b: readonly unknown[], reason: Unknown): void {
  const longer = a.length >= b.length ? a : b;
  // A log of the interpreter's own: it holds what was noted on either side.
  if (!longer.every(language.isValue)) {
    heap.replaceItems(list, joinLogs(a, b));
    return;
  }
  heap.replaceItems(list, longer.map((_, i) => language.join(a[i], b[i], reason)));
  if (a.length !== b.length) heap.write(list, 'doubtfulLength', reason);
}

function joinCells(language: Language, a: Cell<unknown>, b: Cell<unknown>, reason: Unknown): Cell<unknown> {
  if (a === b) return a;
  const sample: unknown = a === absent ? b : a;
  const isValue: boolean = language.isValue(sample);
  if (isValue) return language.join(a === absent ? undefined : a, b === absent ? undefined : b, reason);
  if (isEntry(sample)) return { key: sample.key, value: language.join(valueIn(a), valueIn(b), reason) };
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  return b === absent ? a : b;
}

function joinField(language: Language, target: Born, field: string, a: unknown, b: unknown, reason: Unknown): unknown {
  if (a === b) return a;
  const rule = target.joins?.[field];
  if (rule) return rule(a as never, b as never, reason);
  if (Array.isArray(a) || Array.isArray(b)) return joinLogs(a as readonly unknown[] | undefined, b as readonly unknown[] | undefined);
  if (plainFields.has(field)) return language.join(a, b, reason);
  // Counters only grow: nothing counted on either side is given out again.
  return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : undecided;
}

/** Fields that hold any value of the program. */
const plainFields: ReadonlySet<string> = new Set(['payload', 'handling', 'guess', 'output', 'doubtful', 'doubtfulLength']);

/** What may have been noted on either side. */
function joinLogs(a: readonly unknown[] = [], b: readonly unknown[] = []): readonly unknown[] {
  return [...union(a, b)];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'key' in value && 'value' in value;
}

function valueIn(entry: Cell<unknown>): unknown {
  return entry === absent ? undefined : (entry as Entry).value;
}

function union<T>(a: Iterable<T>, b: Iterable<T>): Set<T> {
  const all = new Set(a);
  for (const item of b) all.add(item);
  return all;
}
