/** Layers that are made of other layers or of a few products: written in Python (sources/keras/layers_in_python.py), run like a user's own. */

/** Where tables say `keras.layers.X`, this module has the class. */
export const layersModule = 'keras.layers_in_python';

export const pythonLayers = [
  'Wrapper', 'TimeDistributed', 'SpectralNormalization', 'Bidirectional', 'StackedRNNCells', 'RNN', 'ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D',
  'Attention', 'AdditiveAttention', 'GroupedQueryAttention', 'Pipeline', 'ReversibleEmbedding',
];
