"""The image size follows from the first linear layer."""
import torch.nn as nn
import torch.nn.functional as F


class Digits(nn.Module):
    # <- lens: 44.4 k params
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        # inlay: 1×6×12×12
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        # inlay: 1×16×4×4
        x = x.view(x.size(0), -1)
        # inlay: 1×256
        x = F.relu(self.fc2(F.relu(self.fc1(x))))
        # inlay: 1×84
        return self.fc3(x)
        # inlay: 1×10
