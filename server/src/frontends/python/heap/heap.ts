/**
 * The only writer of what the interpreted program consists of: names, items, entries, and the fields of everything that has a time of birth.
 * Every write is noted in the journal that is open, so that whoever opened it can take all of it back.
 */
import { charge, wordsPerEntry, work } from '../../../base/budget';
import type { Unknown } from '../../../base/unknown';
import { resumeTime, birth, noteKey, wordsPerName, type Born, type CellMap } from './cells';
import { Journal, type Ends, type Items } from './journal';
import { joinEnds, type Doubt } from './join';
import type { Entries, Entry, Language, Members } from './language';
import { absent } from './tracks';

export type { Ends, Items } from './journal';

/** One way things may go: what it gave, and how it left the heap. */
export interface Side<T> {
  readonly result: T;
  readonly ends: Ends;
}

/** How things stand in a trial that has changed nothing that it found. */
export interface Standing {
  readonly run: object;
  readonly writes: number;
  /** What was made from here on is the trial's own. */
  readonly since: number;
}

/** Items that are moved in one step. */
const itemsPerStep = 16;
/** Of names beyond so many, keys and values are made by the program, too. */
const usualNames = 1_000;
/** More values than this are not handed over as arguments. */
const mostArguments = 1_000;

/** Before everything: what is made then is older than any journal. */
const beforeAll = 0;

export class Heap<V> {
  constructor(private readonly language: Language<V>) {}

  /** Of what is older than this heap: Python's own classes, which all programs share. */
  private readonly shared = new Journal(undefined);
  private journal = this.shared;
  /** Open from one run of a file to the next. */
  private run: Journal | undefined;
  /** What its program has made of them, while others run. */
  private left: Ends | undefined;

  /** Names, entries, arguments: whatever is kept by key. */
  set<K, V>(map: CellMap<K, V>, key: K, value: V): void {
    this.noteKey(map, key);
    const before = map.size;
    writable(map).set(key, value);
    if (map.size > before) charge(before < usualNames ? wordsPerName : wordsPerEntry);
  }

  /** Whether it was there. */
  delete<K, V>(map: CellMap<K, V>, key: K): boolean {
    if (!map.has(key)) return false;
    this.noteMap(map);
    return writable(map).delete(key);
  }

  clear<K, V>(map: CellMap<K, V>): void {
    this.noteMap(map);
    writable(map).clear();
  }

  /** Other entries in the place of all that are there. */
  replace<K, V>(map: CellMap<K, V>, entries: Iterable<readonly [K, V]>): void {
    const all = [...entries];
    this.clear(map);
    for (const [key, value] of all) writable(map).set(key, value);
  }

  /** A field of a thing. */
  write<T extends Born, K extends keyof T & string>(target: T, field: K, value: T[K]): void {
    const { journal } = this;
    journal.writes++;
    if (!(target.born >= journal.openedAt)) journal.field(target).note(field);
    (target as Record<K, T[K]>)[field] = value;
  }

  push<V>(list: Items<V>, ...values: readonly V[]): void {
    charge(values.length);
    this.noteItems(list, list.items.length);
    for (const value of values) (list.items as V[]).push(value);
  }

  setItem<V>(list: Items<V>, index: number, value: V): void {
    this.noteItems(list, index, index + 1);
    (list.items as V[])[index] = value;
  }

  /** As `Array.splice`; returns what was taken out. */
  splice<V>(list: Items<V>, start: number, count: number, values: readonly V[] = []): V[] {
    charge(values.length);
    work((list.items.length - start) / itemsPerStep);
    this.noteItems(list, start);
    const items = list.items as V[];
    if (values.length <= mostArguments) return items.splice(start, count, ...values);
    const behind = items.splice(start);
    for (const value of values) items.push(value);
    for (const value of behind.splice(count)) items.push(value);
    return behind;
  }

  replaceItems<V>(list: Items<V>, values: Iterable<V>): void {
    const all = [...values];
    work(all.length / itemsPerStep);
    this.noteItems(list, 0);
    const items = list.items as V[];
    items.length = 0;
    for (const value of all) items.push(value);
  }

  /** `dict[key] = value`; the key of an entry that is there stays. */
  setEntry(dict: Entries<V>, key: V, value: V): void {
    if (dict.over) {
      const name = this.language.nameOf(key);
      if (name !== undefined) this.set(dict.over, name, value);
      return;
    }
    const hashed = this.language.hash(key);
    const present = dict.entries.get(hashed);
    if (!present) {
      charge(wordsPerEntry);
      noteKey(dict.entries, key);
    }
    this.set(cellsOf(dict), hashed, present ? { key: present.key, value } : { key, value });
  }

  deleteEntry(dict: Entries<V>, key: V): boolean {
    return this.deleteHashed(dict, this.language.hash(key));
  }

  deleteHashed(dict: Entries<V>, hashed: string): boolean {
    if (!dict.over) return this.delete(cellsOf(dict), hashed);
    return hashed.startsWith('s') && this.delete(dict.over, hashed.slice(1));
  }

