/** What the constructors of Keras' layers refuse, by layer and parameter. Source: the checks in keras/src/layers (Keras 3), tried on Keras 3.15. */
import type { Location } from '../../base/span';
import { itemsOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import { aLayer, atLeast, between, callable, named, number, numbersIn, oneOf, several, sides, whole, wholePerAxis, wholes, type Demand, type Given } from './refusals';

const convolution = /^(?:Conv[123]D(?:Transpose)?|SeparableConv[12]D|DepthwiseConv[12]D|ConvLSTM[123]D)$/;
const filtering = /^(?:Conv[123]D(?:Transpose)?|SeparableConv[12]D|ConvLSTM[123]D)$/;
const pooling = /^(?:Max|Average)Pooling[123]D$/;
const counting = /^(?:Dense|LSTM|GRU|SimpleRNN|LSTMCell|GRUCell|SimpleRNNCell)$/;
const dropping = /^(?:Dropout|SpatialDropout[123]D|GaussianDropout|AlphaDropout)$/;
const wrapping = /^(?:Bidirectional|TimeDistributed|SpectralNormalization|Wrapper)$/;
const any = /./;

/** Earlier versions know some under further names. Source: the tables of keras/src/initializers, regularizers and constraints. */
export const initializers: ReadonlySet<string> = new Set(('Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer Initializer LecunNormal LecunUniform Ones Orthogonal '
  + 'OrthogonalInitializer RandomNormal RandomUniform STFT STFTInitializer TruncatedNormal VarianceScaling Zeros constant glorot_normal glorot_uniform he_normal he_uniform identity initializer '
  + 'lecun_normal lecun_uniform normal one ones orthogonal random_normal random_uniform stft truncated_normal uniform variance_scaling zero zeros').split(' '));
const regularizers: ReadonlySet<string> = new Set('L1 L1L2 L2 OrthogonalRegularizer Regularizer l1 l1l2 l1_l2 l2 orthogonal_regularizer regularizer'.split(' '));
const constraints: ReadonlySet<string> = new Set('Constraint MaxNorm MinMaxNorm NonNeg UnitNorm constraint max_norm maxnorm min_max_norm non_neg nonneg unit_norm unitnorm'.split(' '));

const parts = ['kernel', 'bias', 'recurrent', 'depthwise', 'pointwise', 'embeddings', 'beta', 'gamma', 'alpha', 'moving_mean', 'moving_variance'];

const demands: readonly Demand[] = [
  whole(counting, 'units'), whole(filtering, 'filters'), whole(/^(?:Depthwise|Separable)Conv/, 'depth_multiplier'), whole(/^Conv[123]D$/, 'groups'),
  whole(/^Embedding$/, 'input_dim'), whole(/^Embedding$/, 'output_dim'), whole(/^RepeatVector$/, 'n'), whole(/^UpSampling1D$/, 'size'), whole(/^GroupNormalization$/, 'groups'),
  whole(/^MultiHeadAttention$/, 'num_heads'), whole(/^MultiHeadAttention$/, 'key_dim'), whole(/^MultiHeadAttention$/, 'value_dim', { orNone: true }),
  whole(/^GroupQueryAttention$/, 'head_dim'), whole(/^GroupQueryAttention$/, 'num_query_heads'), whole(/^GroupQueryAttention$/, 'num_key_value_heads'),
  whole(/^Concatenate$/, 'axis'), wholes(/^Dot$/, 'axes'), wholes(/^(?:Layer|Unit)Normalization$/, 'axis'), wholes(/^Softmax$/, 'axis', { orNone: true }),
  wholes(/^MultiHeadAttention$/, 'output_shape', { orNone: true }), wholes(/^MultiHeadAttention$/, 'attention_axes', { orNone: true }),
  several(/^Reshape$/, 'target_shape'), several(/^Permute$/, 'dims'),
  number(/^BatchNormalization$/, 'axis'), number(/^LeakyReLU$/, 'negative_slope'), number(/^ReLU$/, 'negative_slope'), number(/^ReLU$/, 'threshold'),
  between(dropping, 'rate', 0, 1), between(/^GaussianNoise$/, 'stddev', 0, 1),
  aLayer(wrapping, 'layer'), callable(/^Lambda$/, 'function'),
  ...parts.flatMap(part => [
    named(any, `${part}_initializer`, 'an initializer', initializers), named(any, `${part}_regularizer`, 'a regularizer', regularizers), named(any, `${part}_constraint`, 'a constraint', constraints),
  ]),
  atLeast(counting, 'units', 1), atLeast(filtering, 'filters', 1), atLeast(convolution, 'kernel_size', 1), atLeast(convolution, 'strides', 1), atLeast(convolution, 'dilation_rate', 1),
  atLeast(/^(?:Depthwise|Separable)Conv/, 'depth_multiplier', 1), atLeast(/^Conv[123]D$/, 'groups', 1), atLeast(pooling, 'pool_size', 1), atLeast(/^UpSampling/, 'size', 1),
  atLeast(/^Embedding$/, 'input_dim', 1), atLeast(/^Embedding$/, 'output_dim', 1), atLeast(/^RepeatVector$/, 'n', 1),
  atLeast(/^MultiHeadAttention$/, 'num_heads', 1), atLeast(/^MultiHeadAttention$/, 'key_dim', 1), atLeast(/^MultiHeadAttention$/, 'value_dim', 1),
  atLeast(/^LeakyReLU$/, 'negative_slope', 0), atLeast(/^LeakyReLU$/, 'alpha', 0), atLeast(/^ReLU$/, 'negative_slope', 0), atLeast(/^ReLU$/, 'threshold', 0), atLeast(/^ReLU$/, 'max_value', 0),
  atLeast(/^SpectralNormalization$/, 'power_iterations', 1),
  ...[1, 2, 3].flatMap(axes => [
    ...['kernel_size', 'strides', 'dilation_rate'].map(parameter => wholePerAxis(new RegExp(`Conv(?:LSTM)?${axes}D(?:Transpose)?$`), parameter, axes)),
    wholePerAxis(new RegExp(`^(?:Max|Average)Pooling${axes}D$`), 'pool_size', axes), wholePerAxis(new RegExp(`^(?:Max|Average)Pooling${axes}D$`), 'strides', axes, { orNone: true }),
    wholePerAxis(new RegExp(`Conv${axes}DTranspose$`), 'output_padding', axes, { orNone: true }),
    sides(new RegExp(`^ZeroPadding${axes}D$`), 'padding', axes), sides(new RegExp(`^Cropping${axes}D$`), 'cropping', axes),
  ]),
  wholePerAxis(/^UpSampling2D$/, 'size', 2), wholePerAxis(/^UpSampling3D$/, 'size', 3),
  // Earlier versions pad causally in further layers of one dimension.
  oneOf(/Conv[23]D(?:Transpose)?$/, 'padding', ['valid', 'same'], { orNone: false }), oneOf(/Conv1D$/, 'padding', ['valid', 'same', 'causal'], { orNone: false }), oneOf(pooling, 'padding', ['valid', 'same']),
  oneOf(/(?:[123]D(?:Transpose)?|^Flatten)$/, 'data_format', ['channels_first', 'channels_last']), 
  oneOf(/^(?:Resizing|UpSampling2D)$/, 'interpolation', ['bilinear', 'nearest', 'bicubic', 'lanczos3', 'lanczos5', 'area', 'gaussian', 'mitchellcubic']),
  atLeast(/^ZeroPadding1D$/, 'padding', 0), number(/^Masking$/, 'mask_value'),
  number(/^Resizing$/, 'height'), number(/^Resizing$/, 'width'), atLeast(/^Reshape$/, 'target_shape', -1),
  {
    layers: /^Conv(?:LSTM)?[123]D(?:Transpose)?$/,
    broken: given => {
      const [strides, dilation] = [numbersIn(given.get('strides')), numbersIn(given.get('dilation_rate'))];
      return Math.max(1, ...strides) > 1 && Math.max(1, ...dilation) > 1 ? '`strides > 1` not supported in conjunction with `dilation_rate > 1`' : undefined;
    },
  },
  {
    layers: /Transpose$/,
    broken: given => {
      const [strides, more] = [numbersIn(given.get('strides')), numbersIn(given.get('output_padding'))];
      return more.some((size, axis) => size >= (strides[axis] ?? strides[0] ?? Infinity)) ? '`output_padding` must be strictly less than `strides` for all dimensions' : undefined;
    },
  },
  { layers: /^GroupNormalization$/, broken: given => (numbersIn(given.get('groups')).some(groups => groups === 0 || groups < -1) ? '`groups` must be a positive integer, or -1 for one group a channel' : undefined) },
  {
    layers: /^GroupQueryAttention$/,
    broken: given => {
      const [[heads = NaN], [kept = NaN]] = [numbersIn(given.get('num_query_heads')), numbersIn(given.get('num_key_value_heads'))];
      return heads % kept > 0 ? '`num_query_heads` must be divisible by `num_key_value_heads`' : undefined;
    },
  },
  { layers: /^Cropping/, broken: given => ([...(itemsOf(given.get('cropping')) ?? []), given.get('cropping')].some(side => numbersIn(side).some(amount => amount < 0)) ? '`cropping` cannot be negative' : undefined) },
  { layers: /^Reshape$/, broken: given => (numbersIn(given.get('target_shape')).filter(size => size === -1).length > 1 ? 'There must be at most one unknown dimension (-1) in `target_shape`' : undefined) },
  { layers: /^Dot$/, broken: given => ((itemsOf(given.get('axes'))?.length ?? 2) === 2 ? undefined : '`axes` should contain two elements') },
  {
    layers: /^Permute$/,
    broken: given => {
      const axes = itemsOf(given.get('dims'));
      const numbers = numbersIn(given.get('dims'));
      if (axes?.length !== numbers.length || [...numbers].sort((a, b) => a - b).every((axis, i) => axis === i + 1)) return undefined;
      return 'The set of indices in `dims` must be consecutive and start from 1';
    },
  },
];

const demandsOfLayer = new Map<string, readonly Demand[]>();

/** Asked for each layer that is made, of a few dozen names. */
function demandsOf(name: string): readonly Demand[] {
  const known = demandsOfLayer.get(name) ?? demands.filter(({ layers }) => layers.test(name));
  demandsOfLayer.set(name, known);
  return known;
}

/** Raises what Keras raises of the arguments of one of its layers. */
export function checkArguments(interpreter: Interpreter, layer: string, given: Given, at: Location): void {
  const name = layer.slice(layer.lastIndexOf('.') + 1);
  for (const { broken } of demandsOf(name)) {
    const message = broken(given);
    if (message !== undefined) interpreter.raise('ValueError', message, at);
  }
}
