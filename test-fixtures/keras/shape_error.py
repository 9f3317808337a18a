import keras
from keras import layers

inputs = keras.Input((28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.Reshape((26, 26, 16))(x)
#                  ^^^^^^^^^^^^ error JL401: cannot be reshaped to (1, 26, 26, 16)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs, outputs)
# <- lens: ≥
