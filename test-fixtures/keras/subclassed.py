import keras
import numpy as np
from keras import layers, ops


class Classifier(keras.Model):
    def __init__(self, classes=10):
        super().__init__()
        self.blocks = [layers.Conv2D(width, 3, strides=2, activation="relu") for width in (16, 32)]
        self.pool = layers.GlobalMaxPooling2D()
        self.head = keras.Sequential([layers.Dense(64, activation="gelu"), layers.Dropout(0.3), layers.Dense(classes)])

    def call(self, images, training=False):
        x = ops.cast(images, "float32") / 255.0
        for block in self.blocks:
            x = block(x)
        return self.head(self.pool(x), training=training)


(x_train, y_train), _ = keras.datasets.mnist.load_data()
x_train = np.expand_dims(x_train, -1)
model = Classifier()
# <- lens: 7.56 k params
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(x_train, y_train, epochs=3)
