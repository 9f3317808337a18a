/** What each operator demands of its attributes and weights, by domain and name. */
import type { Sizes } from '../../../tensor/shape';
import type { Call } from '../call';
import { axes, axis, both, integers, oneOf, wholeNumber, type AttributeDemand, type Count, type Demands } from '../demands';

const spatial: Count = call => { const rank = call.rank(0); return rank === undefined ? undefined : rank - 2; };
const twiceSpatial: Count = call => { const count = spatial(call); return count === undefined ? undefined : 2 * count; };
const allAxes: Count = call => call.rank(0);

const autoPad = oneOf('NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID');
const window = { kernel_shape: integers(1, spatial), strides: integers(1, spatial), dilations: integers(1, spatial), pads: integers(0, twiceSpatial), auto_pad: autoPad };

/** The kernel that an attribute repeats must be that of the weight. */
function kernelOf(weight: number): AttributeDemand {
  return both(window.kernel_shape, ({ ints }, call) => {
    const kernel = call.sizes(weight)?.slice(2);
    if (!kernel || (kernel.length === ints.length && kernel.every((size, i) => Number.isNaN(size) || size === ints[i]))) return undefined;
    return `is ${ints.join('×')}, but the kernel \`${call.node.inputs[weight] ?? ''}\` is ${kernel.join('×')}`;
  });
}

/** Of a pooling: no window may lie in the padding alone. */
const poolingPads: AttributeDemand = both(window.pads, ({ ints }, call) => {
  const [kernel, dilations] = [call.ints('kernel_shape') ?? [], call.ints('dilations')];
  const wrong = ints.findIndex((pad, i) => pad >= (kernel[i % kernel.length] ?? Infinity) * (dilations?.[i % kernel.length] ?? 1));
  return wrong < 0 ? undefined : `pads ${ints[wrong] ?? ''} where the kernel is ${kernel[wrong % kernel.length] ?? ''}: it must pad less than the kernel`;
});

function convolution(weight: number, bias: number): Demands {
  return {
    attributes: { ...window, kernel_shape: kernelOf(weight), group: wholeNumber(1) },
    weights: call => [[bias, call.sizes(weight)?.slice(0, 1), 'the bias']],
  };
}

const transposed: Demands = {
  attributes: { ...window, kernel_shape: kernelOf(1), group: wholeNumber(1), output_padding: integers(0, spatial), output_shape: integers(1, spatial, allAxes) },
  weights: call => {
    const sizes = call.sizes(1);
    return [[2, sizes && [(sizes[1] ?? NaN) * call.int('group', 1)], 'the bias']];
  },
};

const pooling: Demands = { attributes: { ...window, pads: poolingPads }, required: ['kernel_shape'] };

/** One entry per channel in each of these inputs. */
function perChannel(...inputs: readonly number[]): NonNullable<Demands['weights']> {
  return call => inputs.map(input => [input, channels(call), 'one entry per channel: it'] as const);
}

function channels(call: Call): Sizes | undefined {
  const sizes = call.sizes(0);
  return sizes && sizes.length >= 2 ? [sizes[1] ?? NaN] : undefined;
}

/** W, R, B and P hold the gates of all directions. `gates`: of the cell; `peepholes`: rows of P. */
function recurrent(gates: number, peepholes: number): Demands {
  const directions = (call: Call): number => (call.text('direction', 'forward') === 'bidirectional' ? 2 : 1);
  return {
    attributes: { hidden_size: wholeNumber(1), direction: oneOf('forward', 'reverse', 'bidirectional'), layout: oneOf(0, 1) },
    weights: call => {
      const hidden = call.int('hidden_size', call.sizes(2)?.[2] ?? NaN);
      const [each, features] = [directions(call), call.sizes(0)?.[2] ?? NaN];
      return [
        [1, [each, gates * hidden, features], 'the input weights'], [2, [each, gates * hidden, hidden], 'the recurrent weights'],
        [3, [each, 2 * gates * hidden], 'the bias'], ...(peepholes > 0 ? [[7, [each, peepholes * hidden], 'the peepholes'] as const] : []),
      ];
    },
  };
}

const alongAxis: Demands = { attributes: { axis: axis() } };
const overAxes: Demands = { attributes: { axes: axes() } };
const blocks: Demands = { attributes: { blocksize: wholeNumber(1), mode: oneOf('DCR', 'CRD') }, required: ['blocksize'] };
const arity: AttributeDemand = ({ ints }, call) => {
  const rank = call.rank(0);
  const sorted = [...ints].sort((a, b) => a - b);
  if (rank === undefined || (ints.length === rank && sorted.every((each, i) => each === i))) return undefined;
  return `is [${ints.join(', ')}], but must name each of the ${rank} axes once`;
};

