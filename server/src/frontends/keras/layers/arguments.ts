/** Reads what Keras' layers are given: windows, paddings, axes. */
import type { Sizes } from '../../../tensor/shape';
import type { Padding } from '../../../tensor/window';
import { intOf, intsOf, itemsOf, perAxis, stringOf } from '../../python/convert';
import type { Value } from '../../python/values';

export interface WindowParameters {
  readonly kernel_size: Value;
  readonly strides: Value;
  readonly dilation_rate?: Value;
  readonly padding: Value;
}

export function sizesPerAxis(value: Value | undefined, rank: number): Sizes {
  return perAxis(value, rank);
}

/** `'same'` and `'valid'` in any case; `'causal'` pads all before. */
export function paddingOf(value: Value | undefined, kernel: Sizes, dilation: Sizes): Padding {
  switch (stringOf(value)?.toLowerCase()) {
    case 'same': return 'same';
    case 'causal': return { before: kernel.map((size, axis) => (size - 1) * (dilation[axis] ?? 1)), after: kernel.map(() => 0) };
    default: return 'valid';
  }
}

export function axesFrom(value: Value | undefined, rank: number): Sizes {
  const axes = intsOf(value) ?? [intOf(value)];
  return axes.map(axis => (axis < 0 ? axis + rank : axis));
}

/** `2`, `(1, 2)` or `((1, 2), (3, 4))`: amounts before and after along each axis. */
export function bothSides(value: Value | undefined, rank: number): { readonly before: Sizes; readonly after: Sizes } {
  const items = itemsOf(value);
  if (!items) return { before: new Array<number>(rank).fill(intOf(value)), after: new Array<number>(rank).fill(intOf(value)) };
  // A pair for one axis is (before, after), not one number per axis.
  if (rank === 1) return { before: [intOf(items[0])], after: [intOf(items[1] ?? items[0])] };
  const sides = items.map(item => intsOf(item) ?? [intOf(item), intOf(item)]);
  return { before: sides.map(side => side[0] ?? NaN), after: sides.map(side => side[1] ?? side[0] ?? NaN) };
}
