/** Broadcasting of shapes, right-aligned, as NumPy, PyTorch and ONNX define it. */
import type { Sizes } from './shape';

export interface Broadcast {
  readonly sizes: Sizes;
  /** Axis of the result (counted from the end, from 1) at which two sizes clash for certain. */
  readonly clashFromEnd?: number;
}

export function broadcast(inputs: readonly Sizes[]): Broadcast {
  const rank = Math.max(0, ...inputs.map(sizes => sizes.length));
  const result: number[] = new Array<number>(rank).fill(1);
  let clashFromEnd: number | undefined;
  for (const sizes of inputs) {
    for (let fromEnd = 1; fromEnd <= sizes.length; fromEnd++) {
      const size = sizes[sizes.length - fromEnd] ?? 1;
      const current = result[rank - fromEnd] ?? 1;
      if (size === 1 || Object.is(size, current)) continue;
      if (current === 1) result[rank - fromEnd] = size;
      // A known size above 1 decides an unknown partner: anything but 1 or that size would be an error.
      else if (Number.isNaN(current)) result[rank - fromEnd] = size;
      else if (!Number.isNaN(size)) clashFromEnd ??= fromEnd;
    }
  }
  return clashFromEnd === undefined ? { sizes: result } : { sizes: result, clashFromEnd };
}
