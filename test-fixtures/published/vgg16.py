"""VGG-16 with exactly the layers that its Caffe file has: dropout and softmax included, pooling rounded up."""
import torch
from torch import nn

stages = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]


def vgg16(num_classes=1000):
    layers, channels = [], 3
    for width, depth in stages:
        for _ in range(depth):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
            channels = width
        layers.append(nn.MaxPool2d(2, 2, ceil_mode=True))
    layers.append(nn.Flatten())
    features = channels * 7 * 7
    for _ in range(2):
        layers += [nn.Linear(features, 4096), nn.ReLU(inplace=True), nn.Dropout(0.5)]
        features = 4096
    layers += [nn.Linear(features, num_classes), nn.Softmax(dim=1)]
    return nn.Sequential(*layers)


net = vgg16()
net(torch.randn(1, 3, 224, 224))
