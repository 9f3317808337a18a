# Shape errors as Keras raises them: on the argument where one is at fault, else on the call.
import keras
from keras import layers

inputs = keras.Input((28, 28, 1))
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.Reshape((26, 26, 16))(x)
#                  ^^^^^^^^^^^^ error JL401: the total size of the tensor must be unchanged: input shape (26, 26, 32) has 21632 elements, target_shape (26, 26, 16) has 10816
#                  ^^^^^^^^^^^^ 💡 Change target_shape to (26, 26, 32) => x = layers.Reshape((26, 26, 32))(x)
#                  ^^^^^^^^^^^^ 💡 Ignore JL401 channel-mismatch on this line => x = layers.Reshape((26, 26, 16))(x)  # joulelint: ignore[JL401]
#                  ^^^^^^^^^^^^ 💡 Ignore JL401 channel-mismatch in this file
#                  ^^^^^^^^^^^^ 💡 Open the page of JL401
outputs = layers.Dense(10)(x)
reshaped = keras.Model(inputs, outputs)
# <- lens: up to the error

flat = keras.Input((784,))
no_map = keras.Model(flat, layers.Conv2D(32, 3)(flat))
# <- lens: up to the error
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: Input 0 of layer "conv2d_1" is incompatible with the layer: expected min_ndim=4, found ndim=2. Full shape received: (None, 784)

grey = keras.Input((28, 28))
no_channels = keras.Model(grey, layers.Conv2D(32, 3)(grey))
# <- lens: up to the error
#                               ^^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: expected min_ndim=4, found ndim=3. Full shape received: (None, 28, 28)

pooled_twice = keras.Model(flat, layers.GlobalAveragePooling2D()(flat))
# <- lens: up to the error
#                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: expected ndim=4, found ndim=2

stacked = keras.Sequential([
# <- lens: up to the error
    keras.Input((28, 28)),
    layers.LSTM(64),
    layers.LSTM(32),
#   ^^^^^^^^^^^^^^^ error JL401: Input 0 of layer "lstm_1" is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: (None, 64)
])

small = keras.Input((4, 4, 8))
too_small = keras.Model(small, layers.Conv2D(32, 5)(small))
# <- lens: up to the error
#                                                ^ error JL401: computed output size would be negative: kernel (5, 5) on input shape (None, 4, 4, 8) with padding="valid"
too_far = keras.Model(small, layers.MaxPooling2D(pool_size=6)(small))
# <- lens: up to the error
#                                                ^^^^^^^^^^^ error JL401: computed output size would be negative: pool (6, 6)

large = keras.Input((8, 8, 16))
joined = keras.Model([large, small], layers.Concatenate()([large, small]))
# <- lens: up to the error
#                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: inputs must have matching shapes except for the concatenation axis -1; received (None, 8, 8, 16) and (None, 4, 4, 8)
added = keras.Model([large, small], layers.Add()([large, small]))
# <- lens: up to the error
#                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: inputs have incompatible shapes (None, 8, 8, 16) and (None, 4, 4, 8)

grouped = keras.Model(large, layers.Conv2D(32, 3, groups=5)(large))
# <- lens: up to the error
#                                                 ^^^^^^^^ error JL401: the number of filters must be evenly divisible by the number of groups; received groups=5, filters=32
odd_groups = keras.Model(large, layers.Conv2D(30, 3, groups=3)(large))
# <- lens: up to the error
#                                                    ^^^^^^^^ error JL401: the number of input channels must be evenly divisible by the number of groups; received groups=3, input channels=16

conv = layers.Conv2D(4, 1)
twice = keras.Model([large, small], [conv(large), conv(small)])
# <- lens: up to the error
#                                                 ^^^^^^^^^^^ error JL401: is incompatible with the layer: expected axis -1 of input shape to have value 16, but received input with shape (None, 4, 4, 8)

head = layers.Dense(5)
narrow = keras.Input((8,))
two_heads = keras.Model([flat, narrow], [head(flat), head(narrow)])
# <- lens: up to the error
#                                                    ^^^^^^^^^^^^ error JL401: expected axis -1 of input shape to have value 784, but received input with shape (None, 8)
