/** Window sizes as Caffe writes them: one number for all axes, one for each, or `_h` and `_w`. Source: caffe, base_conv_layer.cpp. */
import type { Sizes } from '../../../tensor/shape';
import type { LayerCall } from '../layer';
import type { Parameters } from '../parameters';
import type { MessageName } from '../schema';

/** Axes after the batch and the channels; two where the input is unknown. */
export function spatialRank<Name extends MessageName>(call: LayerCall<Name>): number {
  return Math.max(1, (call.inputs[0]?.length ?? 4) - 2);
}

/** `sides`: the names for depth, height and width, the last one for the last axis. Without a `fallback` the size must be stated. */
export function perAxis<Name extends string>(p: Parameters<Name>, rank: number, name: NoInfer<Name>, sides: readonly NoInfer<Name>[], fallback: number | undefined, least: number): Sizes {
  const stated = p.ints(name, least);
  const sizes = Array.from({ length: rank }, (_, axis) => {
    const side = sides[sides.length - rank + axis];
    if (side !== undefined && p.has(side)) return p.int(side, NaN, least);
    return stated.length === rank ? stated[axis] : (stated[0] ?? fallback);
  });
  // Said once, not for each axis.
  if (sizes.includes(undefined)) p.required(name, least);
  return sizes.map(size => size ?? NaN);
}
