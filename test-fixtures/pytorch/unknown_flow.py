"""What depends on data: a branch, a loop, and a helper that cannot be found."""
import torch
from torch import nn
from missing_kernels import fused_scale


class Guarded(nn.Module):
    # <- lens: ≥
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.more = nn.Conv2d(8, 8, 3)

    def forward(self, x):
        x = self.conv(x)
        if x.mean() > 0:
            x = self.more(x)
        return fused_scale(x)
