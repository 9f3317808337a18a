"""A small network of depthwise separable convolutions: few MACs, and little reuse of each activation that is read."""
import torch
from torch import nn


class SeparableBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.depthwise = nn.Conv2d(in_channels, in_channels, 3, stride, 1, groups=in_channels, bias=False)
        self.norm1 = nn.BatchNorm2d(in_channels)
        self.pointwise = nn.Conv2d(in_channels, out_channels, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        x = torch.relu(self.norm1(self.depthwise(x)))
        return torch.relu(self.norm2(self.pointwise(x)))


class MobileNet(nn.Module):
    def __init__(self, num_classes=1000, width=32):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, stride=2, padding=1, bias=False)
        self.features = nn.Sequential(
            SeparableBlock(width, 2 * width),
            SeparableBlock(2 * width, 4 * width, stride=2),
            SeparableBlock(4 * width, 4 * width),
            SeparableBlock(4 * width, 8 * width, stride=2),
            SeparableBlock(8 * width, 8 * width),
            SeparableBlock(8 * width, 16 * width, stride=2),
            *[SeparableBlock(16 * width, 16 * width) for _ in range(5)],
            SeparableBlock(16 * width, 32 * width, stride=2),
            SeparableBlock(32 * width, 32 * width),
        )
        self.classifier = nn.Linear(32 * width, num_classes)

    def forward(self, x):
        x = self.features(self.stem(x))
        x = x.mean([2, 3])
        return self.classifier(x)


if __name__ == "__main__":
    model = MobileNet()
    print(model(torch.randn(1, 3, 224, 224)).shape)
