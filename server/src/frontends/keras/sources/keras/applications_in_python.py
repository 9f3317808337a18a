# The most used networks of `keras.applications`: written from the papers, with Keras' layer names.
# Sources: arXiv 1409.1556 (VGG), 1512.03385 and 1603.05027 (ResNet), 1608.06993 (DenseNet), 1704.04861 and 1801.04381 (MobileNet),
# 1610.02357 (Xception), 1905.11946 (EfficientNet).
import math
import keras
from keras import layers


def start(input_tensor, input_shape, include_top, size):
    if input_tensor is not None:
        return input_tensor
    if input_shape is None:
        input_shape = (size, size, 3) if include_top else (None, None, 3)
    return layers.Input(shape=input_shape)


def finish(inputs, x, include_top, pooling, classes, classifier_activation, name, top_name='predictions', pool_name='avg_pool', dropout=None):
    if include_top:
        x = layers.GlobalAveragePooling2D(name=pool_name)(x)
        if dropout:
            x = layers.Dropout(dropout, name='top_dropout')(x)
        x = layers.Dense(classes, activation=classifier_activation, name=top_name)(x)
    elif pooling == 'avg':
        x = layers.GlobalAveragePooling2D(name=pool_name)(x)
    elif pooling == 'max':
        x = layers.GlobalMaxPooling2D(name='max_pool')(x)
    return keras.Model(inputs, x, name=name)


def vgg(counts, include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='vgg'):
    inputs = x = start(input_tensor, input_shape, include_top, 224)
    for block, count in enumerate(counts):
        for i in range(count):
            x = layers.Conv2D(min(64 * 2 ** block, 512), 3, activation='relu', padding='same', name=f'block{block + 1}_conv{i + 1}')(x)
        x = layers.MaxPooling2D(2, strides=2, name=f'block{block + 1}_pool')(x)
    if include_top:
        x = layers.Flatten(name='flatten')(x)
        x = layers.Dense(4096, activation='relu', name='fc1')(x)
        x = layers.Dense(4096, activation='relu', name='fc2')(x)
        x = layers.Dense(classes, activation=classifier_activation, name='predictions')(x)
        return keras.Model(inputs, x, name=name)
    return finish(inputs, x, False, pooling, classes, classifier_activation, name)


def VGG16(*args, name='vgg16', **kwargs):
    return vgg([2, 2, 3, 3, 3], *args, name=name, **kwargs)


def VGG19(*args, name='vgg19', **kwargs):
    return vgg([2, 2, 4, 4, 4], *args, name=name, **kwargs)


