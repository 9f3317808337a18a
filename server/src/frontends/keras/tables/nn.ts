/** Functions that layers are made of: convolutions, pooling, resizing, normalisation. */
import { batchNorm } from '../../../ops/batch-norm';
import { conv } from '../../../ops/conv';
import { convTranspose } from '../../../ops/conv-transpose';
import { interpolate } from '../../../ops/interpolate';
import { layerNorm } from '../../../ops/layer-norm';
import { elementwise } from '../../../ops/elementwise';
import { permute } from '../../../ops/permute';
import { pool } from '../../../ops/pool';
import { reshape } from '../../../ops/reshape';
import { unfold } from '../../../ops/unfold';
import { slideOver } from '../../../tensor/window';
import type { Sizes } from '../../../tensor/shape';
import type { Layout } from '../../../tensor/layout';
import { given, intOf, stringOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { run, shapeOfTensor, type TensorCall } from '../../python/tensors/call';
import type { Value } from '../../python/values';
import { asTensor, intsIn } from '../convert';
import { paddingOf } from '../layers/arguments';
import { inModules } from '../rows';
import { runState } from '../state';

function sizesOf(value: Value): Sizes {
  return shapeOfTensor(value)?.map(dim => (typeof dim === 'number' ? dim : NaN)) ?? [];
}

function layoutFrom(call: TensorCall, format: Value): Layout {
  const text = stringOf(format) ?? runState(call.interpreter).dataFormat;
  return text === 'channels_first' || text.startsWith('NC') ? 'channels-first' : 'channels-last';
}

/** A stride for each spatial axis; TensorFlow also writes one for batch and channels. */
function perAxis(value: Value, rank: number, fallback: number): Sizes {
  const items = given(value) ? (value.kind === 'int' ? [value.value] : intsIn(value)) : [fallback];
  if (!items) return new Array<number>(rank).fill(intOf(value));
  return items.length === rank + 2 ? items.slice(1, -1) : items.length === 1 ? new Array<number>(rank).fill(items[0] ?? NaN) : items;
}

interface Convolution { readonly x: Value; readonly kernel: Value; readonly strides: Value; readonly padding: Value; readonly format: Value; readonly dilation: Value; readonly depthwise?: boolean }

function convolved(call: TensorCall, { x, kernel, strides, padding, format, dilation, depthwise }: Convolution): Value {
  const layout = layoutFrom(call, format);
  const weight = sizesOf(kernel);
  const rank = weight.length - 2;
  if (rank < 1) return call.interpreter.gap('the kernel of a convolution is not known', call.args.at);
  const input = sizesOf(x);
  const inChannels = (layout === 'channels-first' ? input[1] : input[input.length - 1]) ?? NaN;
  const size = weight.slice(0, rank);
  const steps = perAxis(dilation, rank, 1);
  const perGroup = weight[rank] ?? NaN;
  const attrs = { inChannels, kernel: size, stride: perAxis(strides, rank, 1), dilation: steps, padding: paddingOf(padding, size, steps), bias: false, layout };
  return run(call, conv, depthwise
    ? { ...attrs, groups: inChannels, outChannels: inChannels * (weight[rank + 1] ?? NaN) }
    : { ...attrs, groups: inChannels / perGroup, outChannels: weight[rank + 1] ?? NaN }, [x], { weights: [kernel] });
}

function transposed(call: TensorCall, x: Value, kernel: Value, strides: Value, padding: Value, format: Value): Value {
  const layout = layoutFrom(call, format);
  const weight = sizesOf(kernel);
  const rank = weight.length - 2;
  if (rank < 1) return call.interpreter.gap('the kernel of a convolution is not known', call.args.at);
  const size = weight.slice(0, rank);
  const ones = size.map(() => 1);
  return run(call, convTranspose, {
    inChannels: weight[rank + 1] ?? NaN, outChannels: weight[rank] ?? NaN, kernel: size, stride: perAxis(strides, rank, 1), dilation: ones,
    padding: paddingOf(padding, size, ones), outputPadding: ones.map(() => 0), groups: 1, bias: false, layout,
  }, [x], { weights: [kernel] });
}

function pooled(call: TensorCall, kind: 'max' | 'average', x: Value, size: Value, strides: Value, padding: Value, format: Value): Value {
  const rank = sizesOf(x).length - 2;
  const kernel = perAxis(size, rank, 1);
  return run(call, pool, {
    function: kind, kernel, stride: given(strides) ? perAxis(strides, rank, 1) : kernel, dilation: kernel.map(() => 1),
    padding: paddingOf(padding, kernel, kernel.map(() => 1)), rounding: 'floor', clipStart: false, layout: layoutFrom(call, format),
  }, [x]);
}

function resized(call: TensorCall, image: Value, size: Value, mode: Value, format?: Value): Value {
  const layout = format ? layoutFrom(call, format) : 'channels-last';
  return run(call, interpolate, { size: intsIn(size) ?? [intOf(size)], factor: null, mode: stringOf(mode) ?? 'bilinear', layout }, [asTensor(call.interpreter, image, call.args.at)]);
}

/** Windows of an image, their pixels side by side as channels. */
function patches(call: TensorCall, images: Value, size: Value, strides: Value, rates: Value, padding: Value): Value {
  const kernel = perAxis(size, 2, 1);
  const attrs = { kernel, stride: given(strides) ? perAxis(strides, 2, 1) : kernel, dilation: perAxis(rates, 2, 1) };
  const input = sizesOf(images);
  const same = stringOf(padding)?.toLowerCase() === 'same';
  const [height = NaN, width = NaN] = slideOver(input.slice(1, 3), { ...attrs, padding: same ? 'same' : 'valid', rounding: 'floor', clipStart: false });
  // The windows themselves are worked out channels first.
  const [, rows = NaN, columns = NaN] = input;
  const missing = [[rows, height], [columns, width]].map(([extent = NaN, count = NaN], axis) =>
    Math.max(0, (count - 1) * (attrs.stride[axis] ?? 1) + (attrs.dilation[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1 - extent));
  const before = missing.map(amount => Math.floor(amount / 2));
  const around = { before: same ? before : [0, 0], after: same ? missing.map((amount, axis) => amount - (before[axis] ?? 0)) : [0, 0] };
  const columnsOf = run(call, unfold, { ...attrs, padding: around }, [run(call, permute, { axes: [0, 3, 1, 2] }, [images])]);
  return run(call, reshape, { sizes: [input[0] ?? NaN, height, width, -1] }, [run(call, permute, { axes: [0, 2, 1] }, [columnsOf])]);
}

export const nnRows: readonly LibraryEntry[] = [
  ...inModules(['keras.ops'], 'conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1)', ({ inputs, kernel, strides, padding, data_format, dilation_rate }, call) =>
    convolved(call, {
    x: inputs, kernel, strides, padding, format: data_format, dilation: dilation_rate,
  })),
  ...inModules(
    ['keras.ops'],
    'depthwise_conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1)',
    ({ inputs, kernel, strides, padding, data_format, dilation_rate }, call) => convolved(call, { x: inputs, kernel, strides, padding, format: data_format, dilation: dilation_rate, depthwise: true }),
  ),
  ...inModules(
    ['keras.ops'],
    'conv_transpose(inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1)',
    ({ inputs, kernel, strides, padding, data_format }, call) => transposed(call, inputs, kernel, strides, padding, data_format),
  ),
  ...['conv1d', 'conv2d', 'conv3d', 'convolution'].flatMap(name =>
    inModules(['tensorflow.nn'], `${name}(input, filters, strides=1, padding="VALID", data_format=None, dilations=None, name=None)` as 'conv2d(input, filters, strides=1, padding="VALID", data_format=None, dilations=None)',
    ({ input, filters, strides, padding, data_format, dilations }, call) => convolved(call, { x: input, kernel: filters, strides, padding, format: data_format, dilation: dilations }))),
  ...inModules(
    ['tensorflow.nn'],
    'depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None)',
    ({ input, filter, strides, padding, data_format, dilations }, call) => convolved(call, { x: input, kernel: filter, strides, padding, format: data_format, dilation: dilations, depthwise: true }),
  ),
  ...inModules(
    ['tensorflow.nn'],
    'conv2d_transpose(input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None)',
    ({ input, filters, strides, padding, data_format }, call) => transposed(call, input, filters, strides, padding, data_format),
  ),
  ...['conv1d', 'conv2d', 'conv3d'].flatMap(name =>
    inModules(['keras.backend'], `${name}(x, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1)` as
      'conv2d(x, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1)',
    ({ x, kernel, strides, padding, data_format, dilation_rate }, call) => convolved(call, { x, kernel, strides, padding, format: data_format, dilation: dilation_rate }))),
  ...inModules(['keras.ops'], 'max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None)', ({ inputs, pool_size, strides, padding, data_format }, call) =>
    pooled(call, 'max', inputs, pool_size, strides, padding, data_format)),
  ...inModules(['keras.ops'], 'average_pool(inputs, pool_size, strides=None, padding="valid", data_format=None)', ({ inputs, pool_size, strides, padding, data_format }, call) =>
    pooled(call, 'average', inputs, pool_size, strides, padding, data_format)),
  ...(['max', 'avg'] as const).flatMap(kind => [
    '', '1d', '2d', '3d',
  ].flatMap(rank => inModules(['tensorflow.nn'], `${kind}_pool${rank}(input, ksize, strides, padding, data_format=None, name=None)` as 'max_pool(input, ksize, strides, padding, data_format=None)',
    ({ input, ksize, strides, padding, data_format }, call) => pooled(call, kind === 'max' ? 'max' : 'average', input, ksize, strides, padding, data_format)))),
  ...inModules(
    ['keras.ops.image'],
    'resize(images, size, interpolation="bilinear", antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant", fill_value=0.0, data_format=None)',
    ({ images, size, interpolation, data_format }, call) => resized(call, images, size, interpolation, data_format),
  ),
  ...inModules(
    ['tensorflow.image'],
    'resize(images, size, method="bilinear", preserve_aspect_ratio=False, antialias=False, name=None)',
    ({ images, size, method }, call) => resized(call, images, size, method),
  ),
  ...inModules(
    ['tensorflow.image'],
    'resize_with_pad(image, target_height, target_width, method="bilinear", antialias=False)',
    ({ image, target_height, target_width }, call) => run(call, interpolate, { size: [intOf(target_height), intOf(target_width)], factor: null, mode: 'bilinear', layout: 'channels-last' }, [image]),
  ),
  ...inModules(['tensorflow.image'], 'extract_patches(images, sizes, strides, rates, padding, name=None)', ({ images, sizes, strides, rates, padding }, call) =>
    patches(call, images, sizes, strides, rates, padding)),
  ...inModules(
    ['keras.ops.image'],
    'extract_patches(images, size, strides=None, dilation_rate=1, padding="valid", data_format=None)',
    ({ images, size, strides, dilation_rate, padding }, call) => patches(call, images, size, strides, dilation_rate, padding),
  ),
  ...inModules(['tensorflow.nn'], 'bias_add(value, bias, data_format=None, name=None)', ({ value, bias }, call) => run(call, elementwise, { function: 'add' }, [value, bias])),
  ...inModules(['keras.backend'], 'bias_add(x, bias, data_format=None)', ({ x, bias }, call) => run(call, elementwise, { function: 'add' }, [x, bias])),
  ...inModules(['tensorflow.nn'], 'batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None)', ({ x, offset, scale }, call) => run(
    call,
    batchNorm,
    { channels: sizesOf(x)[sizesOf(x).length - 1] ?? NaN, scale: given(scale) !== undefined, shift: given(offset) !== undefined, statistics: 'none', axis: -1 },
    [x],
    { weights: [given(scale), given(offset)] },
  )),
  ...inModules(['keras.ops'], 'batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=0.001)', ({ x, axis, offset, scale }, call) => {
    const at = intOf(axis);
    const sizes = sizesOf(x);
    return run(
      call,
      batchNorm,
      { channels: sizes[at < 0 ? at + sizes.length : at] ?? NaN, scale: given(scale) !== undefined, shift: given(offset) !== undefined, statistics: 'none', axis: at },
      [x],
      { weights: [given(scale), given(offset)] },
    );
  }),
  ...inModules(['keras.ops'], 'layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None, **kwargs)', ({ x, gamma, beta, axis }, call) => {
    const at = intOf(axis);
    const sizes = sizesOf(x);
    return run(
      call,
      layerNorm,
      { normalizedShape: [sizes[at < 0 ? at + sizes.length : at] ?? NaN], scale: given(gamma) !== undefined, shift: given(beta) !== undefined, axes: [at] },
      [x],
      { weights: [given(gamma), given(beta)] },
    );
  }),
];

