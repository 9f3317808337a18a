"""A residual network with grouped bottlenecks, built by a function."""
from torch import nn
import torch.nn.functional as F


def conv3x3(in_channels, out_channels, stride=1, groups=1):
    return nn.Conv2d(in_channels, out_channels, kernel_size=3, stride=stride, padding=1, groups=groups, bias=False)


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, in_channels, width, stride=1, groups=1):
        super().__init__()
        out_channels = width * self.expansion
        self.reduce = nn.Conv2d(in_channels, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.spatial = conv3x3(width, width, stride, groups)
        self.bn2 = nn.BatchNorm2d(width)
        self.expand = nn.Conv2d(width, out_channels, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(out_channels)
        self.shortcut = None
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        residual = x if self.shortcut is None else self.shortcut(x)
        y = F.relu(self.bn1(self.reduce(x)))
        y = F.relu(self.bn2(self.spatial(y)))
        y = self.bn3(self.expand(y))
        return F.relu(y + residual)


class ResidualNet(nn.Module):
    def __init__(self, layers, groups=1, num_classes=1000):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn = nn.BatchNorm2d(64)
        channels = 64
        stages = []
        for i, (width, blocks) in enumerate(zip([64, 128, 256, 512], layers)):
            for j in range(blocks):
                stages.append(Bottleneck(channels, width, stride=2 if i > 0 and j == 0 else 1, groups=groups))
                channels = width * Bottleneck.expansion
        self.layers = nn.ModuleList(stages)
        self.fc = nn.Linear(channels, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn(self.stem(x))), 3, 2, 1)
        for layer in self.layers:
            x = layer(x)
        x = F.adaptive_avg_pool2d(x, 1).flatten(1)
        return self.fc(x)


def residual50(**kwargs):
    return ResidualNet([3, 4, 6, 3], **kwargs)


def grouped50():
    return residual50(groups=32)
