"""A small U-Net in Keras, with a layer of its own."""
import keras
from keras import layers, ops


class DepthwiseStage(layers.Layer):
    """Depthwise and pointwise convolution with a gate of one value per channel."""

    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.spatial = layers.DepthwiseConv2D(3, padding="same", use_bias=False)
        self.mix = layers.Conv2D(width, 1, use_bias=False)
        self.norm = layers.BatchNormalization()

    def build(self, input_shape):
        self.gate = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gate")

    def call(self, inputs):
        return ops.relu(self.norm(self.mix(self.spatial(inputs * self.gate))))


def block(x, width):
    x = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
    return DepthwiseStage(width)(x)


def unet(shape=(128, 128, 3), widths=(32, 64, 128), classes=3):
    inputs = x = keras.Input(shape)
    skips = []
    for width in widths:
        x = block(x, width)
        skips.append(x)
        x = layers.MaxPooling2D()(x)
    x = block(x, 2 * widths[-1])
    for width, skip in zip(reversed(widths), reversed(skips)):
        x = layers.Conv2DTranspose(width, 2, strides=2)(x)
        x = block(layers.Concatenate()([x, skip]), width)
    return keras.Model(inputs, layers.Conv2D(classes, 1, activation="softmax")(x))


model = unet()
