# What is shown at the cursor, in the outline, and behind the light bulb.
import torch
import torch.nn as nn


class Net(nn.Module):
    # <- lens: params
    # <- symbol: Net
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 3, padding=1)
        # <- symbol: Net > stem
        #           $0 hover: **`stem`** · Conv2d · standard 1×3×32×32 → 1×64×32×32
        self.depth = nn.Conv2d(64, 64, 3, padding=1, groups=64)
        # <- symbol: Net > depth
        #                                            ^^^^^^^^^ info JL101: DWConv
        #                                            ^^^^^^^^^ 💡 Ignore JL101 depthwise-low-reuse on this line => self.depth = nn.Conv2d(64, 64, 3, padding=1, groups=64)  # joulelint: ignore[JL101]
        #                                            ^^^^^^^^^ 💡 Ignore JL101 depthwise-low-reuse in this file
        #                                            ^^^^^^^^^ 💡 groups=8, of 8 channels each: +4.03 k params, +175 % MACs of what is known => self.depth = nn.Conv2d(64, 64, 3, padding=1, groups=8)
        #                                            ^^^^^^^^^ 💡 Open the page of JL101
        self.head = nn.Linear(32, 10)
        # <- symbol: Net > head
        #                     ^^ error JL401: expected 32 input features, received 64
        #                     ^^ 💡 in_features=64, as the layer before gives => self.head = nn.Linear(64, 10)
        #                     ^^ 💡 Ignore JL401 channel-mismatch on this line => self.head = nn.Linear(32, 10)  # joulelint: ignore[JL401]
        #                     ^^ 💡 Ignore JL401 channel-mismatch in this file
        #                     ^^ 💡 Open the page of JL401

    def forward(self, x):
        x = self.depth(self.stem(x))
        #              $0 hover: 1 × 64 × (32 × 32) × (3/1) × (3 × 3) = **1.77 M**
        return self.head(x.mean((2, 3)))
        # <- symbol: Net > mean mean → 1×64
        # $0 hover:


net = Net()
net(torch.randn(1, 3, 32, 32))
