# Hints and hovers on blocks, containers, and what helpers make.
import torch
import torch.nn as nn


class Block(nn.Module):
    # <- lens: 3× in Net
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        #     $0 hover: **3 calls** in `Net`
        self.norm = nn.BatchNorm2d(channels)
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.act(self.norm(self.conv(x)))
        # inlay: 1×16×32×32
        return x


class Net(nn.Module):
    # <- lens: params
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU())
        self.stage = self.make_stage(16, 3)
        #     $0 hover: **`stage`** · Sequential · 9 layers 7.13 MMAC (94.2 % of the model)
        self.head = nn.Linear(16, 10)

    def make_stage(self, channels, depth):
        return nn.Sequential(*[Block(channels) for _ in range(depth)])
        #                      $0 hover: **3 calls** of Block in `Net` → 1×16×32×32

    def forward(self, x):
        x = self.stem(x)
        # inlay: 1×16×32×32
        x = self.stage(x)
        #        $0 hover: **`stage`** · Sequential · 9 layers 1×16×32×32 → 1×16×32×32
        # inlay: 1×16×32×32
        return self.head(x.mean((2, 3)))
        # inlay: 1×10


net = Net()
net(torch.randn(1, 3, 32, 32))
