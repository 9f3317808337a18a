/** Walking through the lists, tuples and dictionaries in which Keras takes and gives tensors. */
import { isUnknown, type Unknown } from '../../base/unknown';
import { list, mapEntries, int, none, tuple, type CallArguments, type TensorValue, type Value } from '../python/values';

const deepest = 8;

/** Every tensor in a structure, in order. */
export function tensorsIn(value: Value, depth = 0): TensorValue[] {
  if (depth > deepest) return [];
  switch (value.kind) {
    case 'tensor': return [value];
    case 'list': case 'tuple': return value.items.flatMap(item => tensorsIn(item, depth + 1));
    case 'dict': return [...value.entries.values()].flatMap(entry => tensorsIn(entry.value, depth + 1));
    default: return [];
  }
}

/** What is not known among the tensors of a structure. */
export function unknownIn(value: Value, depth = 0): Unknown | undefined {
  if (depth > deepest) return undefined;
  switch (value.kind) {
    case 'unknown': return value;
    case 'list': case 'tuple': return firstOf(value.items, item => unknownIn(item, depth + 1));
    case 'dict': return firstOf([...value.entries.values()], entry => unknownIn(entry.value, depth + 1));
    default: return undefined;
  }
}

function firstOf<T>(items: readonly T[], find: (item: T) => Unknown | undefined): Unknown | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

export function tensorsInCall(args: CallArguments): TensorValue[] {
  return [...args.positional, ...args.keywords.map(([, value]) => value)].flatMap(value => tensorsIn(value));
}

/** The same structure with its tensors (and whatever else `change` knows) replaced. */
export function mapStructure(value: Value, change: (value: Value) => Value, depth = 0): Value {
  if (depth > deepest) return value;
  switch (value.kind) {
    case 'list': return { ...value, items: value.items.map(item => mapStructure(item, change, depth + 1)) };
    case 'tuple': return { ...value, items: value.items.map(item => mapStructure(item, change, depth + 1)) };
    case 'dict': return mapEntries(value, item => mapStructure(item, change, depth + 1));
    default: return change(value);
  }
}

export function mapCall(args: CallArguments, change: (value: Value) => Value): CallArguments {
  return { ...args, positional: args.positional.map(value => mapStructure(value, change)), keywords: args.keywords.map(([name, value]) => [name, mapStructure(value, change)] as const) };
}

/** The shapes of the tensors in a structure, in the same structure: what `build` is given. */
export function shapesOf(value: Value, shapeOf: (tensor: TensorValue) => Value): Value {
  switch (value.kind) {
    case 'tensor': return shapeOf(value);
    case 'list': return list(value.items.map(item => shapesOf(item, shapeOf)));
    case 'tuple': return tuple(value.items.map(item => shapesOf(item, shapeOf)));
    case 'dict': return mapEntries(value, item => shapesOf(item, shapeOf));
    default: return isUnknown(value) ? value : none;
  }
}

/** A shape as Python sees it; open axes are None. */
export function shapeTuple(tensor: TensorValue, open: readonly boolean[] | undefined): Value {
  const { shape } = tensor.tensor;
  if (isUnknown(shape)) return shape;
  return tuple(shape.map((dim, axis) => (open?.[axis] ? none : isUnknown(dim) ? dim : int(dim))));
}
