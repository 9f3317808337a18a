import torch
from torch import nn


class Encoder(nn.Module):
    # <- lens: up to the error
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 64, 3, stride=2, padding=1)
        self.wrong = nn.Conv2d(32, 128, 3, padding=1)
        #                      ^^ error JL401: expected 32 input channels, received 64
        self.after = nn.Conv2d(128, 8, 1)

    def forward(self, x):
        x = self.down(x)
        x = self.wrong(x)
        return self.after(x)


class Scaled(nn.Module):
    # <- lens: up to the error
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 32, 3, padding=1)
        self.scale = nn.Parameter(torch.ones(16, 1, 1))

    def forward(self, x):
        # No size of the image makes up for it, so that it is said without one.
        return self.conv(x) * self.scale
        #      ^^^^^^^^^^^^^^^^^^^^^^^^^ error JL401: 16×1×1 do not broadcast in `multiply`
