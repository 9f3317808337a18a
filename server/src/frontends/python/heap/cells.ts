/**
 * When things of the interpreted program were made, and the maps that hold its names and entries.
 * A journal has nothing to remember of what was made after it was opened: undoing it forgets such a thing altogether.
 */

import { charge } from '../../../base/budget';
import { isUnknown, type Unknown } from '../../../base/unknown';

/** Made at some time; only the heap writes its fields. */
export interface Born {
  readonly born: number;
  /** How a field that is no plain value is joined where two sides left it different. */
  readonly joins?: Readonly<Record<string, FieldJoin>> | undefined;
  /** No program can tell what is written to it. */
  readonly unseen?: true;
}

/** Answer of such a rule where neither value can stand for both. */
export const undecided = Symbol('undecided');

export type FieldJoin = (a: never, b: never, reason: Unknown) => unknown;

/** Read by everybody, written by the heap. */
export type CellMap<K, V> = ReadonlyMap<K, V> & Born & {
  /** Written by a join of two sides of which one has a key that the other lacks: its value is not known, nor whether it is there. */
  readonly doubtful?: Unknown;
};

let clock = 1;
let now = 1;

/** The time at which something is made. Time passes when a journal is opened. */
export function birth(): number {
  return now;
}

/** What a map takes that has a few entries, and with it the thing whose names it holds: a frame, a function, a class, an instance. */
const wordsPerMap = 32;
/** What a further name takes. */
export const wordsPerName = 6;

/** A map that the heap can write once it is shared. Until then whoever makes it fills it. */
export class Cells<K, V> extends Map<K, V> implements Born {
  readonly born = now;

  constructor(entries?: Iterable<readonly [K, V]>) {
    super(entries);
    charge(wordsPerMap + this.size * wordsPerName);
  }
}

/** What was worked out once: where only one of two sides has done so, it is forgotten and worked out again. */
export class Memo<K, V> extends Cells<K, V> {}

/** Opens a new time; `resume` goes back to an earlier one, in which what was made since counts as made later. */
export function passTime(): number {
  return (now = ++clock);
}

export function resumeTime(time: number): void {
  now = time;
}

/** Maps of entries that have, or had, a key nobody knows: few, and not worth a look into every entry of all the others. */
const withUnknownKeys = new WeakSet<object>();

export function noteKey(entries: object, key: unknown): void {
  if (isUnknown(key)) withUnknownKeys.add(entries);
}

export function mayHaveUnknownKey(entries: object): boolean {
  return withUnknownKeys.has(entries);
}