def residual(x, filters, stride, projects, name):
    shortcut = x
    if projects:
        shortcut = layers.Conv2D(4 * filters, 1, strides=stride, name=name + '_0_conv')(x)
        shortcut = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_0_bn')(shortcut)
    x = layers.Conv2D(filters, 1, strides=stride, name=name + '_1_conv')(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_1_bn')(x)
    x = layers.Activation('relu', name=name + '_1_relu')(x)
    x = layers.Conv2D(filters, 3, padding='same', name=name + '_2_conv')(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_2_bn')(x)
    x = layers.Activation('relu', name=name + '_2_relu')(x)
    x = layers.Conv2D(4 * filters, 1, name=name + '_3_conv')(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_3_bn')(x)
    x = layers.Add(name=name + '_add')([shortcut, x])
    return layers.Activation('relu', name=name + '_out')(x)


def preactivated(x, filters, stride, projects, name):
    ready = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_preact_bn')(x)
    ready = layers.Activation('relu', name=name + '_preact_relu')(ready)
    if projects:
        shortcut = layers.Conv2D(4 * filters, 1, strides=stride, name=name + '_0_conv')(ready)
    else:
        shortcut = layers.MaxPooling2D(1, strides=stride)(x) if stride > 1 else x
    x = layers.Conv2D(filters, 1, use_bias=False, name=name + '_1_conv')(ready)
    x = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_1_bn')(x)
    x = layers.Activation('relu', name=name + '_1_relu')(x)
    x = layers.ZeroPadding2D(((1, 1), (1, 1)), name=name + '_2_pad')(x)
    x = layers.Conv2D(filters, 3, strides=stride, use_bias=False, name=name + '_2_conv')(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name=name + '_2_bn')(x)
    x = layers.Activation('relu', name=name + '_2_relu')(x)
    x = layers.Conv2D(4 * filters, 1, name=name + '_3_conv')(x)
    return layers.Add(name=name + '_out')([shortcut, x])


def resnet(counts, preact, include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='resnet'):
    inputs = x = start(input_tensor, input_shape, include_top, 224)
    x = layers.ZeroPadding2D(((3, 3), (3, 3)), name='conv1_pad')(x)
    x = layers.Conv2D(64, 7, strides=2, name='conv1_conv')(x)
    if not preact:
        x = layers.BatchNormalization(epsilon=1.001e-5, name='conv1_bn')(x)
        x = layers.Activation('relu', name='conv1_relu')(x)
    x = layers.ZeroPadding2D(((1, 1), (1, 1)), name='pool1_pad')(x)
    x = layers.MaxPooling2D(3, strides=2, name='pool1_pool')(x)
    for stack, count in enumerate(counts):
        filters = 64 * 2 ** stack
        for block in range(count):
            name_of_block = f'conv{stack + 2}_block{block + 1}'
            if preact:
                stride = 2 if block == count - 1 and stack < 3 else 1
                x = preactivated(x, filters, stride, block == 0, name_of_block)
            else:
                x = residual(x, filters, 2 if block == 0 and stack > 0 else 1, block == 0, name_of_block)
    if preact:
        x = layers.BatchNormalization(epsilon=1.001e-5, name='post_bn')(x)
        x = layers.Activation('relu', name='post_relu')(x)
    return finish(inputs, x, include_top, pooling, classes, classifier_activation, name)


def ResNet50(*args, name='resnet50', **kwargs):
    return resnet([3, 4, 6, 3], False, *args, name=name, **kwargs)


def ResNet101(*args, name='resnet101', **kwargs):
    return resnet([3, 4, 23, 3], False, *args, name=name, **kwargs)


def ResNet152(*args, name='resnet152', **kwargs):
    return resnet([3, 8, 36, 3], False, *args, name=name, **kwargs)


def ResNet50V2(*args, name='resnet50v2', **kwargs):
    return resnet([3, 4, 6, 3], True, *args, name=name, **kwargs)


def ResNet101V2(*args, name='resnet101v2', **kwargs):
    return resnet([3, 4, 23, 3], True, *args, name=name, **kwargs)


def ResNet152V2(*args, name='resnet152v2', **kwargs):
    return resnet([3, 8, 36, 3], True, *args, name=name, **kwargs)


def densenet(counts, include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='densenet'):
    inputs = x = start(input_tensor, input_shape, include_top, 224)
    x = layers.ZeroPadding2D(((3, 3), (3, 3)))(x)
    x = layers.Conv2D(64, 7, strides=2, use_bias=False, name='conv1_conv')(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name='conv1_bn')(x)
    x = layers.Activation('relu', name='conv1_relu')(x)
    x = layers.ZeroPadding2D(((1, 1), (1, 1)))(x)
    x = layers.MaxPooling2D(3, strides=2, name='pool1')(x)
    for stack, count in enumerate(counts):
        for block in range(count):
            prefix = f'conv{stack + 2}_block{block + 1}'
            y = layers.BatchNormalization(epsilon=1.001e-5, name=prefix + '_0_bn')(x)
            y = layers.Activation('relu', name=prefix + '_0_relu')(y)
            y = layers.Conv2D(128, 1, use_bias=False, name=prefix + '_1_conv')(y)
            y = layers.BatchNormalization(epsilon=1.001e-5, name=prefix + '_1_bn')(y)
            y = layers.Activation('relu', name=prefix + '_1_relu')(y)
            y = layers.Conv2D(32, 3, padding='same', use_bias=False, name=prefix + '_2_conv')(y)
            x = layers.Concatenate(name=prefix + '_concat')([x, y])
        if stack < len(counts) - 1:
            prefix = f'pool{stack + 2}'
            x = layers.BatchNormalization(epsilon=1.001e-5, name=prefix + '_bn')(x)
            x = layers.Activation('relu', name=prefix + '_relu')(x)
            x = layers.Conv2D(x.shape[-1] // 2, 1, use_bias=False, name=prefix + '_conv')(x)
            x = layers.AveragePooling2D(2, strides=2, name=prefix + '_pool')(x)
    x = layers.BatchNormalization(epsilon=1.001e-5, name='bn')(x)
    x = layers.Activation('relu', name='relu')(x)
    return finish(inputs, x, include_top, pooling, classes, classifier_activation, name)


def DenseNet121(*args, name='densenet121', **kwargs):
    return densenet([6, 12, 24, 16], *args, name=name, **kwargs)


def DenseNet169(*args, name='densenet169', **kwargs):
    return densenet([6, 12, 32, 32], *args, name=name, **kwargs)


def DenseNet201(*args, name='densenet201', **kwargs):
    return densenet([6, 12, 48, 32], *args, name=name, **kwargs)


def correct_pad(x, kernel):
    height, width = x.shape[1], x.shape[2]
    odd = [1 if extent is None else 1 - extent % 2 for extent in (height, width)]
    half = kernel // 2
    return ((half - odd[0], half), (half - odd[1], half))


def rounded(value, divisor=8):
    result = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return result + divisor if result < 0.9 * value else result


def MobileNetV2(input_shape=None, alpha=1.0, include_top=True, weights='imagenet', input_tensor=None, pooling=None, classes=1000, classifier_activation='softmax', name=None):
    inputs = x = start(input_tensor, input_shape, include_top or input_shape is None, 224)
    x = layers.Conv2D(rounded(32 * alpha), 3, strides=2, padding='same', use_bias=False, name='Conv1')(x)
    x = layers.BatchNormalization(name='bn_Conv1')(x)
    x = layers.ReLU(6.0, name='Conv1_relu')(x)
    block = 0
    for filters, count, stride, expansion in ((16, 1, 1, 1), (24, 2, 2, 6), (32, 3, 2, 6), (64, 4, 2, 6), (96, 3, 1, 6), (160, 3, 2, 6), (320, 1, 1, 6)):
        for i in range(count):
            step = stride if i == 0 else 1
            prefix = f'block_{block}_' if block else 'expanded_conv_'
            channels, out = x.shape[-1], rounded(filters * alpha)
            y = x
            if block:
                y = layers.Conv2D(expansion * channels, 1, padding='same', use_bias=False, name=prefix + 'expand')(y)
                y = layers.BatchNormalization(name=prefix + 'expand_BN')(y)
                y = layers.ReLU(6.0, name=prefix + 'expand_relu')(y)
            if step == 2:
                y = layers.ZeroPadding2D(correct_pad(y, 3), name=prefix + 'pad')(y)
            y = layers.DepthwiseConv2D(3, strides=step, use_bias=False, padding='same' if step == 1 else 'valid', name=prefix + 'depthwise')(y)
            y = layers.BatchNormalization(name=prefix + 'depthwise_BN')(y)
            y = layers.ReLU(6.0, name=prefix + 'depthwise_relu')(y)
            y = layers.Conv2D(out, 1, padding='same', use_bias=False, name=prefix + 'project')(y)
            y = layers.BatchNormalization(name=prefix + 'project_BN')(y)
            x = layers.Add(name=prefix + 'add')([x, y]) if channels == out and step == 1 else y
            block += 1
    x = layers.Conv2D(rounded(1280 * alpha) if alpha > 1.0 else 1280, 1, use_bias=False, name='Conv_1')(x)
    x = layers.BatchNormalization(name='Conv_1_bn')(x)
    x = layers.ReLU(6.0, name='out_relu')(x)
    return finish(inputs, x, include_top, pooling, classes, classifier_activation, name or f'mobilenetv2_{alpha:0.2f}_{x.shape[1]}', pool_name='global_average_pooling2d')


def MobileNet(input_shape=None, alpha=1.0, depth_multiplier=1, dropout=0.001, include_top=True, weights='imagenet', input_tensor=None, pooling=None, classes=1000, classifier_activation='softmax', name=None):
    inputs = x = start(input_tensor, input_shape, include_top or input_shape is None, 224)
    x = layers.Conv2D(int(32 * alpha), 3, strides=2, padding='same', use_bias=False, name='conv1')(x)
    x = layers.BatchNormalization(name='conv1_bn')(x)
    x = layers.ReLU(6.0, name='conv1_relu')(x)
    for i, (filters, stride) in enumerate(((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1)), 1):
        if stride == 2:
            x = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f'conv_pad_{i}')(x)
        x = layers.DepthwiseConv2D(3, strides=stride, padding='same' if stride == 1 else 'valid', depth_multiplier=depth_multiplier, use_bias=False, name=f'conv_dw_{i}')(x)
        x = layers.BatchNormalization(name=f'conv_dw_{i}_bn')(x)
        x = layers.ReLU(6.0, name=f'conv_dw_{i}_relu')(x)
        x = layers.Conv2D(int(filters * alpha), 1, padding='same', use_bias=False, name=f'conv_pw_{i}')(x)
        x = layers.BatchNormalization(name=f'conv_pw_{i}_bn')(x)
        x = layers.ReLU(6.0, name=f'conv_pw_{i}_relu')(x)
    if not include_top:
        return finish(inputs, x, False, pooling, classes, classifier_activation, name)
    x = layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = layers.Dropout(dropout, name='dropout')(x)
    x = layers.Conv2D(classes, 1, padding='same', name='conv_preds')(x)
    x = layers.Reshape((classes,), name='reshape_2')(x)
    x = layers.Activation(classifier_activation, name='predictions')(x)
    return keras.Model(inputs, x, name=name or f'mobilenet_{alpha:0.2f}_224')


def Xception(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='xception'):
    inputs = x = start(input_tensor, input_shape, include_top, 299)

    def conv(x, filters, kernel, name, **kwargs):
        x = layers.Conv2D(filters, kernel, use_bias=False, name=name, **kwargs)(x)
        return layers.BatchNormalization(name=name and name + '_bn')(x)

    def separable(x, filters, name):
        x = layers.SeparableConv2D(filters, 3, padding='same', use_bias=False, name=name)(x)
        return layers.BatchNormalization(name=name + '_bn')(x)

    x = layers.Activation('relu', name='block1_conv1_act')(conv(x, 32, 3, 'block1_conv1', strides=2))
    x = layers.Activation('relu', name='block1_conv2_act')(conv(x, 64, 3, 'block1_conv2'))
    for block, filters in ((2, 128), (3, 256), (4, 728)):
        shortcut = conv(x, filters, 1, None, strides=2, padding='same')
        for i in (1, 2):
            if block > 2 or i > 1:
                x = layers.Activation('relu', name=f'block{block}_sepconv{i}_act')(x)
            x = separable(x, filters, f'block{block}_sepconv{i}')
        x = layers.MaxPooling2D(3, strides=2, padding='same', name=f'block{block}_pool')(x)
        x = layers.Add()([x, shortcut])
    for block in range(5, 13):
        shortcut = x
        for i in (1, 2, 3):
            x = layers.Activation('relu', name=f'block{block}_sepconv{i}_act')(x)
            x = separable(x, 728, f'block{block}_sepconv{i}')
        x = layers.Add()([x, shortcut])
    shortcut = conv(x, 1024, 1, None, strides=2, padding='same')
    for i, filters in ((1, 728), (2, 1024)):
        x = layers.Activation('relu', name=f'block13_sepconv{i}_act')(x)
        x = separable(x, filters, f'block13_sepconv{i}')
    x = layers.MaxPooling2D(3, strides=2, padding='same', name='block13_pool')(x)
    x = layers.Add()([x, shortcut])
    for i, filters in ((1, 1536), (2, 2048)):
        x = separable(x, filters, f'block14_sepconv{i}')
        x = layers.Activation('relu', name=f'block14_sepconv{i}_act')(x)
    return finish(inputs, x, include_top, pooling, classes, classifier_activation, name)


def efficientnet(width, depth, size, rate, include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='efficientnet'):
    inputs = x = start(input_tensor, input_shape, include_top, size)
    x = layers.Rescaling(1.0 / 255.0)(x)
    x = layers.Normalization(axis=3)(x)
    if weights == 'imagenet':
        x = layers.Rescaling([1.0 / math.sqrt(deviation) for deviation in (0.229, 0.224, 0.225)])(x)
    x = layers.ZeroPadding2D(correct_pad(x, 3), name='stem_conv_pad')(x)
    x = layers.Conv2D(rounded(32 * width), 3, strides=2, padding='valid', use_bias=False, name='stem_conv')(x)
    x = layers.BatchNormalization(axis=3, name='stem_bn')(x)
    x = layers.Activation('swish', name='stem_activation')(x)
    stages = ((3, 1, 16, 1, 1), (3, 2, 24, 6, 2), (5, 2, 40, 6, 2), (3, 3, 80, 6, 2), (5, 3, 112, 6, 1), (5, 4, 192, 6, 2), (3, 1, 320, 6, 1))
    for stage, (kernel, repeats, filters, expansion, stride) in enumerate(stages):
        for i in range(int(math.ceil(depth * repeats))):
            prefix = f'block{stage + 1}{chr(i + 97)}_'
            step = stride if i == 0 else 1
            entry, out = x.shape[-1], rounded(filters * width)
            y = x
            if expansion > 1:
                y = layers.Conv2D(entry * expansion, 1, padding='same', use_bias=False, name=prefix + 'expand_conv')(y)
                y = layers.BatchNormalization(name=prefix + 'expand_bn')(y)
                y = layers.Activation('swish', name=prefix + 'expand_activation')(y)
            if step == 2:
                y = layers.ZeroPadding2D(correct_pad(y, kernel), name=prefix + 'dwconv_pad')(y)
            y = layers.DepthwiseConv2D(kernel, strides=step, padding='same' if step == 1 else 'valid', use_bias=False, name=prefix + 'dwconv')(y)
            y = layers.BatchNormalization(name=prefix + 'bn')(y)
            y = layers.Activation('swish', name=prefix + 'activation')(y)
            channels = entry * expansion
            gate = layers.GlobalAveragePooling2D(name=prefix + 'se_squeeze')(y)
            gate = layers.Reshape((1, 1, channels), name=prefix + 'se_reshape')(gate)
            gate = layers.Conv2D(max(1, int(entry * 0.25)), 1, padding='same', activation='swish', name=prefix + 'se_reduce')(gate)
            gate = layers.Conv2D(channels, 1, padding='same', activation='sigmoid', name=prefix + 'se_expand')(gate)
            y = layers.Multiply(name=prefix + 'se_excite')([y, gate])
            y = layers.Conv2D(out, 1, padding='same', use_bias=False, name=prefix + 'project_conv')(y)
            y = layers.BatchNormalization(name=prefix + 'project_bn')(y)
            if step == 1 and entry == out:
                if i > 0:
                    y = layers.Dropout(0.2, noise_shape=(None, 1, 1, 1), name=prefix + 'drop')(y)
                y = layers.Add(name=prefix + 'add')([y, x])
            x = y
    x = layers.Conv2D(rounded(1280 * width), 1, padding='same', use_bias=False, name='top_conv')(x)
    x = layers.BatchNormalization(name='top_bn')(x)
    x = layers.Activation('swish', name='top_activation')(x)
    return finish(inputs, x, include_top, pooling, classes, classifier_activation, name, dropout=rate)


def EfficientNetB0(*args, name='efficientnetb0', **kwargs):
    return efficientnet(1.0, 1.0, 224, 0.2, *args, name=name, **kwargs)


def EfficientNetB1(*args, name='efficientnetb1', **kwargs):
    return efficientnet(1.0, 1.1, 240, 0.2, *args, name=name, **kwargs)


def EfficientNetB2(*args, name='efficientnetb2', **kwargs):
    return efficientnet(1.1, 1.2, 260, 0.3, *args, name=name, **kwargs)


def EfficientNetB3(*args, name='efficientnetb3', **kwargs):
    return efficientnet(1.2, 1.4, 300, 0.3, *args, name=name, **kwargs)


def EfficientNetB4(*args, name='efficientnetb4', **kwargs):
    return efficientnet(1.4, 1.8, 380, 0.4, *args, name=name, **kwargs)


def EfficientNetB5(*args, name='efficientnetb5', **kwargs):
    return efficientnet(1.6, 2.2, 456, 0.4, *args, name=name, **kwargs)


def EfficientNetB6(*args, name='efficientnetb6', **kwargs):
    return efficientnet(1.8, 2.6, 528, 0.5, *args, name=name, **kwargs)


def EfficientNetB7(*args, name='efficientnetb7', **kwargs):
    return efficientnet(2.0, 3.1, 600, 0.5, *args, name=name, **kwargs)


def preprocess_input(x, data_format=None):
    return x
