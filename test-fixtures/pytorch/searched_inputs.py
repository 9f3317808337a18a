"""Nobody calls these models: the program itself tells what goes in."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class HeadFirst(nn.Module):
# <- lens: 8.85 MMAC · 70.3 k params · peak 17.5 k act. · assuming 1×128×7
    """The layer that reads the input is declared last."""

    def __init__(self, features=7, hidden=128):
        super().__init__()
        self.head = nn.Linear(hidden, 1)
        self.rnn = nn.LSTM(features, hidden, batch_first=True)

    def forward(self, series):
        steps, _ = self.rnn(series)
        return self.head(steps[:, -1])


class Fused(nn.Module):
# <- lens: assuming 1×3×224×224, 1×12
    def __init__(self):
        super().__init__()
        self.image = nn.Conv2d(3, 16, 3, stride=2)
        self.table = nn.Linear(12, 16)
        self.head = nn.Linear(32, 3)

    def forward(self, picture, numbers):
        return self.head(torch.cat([self.image(picture).mean((2, 3)), self.table(numbers)], dim=1))


class StepDecoder(nn.Module):
# <- lens: assuming 1, 1×1×128, 10×128
    def __init__(self, hidden=128, words=500, longest=10):
        super().__init__()
        self.words = nn.Embedding(words, hidden)
        self.weigh = nn.Linear(hidden * 2, longest)
        self.rnn = nn.GRU(hidden * 2, hidden)

    def forward(self, token, hidden, encoder_outputs):
        word = self.words(token).view(1, 1, -1)
        weights = F.softmax(self.weigh(torch.cat((word[0], hidden[0]), 1)), dim=1)
        seen = torch.bmm(weights.unsqueeze(0), encoder_outputs.unsqueeze(0))
        return self.rnn(torch.cat((word, seen), 2), hidden)


class GraphNet(nn.Module):
# <- lens: assuming 128×32, 128×128
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(32, 16)
        self.second = nn.Linear(16, 4)

    def forward(self, x, adj):
        return adj @ self.second(torch.relu(adj @ self.first(x)))


class TimedUNet(nn.Module):
# <- lens: assuming 1×3×224×224, 1
    def __init__(self):
        super().__init__()
        self.time = nn.Linear(32, 8)
        self.down = nn.Conv2d(3, 8, 3, padding=1)
        self.up = nn.Conv2d(8, 3, 3, padding=1)

    def forward(self, x, t):
        rates = torch.exp(-torch.arange(16) / 16)
        angles = t[:, None] * rates[None]
        wave = torch.cat([angles.sin(), angles.cos()], dim=-1)
        return self.up(self.down(x) + self.time(wave)[:, :, None, None])


class ChannelsLast(nn.Module):
# <- lens: assuming 1×224×224×3
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, picture):
        return self.conv(picture.permute(0, 3, 1, 2))


class ShortTable(nn.Module):
# <- lens: assuming 1×77
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(1000, 64)
        self.places = nn.Parameter(torch.zeros(77, 64))
        self.head = nn.Linear(64, 1000)

    def forward(self, words):
        return self.head(self.words(words) + self.places)
