/** Shapes: concrete dimensions, or an `Unknown` that says why a dimension (or the whole rank) is not known. */
import { isUnknown, unknown, type Unknown } from '../base/unknown';
import type { DType } from './dtype';

export type Dim = number | Unknown;
export type Shape = readonly Dim[];

export interface TensorType {
  readonly shape: Shape | Unknown;
  readonly dtype: DType;
}

/** Dimensions inside formulas: an unknown one is NaN, so plain arithmetic carries it through. */
export type Sizes = readonly number[];

export function product(values: readonly number[]): number {
  let result = 1;
  for (const value of values) result *= value;
  return result;
}

export function isConcrete(shape: Shape | Unknown): shape is readonly number[] {
  return !isUnknown(shape) && shape.every(dim => typeof dim === 'number');
}

/** Beyond this, counts would no longer be exact. */
const tooMany: Unknown = { ...unknown('there are more than 2^53 elements or operations, which is not counted exactly'), uncountable: true };

/** A number of elements or operations, which is whole, not negative and below 2^53, or why this is none. */
export function wholeCount(value: number): Dim {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  if (value > Number.MAX_SAFE_INTEGER) return tooMany;
  return { ...unknown(`${value} came out, which is no count: sizes or attributes contradict each other`), uncountable: true };
}

/** Number of elements, or the reason why it is not known. */
export function elementCount(shape: Shape | Unknown): Dim {
  if (isUnknown(shape)) return shape;
  let count = 1;
  for (const dim of shape) {
    if (isUnknown(dim)) return dim;
    count *= dim;
  }
  return count <= Number.MAX_SAFE_INTEGER ? count : tooMany;
}

export function sizesOf(shape: Shape): Sizes {
  return shape.every(isNumber) ? shape : shape.map(dim => (isUnknown(dim) ? NaN : dim));
}

function isNumber(dim: Dim): dim is number {
  return typeof dim === 'number';
}

/** The reason for the first unknown dimension, if there is one. */
export function firstUnknown(shape: Shape | Unknown): Unknown | undefined {
  if (isUnknown(shape)) return shape;
  return shape.every(isNumber) ? undefined : shape.find(isUnknown);
}

/** True when both are known and differ: the only case in which a mismatch may be reported. */
export function definitelyDifferent(a: number, b: number): boolean {
  return a !== b && !Number.isNaN(a) && !Number.isNaN(b);
}

/** A negative axis counts from the end. */
export function axisIndex(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
