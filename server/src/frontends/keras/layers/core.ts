/** Dense, Embedding, activations, and layers that only change shapes or pass on. */
import { isUnknown } from '../../../base/unknown';
import { activation } from '../../../ops/activation';
import { dropout } from '../../../ops/dropout';
import { einsum } from '../../../ops/einsum';
import { embedding } from '../../../ops/embedding';
import { identity } from '../../../ops/identity';
import { linear } from '../../../ops/linear';
import { permute } from '../../../ops/permute';
import { reshape } from '../../../ops/reshape';
import { softmax } from '../../../ops/softmax';
import { tile } from '../../../ops/tile';
import { unsqueeze } from '../../../ops/squeeze';
import { product, type Sizes } from '../../../tensor/shape';
import { boolOf, intOf, intsOf, numberOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { none, type Value } from '../../python/values';
import { isActive, namedActivation } from '../activation';
import { layer } from '../layer';
import { einsumDense, einsumRefusal } from './einsum-dense';

const denseText = 'keras.layers.Dense(units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)';

/** The slope of PReLU: one per element of the input, except along shared axes. */
function slopeSizes(input: Sizes, shared: Value): Sizes {
  const axes = intsOf(shared) ?? (shared.kind === 'int' ? [shared.value] : []);
  return input.slice(1).map((size, i) => (axes.includes(i + 1) ? 1 : size));
}

function reshapeSizes(target: Value, input: Sizes): Sizes {
  return [input[0] ?? NaN, ...(intsOf(target) ?? [intOf(target)])];
}

export const coreLayers: readonly LibraryEntry[] = [
  layer(linear, denseText, (p, { first }) => ({ inFeatures: first[first.length - 1] ?? NaN, outFeatures: intOf(p.units), bias: boolOf(p.use_bias, true) }), {
    aliases: { units: 'outFeatures', use_bias: 'bias' },
    weights: attrs => [{ name: 'kernel', sizes: [attrs.inFeatures, attrs.outFeatures] }, ...(attrs.bias ? [{ name: 'bias', sizes: [attrs.outFeatures] }] : [])],
  }),
  layer(einsum, 'keras.layers.EinsumDense(equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, { first }) => ({ equation: einsumDense(p, first).equation }), {
      weights: (_attrs, p, { first }) => einsumDense(p, first).weights,
      build: ({ p, sizes }, interpreter, at) => {
        const refusal = einsumRefusal(p, sizes[0] ?? []);
        return refusal === undefined ? false : interpreter.raise('ValueError', refusal, at);
      },
      call: ({ self, inputs, apply }) => apply([inputs[0] ?? none, self.native.weights.items[0] ?? none], { weights: self.native.weights.items.slice(1) }),
    }),
  layer(embedding, 'keras.layers.Embedding(input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False, weights=None, **kwargs)',
    p => ({ entries: intOf(p.input_dim), width: intOf(p.output_dim) }), {
      aliases: { input_dim: 'entries', output_dim: 'width' },
      weights: attrs => [{ name: 'embeddings', sizes: [attrs.entries, attrs.width] }],
    }),
  layer(identity, 'keras.layers.Identity(**kwargs)', () => ({})),
  layer(identity, 'keras.layers.Masking(mask_value=0.0, **kwargs)', () => ({})),
  layer(identity, 'keras.layers.ActivityRegularization(l1=0.0, l2=0.0, **kwargs)', () => ({})),
  layer(activation, 'keras.layers.Activation(activation, **kwargs)', () => ({ function: 'custom' }), {
    isComposite: true,
    call: ({ p, inputs, site, applyOther, self }, args, interpreter) => {
      const input = inputs[0] ?? none;
      const name = stringOf(p.activation);
      if (!isActive(p.activation)) return applyOther(identity, {}, [input]);
      if (name === undefined) return interpreter.call(p.activation, { positional: [input], keywords: [], at: args.at });
      return namedActivation(interpreter, name, input, args, self.cls.isNative ? 'keras.layers.Activation' : self.cls.name, site);
    },
  }),
  layer(identity, 'keras.layers.Lambda(function, output_shape=None, mask=None, arguments=None, **kwargs)', () => ({}), {
    isComposite: true,
    call: ({ p }, args, interpreter) => {
      const more = p.arguments.kind === 'dict' ? [...p.arguments.entries.values()].flatMap(({ key, value }) => (key.kind === 'str' ? [[key.value, value] as const] : [])) : [];
      return interpreter.call(p.function, { positional: args.positional, keywords: [...args.keywords.filter(([name]) => name !== 'training' && name !== 'mask'), ...more], at: args.at });
    },
  }),
  layer(activation, 'keras.layers.ReLU(max_value=None, negative_slope=0.0, threshold=0.0, **kwargs)', p => ({ function: numberOf(p.max_value) === 6
    ? 'relu6'
    : numberOf(p.negative_slope) > 0 ? 'leaky-relu' : 'relu' })),
  layer(activation, 'keras.layers.LeakyReLU(negative_slope=0.3, alpha=None, **kwargs)', () => ({ function: 'leaky-relu' })),
  layer(activation, 'keras.layers.ELU(alpha=1.0, **kwargs)', () => ({ function: 'elu' })),
  layer(activation, 'keras.layers.ThresholdedReLU(theta=1.0, **kwargs)', () => ({ function: 'threshold' })),
  layer(softmax, 'keras.layers.Softmax(axis=-1, **kwargs)', p => ({ function: 'softmax', axis: intsOf(p.axis)?.[0] ?? intOf(p.axis) })),
  layer(activation, 'keras.layers.PReLU(alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs)', (p, { first }) => ({
    function: 'prelu', slope: slopeSizes(first, p.shared_axes), axis: -1,
  }), {
    weights: attrs => [{ name: 'alpha', sizes: attrs.slope ?? [] }],
    build: ({ p, sizes: [input = []] }, interpreter, at) => {
      const axes = intsOf(p.shared_axes) ?? (p.shared_axes.kind === 'int' ? [p.shared_axes.value] : []);
      const beyond = axes.find(axis => axis > input.length - 1);
      return beyond === undefined ? false : interpreter.raise('IndexError', `\`shared_axes\` names axis ${beyond} of an input of ${input.length} axes`, at);
    },
    call: ({ inputs, apply }) => apply(inputs, { attrs: { function: 'prelu' } }),
  }),
  layer(dropout, 'keras.layers.Dropout(rate, noise_shape=None, seed=None, **kwargs)', p => ({ rate: numberOf(p.rate), unit: 'element' as const, training: false })),
  layer(dropout, 'keras.layers.AlphaDropout(rate, noise_shape=None, seed=None, **kwargs)', p => ({ rate: numberOf(p.rate), unit: 'element' as const, training: false })),
  layer(dropout, 'keras.layers.GaussianDropout(rate, seed=None, **kwargs)', p => ({ rate: numberOf(p.rate), unit: 'element' as const, training: false })),
  layer(dropout, 'keras.layers.GaussianNoise(stddev, seed=None, **kwargs)', () => ({ rate: 0, unit: 'element' as const, training: false })),
  layer(dropout, 'keras.layers.SpatialDropout1D(rate, seed=None, **kwargs)', p => ({ rate: numberOf(p.rate), unit: 'channel' as const, training: false })),
  layer(dropout, 'keras.layers.SpatialDropout2D(rate, data_format=None, seed=None, **kwargs)', p => ({ rate: numberOf(p.rate), unit: 'channel' as const, training: false })),
  layer(dropout, 'keras.layers.SpatialDropout3D(rate, data_format=None, seed=None, **kwargs)', p => ({ rate: numberOf(p.rate), unit: 'channel' as const, training: false })),
  layer(reshape, 'keras.layers.Flatten(data_format=None, **kwargs)', (_p, { first }) => ({ sizes: [first[0] ?? NaN, first.length <= 1 ? 1 : product(first.slice(1))] })),
  layer(reshape, 'keras.layers.Reshape(target_shape, **kwargs)', (p, { first }) => ({ sizes: reshapeSizes(p.target_shape, first) }), {
    aliases: { target_shape: 'sizes' },
    // Not even the number of axes is known then.
    call: ({ p, inputs, apply }, { at }, interpreter) => (isUnknown(p.target_shape) ? interpreter.gap(p.target_shape, at) : apply(inputs)),
  }),
  layer(permute, 'keras.layers.Permute(dims, **kwargs)', p => ({ axes: [0, ...(intsOf(p.dims) ?? [])] }), { aliases: { dims: 'axes' } }),
  layer(tile, 'keras.layers.RepeatVector(n, **kwargs)', p => ({ repeats: [1, intOf(p.n), 1] }), {
    aliases: { n: 'repeats' },
    joins: true,
    call: ({ inputs: [input = none], apply, applyOther }) => apply([applyOther(unsqueeze, { axes: [1] }, [input])]),
  }),
];
