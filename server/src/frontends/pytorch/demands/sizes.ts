/** Reading arguments for the relations between them: whatever is not known is undefined or NaN, and breaks none. */
import { isUnknown } from '../../../base/unknown';
import { definitelyDifferent, type Sizes } from '../../../tensor/shape';
import type { DType } from '../../../tensor/dtype';
import type { Value } from '../../python/values';

/** Arguments by parameter name. */
export type Arguments = Readonly<Record<string, Value>>;

/** What is wrong, and on which argument it is said. */
export interface Broken {
  readonly parameter: string;
  readonly message: string;
}

export function broken(parameter: string, message: string): Broken {
  return { parameter, message };
}

/** Sizes of a tensor, NaN where not known; undefined: it is none, or not even its rank is known. */
export function sizesOf(value: Value | undefined): Sizes | undefined {
  if (value?.kind !== 'tensor' || isUnknown(value.tensor.shape)) return undefined;
  return value.tensor.shape.map(dim => (isUnknown(dim) ? NaN : dim));
}

/** The element type of a tensor, if it is one that somebody stated. */
export function typeOf(value: Value | undefined): DType | undefined {
  return value?.kind === 'tensor' && !value.tensor.isTypeAssumed ? value.tensor.dtype : undefined;
}

export function isNumber(value: Value | undefined): value is Value & { readonly value: number } {
  return value?.kind === 'int' || value?.kind === 'float';
}

export function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value.kind !== 'none';
}

/** Ranks differ, or a size certainly does. */
export function differ(a: Sizes, b: Sizes): boolean {
  return a.length !== b.length || a.some((size, axis) => definitelyDifferent(size, b[axis] ?? NaN));
}

/** The first can certainly not be stretched to the second. */
export function cannotExpand(from: Sizes, to: Sizes): boolean {
  const lead = to.length - from.length;
  return lead < 0 || from.some((size, axis) => size !== 1 && definitelyDifferent(size, to[lead + axis] ?? NaN));
}

/** The two have certainly no common shape. */
export function cannotBroadcast(a: Sizes, b: Sizes): boolean {
  return a.some((size, axis) => {
    const other = b[b.length - a.length + axis];
    return other !== undefined && size !== 1 && other !== 1 && definitelyDifferent(size, other);
  });
}
