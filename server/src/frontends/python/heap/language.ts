/** What the heap has to know of the values it keeps. */
import type { Unknown } from '../../../base/unknown';
import type { CellMap } from './cells';

export interface Entry<V = unknown> {
  readonly key: V;
  readonly value: V;
}

/** A dict: entries by the hash of their keys, or somebody's names seen as a dict. */
export interface Entries<V> {
  readonly entries: ReadonlyMap<string, Entry<V>>;
  readonly over?: CellMap<string, V>;
}

export interface Members<V> {
  readonly entries: CellMap<string, V>;
}

export interface Language<V = unknown> {
  hash(key: V): string;
  /** The text of a key that can be a name. */
  nameOf(key: V): string | undefined;
  isValue(cell: unknown): cell is V;
  /** One value that may be either; undefined: there is none on that side. */
  join(a: V | undefined, b: V | undefined, reason: Unknown): V;
}
