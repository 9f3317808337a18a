"""Mistakes that Python itself would report, found before the first run."""
import torch
import torch.nn as nn


class FloatChannels(nn.Module):
    # <- lens: no figures
    def __init__(self, dim=64):
        super().__init__()
        self.half = nn.Conv2d(3, dim / 2, 3)
        #                        ^^^^^^^ warning JL402: did `/` make it? use `//`

    def forward(self, x):
        return self.half(x)


class WrongKeyword(nn.Module):
    # <- lens: no figures
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, kernal_size=3)
        #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning JL402: unexpected keyword argument 'kernal_size'

    def forward(self, x):
        return self.conv(x)


class WrongView(nn.Module):
    # <- lens: up to the error
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, 2, 1)
        self.fc = nn.Linear(8 * 10 * 10, 5)

    def forward(self, x):
        return self.fc(self.conv(x).view(-1, 8 * 10 * 10))
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: cannot be reshaped


WrongView()(torch.randn(1, 3, 32, 32))
