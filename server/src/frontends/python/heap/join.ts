/** What is left when either of two sides may have run: equal cells stay, the others become unknown for the reason that it is not known which ran. */
import type { Unknown } from '../../../base/unknown';
import { joinGraphTensors, makeTensor } from '../tensor-value';
import { hashKey, type DictEntry, type TensorValue, type Value } from '../values';
import { Memo, undecided, type Born, type CellMap } from './cells';
import type { Heap } from './heap';
import type { Ends, Items } from './journal';
import { absent, type Cell, type MapEnd } from './tracks';

/** A field that differs between two sides, and has no way to say that it does. */
export interface Doubt {
  readonly target: Born;
  readonly field: string;
}

export function joinEnds(heap: Heap, a: Ends, b: Ends, reason: Unknown): readonly Doubt[] {
  for (const map of union(a.maps.keys(), b.maps.keys())) joinMap(heap, map, a.maps.get(map), b.maps.get(map), reason);
  for (const list of union(a.lists.keys(), b.lists.keys())) joinList(heap, list, a.lists.get(list) ?? [...list.items], b.lists.get(list) ?? [...list.items], reason);
  const doubts: Doubt[] = [];
  for (const target of union(a.fields.keys(), b.fields.keys())) {
    const [endsOfA, endsOfB] = [a.fields.get(target), b.fields.get(target)];
    for (const field of union(endsOfA?.keys() ?? [], endsOfB?.keys() ?? [])) {
      const now = target[field as keyof Born];
      const [left, right] = [endsOfA?.has(field) ? endsOfA.get(field) : now, endsOfB?.has(field) ? endsOfB.get(field) : now];
      const joined = joinField(target, field, left, right, reason);
      if (joined === undecided) doubts.push({ target, field });
      heap.write(target, field as keyof Born, (joined === undecided ? right : joined) as never);
    }
  }
  return doubts;
}

function joinMap(heap: Heap, map: CellMap<unknown, unknown>, a: MapEnd<unknown, unknown> | undefined, b: MapEnd<unknown, unknown> | undefined, reason: Unknown): void {
  // Back to what was known before the sides.
  if (map instanceof Memo) return;
  const cellAt = (end: MapEnd<unknown, unknown> | undefined, key: unknown): Cell<unknown> => end?.cells.get(key) ?? (map.has(key) ? map.get(key) : absent);
  if (!a?.order && !b?.order) {
    const joined = [...union(a?.cells.keys() ?? [], b?.cells.keys() ?? [])].map(key => [key, joinCells(cellAt(a, key), cellAt(b, key), reason)] as const);
    for (const [key, value] of joined) if (value !== absent) heap.set(map, key, value);
    return;
  }
  const keysOf = (end: MapEnd<unknown, unknown> | undefined): Iterable<unknown> => end?.order ?? union(map.keys(), end?.cells.keys() ?? []);
  const entries = [...union(keysOf(a), keysOf(b))].map(key => [key, joinCells(cellAt(a, key), cellAt(b, key), reason)] as const);
  heap.replace(map, entries.filter(([, value]) => value !== absent));
}

function joinList(heap: Heap, list: Items, a: readonly unknown[], b: readonly unknown[], reason: Unknown): void {
  const longer = a.length >= b.length ? a : b;
  heap.replaceItems(list, longer.map((_, i) => joinValues(a[i] as Value | undefined, b[i] as Value | undefined, reason)));
}

function joinCells(a: Cell<unknown>, b: Cell<unknown>, reason: Unknown): Cell<unknown> {
  if (a === b) return a;
  const sample = a === absent ? b : a;
  if (isValue(sample)) return joinValues(a === absent ? undefined : a as Value, b === absent ? undefined : b as Value, reason);
  if (isEntry(sample)) return { key: sample.key, value: joinValues(valueIn(a), valueIn(b), reason) };
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  return b === absent ? a : b;
}

function joinField(target: Born, field: string, a: unknown, b: unknown, reason: Unknown): unknown {
  if (a === b) return a;
  const rule = target.joins?.[field];
  if (rule) return rule(a as never, b as never, reason);
  if (Array.isArray(a) || Array.isArray(b)) return joinLogs(a as readonly unknown[] | undefined, b as readonly unknown[] | undefined);
  if (plainFields.has(field)) return joinValues(a as Value | undefined, b as Value | undefined, reason);
  // Counters only grow: nothing counted on either side is given out again.
  return typeof a === 'number' && typeof b === 'number' ? Math.max(a, b) : undecided;
}

/** Fields that hold any value of the program. */
const plainFields: ReadonlySet<string> = new Set(['payload', 'handling', 'guess', 'output']);

/** What may have been noted on either side. */
function joinLogs(a: readonly unknown[] = [], b: readonly unknown[] = []): readonly unknown[] {
  return [...union(a, b)];
}

/** One value that may be either. */
export function joinValues(a: Value | undefined, b: Value | undefined, reason: Unknown): Value {
  if (a === undefined || b === undefined) return reason;
  if (a === b) return a;
  if (a.kind === 'unknown') return a;
  if (b.kind === 'unknown') return b;
  if (a.kind === 'tensor' && b.kind === 'tensor') return joinTensors(a, b, reason);
  if (a.kind === 'tuple' && b.kind === 'tuple' && a.items.length === b.items.length) {
    return { ...a, items: a.items.map((item, i) => joinValues(item, b.items[i], reason)) };
  }
  if (a.kind !== b.kind) return reason;
  const simple = a.kind === 'int' || a.kind === 'float' || a.kind === 'str' || a.kind === 'bool' || a.kind === 'none';
  return simple && hashKey(a) === hashKey(b) ? a : reason;
}

function joinTensors(a: TensorValue, b: TensorValue, reason: Unknown): Value {
  const tensor = joinGraphTensors(a.tensor, b.tensor, reason);
  return tensor ? makeTensor(tensor, undefined, a.base, a) : reason;
}

function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function isEntry(value: unknown): value is DictEntry {
  return typeof value === 'object' && value !== null && 'key' in value && 'value' in value;
}

function valueIn(entry: Cell<unknown>): Value | undefined {
  return entry === absent ? undefined : (entry as DictEntry).value;
}

function union<T>(a: Iterable<T>, b: Iterable<T>): Set<T> {
  const all = new Set(a);
  for (const item of b) all.add(item);
  return all;
}
