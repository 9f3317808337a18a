"""Architectures kept as data: a registry, a dataclass, layer lists and names looked up at run time."""
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import partial
import math
import torch
from torch import nn

BLOCKS = {}


def register(name):
    def wrap(cls):
        BLOCKS[name] = cls
        return cls
    return wrap


@dataclass
class Config:
    widths: list = field(default_factory=lambda: [16, 32, 64])
    depth: float = 1.4
    block: str = "plain"
    act: str = "SiLU"
    num_classes: int = 10


def make_divisible(value, divisor=8):
    new_value = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return new_value + divisor if new_value < 0.9 * value else new_value


@register("plain")
class Plain(nn.Sequential):
    # <- lens: 6× in plain
    def __init__(self, inp, out, stride, act):
        super().__init__(OrderedDict([
            ("conv", nn.Conv2d(inp, out, 3, stride, 1, bias=False)),
            ("norm", nn.BatchNorm2d(out)),
            ("act", act()),
        ]))


@register("gated")
class Gated(nn.Module):
    # <- lens: 6× in gated
    def __init__(self, inp, out, stride, act):
        super().__init__()
        self.value, self.gate = (nn.Conv2d(inp, out, 3, stride, 1) for _ in range(2))
        self.act = act()

    def forward(self, x):
        return self.act(self.value(x)) * torch.sigmoid(self.gate(x))


class Backbone(nn.Module):
    # <- lens: 117 k params
    def __init__(self, config: Config = Config()):
        super().__init__()
        act = partial(getattr(nn, config.act), inplace=True)
        layers, inp = [], 3
        for width in map(lambda w: make_divisible(w * 1.25), config.widths):
            for i in range(math.ceil(config.depth)):
                layers += [BLOCKS[config.block](inp, width, 2 if i == 0 else 1, act)]
                inp = width
        self.layers = nn.Sequential(*layers)
        self.head = nn.Linear(inp, config.num_classes)

    def forward(self, x):
        return self.head(self.layers(x).flatten(2).mean(-1))


def plain():
    # <- lens: 117 k params
    return Backbone()


def gated():
    # <- lens: 232 k params
    return Backbone(Config(block="gated", widths=[16, 32, 64]))
