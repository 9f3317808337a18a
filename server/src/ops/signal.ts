/** Fourier transforms of signals whose complex numbers are pairs in a last axis. */
import { inputAt, replaceAt, resolveAxis, unknownSizes } from './checks';
import { defineOp } from './define';

export type PairedFourierAttrs = {
  readonly axis: number;
  /** Signal size along the axis, cropped or padded to; null keeps the input's. */
  readonly length: number | null;
  readonly inverse: boolean;
  /** Half a spectrum of a real signal, or back from one. */
  readonly onesided: boolean;
};

export const pairedFourier = defineOp<PairedFourierAttrs>({
  kind: 'paired-fourier',
  role: 'statistics',
  summary: 'Fourier transform with pairs for complex numbers',
  source: 'https://onnx.ai/onnx/operators/onnx__DFT.html',
  formula: 'no MACs; n/2 + 1 frequencies of a real signal',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axis = resolveAxis(attrs.axis, input.length, report);
    if (Number.isNaN(axis) || input.length === 0) return [unknownSizes(input.length)];
    const backToReal = attrs.onesided && attrs.inverse;
    const length = attrs.length ?? (backToReal ? 2 * ((input[axis] ?? NaN) - 1) : (input[axis] ?? NaN));
    const spectrum = attrs.onesided && !attrs.inverse ? Math.floor(length / 2) + 1 : length;
    return [replaceAt(replaceAt(input, axis, spectrum), input.length - 1, backToReal ? 1 : 2)];
  },
  examples: [
    { attrs: { axis: 1, length: null, inverse: false, onesided: false }, inputs: [[1, 10, 10, 1]], outputs: [[1, 10, 10, 2]] },
    { attrs: { axis: 1, length: null, inverse: false, onesided: true }, inputs: [[1, 10, 10, 1]], outputs: [[1, 6, 10, 2]] },
    { attrs: { axis: 1, length: null, inverse: true, onesided: true }, inputs: [[1, 6, 10, 2]], outputs: [[1, 10, 10, 1]] },
  ],
});

export type FramedFourierAttrs = {
  readonly frameLength: number;
  readonly frameStep: number;
  readonly onesided: boolean;
};

export const framedFourier = defineOp<FramedFourierAttrs>({
  kind: 'framed-fourier',
  role: 'statistics',
  summary: 'Short-time Fourier transform, frames first',
  source: 'https://onnx.ai/onnx/operators/onnx__STFT.html',
  formula: 'no MACs; ⌊(length − n) / step⌋ + 1 frames × n/2 + 1 frequencies',
  shape: (attrs, inputs) => {
    const [batch = NaN, length = NaN] = inputAt(inputs, 0);
    const frames = Math.floor((length - attrs.frameLength) / attrs.frameStep) + 1;
    return [[batch, frames < 1 ? NaN : frames, attrs.onesided ? Math.floor(attrs.frameLength / 2) + 1 : attrs.frameLength, 2]];
  },
  examples: [
    { attrs: { frameLength: 16, frameStep: 8, onesided: true }, inputs: [[1, 128, 1]], outputs: [[1, 15, 9, 2]] },
    { attrs: { frameLength: 16, frameStep: 8, onesided: false }, inputs: [[2, 128, 1]], outputs: [[2, 15, 16, 2]] },
  ],
});
