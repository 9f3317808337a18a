"""ResNet-50 with exactly the layers that its Caffe file has: a bias in the first layer, strides in the 1×1 layers, pooling rounded up, softmax at the end."""
import torch
from torch import nn


class Bottleneck(nn.Module):
    def __init__(self, in_channels, width, stride, project):
        super().__init__()
        out_channels = 4 * width
        self.project = None
        if project:
            self.project = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))
        self.reduce = nn.Sequential(nn.Conv2d(in_channels, width, 1, stride, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True))
        self.middle = nn.Sequential(nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True))
        self.expand = nn.Sequential(nn.Conv2d(width, out_channels, 1, bias=False), nn.BatchNorm2d(out_channels))
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        shortcut = x if self.project is None else self.project(x)
        y = self.expand(self.middle(self.reduce(x)))
        return self.relu(shortcut + y)


class ResNet50(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2, padding=3), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, ceil_mode=True),
        )
        blocks, channels = [], 64
        for stage, depth in enumerate([3, 4, 6, 3]):
            width = 64 * 2 ** stage
            for block in range(depth):
                stride = 2 if block == 0 and stage > 0 else 1
                blocks.append(Bottleneck(channels, width, stride, project=block == 0))
                channels = 4 * width
        self.blocks = nn.Sequential(*blocks)
        self.pool = nn.AvgPool2d(7)
        self.fc = nn.Linear(channels, num_classes)

    def forward(self, x):
        x = self.pool(self.blocks(self.stem(x)))
        return torch.softmax(self.fc(x.flatten(1)), dim=1)


net = ResNet50()
net(torch.randn(1, 3, 224, 224))
