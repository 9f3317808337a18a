/** Numbers that are known to be Python numbers although their value is not: what `tensor.item()` gives. */
import { isUnknown, type Unknown } from '../../base/unknown';
import type { Value } from './values';

const unknownNumbers = new WeakSet<object>();

export function unknownNumber(value: Unknown): Unknown {
  unknownNumbers.add(value);
  return value;
}

export function isUnknownNumber(value: Value): boolean {
  return isUnknown(value) && unknownNumbers.has(value);
}
