"""LeNet-5 in Keras, channels last."""
import keras
from keras import layers

model = keras.Sequential([
    keras.Input(shape=(32, 32, 1)),
    layers.Conv2D(6, 5), layers.Activation("tanh"), layers.AveragePooling2D(2),
    layers.Conv2D(16, 5), layers.Activation("tanh"), layers.AveragePooling2D(2),
    layers.Flatten(),
    layers.Dense(120), layers.Activation("tanh"), layers.Dense(84), layers.Activation("tanh"), layers.Dense(10),
])
