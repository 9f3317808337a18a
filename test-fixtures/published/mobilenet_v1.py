"""MobileNet V1 with exactly the layers that its Caffe file has: a 1×1 convolution classifies, softmax ends it."""
import torch
from torch import nn

blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1)]


def unit(in_channels, out_channels, kernel, stride, groups=1):
    return [
        nn.Conv2d(in_channels, out_channels, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True),
    ]


def mobilenet_v1(num_classes=1000):
    layers, channels = unit(3, 32, 3, 2), 32
    for width, stride in blocks:
        layers += unit(channels, channels, 3, stride, groups=channels) + unit(channels, width, 1, 1)
        channels = width
    layers += [nn.AvgPool2d(7), nn.Conv2d(channels, num_classes, 1), nn.Softmax(dim=1)]
    return nn.Sequential(*layers)


net = mobilenet_v1()
net(torch.randn(1, 3, 224, 224))
