"""One depthwise convolution beside the standard one it replaces."""
import torch
from torch import nn


class DepthwiseBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.expand = nn.Conv2d(3, 256, 3, padding=1)
        self.depthwise = nn.Conv2d(256, 256, 3, padding=1, groups=256)
        self.standard = nn.Conv2d(256, 256, 3, padding=1)
        self.head = nn.Linear(256, 10)

    def forward(self, x):
        x = torch.relu(self.expand(x))
        x = torch.relu(self.depthwise(x))
        x = torch.relu(self.standard(x))
        x = x.mean(dim=(2, 3))
        return self.head(x)


model = DepthwiseBlock()
logits = model(torch.randn(1, 3, 28, 28))
