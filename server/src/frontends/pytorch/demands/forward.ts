/** Names of the arguments of a layer's `forward`, where there is more than the input. */
const parameters: readonly (readonly [names: string, parameters: string])[] = [
  ['RNN LSTM GRU RNNCell LSTMCell GRUCell', 'input hx'],
  ['MultiheadAttention', 'query key value key_padding_mask need_weights attn_mask average_attn_weights is_causal'],
  ['Bilinear', 'input1 input2'],
  ['EmbeddingBag', 'input offsets per_sample_weights'],
  ['MSELoss L1Loss SmoothL1Loss HuberLoss KLDivLoss PoissonNLLLoss HingeEmbeddingLoss SoftMarginLoss MultiLabelSoftMarginLoss BCELoss BCEWithLogitsLoss', 'input target'],
  ['MaxUnpool1d MaxUnpool2d MaxUnpool3d', 'input indices output_size'],
  ['MarginRankingLoss CosineEmbeddingLoss', 'input1 input2 target'],
  ['GaussianNLLLoss', 'input target var'],
  ['TripletMarginLoss', 'anchor positive negative'],
  ['CrossEntropyLoss NLLLoss MultiMarginLoss MultiLabelMarginLoss', 'input target'],
];

const byName: ReadonlyMap<string, readonly string[]> = new Map(parameters.flatMap(([names, text]) => names.split(' ').map(name => [`torch.nn.${name}`, text.split(' ')] as const)));
const onlyInput = ['input'];

export function forwardParameters(layer: string): readonly string[] {
  return byName.get(layer) ?? onlyInput;
}
