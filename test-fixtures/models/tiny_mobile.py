"""A small image classifier out of depthwise separable blocks."""
import torch
from torch import nn


class SeparableBlock(nn.Module):
    """3x3 depthwise, then 1x1 pointwise, each with normalisation and activation."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.depthwise = nn.Conv2d(in_channels, in_channels, 3, stride, 1, groups=in_channels, bias=False)
        self.norm1 = nn.BatchNorm2d(in_channels)
        self.pointwise = nn.Conv2d(in_channels, out_channels, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(out_channels)
        self.act = nn.ReLU6(inplace=True)
        self.skip = stride == 1 and in_channels == out_channels

    def forward(self, x):
        y = self.act(self.norm1(self.depthwise(x)))
        y = self.act(self.norm2(self.pointwise(y)))
        return x + y if self.skip else y


class TinyMobile(nn.Module):
    stages = [(32, 1, 1), (64, 2, 2), (128, 2, 2), (256, 2, 3), (512, 2, 2)]

    def __init__(self, num_classes=1000):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 32, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU6(inplace=True),
        )
        blocks, channels = [], 32
        for out_channels, stride, repeats in self.stages:
            for i in range(repeats):
                blocks.append(SeparableBlock(channels, out_channels, stride if i == 0 else 1))
                channels = out_channels
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Linear(channels, num_classes)

    def forward(self, x):
        x = self.stem(x)
        x = self.blocks(x)
        x = x.mean(dim=(2, 3))
        return self.head(x)


if __name__ == "__main__":
    net = TinyMobile()
    print(net(torch.randn(1, 3, 224, 224)).shape)
