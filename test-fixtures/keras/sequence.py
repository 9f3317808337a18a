import keras
from keras import layers

tokens = keras.Input(shape=(64,), dtype="int32", name="tokens")
x = layers.Embedding(5000, 32, mask_zero=True)(tokens)
x = layers.Bidirectional(layers.LSTM(16, return_sequences=True))(x)
attended = layers.MultiHeadAttention(num_heads=2, key_dim=16)(x, x)
x = layers.LayerNormalization()(x + attended)
x = layers.GRU(8)(x)
classifier = keras.Model(tokens, layers.Dense(1, activation="sigmoid")(x))
# <- lens: 172 k params
