from keras_tuner import BayesianOptimization, GridSearch, Hyperband, RandomSearch
