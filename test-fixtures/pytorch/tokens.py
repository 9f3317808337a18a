"""A language model over token numbers, with tied embeddings and a recurrent core."""
import torch
import torch.nn as nn


class TokenModel(nn.Module):
    # <- lens: 1.33 M params
    def __init__(self, vocabulary=5000, width=128, block_size=64):
        super().__init__()
        self.block_size = block_size
        self.embedding = nn.Embedding(vocabulary, width)
        self.core = nn.LSTM(width, width, num_layers=2, bidirectional=True, batch_first=True)
        self.project = nn.Linear(2 * width, width)
        self.decoder = nn.Linear(width, vocabulary, bias=False)
        self.decoder.weight = self.embedding.weight

    def forward(self, tokens):
        hidden, _ = self.core(self.embedding(tokens))
        return self.decoder(torch.tanh(self.project(hidden)))