const named: Readonly<Record<string, Demands>> = {
  Conv: convolution(1, 2), ConvInteger: convolution(1, 9), QLinearConv: convolution(3, 8), ConvTranspose: transposed,
  DeformConv: { attributes: { ...window, kernel_shape: kernelOf(1), group: wholeNumber(1), offset_group: wholeNumber(1) }, weights: call => [[3, call.sizes(1)?.slice(0, 1), 'the bias']] },
  MaxPool: { ...pooling, attributes: { ...pooling.attributes, storage_order: oneOf(0, 1) } }, AveragePool: pooling, LpPool: pooling,
  MaxUnpool: { attributes: window, required: ['kernel_shape'] },
  MaxRoiPool: { attributes: { pooled_shape: integers(1, () => 2) }, required: ['pooled_shape'] },
  RoiAlign: { attributes: { mode: oneOf('avg', 'max'), output_height: wholeNumber(1), output_width: wholeNumber(1), sampling_ratio: wholeNumber(0) } },
  Col2Im: { attributes: { strides: integers(1), dilations: integers(1), pads: integers(0) } },
  LRN: { attributes: { size: both(wholeNumber(1), ({ int }) => (int % 2 === 0 ? `is ${int}, but must be odd` : undefined)) }, required: ['size'] },
  LpNormalization: { attributes: { axis: axis(), p: oneOf(1, 2) } },
  // Before version 9 it could normalise each place apart.
  BatchNormalization: { weights: call => (call.flag('spatial', true) ? perChannel(1, 2, 3, 4)(call) : []) }, InstanceNormalization: { weights: perChannel(1, 2) },
  GroupNormalization: { attributes: { num_groups: wholeNumber(1) }, required: ['num_groups'] },
  LayerNormalization: alongAxis, RMSNormalization: alongAxis, MeanVarianceNormalization: overAxes,
  RNN: recurrent(1, 0), GRU: recurrent(3, 0), LSTM: recurrent(4, 3),
  Attention: { attributes: { q_num_heads: wholeNumber(1), kv_num_heads: wholeNumber(1), qk_matmul_output_mode: wholeNumber(0, 3) } },
  LinearAttention: { attributes: { q_num_heads: wholeNumber(1), kv_num_heads: wholeNumber(1) } },
  RotaryEmbedding: { attributes: { num_heads: wholeNumber(0), rotary_embedding_dim: wholeNumber(0) } },
  Softmax: alongAxis, LogSoftmax: alongAxis, Hardmax: alongAxis, ArgMax: alongAxis, ArgMin: alongAxis, TopK: alongAxis, Compress: alongAxis, Unique: alongAxis,
  Gather: alongAxis, GatherElements: alongAxis, Scatter: alongAxis, ScatterElements: alongAxis,
  Concat: alongAxis, Split: { attributes: { axis: axis(), split: integers(0), num_outputs: wholeNumber(1) } },
  Flatten: { attributes: { axis: axis(0, 0, 1) } }, OneHot: { attributes: { axis: axis(0, 1) } }, Transpose: { attributes: { perm: arity } },
  ReduceL1: overAxes, ReduceL2: overAxes, ReduceLogSum: overAxes, ReduceLogSumExp: overAxes, ReduceMax: overAxes, ReduceMean: overAxes, ReduceMin: overAxes,
  ReduceProd: overAxes, ReduceSum: overAxes, ReduceSumSquare: overAxes, Squeeze: overAxes,
  DepthToSpace: blocks, SpaceToDepth: { attributes: { blocksize: wholeNumber(1) }, required: ['blocksize'] },
  Pad: { attributes: { mode: oneOf('constant', 'reflect', 'edge', 'wrap') } },
  GridSample: { attributes: { mode: oneOf('bilinear', 'nearest', 'bicubic', 'linear', 'cubic'), padding_mode: oneOf('zeros', 'border', 'reflection') } },
  Resize: {
    attributes: {
      mode: oneOf('nearest', 'linear', 'cubic'), nearest_mode: oneOf('round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil', 'simple', ''),
      coordinate_transformation_mode: oneOf('half_pixel', 'half_pixel_symmetric', 'pytorch_half_pixel', 'align_corners', 'asymmetric', 'tf_crop_and_resize', 'tf_half_pixel_for_nn'),
      keep_aspect_ratio_policy: oneOf('stretch', 'not_larger', 'not_smaller'), axes: axes(),
    },
  },
  Gelu: { attributes: { approximate: oneOf('none', 'tanh') } }, BitShift: { attributes: { direction: oneOf('LEFT', 'RIGHT') }, required: ['direction'] },
  Cast: { required: ['to'] }, Einsum: { required: ['equation'] },
  Scan: { attributes: { num_scan_inputs: wholeNumber(1) } },
};

const contrib: Readonly<Record<string, Demands>> = {
  FusedConv: convolution(1, 2), QLinearConv: { attributes: { strides: integers(1), dilations: integers(1), pads: integers(0), group: wholeNumber(1), auto_pad: autoPad } },
  QLinearAveragePool: { attributes: { strides: integers(1), pads: integers(0), kernel_shape: integers(1), auto_pad: autoPad }, required: ['kernel_shape'] },
  MatMulNBits: { attributes: { K: wholeNumber(1), N: wholeNumber(1) }, required: ['K', 'N'] }, QLinearSoftmax: alongAxis,
  MultiHeadAttention: { attributes: { num_heads: wholeNumber(1) }, required: ['num_heads'] }, Attention: { attributes: { num_heads: wholeNumber(1) }, required: ['num_heads'] },
  GroupNorm: { attributes: { groups: wholeNumber(1), channels_last: oneOf(0, 1) } },
};

export const demands: ReadonlyMap<string, Readonly<Record<string, Demands>>> = new Map([['', named], ['com.microsoft', contrib]]);
