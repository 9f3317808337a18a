/** Recurrent layers. Source: caffe, recurrent_layer.cpp, lstm_layer.cpp, rnn_layer.cpp. */
import { product } from '../../../tensor/shape';
import { recurrent } from '../../../ops/recurrent';
import { layer, use, type LayerApplication, type LayerCall, type LayerRow, type Unfollowed } from '../layer';

/** Bottoms: steps × streams × features, marks where sequences go on, and optionally an input that is the same at every step. */
function recurrence(call: LayerCall<'recurrent_param'>, cell: 'lstm' | 'rnn'): LayerApplication | Unfollowed {
  const { p, inputs } = call;
  const [sequence, , constant] = inputs;
  if (sequence && sequence.length !== 3 && sequence.length !== 2) return { unfollowed: `${cell === 'lstm' ? 'an LSTM' : 'an RNN'} over ${sequence.length} axes is not modelled` };
  // With `expose_hidden` the first states are bottoms too, and stand before an input that stays the same.
  if (p.flag('expose_hidden', false)) return { unfollowed: '`expose_hidden` is not modelled' };
  return use(recurrent, {
    cell, inputSize: sequence?.at(-1) ?? NaN, hiddenSize: p.required('num_output'), layers: 1, bias: true, singleBias: true,
    batchFirst: false, bidirectional: false, projectionSize: 0, sequenceOnly: true,
    ...(inputs.length > 2 ? { staticSize: constant ? product(constant.slice(1)) : NaN } : {}),
    ...(cell === 'rnn' ? { outputLayer: true } : {}),
  }, { reads: [0] });
}

export const recurrentLayers: readonly LayerRow[] = [
  layer('LSTM', 'recurrent_param', call => recurrence(call, 'lstm'), { bottoms: [2, 5], labelsFrom: 1, places: { hiddenSize: ['num_output'] } }),
  layer('RNN', 'recurrent_param', call => recurrence(call, 'rnn'), { bottoms: [2, 5], labelsFrom: 1, places: { hiddenSize: ['num_output'] } }),
];
