/** Frames of running functions, and the journal that lets both sides of an undecidable `if` run and be joined. */
import type { HeldContent } from '../../graph/held-content';
import { heldContent, holdContent } from './tensor-value';
import { unknown, type Unknown } from '../../base/unknown';
import type * as ast from './syntax/ast';
import { hashKey, type ClassValue, type DictEntry, type DictValue, type FunctionValue, type ListValue, type ModuleValue, type TensorValue, type Value } from './values';

export interface Frame {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly names: Map<string, Value>;
  readonly module: ModuleValue;
  /** The frame of the enclosing function or comprehension (class frames are skipped by nested functions, as in Python). */
  readonly outer: Frame | undefined;
  readonly scope: ast.ScopeNames | undefined;
  readonly function: FunctionValue | undefined;
  /** The class whose method runs here, and its first argument: what `super()` needs. */
  readonly owner: ClassValue | undefined;
  readonly self: Value | undefined;
  /** Values returned under a condition that is not known; joined with the function's last one. */
  maybeReturned: Value[] | undefined;
  /** The exception an `except` block handles, for a bare `raise`. */
  handling: Value | undefined;
  /** The journal that was open when the frame was made: its names need no copy in that journal, nor in older ones. */
  readonly journal: Journal | undefined;
}

/** Made while a journal was open: undoing that journal forgets the value altogether, so it keeps no copy of it. */
interface Young {
  bornIn?: Journal | undefined;
}

/** Marks a value that has just been made. */
export function born<T extends Mutable>(target: T, journal: Journal | undefined): T {
  if (journal) (target as Young).bornIn = journal;
  return target;
}

type Mutable = Map<string, Value> | ListValue | DictValue | TensorValue;

interface Saved {
  readonly target: Mutable;
  readonly state: State;
}

type State =
  | { readonly kind: 'names'; readonly names: Map<string, Value> }
  | { readonly kind: 'items'; readonly items: Value[] }
  | { readonly kind: 'entries'; readonly entries: Map<string, DictEntry> }
  | { readonly kind: 'tensor'; readonly tensor: TensorValue['tensor']; readonly content: HeldContent };

/** Shallow copies of everything written since the journal was opened. */
export class Journal {
  private readonly saved = new Map<Mutable, Saved>();

  constructor(readonly parent: Journal | undefined) {}

  /** To be called before a write. */
  touch(target: Mutable): void {
    if ((target as Young).bornIn === this) return;
    if (!this.saved.has(target)) this.saved.set(target, { target, state: stateOf(target) });
    this.parent?.touch(target);
  }

  /** Puts everything back and returns what it was at the end of the branch. */
  rollback(): Map<Mutable, State> {
    const ends = new Map<Mutable, State>();
    for (const { target, state } of this.saved.values()) {
      ends.set(target, stateOf(target));
      restore(target, state);
    }
    return ends;
  }
}

/** After side A was rolled back and side B has run: makes the heap what either side may have left. */
export function join(endsOfA: Map<Mutable, State>, journalOfB: Journal, reason: Unknown): void {
  const endsOfB = journalOfB.rollback();
  for (const target of new Set([...endsOfA.keys(), ...endsOfB.keys()])) {
    const start = stateOf(target);
    restore(target, joinStates(endsOfA.get(target) ?? start, endsOfB.get(target) ?? start, reason));
  }
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
  const [shapeA, shapeB] = [a.tensor.shape, b.tensor.shape];
  if ('kind' in shapeA || 'kind' in shapeB || shapeA.length !== shapeB.length || a.tensor.dtype !== b.tensor.dtype) return reason;
  const same = shapeA.every((dim, axis) => dim === shapeB[axis]);
  if (same) return { ...a, content: undefined };
  const shape = shapeA.map((dim, axis) => (dim === shapeB[axis] ? dim : reason));
  return { ...a, content: undefined, tensor: { ...a.tensor, shape } };
}

function stateOf(target: Mutable): State {
  if (target instanceof Map) return { kind: 'names', names: new Map(target) };
  if (target.kind === 'list') return { kind: 'items', items: [...target.items] };
  if (target.kind === 'dict') return { kind: 'entries', entries: new Map([...target.entries].map(([key, entry]) => [key, { ...entry }])) };
  return { kind: 'tensor', tensor: target.tensor, content: heldContent(target) };
}

function restore(target: Mutable, state: State): void {
  if (target instanceof Map && state.kind === 'names') replaceEntries(target, state.names);
  else if (!(target instanceof Map) && target.kind === 'list' && state.kind === 'items') target.items = [...state.items];
  else if (!(target instanceof Map) && target.kind === 'dict' && state.kind === 'entries') replaceEntries(target.entries, state.entries);
  else if (!(target instanceof Map) && target.kind === 'tensor' && state.kind === 'tensor') {
    target.tensor = state.tensor;
    holdContent(target, state.content);
  }
}

function replaceEntries<V>(target: Map<string, V>, entries: Map<string, V>): void {
  target.clear();
  for (const [key, value] of entries) target.set(key, value);
}

function joinStates(a: State, b: State, reason: Unknown): State {
  if (a.kind === 'names' && b.kind === 'names') {
    const names = new Map<string, Value>();
    for (const name of new Set([...a.names.keys(), ...b.names.keys()])) names.set(name, joinValues(a.names.get(name), b.names.get(name), reason));
    return { kind: 'names', names };
  }
  if (a.kind === 'items' && b.kind === 'items') {
    const longer = a.items.length >= b.items.length ? a.items : b.items;
    return { kind: 'items', items: longer.map((_, i) => joinValues(a.items[i], b.items[i], reason)) };
  }
  if (a.kind === 'entries' && b.kind === 'entries') {
    const entries = new Map<string, DictEntry>();
    for (const key of new Set([...a.entries.keys(), ...b.entries.keys()])) {
      const entry = a.entries.get(key) ?? b.entries.get(key);
      if (entry) entries.set(key, { key: entry.key, value: joinValues(a.entries.get(key)?.value, b.entries.get(key)?.value, reason) });
    }
    return { kind: 'entries', entries };
  }
  if (a.kind === 'tensor' && b.kind === 'tensor' && a.tensor === b.tensor) return a;
  return b.kind === 'tensor' ? { ...b, content: undefined } : unreachableState(b, reason);
}

/** Both sides start from the same target, so their kinds agree; kept total for the type checker. */
function unreachableState(state: State, reason: Unknown): State {
  return state.kind === 'items' ? { kind: 'items', items: state.items.map(() => unknown(reason.reason, reason.at)) } : state;
}
