/** Fourier transforms and views of complex numbers. */
import type { DType } from '../tensor/dtype';
import type { Sizes } from '../tensor/shape';
import { checkMinRank, inputAt, resolveAxis } from './checks';
import { defineOp } from './define';

function complexOf(dtype: DType): DType {
  return dtype === 'float64' || dtype === 'complex128' ? 'complex128' : 'complex64';
}

function realOf(dtype: DType): DType {
  return dtype === 'complex128' || dtype === 'float64' ? 'float64' : 'float32';
}

export type FourierAttrs = {
  /** `real` gives half a spectrum along the last of the axes, `inverse-real` takes one. */
  readonly function: 'complex' | 'real' | 'inverse' | 'inverse-real';
  /** Null: all axes. */
  readonly axes: Sizes | null;
  /** Signal sizes along the axes, cropped or padded to; -1 keeps the input's; null: all kept. */
  readonly sizes: Sizes | null;
};

export const fourier = defineOp<FourierAttrs>({
  kind: 'fourier',
  role: 'statistics',
  summary: 'Fourier transform',
  source: 'https://pytorch.org/docs/stable/fft.html',
  formula: 'no MACs; n/2 + 1 frequencies of a real signal',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    const axes = (attrs.axes ?? input.map((_, axis) => axis)).map(axis => resolveAxis(axis, input.length, report, 'axes'));
    const result = [...input];
    axes.forEach((axis, i) => {
      if (Number.isNaN(axis)) {
        result.fill(NaN);
        return;
      }
      if (axis >= input.length) return;
      const wanted = attrs.sizes?.[i] ?? -1;
      const last = i === axes.length - 1;
      const signal = wanted !== -1 ? wanted : attrs.function === 'inverse-real' && last ? 2 * ((input[axis] ?? NaN) - 1) : (input[axis] ?? NaN);
      result[axis] = attrs.function === 'real' && last ? Math.floor(signal / 2) + 1 : signal;
    });
    return [result];
  },
  dtype: (attrs, inputs) => [attrs.function === 'inverse-real' ? realOf(inputs[0] ?? 'float32') : complexOf(inputs[0] ?? 'float32')],
  examples: [
    { attrs: { function: 'real', axes: [1, 2], sizes: null }, inputs: [[8, 14, 14, 384]], outputs: [[8, 14, 8, 384]] },
    { attrs: { function: 'inverse-real', axes: [1, 2], sizes: [14, 14] }, inputs: [[8, 14, 8, 384]], outputs: [[8, 14, 14, 384]] },
    { attrs: { function: 'complex', axes: [-1], sizes: null }, inputs: [[197, 768]], outputs: [[197, 768]] },
  ],
});

export type SpectrogramAttrs = {
  readonly fftSize: number;
  readonly hop: number;
  /** Half a window of padding at both ends. */
  readonly centered: boolean;
  /** Only the frequencies from 0 up. */
  readonly onesided: boolean;
  /** False: real and imaginary part as a last axis of 2. */
  readonly complex: boolean;
};

export const spectrogram = defineOp<SpectrogramAttrs>({
  kind: 'spectrogram',
  role: 'statistics',
  summary: 'Short-time Fourier transform',
  source: 'https://pytorch.org/docs/stable/generated/torch.stft.html',
  formula: 'no MACs; n/2 + 1 frequencies × ⌊(length − n) / hop⌋ + 1 frames',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (!checkMinRank(input, 1, report)) return [[NaN, NaN]];
    const length = (input[input.length - 1] ?? NaN) + (attrs.centered ? 2 * Math.floor(attrs.fftSize / 2) : 0);
    if (length < attrs.fftSize) report.fail('fftSize', `a window of ${attrs.fftSize} does not fit a signal of ${length}`);
    const frames = length < attrs.fftSize ? NaN : Math.floor((length - attrs.fftSize) / attrs.hop) + 1;
    const frequencies = attrs.onesided ? Math.floor(attrs.fftSize / 2) + 1 : attrs.fftSize;
    return [[...input.slice(0, -1), frequencies, frames, ...(attrs.complex ? [] : [2])]];
  },
  dtype: (attrs, inputs) => [attrs.complex ? complexOf(inputs[0] ?? 'float32') : (inputs[0] ?? 'float32')],
  examples: [
    { attrs: { fftSize: 400, hop: 160, centered: true, onesided: true, complex: true }, inputs: [[8, 16_000]], outputs: [[8, 201, 101]] },
    { attrs: { fftSize: 512, hop: 128, centered: false, onesided: true, complex: false }, inputs: [[4096]], outputs: [[257, 29, 2]] },
  ],
});

export type InverseSpectrogramAttrs = SpectrogramAttrs & {
  /** Length of the signal asked for; null: what the frames give. */
  readonly length: number | null;
};

export const inverseSpectrogram = defineOp<InverseSpectrogramAttrs>({
  kind: 'inverse-spectrogram',
  role: 'statistics',
  summary: 'Inverse short-time Fourier transform',
  source: 'https://pytorch.org/docs/stable/generated/torch.istft.html',
  formula: 'no MACs; (frames − 1) × hop samples when centred',
  shape: (attrs, inputs, report) => {
    const input = attrs.complex ? inputAt(inputs, 0) : inputAt(inputs, 0).slice(0, -1);
    if (!checkMinRank(input, 2, report)) return [[NaN]];
    const frames = input[input.length - 1] ?? NaN;
    const natural = (frames - 1) * attrs.hop + (attrs.centered ? attrs.fftSize % 2 : attrs.fftSize);
    return [[...input.slice(0, -2), attrs.length ?? natural]];
  },
  dtype: (_attrs, inputs) => [realOf(inputs[0] ?? 'complex64')],
  examples: [
    { attrs: { fftSize: 400, hop: 160, centered: true, onesided: true, complex: true, length: null }, inputs: [[8, 201, 101]], outputs: [[8, 16_000]] },
    { attrs: { fftSize: 512, hop: 128, centered: false, onesided: true, complex: true, length: 4000 }, inputs: [[257, 29]], outputs: [[4000]] },
  ],
});

export type ComplexViewAttrs = { readonly function: 'as-complex' | 'as-real' };

export const complexView = defineOp<ComplexViewAttrs>({
  kind: 'complex-view',
  role: 'shape',
  summary: 'Pairs of real numbers as complex ones, and back',
  source: 'https://pytorch.org/docs/stable/generated/torch.view_as_complex.html',
  formula: 'no MACs; a last axis of 2 goes or comes',
  shape: (attrs, inputs, report) => {
    const input = inputAt(inputs, 0);
    if (attrs.function === 'as-real') return [[...input, 2]];
    if (!checkMinRank(input, 1, report)) return [[]];
    report.expect('', 2, input[input.length - 1] ?? NaN, 'parts of a complex number in the last axis');
    return [input.slice(0, -1)];
  },
  dtype: (attrs, inputs) => [attrs.function === 'as-real' ? realOf(inputs[0] ?? 'complex64') : complexOf(inputs[0] ?? 'float32')],
  view: true,
  examples: [
    { attrs: { function: 'as-complex' }, inputs: [[14, 8, 384, 2]], outputs: [[14, 8, 384]] },
    { attrs: { function: 'as-real' }, inputs: [[8, 64, 32]], outputs: [[8, 64, 32, 2]] },
  ],
});
