/** Preprocessing: rescaling and resizing, augmentation (which does nothing in inference), encodings and lookups. */
import { identity } from '../../../ops/identity';
import { index, type IndexItem } from '../../../ops/index';
import { interpolate } from '../../../ops/interpolate';
import { elementwise } from '../../../ops/elementwise';
import { oneHot } from '../../../ops/one-hot';
import { pad } from '../../../ops/pad';
import { unsqueeze } from '../../../ops/squeeze';
import type { Sizes } from '../../../tensor/shape';
import type { Layout } from '../../../tensor/layout';
import { given, intOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { none } from '../../python/values';
import { layer } from '../layer';

/** Augmentation passes images on unless it trains. */
const augmentations = 'RandomFlip RandomRotation RandomZoom RandomTranslation RandomContrast RandomBrightness RandomShear RandomSharpness RandomColorJitter RandomColorDegeneration RandomGrayscale RandomHue RandomSaturation RandomPosterization RandomInvert RandomErasing RandomPerspective RandomGaussianBlur RandomElasticTransform AugMix AutoContrast CutMix MixUp RandAugment Equalization Solarization RandomHeight RandomWidth ContrastLimitedAdaptiveHistogramEqualization';

function augmentation(name: string): LibraryEntry {
  return layer(identity, `keras.layers.${name}(*args, **kwargs)` as 'keras.layers.RandomFlip(*args, **kwargs)', () => ({}), { anyArguments: true });
}

/** A window of this size out of the middle. */
function cropped(first: Sizes, layout: Layout, height: number, width: number): readonly IndexItem[] {
  const axes = layout === 'channels-first' ? [first.length - 2, first.length - 1] : [first.length - 3, first.length - 2];
  return first.map((extent, axis): IndexItem => {
    const place = axes.indexOf(axis);
    const size = place === 0 ? height : width;
    if (place < 0) return { start: null, stop: null, step: null };
    const start = Math.floor((extent - size) / 2);
    return { start, stop: start + size, step: null };
  });
}

/** Everything but the last axis, of which the first entry is taken. */
function withoutLast(first: Sizes): readonly IndexItem[] {
  return [...first.slice(0, -1).map((): IndexItem => ({ start: null, stop: null, step: null })), 0];
}

const lookup = (name: string, rest: string): LibraryEntry => {
  const text = `keras.layers.${name}(${rest}, **kwargs)`;
  return layer(elementwise, text as 'keras.layers.StringLookup(output_mode="int", **kwargs)', () => ({ function: 'bucketize' as const }), {
    call: ({ p, inputs: [input = none], apply, applyOther, self }, args, interpreter) => {
      const mode = stringOf(p.output_mode) ?? 'int';
      if (mode === 'int') return apply([input], { dtypes: [name === 'Discretization' ? 'int32' : 'int64'] });
      const tokens = intOf(self.attributes.get('num_tokens') ?? self.attributes.get('max_tokens') ?? self.attributes.get('num_bins'));
      if (mode === 'one_hot' && Number.isFinite(tokens)) return applyOther(oneHot, { classes: tokens, axis: -1 }, [input], { dtypes: ['float32'] });
      return interpreter.gap(`the size of what \`${name}\` gives depends on its vocabulary`, args.at);
    },
  });
};

export const preprocessingLayers: readonly LibraryEntry[] = [
  layer(identity, 'keras.layers.Rescaling(scale, offset=0.0, **kwargs)', () => ({})),
  ...augmentations.split(' ').map(augmentation),
  layer(interpolate, 'keras.layers.Resizing(height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant", fill_value=0.0, antialias=False, data_format=None, **kwargs)', (p, { layout }) => ({ size: [intOf(p.height), intOf(p.width)], factor: null, mode: stringOf(p.interpolation) ?? 'bilinear', layout })),
  layer(index, 'keras.layers.CenterCrop(height, width, data_format=None, **kwargs)', (p, { first, layout }) => ({ items: cropped(first, layout, intOf(p.height), intOf(p.width)) })),
  layer(index, 'keras.layers.RandomCrop(height, width, seed=None, data_format=None, **kwargs)', (p, { first, layout }) => ({ items: cropped(first, layout, intOf(p.height), intOf(p.width)) }), {
    call: ({ p, inputs, incoming: { first, layout }, apply, applyOther }) => {
      const [height, width] = [intOf(p.height), intOf(p.width)];
      const extents = layout === 'channels-first' ? first.slice(-2) : first.slice(-3, -1);
      // An image that is too small is enlarged.
      const isLarge = (extents[0] ?? NaN) >= height && (extents[1] ?? NaN) >= width;
      return isLarge ? apply(inputs) : applyOther(interpolate, { size: [height, width], factor: null, mode: 'bilinear', layout }, inputs);
    },
  }),
  layer(oneHot, 'keras.layers.CategoryEncoding(num_tokens=None, output_mode="multi_hot", sparse=False, **kwargs)', p => ({ classes: intOf(p.num_tokens), axis: -1 }), {
    call: ({ p, inputs: [input = none], incoming: { first }, apply, applyOther }) => {
      // Multi-hot and count encodings sum over the last axis; one-hot drops a last axis of 1.
      const drops = first.length > 1 && (stringOf(p.output_mode) !== 'one_hot' || first[first.length - 1] === 1);
      return apply([drops ? applyOther(index, { items: withoutLast(first) }, [input]) : input], { dtypes: ['float32'] });
    },
    joins: true,
  }),
  lookup('StringLookup', 'max_tokens=None, num_oov_indices=1, mask_token=None, oov_token="[UNK]", vocabulary=None, idf_weights=None, invert=False, output_mode="int", pad_to_max_tokens=False, sparse=False, encoding="utf-8"'),
  lookup('IntegerLookup', 'max_tokens=None, num_oov_indices=1, mask_token=None, oov_token=-1, vocabulary=None, vocabulary_dtype="int64", idf_weights=None, invert=False, output_mode="int", sparse=False, pad_to_max_tokens=False'),
  lookup('Hashing', 'num_bins, mask_value=None, salt=None, output_mode="int", sparse=False'),
  lookup('HashedCrossing', 'num_bins, output_mode="int", sparse=False'),
  lookup('Discretization', 'bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode="int", sparse=False'),
  layer(pad, 'keras.layers.TextVectorization(max_tokens=None, standardize="lower_and_strip_punctuation", split="whitespace", ngrams=None, output_mode="int", output_sequence_length=None, pad_to_max_tokens=False, vocabulary=None, idf_weights=None, sparse=False, ragged=False, encoding="utf-8", **kwargs)',
    p => ({ axes: [1], before: [0], after: [intOf(given(p.output_sequence_length)) - 1], mode: 'constant' as const }), {
      joins: true,
      call: ({ p, inputs: [input = none], incoming: { first }, apply, applyOther }, args, interpreter) => {
        if (stringOf(p.output_mode) !== 'int' || !given(p.output_sequence_length)) return interpreter.gap('the length of what `TextVectorization` gives depends on the text', args.at);
        // One text per example becomes one row of token numbers, cut or filled to the stated length.
        const texts = first.length > 1 ? input : applyOther(unsqueeze, { axes: [-1] }, [input]);
        return apply([texts], { dtypes: ['int64'] });
      },
    }),
];
