"""Relative and absolute imports, a star import, and a module found through its package."""
from blocks import *
from blocks.heads import Head as Classifier
import torch.nn as nn


class Model(nn.Module):
    # <- lens: 1.14 k params
    def __init__(self):
        super().__init__()
        self.body = ConvBlock(3, 16)
        self.head = Classifier(16, 40)

    def forward(self, x):
        return self.head(self.body(x))
# --- blocks/__init__.py
from .conv import ConvBlock
__all__ = ["ConvBlock"]
# --- blocks/conv.py
from torch import nn
from . import settings


class ConvBlock(nn.Module):
    def __init__(self, inp, out):
        super().__init__()
        self.conv = nn.Conv2d(inp, out, settings.KERNEL, padding=settings.KERNEL // 2, bias=False)
        self.norm = nn.BatchNorm2d(out)

    def forward(self, x):
        return self.norm(self.conv(x)).relu_()
# --- blocks/settings.py
KERNEL = 3
# --- blocks/heads.py
import torch.nn as nn


class Head(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        return self.fc(x.mean((2, 3)))
