/** Convolutions: ordinary, depthwise, separable and transposed, in one to three dimensions. */
import { conv, type ConvAttrs } from '../../../ops/conv';
import { convTranspose, type ConvTransposeAttrs } from '../../../ops/conv-transpose';
import { separableConv, type SeparableConvAttrs } from '../../../ops/separable-conv';
import type { WeightSpec } from '../../../ops/define';
import type { Sizes } from '../../../tensor/shape';
import { boolOf, given, intOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import type { Value } from '../../python/values';
import { layer, type Incoming } from '../layer';
import { paddingOf, sizesPerAxis, type WindowParameters } from './arguments';

const aliases = { filters: 'outChannels', kernel_size: 'kernel', strides: 'stride', dilation_rate: 'dilation', use_bias: 'bias' } as const;

interface ConvParameters extends WindowParameters { readonly filters: Value; readonly groups: Value; readonly use_bias: Value; readonly dilation_rate: Value }

function windowOf(rank: number, p: WindowParameters): Pick<ConvAttrs, 'kernel' | 'stride' | 'dilation' | 'padding'> {
  const kernel = sizesPerAxis(p.kernel_size, rank);
  const dilation = sizesPerAxis(p.dilation_rate, rank);
  return { kernel, stride: sizesPerAxis(p.strides, rank), dilation, padding: paddingOf(p.padding, kernel, dilation) };
}

function convAttrs(rank: number, p: ConvParameters, { channels, layout }: Incoming): ConvAttrs {
  return { inChannels: channels, outChannels: intOf(p.filters), ...windowOf(rank, p), groups: intOf(p.groups), bias: boolOf(p.use_bias, true), layout };
}

function convWeights(attrs: ConvAttrs): readonly WeightSpec[] {
  return withBias([{ name: 'kernel', sizes: [...attrs.kernel, attrs.inChannels / attrs.groups, attrs.outChannels] }], attrs);
}

function withBias(weights: readonly WeightSpec[], attrs: { readonly bias: boolean; readonly outChannels: number }): readonly WeightSpec[] {
  return attrs.bias ? [...weights, { name: 'bias', sizes: [attrs.outChannels] }] : weights;
}

interface DepthwiseParameters extends WindowParameters { readonly depth_multiplier: Value; readonly use_bias: Value; readonly dilation_rate: Value }

function depthwiseAttrs(rank: number, p: DepthwiseParameters, { channels, layout }: Incoming): ConvAttrs {
  const window = windowOf(rank, p);
  // Keras takes one stride for all axes here.
  return { inChannels: channels, outChannels: channels * intOf(p.depth_multiplier), ...window, groups: channels, bias: boolOf(p.use_bias, true), layout };
}

function depthwiseWeights(attrs: ConvAttrs): readonly WeightSpec[] {
  return withBias([{ name: 'kernel', sizes: [...attrs.kernel, attrs.inChannels, attrs.outChannels / attrs.inChannels] }], attrs);
}

function separableAttrs(rank: number, p: DepthwiseParameters & { readonly filters: Value }, { channels, layout }: Incoming): SeparableConvAttrs {
  return { inChannels: channels, outChannels: intOf(p.filters), depthMultiplier: intOf(p.depth_multiplier), ...windowOf(rank, p), bias: boolOf(p.use_bias, true), layout };
}

interface TransposeParameters extends ConvTransposeParameters { readonly output_padding: Value }
interface ConvTransposeParameters extends WindowParameters { readonly filters: Value; readonly use_bias: Value; readonly dilation_rate: Value }

function transposeAttrs(rank: number, p: TransposeParameters, { channels, layout, first }: Incoming): ConvTransposeAttrs {
  const window = windowOf(rank, p);
  const asked = given(p.output_padding);
  const outputPadding = asked ? sizesPerAxis(asked, rank) : window.kernel.map(() => 0);
  const size = layout === 'channels-first' ? first.slice(2) : first.slice(1, -1);
  return {
    inChannels: channels, outChannels: intOf(p.filters), ...window, outputPadding: window.kernel.map(() => 0), groups: 1, bias: boolOf(p.use_bias, true), layout,
    ...(asked || window.dilation.some(step => step !== 1) ? { outputSize: transposedSize(size, window, outputPadding, asked !== undefined) } : {}),
  };
}

/** Source: `compute_conv_transpose_output_shape` of keras/src/backend/common/backend_utils (Keras 3). */
function transposedSize(size: Sizes, window: Pick<ConvAttrs, 'kernel' | 'stride' | 'dilation' | 'padding'>, outputPadding: Sizes, isStated: boolean): Sizes {
  return size.map((extent, axis) => {
    const stride = window.stride[axis] ?? 1;
    const kernel = ((window.kernel[axis] ?? 1) - 1) * (window.dilation[axis] ?? 1) + 1;
    if (!isStated) return window.padding === 'same' ? extent * stride : extent * stride + Math.max(kernel - stride, 0);
    const pad = window.padding === 'same' ? Math.floor(kernel / 2) : 0;
    return (extent - 1) * stride + kernel - 2 * pad + (outputPadding[axis] ?? 0);
  });
}

function transposeWeights(attrs: ConvTransposeAttrs): readonly WeightSpec[] {
  return withBias([{ name: 'kernel', sizes: [...attrs.kernel, attrs.outChannels, attrs.inChannels] }], attrs);
}

const single = { aliases } as const;
/** Keras 2 takes a kernel's keywords here, too. */
const depthwise = { aliases: { kernel_size: 'kernel', strides: 'stride', dilation_rate: 'dilation', use_bias: 'bias', depth_multiplier: 'groups' } } as const;

export const convLayers: readonly LibraryEntry[] = [
  layer(conv, 'keras.layers.Conv1D(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, incoming) => convAttrs(1, p, incoming), { ...single, weights: convWeights }),
  layer(conv, 'keras.layers.Conv2D(filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), groups=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, incoming) => convAttrs(2, p, incoming), { ...single, weights: convWeights }),
  layer(conv, 'keras.layers.Conv3D(filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1), groups=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, incoming) => convAttrs(3, p, incoming), { ...single, weights: convWeights }),
  layer(conv, 'keras.layers.DepthwiseConv1D(kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, kernel_initializer=None, kernel_regularizer=None, kernel_constraint=None, **kwargs)',
    (p, incoming) => depthwiseAttrs(1, p, incoming), { ...depthwise, weights: depthwiseWeights }),
  layer(conv, 'keras.layers.DepthwiseConv2D(kernel_size, strides=(1, 1), padding="valid", depth_multiplier=1, data_format=None, dilation_rate=(1, 1), activation=None, use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, kernel_initializer=None, kernel_regularizer=None, kernel_constraint=None, **kwargs)',
    (p, incoming) => depthwiseAttrs(2, p, incoming), { ...depthwise, weights: depthwiseWeights }),
  layer(separableConv, 'keras.layers.SeparableConv1D(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, kernel_initializer=None, kernel_regularizer=None, kernel_constraint=None, **kwargs)',
    (p, incoming) => separableAttrs(1, p, incoming), { ...single, weights: attrs => separableConv.weights?.(attrs) ?? [] }),
  layer(separableConv, 'keras.layers.SeparableConv2D(filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, kernel_initializer=None, kernel_regularizer=None, kernel_constraint=None, **kwargs)',
    (p, incoming) => separableAttrs(2, p, incoming), { ...single, weights: attrs => separableConv.weights?.(attrs) ?? [] }),
  layer(convTranspose, 'keras.layers.Conv1DTranspose(filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, incoming) => transposeAttrs(1, p, incoming), { ...single, weights: transposeWeights }),
  layer(convTranspose, 'keras.layers.Conv2DTranspose(filters, kernel_size, strides=(1, 1), padding="valid", output_padding=None, data_format=None, dilation_rate=(1, 1), activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, incoming) => transposeAttrs(2, p, incoming), { ...single, weights: transposeWeights }),
  layer(convTranspose, 'keras.layers.Conv3DTranspose(filters, kernel_size, strides=(1, 1, 1), padding="valid", output_padding=None, data_format=None, dilation_rate=(1, 1, 1), activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs)',
    (p, incoming) => transposeAttrs(3, p, incoming), { ...single, weights: transposeWeights }),
];
