/** Convolutions and poolings, plain and quantised. */
import { unknown, type Unknown } from '../../../base/unknown';
import { conv } from '../../../ops/conv';
import { convTranspose } from '../../../ops/conv-transpose';
import { deformConv } from '../../../ops/deform-conv';
import { globalPool } from '../../../ops/global-pool';
import { maxUnpool } from '../../../ops/max-unpool';
import { pool, type PoolAttrs } from '../../../ops/pool';
import { regionPool } from '../../../ops/region';
import type { DType } from '../../../tensor/dtype';
import type { Sizes } from '../../../tensor/shape';
import { use, type Answer, type Application, type Call, type Operators } from '../call';
import { windowOf } from './windows';

/** Where an operator keeps its tensors: the quantised forms have scales and zero points in between. */
interface Places {
  readonly weight: number;
  readonly bias: number;
  readonly dtypes?: readonly DType[];
}

function noWeightSizes(call: Call, place: number): Unknown {
  return unknown(`the sizes of the kernel \`${call.node.inputs[place] ?? ''}\` are not known`, call.around.at);
}

export function convolution(call: Call, { weight, bias, dtypes }: Places): Application | Unknown {
  const sizes = call.sizes(weight);
  if (!sizes || sizes.length < 3) return noWeightSizes(call, weight);
  const groups = call.int('group', 1);
  const [outChannels = NaN, perGroup = NaN] = sizes;
  const kernel = call.ints('kernel_shape') ?? sizes.slice(2);
  return use({
    op: conv,
    attrs: { inChannels: perGroup * groups, outChannels, ...windowOf(call, kernel), groups, bias: call.given(bias), layout: 'channels-first' },
    inputs: [call.inputs[0]], weights: [call.inputs[weight], call.inputs[bias]],
    ...(dtypes ? { dtypes } : {}),
  });
}

/** `output_shape` replaces the padding and may name the spatial axes only. Source: onnx.ai/onnx/operators/onnx__ConvTranspose.html. */
function transposed(call: Call): Answer {
  const sizes = call.sizes(1);
  if (!sizes || sizes.length < 3) return noWeightSizes(call, 1);
  const groups = call.int('group', 1);
  const [inChannels = NaN, perGroup = NaN] = sizes;
  const kernel = call.ints('kernel_shape') ?? sizes.slice(2);
  const window = windowOf(call, kernel);
  const zeros = kernel.map(() => 0);
  const stated = call.ints('output_shape');
  const outputSize = stated && stated.length > 0 ? stated.slice(-kernel.length) : undefined;
  const outputPadding = call.ints('output_padding');
  return use({
    op: convTranspose,
    attrs: {
      inChannels, outChannels: perGroup * groups, ...window, padding: window.padding === 'valid' ? { before: zeros, after: zeros } : window.padding,
      outputPadding: outputPadding?.length === kernel.length ? outputPadding : zeros, groups, bias: call.given(2), layout: 'channels-first',
      ...(outputSize ? { outputSize } : {}),
    },
    inputs: [call.inputs[0]], weights: [call.inputs[1], call.inputs[2]],
  });
}

/** Inputs: X, W, offset, then optionally bias and mask. */
function deformable(call: Call): Answer {
  const sizes = call.sizes(1);
  if (!sizes || sizes.length < 3) return noWeightSizes(call, 1);
  const groups = call.int('group', 1);
  const [outChannels = NaN, perGroup = NaN] = sizes;
  return use({
    op: deformConv,
    attrs: {
      inChannels: perGroup * groups, outChannels, ...windowOf(call, call.ints('kernel_shape') ?? sizes.slice(2)), groups, bias: call.given(3),
      layout: 'channels-first', offsetGroups: call.int('offset_group', 1),
    },
    inputs: [call.inputs[0], call.inputs[2], call.inputs[4]], weights: [call.inputs[1], call.inputs[3]],
  });
}

export function pooling(call: Call, kind: PoolAttrs['function'], layout: PoolAttrs['layout'] = 'channels-first'): Application | Unknown {
  const kernel = call.ints('kernel_shape');
  if (!kernel || kernel.length === 0) return unknown(`\`${call.node.opType}\` states no kernel_shape`, call.around.at);
  return use({
    op: pool,
    attrs: {
      function: kind, ...windowOf(call, kernel), rounding: call.flag('ceil_mode') ? 'ceil' : 'floor', clipStart: true, layout,
      ...(call.wants(1) ? { returnIndices: true } : {}),
    },
    inputs: [call.inputs[0]],
  });
}

export function globalPooling(kind: 'max' | 'average' | 'lp'): (call: Call) => Answer {
  return call => use({ op: globalPool, attrs: { function: kind, layout: 'channels-first', keepDims: true }, inputs: [call.inputs[0]] });
}

/** The optional third input is the whole output shape. */
function unpooling(call: Call): Answer {
  const kernel = call.ints('kernel_shape') ?? [];
  const wanted = call.given(2) ? call.content(2) : undefined;
  if (call.given(2) && !wanted) return call.hidden(2);
  const { stride, padding } = windowOf(call, kernel);
  return use({
    op: maxUnpool, attrs: { kernel, stride, padding, layout: 'channels-first', ...(wanted ? { outputSize: wanted.slice(-kernel.length) } : {}) },
    inputs: [call.inputs[0], call.inputs[1]],
  });
}

function regionPooling(kind: 'align' | 'pool', outputSize: (call: Call) => Sizes): (call: Call) => Answer {
  return call => use({ op: regionPool, attrs: { function: kind, outputSize: outputSize(call) }, inputs: [call.inputs[0], call.inputs[1]] });
}

/** The type that a quantised operator gives is that of its output's zero point. */
export function quantisedType(call: Call, zeroPoint: number): DType {
  return call.given(zeroPoint) ? call.dtype(zeroPoint) : 'uint8';
}

export const convolutionOperators: Operators = {
  Conv: call => convolution(call, { weight: 1, bias: 2 }),
  ConvInteger: call => convolution(call, { weight: 1, bias: 9, dtypes: ['int32'] }),
  QLinearConv: call => convolution(call, { weight: 3, bias: 8, dtypes: [quantisedType(call, 7)] }),
  ConvTranspose: transposed,
  DeformConv: deformable,
  MaxPool: call => pooling(call, 'max'),
  AveragePool: call => pooling(call, 'average'),
  LpPool: call => pooling(call, 'lp'),
  GlobalMaxPool: globalPooling('max'),
  GlobalAveragePool: globalPooling('average'),
  GlobalLpPool: globalPooling('lp'),
  MaxUnpool: unpooling,
  MaxRoiPool: regionPooling('pool', call => call.ints('pooled_shape') ?? [NaN, NaN]),
  RoiAlign: regionPooling('align', call => [call.int('output_height', 1), call.int('output_width', 1)]),
};
