/** Walking through the lists, tuples and dictionaries in which Keras takes and gives tensors. */
import { charge } from '../../base/budget';
import { isUnknown, type Unknown } from '../../base/unknown';
import {
  list, mapEntries, int, none, tuple, type CallArguments, type DictValue, type ListValue, type TensorValue, type TupleValue, type Value,
} from '../python/values';

const deepest = 8;

/** What is found in a structure: `inside` looks into a container by way of `next`, `beyond` answers for what lies too deep. */
interface Visit<Result> {
  readonly inside: (container: ListValue | TupleValue | DictValue, next: (item: Value) => Result) => Result;
  readonly leaf: (value: Value) => Result;
  readonly beyond: (value: Value) => Result;
}

/** A container that occurs often is looked into once: `[[x] * 9999] * 9999` has a hundred million places. */
function visited<Result>(structure: Value, { inside, leaf, beyond }: Visit<Result>): Result {
  let known: Map<Value, Result>[] | undefined;
  const at = (value: Value, depth: number): Result => {
    if (depth > deepest) return beyond(value);
    if (value.kind !== 'list' && value.kind !== 'tuple' && value.kind !== 'dict') return leaf(value);
    const next = (item: Value): Result => at(item, depth + 1);
    if (depth === 0) return inside(value, next);
    const here = (known ??= Array.from({ length: deepest + 1 }, () => new Map<Value, Result>()))[depth];
    if (here?.has(value)) return here.get(value) as Result;
    const found = inside(value, next);
    here?.set(value, found);
    return found;
  };
  return at(structure, 0);
}

function itemsOf(container: ListValue | TupleValue | DictValue): readonly Value[] {
  return container.kind === 'dict' ? [...container.entries.values()].map(entry => entry.value) : container.items;
}

const noTensors: readonly TensorValue[] = [];

/** Every tensor in a structure, in order, as often as it stands there. */
export function tensorsIn(structure: Value): readonly TensorValue[] {
  return visited<readonly TensorValue[]>(structure, {
    inside(container, next) {
      const parts = itemsOf(container).map(next).filter(part => part.length > 0);
      charge(parts.reduce((sum, part) => sum + part.length, 0));
      return parts.flat();
    },
    leaf: value => (value.kind === 'tensor' ? [value] : noTensors),
    beyond: () => noTensors,
  });
}

/** What is not known among the tensors of a structure. */
export function unknownIn(structure: Value): Unknown | undefined {
  return visited<Unknown | undefined>(structure, {
    inside(container, next) {
      for (const item of itemsOf(container)) {
        const found = next(item);
        if (found) return found;
      }
      return undefined;
    },
    leaf: value => (value.kind === 'unknown' ? value : undefined),
    beyond: () => undefined,
  });
}

export function tensorsInCall(args: CallArguments): TensorValue[] {
  return [...args.positional, ...args.keywords.map(([, value]) => value)].flatMap(value => tensorsIn(value));
}

/** The same structure with its tensors (and whatever else `change` knows) replaced. */
export function mapStructure(structure: Value, change: (value: Value) => Value): Value {
  return visited<Value>(structure, {
    inside(container, next) {
      if (container.kind === 'dict') return mapEntries(container, next);
      charge(container.items.length);
      return { ...container, items: container.items.map(next) };
    },
    leaf: change,
    beyond: value => value,
  });
}

export function mapCall(args: CallArguments, change: (value: Value) => Value): CallArguments {
  return { ...args, positional: args.positional.map(value => mapStructure(value, change)), keywords: args.keywords.map(([name, value]) => [name, mapStructure(value, change)] as const) };
}

/** The shapes of the tensors in a structure, in the same structure: what `build` is given. */
export function shapesOf(structure: Value, shapeOf: (tensor: TensorValue) => Value): Value {
  return visited<Value>(structure, {
    inside(container, next) {
      if (container.kind === 'dict') return mapEntries(container, next);
      const shapes = container.items.map(next);
      return container.kind === 'list' ? list(shapes) : tuple(shapes);
    },
    leaf: value => (value.kind === 'tensor' ? shapeOf(value) : isUnknown(value) ? value : none),
    beyond: () => none,
  });
}

/** A shape as Python sees it; open axes are None. */
export function shapeTuple(tensor: TensorValue, open: readonly boolean[] | undefined): Value {
  const { shape } = tensor.tensor;
  if (isUnknown(shape)) return shape;
  return tuple(shape.map((dim, axis) => (open?.[axis] ? none : isUnknown(dim) ? dim : int(dim))));
}
