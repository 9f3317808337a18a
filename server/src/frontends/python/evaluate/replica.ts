/** Copies of what a constructor made, as if it had run again: everything that it made is copied, everything older is the same. */
import type { GraphTensor, Weight } from '../../../graph/graph';
import { renumbered } from '../../../graph/builder';
import { Cells, type CellMap } from '../heap/cells';
import type { Interpreter } from '../interpreter';
import { mayBe } from '../may-be';
import { PendingList } from '../pending-list';
import { makeTensor } from '../tensor-value';
import { dict, instance, list, type DictEntry, type DictValue, type InstanceValue, type ListValue, type Names, type SetValue, type TensorValue, type Value } from '../values';

/** How far weights, tensors and storages have been numbered. */
export interface Numbers {
  readonly weights: number;
  readonly tensors: number;
  readonly storages: number;
}

class NotCopied extends Error {}
const notCopied = new NotCopied();

/** `since`: when what is copied was begun. `first`: the numbers that stood then, `now`: those that the copy begins with. `same`: what stands for what. */
export interface Origin {
  readonly since: number;
  readonly first: Numbers;
  readonly now: Numbers;
  readonly same: Iterable<readonly [object, object]>;
}

/** Of how many things it consists. */
export interface Replicated {
  readonly value: Value;
  readonly things: number;
}

/** Undefined where there is something in it that is not just what its fields say. */
export function replicaOf(interpreter: Interpreter, value: Value, origin: Origin): Replicated | undefined {
  try {
    const replica = new Replica(interpreter, origin);
    const copy = replica.value(value);
    return { value: copy, things: replica.things };
  } catch (error) {
    if (error instanceof NotCopied) return undefined;
    throw error;
  }
}

class Replica {
  private readonly known: Map<object, object>;

  constructor(private readonly interpreter: Interpreter, private readonly origin: Origin) {
    this.known = new Map(origin.same);
  }

  get things(): number {
    return this.known.size;
  }

  value = (value: Value): Value => {
    switch (value.kind) {
      case 'none': case 'ellipsis': case 'notimplemented': case 'bool': case 'int': case 'float': case 'str': case 'bytes': case 'range': return value;
      case 'unknown': return mayBe(value).length > 0 ? this.fail() : value;
      case 'function': case 'class': case 'module': return value.born < this.origin.since ? value : this.fail();
      case 'native': return this.interpreter.findLibraryValue(value.name) === value ? value : this.fail();
      case 'tuple': return this.once(value, () => (value.items.every(item => this.value(item) === item) ? value : { ...value, items: value.items.map(this.value) }));
      case 'method': return this.once(value, () => ({ kind: 'method', self: this.value(value.self), callee: this.value(value.callee) }));
      case 'list': return value.born < this.origin.since ? value : this.list(value);
      case 'dict': return this.dict(value);
      case 'set': return this.set(value);
      case 'instance': return value.born < this.origin.since ? value : this.instance(value);
      case 'tensor': return value.born < this.origin.since ? value : this.once(value, () => this.tensor(value));
      default: return this.fail();
    }
  };

  private fail(): never {
    throw notCopied;
  }

  private once<T extends object>(value: T, make: () => T): T {
    const known = this.known.get(value) as T | undefined;
    if (known) return known;
    const made = make();
    this.known.set(value, made);
    return made;
  }

  private list(value: ListValue): ListValue {
    const known = this.known.get(value) as ListValue | undefined;
    if (known) return known;
    if (value instanceof PendingList || value.doubtfulLength) return this.fail();
    const items: Value[] = [];
    const made = list(items);
    this.known.set(value, made);
    for (const item of value.items) items.push(this.value(item));
    return made;
  }

  private dict(value: DictValue): DictValue {
    const cells = value.entries as CellMap<string, DictEntry>;
    if (value.over) return this.fail();
    if (cells.born < this.origin.since) return value;
    const known = this.known.get(value) as DictValue | undefined;
    if (known) return known;
    if (cells.doubtful) return this.fail();
    const { factory, flavour, attributes } = value;
    const made = factory || flavour ? dict([], { ...(factory ? { factory: this.value(factory) } : {}), ...(flavour ? { flavour } : {}) }) : dict();
    this.known.set(value, made);
    const { heap } = this.interpreter;
    const own = made.attributes;
    if (own) attributes?.forEach((held, name) => { heap.set(own, name, this.value(held)); });
    else if (attributes) this.fail();
    const entries = made.entries as CellMap<string, DictEntry>;
    cells.forEach(({ key, value: held }, hashed) => {
      if (!isPlainKey(key)) this.fail();
      heap.set(entries, hashed, { key, value: this.value(held) });
    });
    return made;
  }

  private set(value: SetValue): SetValue {
    if (value.entries.born < this.origin.since) return value;
    return this.once(value, () => {
      if (value.entries.doubtful) this.fail();
      for (const member of value.entries.values()) if (!isPlainKey(member)) this.fail();
      return { ...value, entries: new Cells(value.entries) };
    });
  }

  private names(names: Names): Names {
    if (names.doubtful) this.fail();
    const copy = new Cells<string, Value>();
    names.forEach((value, name) => { copy.set(name, this.value(value)); });
    return copy;
  }

  private instance(value: InstanceValue): InstanceValue {
    const known = this.known.get(value) as InstanceValue | undefined;
    if (known) return known;
    const { cls, payload, native } = value;
    if (cls.born >= this.origin.since || value.attributes.doubtful) this.fail();
    const made = instance(cls, new Cells(), native ? { native } : {});
    this.known.set(value, made);
    const { heap, tensors } = this.interpreter;
    if (payload) heap.write(made, 'payload', this.value(payload));
    if (native) heap.write(made, 'native', tensors.replicas?.copyState(native, this.value) ?? this.fail());
    value.attributes.forEach((held, name) => { heap.set(made.attributes, name, this.value(held)); });
    return made;
  }

  private tensor(value: TensorValue): TensorValue {
    const { tensor, held, base, weight, attributes } = value;
    const copy = makeTensor(this.graphTensor(tensor), held, base && this.value(base) as TensorValue, {
      weight: weight && this.weight(weight), attributes: attributes && this.names(attributes),
    });
    this.interpreter.tensors.replicas?.lieAlike(copy, value);
    return copy;
  }

  private weight(weight: Weight): Weight {
    const { first, now } = this.origin;
    if (weight.id < first.weights) this.fail();
    const { name, type, trainable } = weight;
    return this.once(weight, () => ({ id: weight.id - first.weights + now.weights, name, type, trainable }));
  }

  private graphTensor(tensor: GraphTensor): GraphTensor {
    const { first, now } = this.origin;
    if (tensor.id < first.tensors || tensor.storage < first.storages) this.fail();
    return this.once(tensor, () => renumbered(tensor, tensor.id - first.tensors + now.tensors, tensor.storage - first.storages + now.storages));
  }
}

/** A key whose hash does not hang on which object it is. */
function isPlainKey(key: Value): boolean {
  switch (key.kind) {
    case 'str': case 'bytes': case 'int': case 'float': case 'bool': case 'none': return true;
    case 'tuple': return key.cls === undefined && key.items.every(isPlainKey);
    default: return false;
  }
}
