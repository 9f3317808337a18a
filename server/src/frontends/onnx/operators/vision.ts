/** Resampling, grids, cropping, patches and signals. */
import { isUnknown } from '../../../base/unknown';
import { affineGrid, gridSample } from '../../../ops/interpolate';
import { pad } from '../../../ops/pad';
import { resize } from '../../../ops/resize';
import { framedFourier, pairedFourier } from '../../../ops/signal';
import { fold } from '../../../ops/unfold';
import { declaredOutputs } from '../../../ops/declared';
import { use, type Answer, type Call, type Operators } from '../call';
import { windowOf } from './windows';

const policies = { not_larger: 'not-larger', not_smaller: 'not-smaller' } as const;

/** Inputs: X, then (version 10) scales, or (since 11) region, scales, sizes; an empty list stands for one that is not used. */
function resizeOf(call: Call): Answer {
  const first = call.version < 11 ? 1 : 2;
  const rank = call.rank(0);
  if (rank === undefined) return call.hidden(0);
  const isUsed = (position: number): boolean => call.given(position) && call.sizes(position)?.[0] !== 0;
  const useSizes = call.version >= 11 && isUsed(3);
  const position = useSizes ? 3 : first;
  const values = call.content(position);
  const because = values ? undefined : call.hidden(position);
  const axes = call.ints('axes') ?? Array.from({ length: rank }, (_, i) => i);
  const listed = values ?? axes.map(() => NaN);
  const policy = policies[call.text('keep_aspect_ratio_policy', 'stretch') as keyof typeof policies] as 'not-larger' | 'not-smaller' | undefined;
  const region = call.text('coordinate_transformation_mode', '') === 'tf_crop_and_resize' ? call.content(1) : undefined;
  // A cropped region scales what is left of each axis.
  const factors = region ? listed.map((factor, i) => factor * ((region[i + listed.length] ?? NaN) - (region[i] ?? NaN))) : listed;
  return use({
    op: resize,
    attrs: { axes, sizes: useSizes ? listed : null, factors: useSizes ? null : factors, mode: call.text('mode', 'nearest'), ...(policy && useSizes ? { keepRatio: policy } : {}) },
    inputs: [call.inputs[0]], because,
  });
}

/** The factors were two attributes in version 1, a list in 7, an input since 9. */
function upsampleOf(call: Call): Answer {
  const rank = call.rank(0);
  if (rank === undefined) return call.hidden(0);
  const axes = Array.from({ length: rank }, (_, i) => i);
  const stated = call.numbers('scales', 1);
  if (isUnknown(stated)) return use({ op: resize, attrs: { axes, sizes: null, factors: axes.map(() => NaN), mode: call.text('mode', 'nearest') }, inputs: [call.inputs[0]], because: stated });
  const factors = stated ?? [...axes.slice(2).map(() => 1), call.float('height_scale', NaN), call.float('width_scale', NaN)];
  return use({ op: resize, attrs: { axes, sizes: null, factors, mode: call.text('mode', 'nearest') }, inputs: [call.inputs[0]] });
}

/** Cropped or padded alike at both ends, to sizes in the second input. */
function centred(call: Call): Answer {
  const sizes = call.sizes(0);
  if (!sizes) return call.hidden(0);
  const axes = call.ints('axes') ?? sizes.map((_, i) => i);
  const wanted = call.content(1);
  const after = axes.map((axis, i) => (wanted?.[i] ?? NaN) - (sizes.at(axis) ?? NaN));
  return use({ op: pad, attrs: { axes, before: axes.map(() => 0), after, mode: 'constant' }, inputs: [call.inputs[0]], because: wanted ? undefined : call.hidden(1) });
}

/** Inputs: columns, size of the image, size of a block. */
function columnsToImage(call: Call): Answer {
  const [outputSize, kernel] = [call.content(1), call.content(2)];
  if (!outputSize || !kernel) return call.hidden(outputSize ? 2 : 1);
  return use({ op: fold, attrs: { ...windowOf(call, kernel), outputSize }, inputs: [call.inputs[0]] });
}

function affineGridOf(call: Call): Answer {
  const size = call.content(1);
  const rank = call.sizes(1)?.[0];
  if (!size && rank === undefined) return call.hidden(1);
  return use({ op: affineGrid, attrs: { size: size ?? new Array<number>(rank ?? 0).fill(NaN) }, inputs: [call.inputs[0]], because: size ? undefined : call.hidden(1) });
}

/** The axis became an input in version 20; before, it was an attribute and 1 by default. */
function fourierOf(call: Call): Answer {
  const axis = call.version < 20 ? call.int('axis', 1) : call.given(2) ? call.content(2)?.[0] : -2;
  if (axis === undefined) return call.hidden(2);
  const length = call.given(1) ? (call.content(1)?.[0] ?? NaN) : null;
  return use({
    op: pairedFourier, attrs: { axis, length, inverse: call.flag('inverse'), onesided: call.flag('onesided') }, inputs: [call.inputs[0]],
    because: length !== null && Number.isNaN(length) ? call.hidden(1) : undefined,
  });
}

/** Inputs: signal, step, window, frame length: the window tells the length where it is not given. */
function framedFourierOf(call: Call): Answer {
  const frameStep = call.content(1)?.[0];
  const frameLength = call.given(3) ? call.content(3)?.[0] : call.sizes(2)?.[0];
  if (frameStep === undefined || frameLength === undefined) return call.hidden(frameStep === undefined ? 1 : 3);
  return use({ op: framedFourier, attrs: { frameLength, frameStep, onesided: call.flag('onesided', true) }, inputs: [call.inputs[0]] });
}

/** The sizes of a picture are in its data. */
function imageDecoder(call: Call): Answer {
  const channels = call.text('pixel_format', 'RGB') === 'Grayscale' ? 1 : 3;
  return use({ op: declaredOutputs, attrs: { sizes: [[NaN, NaN, channels]] }, inputs: [call.inputs[0]], dtypes: ['uint8'] });
}

export const visionOperators: Operators = {
  Resize: resizeOf,
  Upsample: upsampleOf,
  GridSample: call => use({ op: gridSample, attrs: { mode: call.text('mode', 'linear') }, inputs: call.inputs, dtypes: [call.dtype(0)] }),
  AffineGrid: affineGridOf,
  CenterCropPad: centred,
  Col2Im: columnsToImage,
  DFT: fourierOf,
  STFT: framedFourierOf,
  ImageDecoder: imageDecoder,
};
