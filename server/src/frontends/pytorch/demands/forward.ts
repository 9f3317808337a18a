/** Names of the arguments of a layer's `forward`, where there is more than the input. */
const parameters: readonly (readonly [names: string, parameters: string])[] = [
  ['RNN LSTM GRU RNNCell LSTMCell GRUCell', 'input hx'],
  ['MultiheadAttention', 'query key value key_padding_mask need_weights attn_mask average_attn_weights is_causal'],
  ['Bilinear', 'input1 input2'],
  ['EmbeddingBag', 'input offsets per_sample_weights'],
  ['MSELoss L1Loss SmoothL1Loss HuberLoss KLDivLoss PoissonNLLLoss HingeEmbeddingLoss SoftMarginLoss MultiLabelSoftMarginLoss BCELoss BCEWithLogitsLoss', 'input target'],
  ['CrossEntropyLoss NLLLoss MultiMarginLoss MultiLabelMarginLoss', 'input target'],
];

const byName: ReadonlyMap<string, readonly string[]> = new Map(parameters.flatMap(([names, text]) => names.split(' ').map(name => [`torch.nn.${name}`, text.split(' ')] as const)));
const onlyInput = ['input'];

export function forwardParameters(layer: string): readonly string[] {
  return byName.get(layer) ?? onlyInput;
}
