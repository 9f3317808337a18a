/** Reading layer arguments: one number per axis, windows. */
import type { Sizes } from '../../../tensor/shape';
import type { Padding } from '../../../tensor/window';
import { boolOf, given, intOf, intsOf, itemsOf, perAxis, stringOf } from '../../python/convert';
import { bool, tuple, type Value } from '../../python/values';

export { boolOf, given, intOf, intsOf, perAxis, stringOf };

/** `3` → `(3, 3)`; sequences become tuples. */
export function tupleOf(value: Value, rank: number): Value {
  const items = itemsOf(value);
  return tuple(items ?? new Array<Value>(rank).fill(value));
}

export function bothSides(padding: Sizes): Padding {
  return { before: padding, after: padding };
}

/** `padding=` of a convolution: numbers, 'same' or 'valid'. */
export function paddingOf(value: Value, rank: number): Padding {
  const text = stringOf(value);
  if (text === 'same' || text === 'valid') return text;
  return bothSides(perAxis(value, rank));
}

export interface WindowParameters {
  readonly kernel_size: Value;
  readonly stride: Value;
  readonly padding: Value;
  readonly dilation?: Value;
}

/** Kernel, stride (None: the kernel's size), padding and dilation, one entry per axis. */
export function windowOf(rank: number, p: WindowParameters): { kernel: Sizes; stride: Sizes; dilation: Sizes; padding: Padding } {
  const kernel = perAxis(p.kernel_size, rank);
  const stride = given(p.stride);
  return {
    kernel, stride: stride && (itemsOf(stride)?.length ?? 1) > 0 ? perAxis(stride, rank) : kernel,
    dilation: p.dilation ? perAxis(p.dilation, rank) : new Array<number>(rank).fill(1), padding: paddingOf(p.padding, rank),
  };
}

export const yes = bool(true);
export const no = bool(false);
