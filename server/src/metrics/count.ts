/** Arithmetic on counts of which some are unknown: the first reason survives, a sum keeps what it knows. */
import { isUnknown, unknown, type Unknown } from '../base/unknown';
import { elementCount, wholeCount, type Dim, type TensorType } from '../tensor/shape';

export interface Sum {
  /** Of the known members. */
  readonly known: number;
  /** Why it is only a lower bound. */
  readonly because: Unknown | undefined;
}

/** What is no count, and what would take the sum beyond 2^53, is left out like what is not known. */
export function sumOf(values: Iterable<Dim>): Sum {
  let known = 0;
  let because: Unknown | undefined;
  for (const value of values) {
    const sum = isUnknown(value) ? value : wholeCount(known + value);
    if (isUnknown(sum)) because ??= sum;
    else known = sum;
  }
  return { known, because };
}

/** The exact sum, or the reason why there is none. */
export function total(values: Iterable<Dim>): Dim {
  const { known, because } = sumOf(values);
  return because ?? known;
}

/** An operator's attribute that nobody could tell is NaN. */
export function times(left: Dim, right: Dim): Dim {
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  return Number.isNaN(left * right) ? unknown('an attribute that decides about a size is not known') : left * right;
}

/** Division by zero is the caller's to avoid: a figure that does not apply is absent, not infinite. */
export function quotient(left: Dim, right: Dim): Dim {
  if (isUnknown(left)) return left;
  return isUnknown(right) ? right : left / right;
}

export function elementsOf(types: Iterable<TensorType>): Dim {
  const counts: Dim[] = [];
  for (const type of types) counts.push(elementCount(type.shape));
  return total(counts);
}
