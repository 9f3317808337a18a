/** Keras' ways to write element types, shapes and arrays, as the graph knows them. */
import type { Location } from '../../base/span';
import { isUnknown, unknown } from '../../base/unknown';
import { isDType, type DType } from '../../tensor/dtype';
import type { Shape } from '../../tensor/shape';
import { intOf, itemsOf, stringOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { arrayContent } from '../python/library-modules/numpy/array';
import { tensorFromData } from '../python/tensors/content';
import type { Value } from '../python/values';
import { shown } from './refusals';
import { runState } from './state';

const otherNames: Readonly<Record<string, DType>> = {
  float: 'float32', int: 'int32', double: 'float64', half: 'float16', long: 'int64', uint16: 'int32', uint32: 'int64', uint64: 'int64', string: 'int64',
  float8_e4m3fn: 'float8', float8_e5m2: 'float8', mixed_float16: 'float32', mixed_bfloat16: 'float32',
};

/** `'float32'`, `tf.float32`, `np.float32`, `float`; undefined for None and what is not known. */
export function dtypeOf(value: Value | undefined): DType | undefined {
  if (value?.kind === 'class') return dtypeNamed(value.name);
  const text = stringOf(value);
  return text === undefined ? undefined : dtypeNamed(text);
}

function dtypeNamed(name: string): DType | undefined {
  return isDType(name) ? name : Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
}

export function floatingType(interpreter: Interpreter): DType {
  return runState(interpreter).floating;
}

/** NumPy arrays become tensors; everything else stays. */
export function tensorOf(interpreter: Interpreter, value: Value, at: Location): Value {
  if (value.kind !== 'instance' || !arrayContent(value)) return value;
  return tensorFromData(interpreter, value, undefined, at);
}

/** Also lists of numbers and tensors, and plain numbers. */
export function asTensor(interpreter: Interpreter, value: Value, at: Location, dtype?: DType): Value {
  switch (value.kind) {
    case 'tensor': case 'unknown': case 'none': return value;
    case 'int': return tensorFromData(interpreter, value, dtype ?? 'int32', at);
    default: return tensorFromData(interpreter, value, dtype, at);
  }
}

/** A shape given as ints; None is open, and so is what is not known. */
export function shapeFrom(value: Value, open: (axis: number) => number, at: Location): { readonly shape: Shape; readonly open: readonly boolean[] } | undefined {
  const items = value.kind === 'int' ? [value] : itemsOf(value);
  if (!items) return undefined;
  const isOpen = items.map(item => item.kind === 'none' || intOf(item) === -1);
  return {
    open: isOpen,
    shape: items.map((item, axis) => {
      if (isOpen[axis]) return open(axis);
      const size = intOf(item);
      return Number.isFinite(size) ? size : isUnknown(item) ? item : unknown('a size is not a number', at);
    }),
  };
}

/** Each size of a shape is a natural number, or open. */
export function demandSizes(interpreter: Interpreter, shape: Value, at: Location): void {
  const wrong = itemsOf(shape)?.find(size => size.kind === 'float' || size.kind === 'str' || itemsOf(size) !== undefined || intOf(size) < 0);
  if (wrong) interpreter.raise('ValueError', `Cannot convert ${shown(shape)} to a shape. Found invalid dimension ${shown(wrong)}`, at);
}

/** Integers of a sequence, of a tensor whose contents are known, or one integer; NaN where unknown. */
export function intsIn(value: Value | undefined): readonly number[] | undefined {
  if (value?.kind === 'tensor') return value.content ? [...value.content] : undefined;
  if (value?.kind === 'int') return [value.value];
  return itemsOf(value)?.map(intOf);
}
