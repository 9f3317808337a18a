/** What the constructors of Keras' layers refuse, by layer and parameter. Source: the checks in keras/src/layers (Keras 3), tried on Keras 3.15. */
import type { Location } from '../../base/span';
import { itemsOf, stringOf } from '../python/convert';
import type { Interpreter } from '../python/interpreter';
import type { Value } from '../python/values';

type Given = ReadonlyMap<string, Value>;

interface Demand {
  readonly layers: RegExp;
  /** What is wrong with these arguments; undefined: nothing, or nobody can tell. */
  readonly broken: (given: Given) => string | undefined;
}

function numberIn(value: Value | undefined): number | undefined {
  return value?.kind === 'int' || value?.kind === 'float' ? value.value : undefined;
}

/** A number for all axes, or one for each. */
function numbersIn(value: Value | undefined): readonly number[] {
  return (itemsOf(value) ?? (value ? [value] : [])).flatMap(item => numberIn(item) ?? []);
}

/** Each number of the parameter is at least `least`. */
function atLeast(layers: RegExp, parameter: string, least: number): Demand {
  return {
    layers,
    broken: given => {
      const wrong = numbersIn(given.get(parameter)).find(number => number < least);
      return wrong === undefined ? undefined : `Received an invalid value for \`${parameter}\`: ${least === 1 ? 'expected a positive integer' : 'it cannot be negative'}, not ${wrong}`;
    },
  };
}

function oneOf(layers: RegExp, parameter: string, choices: readonly string[]): Demand {
  return {
    layers,
    broken: given => {
      const text = stringOf(given.get(parameter));
      if (text === undefined || choices.includes(text.toLowerCase())) return undefined;
      return `The \`${parameter}\` argument must be one of ${choices.map(choice => `'${choice}'`).join(', ')}. Received: ${text}`;
    },
  };
}

/** As many numbers as there are axes in the layer's name. */
function perAxis(layers: RegExp, parameter: string, axes: number): Demand {
  return {
    layers,
    broken: given => {
      const count = itemsOf(given.get(parameter))?.length;
      return count === undefined || count === axes ? undefined : `The \`${parameter}\` argument must be a tuple of ${axes} integers. Received ${count} of them`;
    },
  };
}

const convolution = /^(?:Conv[123]D(?:Transpose)?|SeparableConv[12]D|DepthwiseConv[12]D)$/;
const filtering = /^(?:Conv[123]D(?:Transpose)?|SeparableConv[12]D)$/;
const pooling = /^(?:Max|Average)Pooling[123]D$/;
const recurrent = /^(?:Dense|LSTM|GRU|SimpleRNN|LSTMCell|GRUCell|SimpleRNNCell)$/;

const demands: readonly Demand[] = [
  atLeast(recurrent, 'units', 1), atLeast(filtering, 'filters', 1), atLeast(convolution, 'kernel_size', 1), atLeast(convolution, 'strides', 1), atLeast(convolution, 'dilation_rate', 1),
  atLeast(/^(?:Depthwise|Separable)Conv/, 'depth_multiplier', 1), atLeast(/^Conv[123]D$/, 'groups', 1), atLeast(pooling, 'pool_size', 1), atLeast(/^UpSampling/, 'size', 1),
  atLeast(/^Embedding$/, 'input_dim', 1), atLeast(/^Embedding$/, 'output_dim', 1), atLeast(/^RepeatVector$/, 'n', 1),
  atLeast(/^MultiHeadAttention$/, 'num_heads', 1), atLeast(/^MultiHeadAttention$/, 'key_dim', 1),
  atLeast(/^LeakyReLU$/, 'negative_slope', 0), atLeast(/^LeakyReLU$/, 'alpha', 0), atLeast(/^ReLU$/, 'negative_slope', 0), atLeast(/^ReLU$/, 'threshold', 0), atLeast(/^ReLU$/, 'max_value', 0),
  ...[1, 2, 3].flatMap(axes => [
    ...['kernel_size', 'strides', 'dilation_rate'].map(parameter => perAxis(new RegExp(`Conv${axes}D(?:Transpose)?$`), parameter, axes)),
    perAxis(new RegExp(`^(?:Max|Average)Pooling${axes}D$`), 'pool_size', axes),
  ]),
  // Earlier versions pad causally in further layers of one dimension.
  oneOf(/Conv[23]D(?:Transpose)?$/, 'padding', ['valid', 'same']), oneOf(/Conv1D$/, 'padding', ['valid', 'same', 'causal']), oneOf(pooling, 'padding', ['valid', 'same']),
  oneOf(/[123]D(?:Transpose)?$/, 'data_format', ['channels_first', 'channels_last']),
  {
    layers: /^Conv[123]D(?:Transpose)?$/,
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
];

/** Raises what Keras raises of the arguments of one of its layers. */
export function checkArguments(interpreter: Interpreter, layer: string, given: Given, at: Location): void {
  const name = layer.slice(layer.lastIndexOf('.') + 1);
  for (const { layers, broken } of demands) {
    const message = layers.test(name) ? broken(given) : undefined;
    if (message !== undefined) interpreter.raise('ValueError', message, at);
  }
}
