import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Residual(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.spatial = layers.DepthwiseConv2D(3, padding="same")
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info JL101: DWConv lowers M_c/A to 0.016×
        self.mix = layers.Conv2D(filters, 1)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")

    def call(self, inputs):
        return inputs + self.gain * self.mix(self.spatial(inputs))


def make_model():
    inputs = keras.Input(shape=(32, 32, 3))
    x = layers.Conv2D(64, 3, padding="same", activation="relu")(inputs)
    x = Residual(64)(x)
    x = tf.reduce_mean(x, axis=[1, 2])
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


model = make_model()
# <- lens: 7.31 k params
