/** What a journal remembers of one thing: its cells as they were when the journal was opened, for those that were written since. */

/** A name or an entry that is not there. */
export const absent = Symbol('absent');
export type Cell<V> = V | typeof absent;

export interface Track<End> {
  /** Puts everything back and returns what it was at the end. */
  undo(): End;
}

export interface MapEnd<K, V> {
  readonly cells: ReadonlyMap<K, Cell<V>>;
  /** All keys in their order, where that may have changed. */
  readonly order: readonly K[] | undefined;
}

export class MapTrack<K, V> implements Track<MapEnd<K, V>> {
  private readonly olds = new Map<K, Cell<V>>();
  /** Everything, once a key was taken away: putting it back has to give it its place again. */
  private whole: ReadonlyMap<K, V> | undefined;

  constructor(private readonly map: Map<K, V>) {}

  note(key: K): void {
    if (this.whole === undefined && !this.olds.has(key)) this.olds.set(key, cellOf(this.map, key));
  }

  noteAll(): void {
    this.whole ??= this.start(this.map);
  }

  undo(): MapEnd<K, V> {
    const { map, whole } = this;
    if (whole === undefined) {
      const cells = new Map<K, Cell<V>>();
      for (const [key, old] of this.olds) {
        cells.set(key, cellOf(map, key));
        if (old === absent) map.delete(key);
        else map.set(key, old);
      }
      return { cells, order: undefined };
    }
    const cells = new Map<K, Cell<V>>(map);
    for (const key of whole.keys()) if (!cells.has(key)) cells.set(key, absent);
    const order = [...map.keys()];
    map.clear();
    for (const [key, value] of whole) map.set(key, value);
    return { cells, order };
  }

  /** The map as it was, given what it has become. */
  private start(later: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
    const start = new Map(later);
    for (const [key, old] of this.olds) {
      if (old === absent) start.delete(key);
      else start.set(key, old);
    }
    return start;
  }
}

export class ListTrack<V> implements Track<readonly V[]> {
  private readonly olds = new Map<number, V>();
  private length: number;

  constructor(private readonly items: V[]) {
    this.length = items.length;
  }

  /** Before the items from here on are written, or those up to `end` only. What lies behind the old length needs no note. */
  note(from: number, end = this.length): void {
    const stop = Math.min(end, this.length, this.items.length);
    for (let i = from; i < stop; i++) if (!this.olds.has(i)) this.olds.set(i, this.items[i] as V);
  }

  undo(): readonly V[] {
    const end = [...this.items];
    this.items.length = this.length;
    for (const [i, old] of this.olds) this.items[i] = old;
    return end;
  }
}

export type FieldEnds = ReadonlyMap<string, unknown>;

export class FieldTrack implements Track<FieldEnds> {
  private readonly olds = new Map<string, unknown>();

  constructor(private readonly target: Record<string, unknown>) {}

  note(field: string): void {
    if (!this.olds.has(field)) this.olds.set(field, this.target[field]);
  }

  undo(): FieldEnds {
    const ends = new Map<string, unknown>();
    for (const [field, old] of this.olds) {
      ends.set(field, this.target[field]);
      this.target[field] = old;
    }
    return ends;
  }
}

function cellOf<K, V>(map: ReadonlyMap<K, V>, key: K): Cell<V> {
  const value = map.get(key);
  return value !== undefined || map.has(key) ? value as V : absent;
}
