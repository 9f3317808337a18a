/** What a loop over numbers writes to, kept aside until the loop has come to its end: lists that grow, dicts of numbers, elements of a table. */
import { maxContentElements } from '../../../../graph/builder';
import { contentOf } from '../../../../graph/held-content';
import type { Location } from '../../../../base/span';
import { isConcrete } from '../../../../tensor/shape';
import type { Interpreter } from '../../interpreter';
import { keysInDoubt, int, tuple, type DictValue, type ListValue, type TensorValue, type Value } from '../../values';
import { giveUp, plainOf, sameType, valueOf, type Kind, type Plain, type Type } from './kinds';

/** A longer list is left to the ordinary evaluation, which has a limit. */
const mostAppended = 4_000_000;

export interface Store {
  /** Hands over to the program what was written. */
  commit(interpreter: Interpreter): void;
}

/** A list that only grows. */
export class GrowingList implements Store {
  private readonly added: Plain[] = [];
  private type: Type | undefined;

  constructor(private readonly list: ListValue) {}

  /** False where it is given values of another type already. */
  takes(type: Type): boolean {
    this.type ??= type;
    return sameType(this.type, type);
  }

  get length(): number {
    return this.list.items.length + this.added.length;
  }

  append(value: Plain): void {
    if (this.added.push(value) > mostAppended) giveUp();
  }

  commit({ heap }: Interpreter): void {
    const { type } = this;
    if (type !== undefined && this.added.length > 0) heap.splice(this.list, this.list.items.length, 0, this.added.map(plain => valueOf(type, plain)));
  }
}

/** Room for two numbers in one. */
const half = 2 ** 25;

function keyOf(key: Plain): number | string {
  if (typeof key === 'number') return key;
  const [a = NaN, b = NaN] = key;
  if (key.length === 2 && a >= -half && a < half && b >= -half && b < half) return (a + half) * 2 * half + b + half;
  return key.join(' ');
}

/** A dict whose keys are ints, or tuples of as many ints, and whose values are numbers of one kind. */
export class NumberDict implements Store {
  private readonly entries = new Map<number | string, { readonly key: Plain; value: number }>();
  private readonly written = new Set<number | string>();

  constructor(private readonly dict: DictValue, private keys: Type | undefined, private values: Kind | undefined) {}

  /** Undefined for a dict that holds, or does, anything else. */
  static of(dict: DictValue): NumberDict | undefined {
    if (dict.factory || dict.flavour || dict.over || dict.attributes || keysInDoubt(dict)) return undefined;
    const store = new NumberDict(dict, undefined, undefined);
    for (const { key, value } of dict.entries.values()) {
      const [name, content] = [plainOf(key), plainOf(value)];
      if (!name || typeof content?.type !== 'string' || typeof content.plain !== 'number' || !store.takesKey(name.type) || !store.takesValue(content.type)) return undefined;
      store.entries.set(keyOf(name.plain), { key: name.plain, value: content.plain });
    }
    return store;
  }

  takesKey(type: Type): boolean {
    if (typeof type === 'string' ? type !== 'int' : type.some(kind => kind !== 'int')) return false;
    this.keys ??= type;
    return sameType(this.keys, type);
  }

  takesValue(type: Type): boolean {
    if (typeof type !== 'string') return false;
    this.values ??= type;
    return this.values === type;
  }

  /** Undefined before anything tells. */
  get kind(): Kind | undefined {
    return this.values;
  }

  get size(): number {
    return this.entries.size;
  }

  has(key: Plain): boolean {
    return this.entries.has(keyOf(key));
  }

  get(key: Plain): number {
    return this.entries.get(keyOf(key))?.value ?? giveUp();
  }

  set(key: Plain, value: number): void {
    const name = keyOf(key);
    const known = this.entries.get(name);
    if (known) known.value = value;
    else this.entries.set(name, { key, value });
    this.written.add(name);
    if (this.entries.size > mostAppended) giveUp();
  }

  commit({ heap }: Interpreter): void {
    const { keys, values } = this;
    if (keys === undefined || values === undefined) return;
    for (const name of this.written) {
      const entry = this.entries.get(name);
      if (entry) heap.setEntry(this.dict, valueOf(keys, entry.key), valueOf(values, entry.value));
    }
  }
}

/** The elements of a tensor, each written by its place. */
export class Table implements Store {
  private readonly sizes: readonly number[];
  /** Undefined: its contents are not known, or too many. */
  private readonly elements: number[] | undefined;
  /** By the place in the program that writes: what is written there last, and of which kind. */
  private readonly last = new Map<object, { readonly kind: Kind; readonly at: Location; place: readonly number[]; value: number }>();

  constructor(private readonly tensor: TensorValue, sizes: readonly number[]) {
    this.sizes = sizes;
    const count = sizes.reduce((product, size) => product * size, 1);
    const known = count <= maxContentElements ? contentOf(tensor.held) : undefined;
    this.elements = known && [...known];
  }

  /** Undefined for what is more than a table of constants. */
  static of(tensor: TensorValue): Table | undefined {
    const { tensor: { shape, origin }, weight, base } = tensor;
    return weight || base || origin !== 'constant' || !isConcrete(shape) || shape.length === 0 ? undefined : new Table(tensor, shape);
  }

  get rank(): number {
    return this.sizes.length;
  }

  set(writer: object, kind: Kind, at: Location, place: readonly number[], value: number): void {
    let position = 0;
    for (let axis = 0; axis < this.sizes.length; axis++) {
      const size = this.sizes[axis] ?? 0;
      const index = place[axis] ?? NaN;
      const from = index < 0 ? index + size : index;
      if (!(from >= 0 && from < size)) giveUp();
      position = position * size + from;
    }
    if (this.elements) this.elements[position] = value;
    const known = this.last.get(writer);
    if (!known) this.last.set(writer, { kind, at, place, value });
    else {
      known.place = place;
      known.value = value;
    }
  }

  /** Each place writes once as usual: the framework may refuse that, and has its own bookkeeping. */
  commit(interpreter: Interpreter): void {
    if (this.last.size === 0) return;
    for (const { kind, at, place, value } of this.last.values()) {
      const key: Value = place.length === 1 ? int(place[0] ?? NaN) : tuple(place.map(int));
      interpreter.tensors.setIndex(this.tensor, key, valueOf(kind, value), interpreter, at);
    }
    const isKnown = this.tensor.held !== undefined && this.elements !== undefined;
    interpreter.heap.write(this.tensor, 'held', isKnown ? this.elements : undefined);
  }
}
