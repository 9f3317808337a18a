/** Kernel, stride, dilation and padding as ONNX states them, with its defaults. Source: onnx.ai/onnx/operators/onnx__Conv.html. */
import type { Sizes } from '../../../tensor/shape';
import type { Padding } from '../../../tensor/window';
import type { Call } from '../call';

export interface StatedWindow {
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
}

export function windowOf(call: Call, kernel: Sizes): StatedWindow {
  const ones = kernel.map(() => 1);
  return { kernel, stride: filled(call.ints('strides'), ones), dilation: filled(call.ints('dilations'), ones), padding: paddingOf(call, kernel.length) };
}

/** `pads` lists all beginnings, then all ends. */
function paddingOf(call: Call, rank: number): Padding {
  const auto = call.text('auto_pad', 'NOTSET');
  if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') return 'same';
  const pads = call.ints('pads');
  if (auto === 'VALID' || !pads || pads.length === 0) return 'valid';
  return { before: pads.slice(0, rank), after: pads.slice(rank, 2 * rank) };
}

/** A list of the wrong length is an error (demands.ts); what follows from it is shown with the default. */
function filled(stated: readonly number[] | undefined, otherwise: Sizes): Sizes {
  return stated?.length === otherwise.length ? stated : otherwise;
}
