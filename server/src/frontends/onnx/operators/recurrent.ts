/** Recurrent layers. Source: onnx.ai/onnx/operators/onnx__LSTM.html. */
import { isUnknown, unknown } from '../../../base/unknown';
import { recurrent, type RecurrentKind } from '../../../ops/recurrent';
import { use, type Answer, type Call, type Operator, type Operators } from '../call';

/** Inputs: X, W, R, then optionally B, lengths, first state, first cell, and the peepholes P. */
function recurrentOf(cell: RecurrentKind): Operator {
  return (call: Call): Answer => {
    const sizes = call.sizes(2) ?? call.sizes(1);
    const inputSize = call.sizes(1)?.[2] ?? call.sizes(0)?.[2] ?? NaN;
    const hiddenSize = call.int('hidden_size', call.sizes(2)?.[2] ?? NaN);
    if (!sizes) return isUnknown(call.tensor(1)?.tensor.shape) ? call.hidden(1) : unknown(`the sizes of the weights of \`${call.node.opType}\` are not known`, call.around.at);
    return use({
      op: recurrent,
      attrs: {
        cell, inputSize, hiddenSize, layers: 1, bias: call.given(3), batchFirst: call.int('layout', 0) === 1, bidirectional: call.text('direction', 'forward') === 'bidirectional',
        projectionSize: 0, directionsApart: true,
      },
      inputs: [call.inputs[0], call.inputs[5], call.inputs[6]], weights: [call.inputs[1], call.inputs[2], call.inputs[3], call.inputs[7]],
    });
  };
}

export const recurrentOperators: Operators = { RNN: recurrentOf('rnn'), GRU: recurrentOf('gru'), LSTM: recurrentOf('lstm') };
