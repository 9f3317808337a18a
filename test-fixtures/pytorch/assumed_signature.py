"""Classes whose constructors demand values that this file never gives."""
import torch
import torch.nn as nn


class Attention(nn.Module):
# <- lens: assuming dim 512, heads 8
    def __init__(self, dim, heads, dropout=0.0):
        super().__init__()
        assert dim % heads == 0, 'dim must be divisible by heads'
        self.heads = heads
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)
        y = (q @ k.transpose(-2, -1)).softmax(-1) @ v
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info JL307: Attention over 128×128 scores per head is written out in 3 operators
        return self.out(y.transpose(1, 2).reshape(b, n, c))


class SumBlock(nn.Module):
# <- lens: assuming in_channels 64, out_channels 64
    """What comes out is added to what went in: both need as many channels."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=1)

    def forward(self, x):
        return x + self.conv(x)


class Narrowing(nn.Module):
# <- lens: assuming inplanes 256, planes 64
    """The inner width is a fourth of the outer one."""

    def __init__(self, inplanes, planes):
        super().__init__()
        self.reduce = nn.Conv2d(inplanes, planes, 1)
        self.expand = nn.Conv2d(planes, planes * 4, 1)

    def forward(self, x):
        return x + self.expand(self.reduce(x).relu())


class Classifier(nn.Module):
# <- lens: assuming num_classes 1000
    def __init__(self, num_classes):
        super().__init__()
        self.body = nn.Conv2d(3, 8, 3, stride=2)
        self.head = nn.Linear(8, num_classes)

    def forward(self, x):
        return self.head(self.body(x).mean((2, 3)))


class ListedDefaults(nn.Module):
# <- lens: assuming dims [64, 128, 256, 512]
    """The default None is none that works."""

    def __init__(self, in_chans=3, dims=None):
        super().__init__()
        self.first = nn.Conv2d(in_chans, dims[0], 4, stride=4)

    def forward(self, x):
        return self.first(x)


class Norm(nn.LayerNorm):
    """A layer in another form is no model."""

    def forward(self, x):
        return super().forward(x.float()).type(x.dtype)


class FocalLoss(nn.Module):
    """Neither is a loss."""

    def __init__(self, gamma):
        super().__init__()
        self.gamma = gamma

    def forward(self, prediction, target):
        return ((1 - prediction) ** self.gamma * target).mean()


class Permute(nn.Module):
    """What takes anything is not meant to get nothing."""

    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.transpose(*self.axes)


class Unsure(nn.Module):
# <- lens: no figures: Unsure(blueprint) needs values · set…
    def __init__(self, blueprint):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in blueprint])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Tower(nn.Module):
# <- lens: assuming depth [2, 2, 2, 2]
    """A number is refused, and so is a list."""

    def __init__(self, depth):
        super().__init__()
        assert isinstance(depth, tuple), 'one depth for each stage'
        self.body = nn.Sequential(*[nn.Linear(8, 8) for _ in range(sum(depth))])

    def forward(self, x):
        return self.body(x)


class Choosy(nn.Module):
# <- lens: assuming dim 512, heads 8
    """What may be left out must not be left out."""

    def __init__(self, dim, heads=None):
        super().__init__()
        assert heads is not None, 'say how many heads'
        self.attend = nn.MultiheadAttention(dim, heads, batch_first=True)

    def forward(self, x):
        return self.attend(x, x, x)[0]


class Heads(nn.Module):
# <- lens: assuming dims
    """Nothing has to be given as far as the signature tells, and nothing can be made of nothing."""

    def __init__(self, classes=10, dims=()):
        super().__init__()
        self.first = dims[0]
        self.head = nn.Linear(self.first, classes)

    def forward(self, x):
        return self.head(x)


def convnet_small(num_classes: int):
# <- lens: assuming num_classes 1000
    return Classifier(num_classes)
