/** Recurrent layers and their cells. A stack of cells is run by Keras' own rule, one cell after the other. */
import { recurrent, recurrentCell, type RecurrentAttrs, type RecurrentCellAttrs, type RecurrentKind } from '../../../ops/recurrent';
import { reshape } from '../../../ops/reshape';
import type { WeightSpec } from '../../../ops/define';
import { boolOf, intOf } from '../../python/convert';
import type { LibraryEntry } from '../../python/library';
import { list, none, tuple, type Value } from '../../python/values';
import { layer, type Incoming, type LayerCall } from '../layer';
import { tensorsIn } from '../structures';
import { argument } from './attention';

interface RecurrentParameters { readonly units: Value; readonly use_bias: Value; readonly return_sequences: Value; readonly return_state: Value }

const common = 'kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros"';
const tail = 'kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, time_major=False';

function attrsOf(cell: RecurrentKind, p: RecurrentParameters, { first }: Incoming): RecurrentAttrs {
  return {
    cell, inputSize: first[first.length - 1] ?? NaN, hiddenSize: intOf(p.units), layers: 1, bias: boolOf(p.use_bias, true), batchFirst: true, bidirectional: false, projectionSize: 0,
    singleBias: true, returnSequence: boolOf(p.return_sequences),
  };
}

const gates: Readonly<Record<RecurrentKind, number>> = { rnn: 1, lstm: 4, gru: 3 };

/** Keras' weights of one cell. A GRU that resets after the product has two biases. */
function cellWeights(cell: RecurrentKind, inputs: number, units: number, bias: boolean, resetAfter: boolean): readonly WeightSpec[] {
  const width = gates[cell] * units;
  return [
    { name: 'kernel', sizes: [inputs, width] }, { name: 'recurrent_kernel', sizes: [units, width] },
    ...(bias ? [{ name: 'bias', sizes: cell === 'gru' && resetAfter ? [2, width] : [width] }] : []),
  ];
}

/** The sequence or its last step, then the states where they are asked for. */
const sequenceCall: LayerCall<'keras.layers.LSTM(return_state)', RecurrentAttrs> = ({ p, inputs, apply, applyOther, attrs }) => {
  const [input = none] = inputs;
  const made = apply([input]);
  if (made.kind !== 'tuple') return made;
  const [output = none, ...states] = made.items;
  if (!boolOf(p.return_state)) return output;
  return list([output, ...states.map(state => applyOther(reshape, { sizes: [batchOfState(state), attrs.hiddenSize] }, [state]))]);
};

/** States come as (layers, batch, units); Keras has no axis for layers. */
function batchOfState(state: Value): number {
  const [tensor] = tensorsIn(state);
  const shape = tensor?.tensor.shape;
  const batch = shape && !('kind' in shape) ? shape[1] : undefined;
  return typeof batch === 'number' ? batch : -1;
}

function sequence<S extends string>(cell: RecurrentKind, text: S, resetAfter: (p: Readonly<Record<string, Value>>) => boolean): LibraryEntry {
  return layer(recurrent, text as 'keras.layers.LSTM(units, use_bias=True, return_sequences=False, return_state=False)', (p, incoming) => attrsOf(cell, p, incoming), {
    joins: true, activationInside: true,
    attributes: p => ({ state_size: cell === 'lstm' ? list([p.units, p.units]) : p.units }),
    aliases: { units: 'hiddenSize' },
    weights: (attrs, p) => cellWeights(cell, attrs.inputSize, attrs.hiddenSize, attrs.bias, resetAfter(p)),
    call: sequenceCall as LayerCall<'keras.layers.LSTM(units, use_bias=True, return_sequences=False, return_state=False)', RecurrentAttrs>,
  });
}

interface CellParameters { readonly units: Value; readonly use_bias: Value }

/** `cell(inputs, states)` gives the output and the new states. */
function cellRow<S extends string>(cell: RecurrentKind, text: S, resetAfter: (p: Readonly<Record<string, Value>>) => boolean): LibraryEntry {
  return layer(recurrentCell, text as 'keras.layers.LSTMCell(units, use_bias=True)', (p: CellParameters, { first }): RecurrentCellAttrs => ({
    cell, inputSize: first[first.length - 1] ?? NaN, hiddenSize: intOf(p.units), bias: boolOf(p.use_bias, true),
  }), {
    activationInside: true, aliases: { units: 'hiddenSize' },
    attributes: p => ({ state_size: cell === 'lstm' ? list([p.units, p.units]) : p.units, output_size: p.units }),
    weights: (attrs, p) => cellWeights(cell, attrs.inputSize, attrs.hiddenSize, attrs.bias, resetAfter(p)),
    call: ({ inputs: [input = none], apply }, args) => {
      const states = tensorsIn(argument(args, 1, 'states') ?? none);
      const made = apply([input, ...states.slice(0, cell === 'lstm' ? 2 : 1)]);
      const [output = none, memory] = made.kind === 'tuple' ? made.items : [made];
      return tuple([output, list(cell === 'lstm' && memory ? [output, memory] : [output])]);
    },
  });
}

const plain = (): boolean => false;
const resets = (p: Readonly<Record<string, Value>>): boolean => boolOf(p['reset_after'], true);

export const recurrentLayers: readonly LibraryEntry[] = [
  sequence('lstm', `keras.layers.LSTM(units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, ${common}, unit_forget_bias=True, ${tail}, **kwargs)`, plain),
  sequence('gru', `keras.layers.GRU(units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, ${common}, ${tail}, reset_after=True, **kwargs)`, resets),
  sequence('rnn', `keras.layers.SimpleRNN(units, activation="tanh", use_bias=True, ${common}, ${tail}, **kwargs)`, plain),
  cellRow(
    'lstm',
    `keras.layers.LSTMCell(units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, ${common}, unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs)`,
    plain,
  ),
  cellRow(
    'gru',
    `keras.layers.GRUCell(units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, ${common}, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, dropout=0.0, recurrent_dropout=0.0, reset_after=True, seed=None, **kwargs)`,
    resets,
  ),
  cellRow(
    'rnn',
    `keras.layers.SimpleRNNCell(units, activation="tanh", use_bias=True, ${common}, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs)`,
    plain,
  ),
];
