/** The names of a loop over numbers: those that it binds have a place and a type each, all others stand for the same value throughout. */
import type { Frame } from '../../environment';
import type { Interpreter } from '../../interpreter';
import type * as ast from '../../syntax/ast';
import type { Value } from '../../values';
import { lookupClass } from '../attributes';
import { findName } from '../names';
import { plainOf, sameType, type Plain, type Type } from './kinds';
import { GrowingList, NumberDict, Table, type Store } from './stores';

interface Slot {
  readonly index: number;
  readonly type: Type;
}

export class Scope {
  /** What the names hold now; undefined: not bound yet. */
  readonly now: (Plain | undefined)[] = [];
  private readonly slots = new Map<string, Slot>();
  private readonly stores = new Map<Value, Store>();
  /** Sequences whose items were taken: none of them may grow. */
  private readonly read = new Set<Value>();

  constructor(readonly interpreter: Interpreter, readonly frame: Frame, private readonly bound: ReadonlySet<string>) {}

  isBound(name: string): boolean {
    return this.bound.has(name);
  }

  /** The place of a name that the loop binds; undefined before its type is known. What it held before has to be of that type. */
  slot(name: string): Slot | undefined {
    const known = this.slots.get(name);
    if (known) return known;
    const before = this.frame.names.get(name);
    const plain = before && plainOf(before);
    return plain && this.open(name, plain.type, plain.plain);
  }

  /** The same, for a value of this type that is bound to it; undefined where it is another already. */
  target(name: string, type: Type): Slot | undefined {
    const known = this.slots.get(name);
    if (known) return sameType(known.type, type) ? known : undefined;
    const before = this.frame.names.get(name);
    const plain = before && plainOf(before);
    // Of what was bound before in another way nothing may be left where no round is made, or none comes to the assignment.
    if (before && !(plain && sameType(plain.type, type))) return undefined;
    return this.open(name, type, plain?.plain);
  }

  private open(name: string, type: Type, now: Plain | undefined): Slot {
    const slot = { index: this.now.length, type };
    this.now.push(now);
    this.slots.set(name, slot);
    return slot;
  }

  /** What a name or an attribute stands for, where reading it runs nothing and the loop leaves it alone. */
  constant(node: ast.Expression): Value | undefined {
    if (node.kind === 'Name') return this.isBound(node.id) ? undefined : findName(this.interpreter, this.frame, node.id);
    if (node.kind !== 'Attribute') return undefined;
    const object = this.constant(node.object);
    if (object?.kind === 'module') return object.attributes.get(node.name) ?? object.lookup?.(node.name);
    const isPlain = object?.kind === 'instance' && !object.cls.readsAttributes && lookupClass(object.cls, node.name) === undefined;
    return isPlain ? object.attributes.get(node.name) : undefined;
  }

  /** Undefined for a list whose items are read elsewhere in the loop. */
  growing(value: Value): GrowingList | undefined {
    return value.kind === 'list' && !value.doubtfulLength ? this.store(value, GrowingList, () => new GrowingList(value)) : undefined;
  }

  dict(value: Value): NumberDict | undefined {
    return value.kind === 'dict' ? this.store(value, NumberDict, () => NumberDict.of(value)) : undefined;
  }

  table(value: Value): Table | undefined {
    // In a forward pass every write is an operator.
    return value.kind === 'tensor' && !this.interpreter.builder.recording ? this.store(value, Table, () => Table.of(value)) : undefined;
  }

  /** Whether the items may be taken now and stay what they are. */
  mayRead(value: Value): boolean {
    if (this.stores.has(value)) return false;
    this.read.add(value);
    return true;
  }

  private store<S extends Store>(value: Value, kind: abstract new (...args: never[]) => S, make: () => S | undefined): S | undefined {
    const known = this.stores.get(value);
    if (known) return known instanceof kind ? known : undefined;
    const made = this.read.has(value) ? undefined : make();
    if (made) this.stores.set(value, made);
    return made;
  }

  /** Tables first: what the framework refuses of them is refused before anything else is written. */
  commit(write: (name: string, type: Type, plain: Plain) => void): void {
    const stores = [...this.stores.values()];
    for (const store of stores) if (store instanceof Table) store.commit(this.interpreter);
    for (const store of stores) if (!(store instanceof Table)) store.commit(this.interpreter);
    for (const [name, { index, type }] of this.slots) {
      const plain = this.now[index];
      if (plain !== undefined) write(name, type, plain);
    }
  }
}
