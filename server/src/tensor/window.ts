/** The one place where a sliding window's output size is worked out, with every framework's quirks as named options. */
import type { Sizes } from './shape';

export type Padding = 'valid' | 'same' | { readonly before: Sizes; readonly after: Sizes };

export interface Window {
  readonly kernel: Sizes;
  readonly stride: Sizes;
  readonly dilation: Sizes;
  readonly padding: Padding;
  readonly rounding: 'floor' | 'ceil';
  /** With `ceil`: drop a last window that would start beyond the input and its leading padding (Caffe, PyTorch). */
  readonly clipStart: boolean;
}

/** Extent of a dilated kernel along one axis. */
export function dilatedExtent(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1;
}

/** Output size along each axis of `size`. A window that does not fit gives a size ≤ 0; the caller reports it. */
export function slideOver(size: Sizes, window: Window): Sizes {
  return size.map((extent, axis) => {
    const stride = window.stride[axis] ?? 1;
    const kernel = dilatedExtent(window.kernel[axis] ?? 1, window.dilation[axis] ?? 1);
    if (window.padding === 'same') return Math.ceil(extent / stride);
    const before = window.padding === 'valid' ? 0 : (window.padding.before[axis] ?? 0);
    const after = window.padding === 'valid' ? 0 : (window.padding.after[axis] ?? 0);
    const steps = (extent + before + after - kernel) / stride;
    if (window.rounding === 'floor') return Math.floor(steps) + 1;
    const count = Math.ceil(steps) + 1;
    return window.clipStart && (count - 1) * stride >= extent + before ? count - 1 : count;
  });
}

/** Output size of a transposed convolution. Source: pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html. */
export function slideBack(size: Sizes, window: Omit<Window, 'rounding' | 'clipStart'>, outputPadding: Sizes): Sizes {
  return size.map((extent, axis) => {
    const stride = window.stride[axis] ?? 1;
    const kernel = dilatedExtent(window.kernel[axis] ?? 1, window.dilation[axis] ?? 1);
    if (window.padding === 'same') return extent * stride;
    if (window.padding === 'valid') return (extent - 1) * stride + Math.max(kernel, stride) + (outputPadding[axis] ?? 0);
    return (extent - 1) * stride - (window.padding.before[axis] ?? 0) - (window.padding.after[axis] ?? 0) + kernel + (outputPadding[axis] ?? 0);
  });
}
