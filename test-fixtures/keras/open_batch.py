# The batch that an Input leaves open reads None, as in `model.summary()`; one that is stated stays a number.
import keras
from keras import layers

image = keras.Input((28, 28, 1))
x = layers.Conv2D(32, 3)(image)
# inlay: None×26×26×32
left, right = layers.Lambda(lambda t: keras.ops.split(t, 2, axis=-1))(x)
# inlay: None×26×26×16, None×26×26×16
x = layers.Add()([left, right])
# inlay: None×26×26×16
x = layers.GlobalAveragePooling2D()(x)
# inlay: None×16
open_model = keras.Model(image, layers.Dense(10)(x))
# <- lens: 490 params
# inlay: None×10

stated = keras.Input((28, 28, 1), batch_size=4)
fixed_model = keras.Model(stated, layers.Flatten()(stated))
# <- lens: 0 params
# inlay: 4×784

# Layers of a Sequential model that nothing calls show their shapes where they stand.
stack = keras.Sequential([
# <- lens: 54.4 k params
    layers.Input((28, 28, 1)),
    layers.Conv2D(32, 3, activation="relu"),
    # inlay: None×26×26×32
    layers.MaxPooling2D(),
    # inlay: None×13×13×32
    layers.Flatten(),
    # inlay: None×5408
    layers.Dense(10),
    # inlay: None×10
])
