"""Whole networks of which nobody says how they are made."""
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F


@dataclass
class Sizes:
    n_mels: int
    n_audio_ctx: int
    n_audio_state: int


class Listener(nn.Module):
# <- lens: assuming n_mels 80, n_audio_ctx 128, n_audio_state 512, 1×80×256
    """Its settings are fields without defaults, and its table of positions says how long the sound is."""

    def __init__(self, dims: Sizes):
        super().__init__()
        self.conv = nn.Conv1d(dims.n_mels, dims.n_audio_state, 3, stride=2, padding=1)
        self.positions = nn.Parameter(torch.zeros(dims.n_audio_ctx, dims.n_audio_state))

    def forward(self, mel):
        x = self.conv(mel).permute(0, 2, 1)
        assert x.shape[1:] == self.positions.shape, 'a sound of another length'
        return x + self.positions


class SmallBlock(nn.Module):
    # <- lens: 8× in Stages
    expansion = 1

    def __init__(self, planes, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(planes, planes, 3, stride, 1)

    def forward(self, x):
        return F.relu(self.conv(x))


class Stages(nn.Module):
# <- lens: assuming block SmallBlock, num_blocks [2, 2, 2, 2], 1×3×224×224
    """It is given the class of its blocks."""

    def __init__(self, block, num_blocks):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3)
        self.body = nn.Sequential(*[block(16) for _ in range(sum(num_blocks))])

    def forward(self, x):
        return self.body(self.stem(x))


class Generator(nn.Module):
# <- lens: assuming nz 128, ngf 64, nc 3, 1×128×1×1
    def __init__(self, nz, ngf, nc):
        super().__init__()
        self.main = nn.Sequential(nn.ConvTranspose2d(nz, ngf, 4), nn.ConvTranspose2d(ngf, nc, 4, 2, 1))

    def forward(self, noise):
        return self.main(noise)


class Reader(nn.Module):
    # <- lens: 1× in Translator
    def __init__(self, vocab_size, hid_dim):
        super().__init__()
        self.words = nn.Embedding(vocab_size, hid_dim)
        self.rnn = nn.LSTM(hid_dim, hid_dim)

    def forward(self, src):
        return self.rnn(self.words(src))[1]


class Writer(nn.Module):
    # <- lens: 127× in Translator
    def __init__(self, vocab_size, hid_dim):
        super().__init__()
        self.words = nn.Embedding(vocab_size, hid_dim)
        self.rnn = nn.LSTM(hid_dim, hid_dim)
        self.out = nn.Linear(hid_dim, vocab_size)

    def forward(self, token, hidden, cell):
        y, (hidden, cell) = self.rnn(self.words(token.unsqueeze(0)), (hidden, cell))
        return self.out(y.squeeze(0)), hidden, cell


class Translator(nn.Module):
# <- lens: assuming vocab_size 10000, hid_dim 512, 128×1, 128×1
    """Its parts have the names of their classes; the words come first, the batch second."""

    def __init__(self, reader, writer):
        super().__init__()
        self.reader = reader
        self.writer = writer

    def forward(self, src, trg):
        steps = trg.shape[0]
        hidden, cell = self.reader(src)
        token, scores = trg[0], []
        for _ in range(1, steps):
            score, hidden, cell = self.writer(token, hidden, cell)
            scores.append(score)
            token = score.argmax(1)
        return torch.stack(scores)
