/**
 * What the constructors of `torch.nn` demand of their arguments: names, demands (language.ts; `{}` is each of 1, 2, 3).
 * Source: the documentation of each class, and what PyTorch 2.15 refuses when tried.
 */
export const makingRows: readonly (readonly [names: string, demands: string])[] = [
  ['nn.Conv{}d', 'in_channels:int>=0 out_channels:int>=0 kernel_size:ints>=0 groups:int>0 padding:ints|str=same,valid padding_mode:str=zeros,reflect,replicate,circular'],
  ['nn.ConvTranspose{}d', 'in_channels:int>=0 out_channels:int>=0 kernel_size:ints>=0 groups:int>0 padding_mode:str=zeros'],
  ['nn.LazyConv{}d', 'out_channels:int>=0 kernel_size:ints>=0 groups:int>0 padding:ints|str=same,valid padding_mode:str=zeros,reflect,replicate,circular'],
  ['nn.Linear', 'in_features:int>=0 out_features:int>=0'],
  ['nn.Bilinear', 'in1_features:int>0 in2_features:int>=0 out_features:int>=0'],
  ['nn.BatchNorm{}d nn.SyncBatchNorm', 'num_features:int>=0 eps:number'],
  ['nn.GroupNorm', 'num_groups:int num_channels:int>=0'],
  ['nn.LayerNorm nn.RMSNorm', 'normalized_shape:ints>=0'],
  ['nn.PReLU', 'num_parameters:int>=0 init:number'],
  ['nn.Embedding nn.EmbeddingBag', 'num_embeddings:int>=0 embedding_dim:int>=0 padding_idx:int|none'],
  ['nn.RNN', 'input_size:int>=0 hidden_size:int>0 num_layers:int>0 dropout:number[0,1] nonlinearity:str=tanh,relu'],
  ['nn.LSTM', 'input_size:int>=0 hidden_size:int>0 num_layers:int>0 dropout:number[0,1] proj_size:int>=0'],
  ['nn.GRU', 'input_size:int>=0 hidden_size:int>0 num_layers:int>0 dropout:number[0,1]'],
  ['nn.RNNCell nn.LSTMCell nn.GRUCell', 'input_size:int>=0 hidden_size:int>=0'],
  ['nn.MultiheadAttention', 'embed_dim:int>0 num_heads:int>0 kdim:number>=0|none vdim:number>=0|none'],
  ['nn.Dropout nn.Dropout{}d nn.AlphaDropout nn.FeatureAlphaDropout', 'p:number[0,1]'],
  ['nn.TripletMarginLoss', 'margin:number>0'],
  ['nn.Unflatten', 'dim:int|str unflattened_size:ints'],
];