  clearEntries(dict: Entries<V>): void {
    if (dict.over) this.clear(dict.over);
    else this.clear(cellsOf(dict));
  }

  replaceEntries(dict: Entries<V>, entries: Iterable<Entry<V>>): void {
    const all = [...entries];
    this.clearEntries(dict);
    for (const { key, value } of all) this.setEntry(dict, key, value);
  }

  addMember(set: Members<V>, member: V): void {
    const key = this.language.hash(member);
    if (set.entries.has(key)) return;
    charge(wordsPerEntry);
    this.set(set.entries, key, member);
  }

  /** Runs one of several ways things may go, and takes back all it wrote. */
  side<T>(run: () => T): Side<T> {
    const outer = this.journal;
    const journal = new Journal(outer);
    this.journal = journal;
    try {
      const result = run();
      return { result, ends: journal.undo() };
    } catch (error) {
      journal.undo();
      throw error;
    } finally {
      journal.close();
      this.journal = outer;
    }
  }

  /** Runs something that leaves no trace. */
  trial<T>(run: () => T): T {
    return this.side(run).result;
  }

  /** Makes the heap what a side that was taken back left. */
  adopt(ends: Ends): void {
    for (const [map, { cells, order }] of ends.maps) {
      if (order) this.replace(map, order.map(key => [key, cells.get(key)] as const));
      else for (const [key, value] of cells) if (value !== absent) this.set(map, key, value);
    }
    for (const [list, items] of ends.lists) this.replaceItems(list, items);
    for (const [target, fields] of ends.fields) for (const [field, value] of fields) this.write(target, field as keyof Born & string, value as never);
  }

  /** Makes the heap what either of two sides may have left; returns what could not be said. */
  join(a: Ends, b: Ends, reason: Unknown): readonly Doubt[] {
    return joinEnds(this, this.language, a, b, reason);
  }

  /** From here on everything can be taken back by `rewind`; what an earlier run wrote stays. */
  beginRun(): void {
    this.enter();
    if (this.run) {
      const ends = this.run.undo();
      this.journal = this.shared;
      this.adopt(ends);
    }
    this.run = this.journal = new Journal(this.shared);
  }

  /** Back to how things stood at `beginRun`. */
  rewind(): void {
    this.run?.undo();
    this.run = undefined;
    this.journal = this.shared;
  }

  /** Another program's turn: the run is taken back, and what all programs share is as nobody has touched it. */
  leave(): void {
    this.rewind();
    this.left ??= this.shared.undo();
  }

  /** This program's turn again. */
  enter(): void {
    const { left } = this;
    this.left = undefined;
    if (left) this.adopt(left);
  }

  /** What belongs to every run: a value of a library, made on first use. */
  timeless<T>(make: () => T): T {
    return this.at(this.shared, beforeAll, make);
  }

  /** What belongs to the whole run, whichever side asked for it first: a module. */
  forRun<T>(make: () => T): T {
    const run = this.run ?? this.shared;
    let first: Journal | undefined = this.journal;
    if (first === run) return make();
    while (first && first.parent !== run) first = first.parent;
    return this.at(run, (first?.openedAt ?? birth() + 1) - 1, make);
  }

  /**
   * Undefined where the run has been left aside for a side that has changed something of it, or for none. While this says the same, all that is older
   * than `since` is the same.
   */
  standing(): Standing | undefined {
    const { run } = this;
    let since: number | undefined;
    let journal: Journal | undefined = this.journal;
    for (; journal && journal !== run; journal = journal.parent) {
      if (journal.notes > 0) return undefined;
      since = journal.openedAt;
    }
    return run && journal && since !== undefined ? { run, writes: run.writes, since } : undefined;
  }

  private at<T>(journal: Journal, time: number, make: () => T): T {
    const before = this.journal;
    const now = birth();
    this.journal = journal;
    resumeTime(Math.min(time, now));
    try {
      return make();
    } finally {
      this.journal = before;
      resumeTime(now);
    }
  }

  private noteKey<K, V>(map: CellMap<K, V>, key: K): void {
    const { journal } = this;
    journal.writes++;
    if (!(map.born >= journal.openedAt)) journal.map(map as CellMap<unknown, unknown>).note(key);
  }

  private noteMap<K, V>(map: CellMap<K, V>): void {
    const { journal } = this;
    journal.writes++;
    if (!(map.born >= journal.openedAt)) journal.map(map as CellMap<unknown, unknown>).noteAll();
  }

  private noteItems(list: Items, from: number, end?: number): void {
    const { journal } = this;
    journal.writes++;
    if (!(list.born >= journal.openedAt)) journal.list(list).note(from, end);
  }
}

/** The entries of a dict that keeps its own. */
function cellsOf<V>(dict: Entries<V>): CellMap<string, Entry<V>> {
  return dict.entries as CellMap<string, Entry<V>>;
}

function writable<K, V>(map: CellMap<K, V>): Map<K, V> {
  return map as unknown as Map<K, V>;
}
