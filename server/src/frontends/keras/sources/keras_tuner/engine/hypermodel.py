from keras_tuner import HyperModel
