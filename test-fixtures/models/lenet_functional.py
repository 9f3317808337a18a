"""LeNet-5 with functions and methods between bare layers."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class LeNet(nn.Module):
    def __init__(self):
        super(LeNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, image):
        image = F.avg_pool2d(torch.tanh(self.conv1(image)), 2)
        image = F.avg_pool2d(self.conv2(image).tanh(), (2, 2))
        flat = image.view(image.size(0), -1)
        flat = torch.tanh(self.fc1(flat))
        return self.fc3(torch.tanh(self.fc2(flat)))
