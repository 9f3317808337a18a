"""Attention three ways: a module, einsum, and plain matrix products."""
import torch
from torch import nn


class EinsumAttention(nn.Module):
    # <- lens: 1× in Mixed
    def __init__(self, dim, heads):
        super().__init__()
        self.heads, self.scale = heads, (dim // heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = torch.einsum("bhid,bhjd->bhij", q, k) * self.scale
        y = torch.einsum("bhij,bhjd->bhid", scores.softmax(dim=-1), v)
        #                                   ^^^^^^^^^^^^^^^^^^^^^^ info JL307: Attention over 64×64 scores per head is written out in 4 operators
        return self.out(y.transpose(1, 2).flatten(2))


class MatmulAttention(EinsumAttention):
    # <- lens: 1× in Mixed
    def forward(self, x):
        b, n, d = x.size()
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (t.view(b, n, self.heads, d // self.heads).transpose(1, 2) for t in (q, k, v))
        scores = torch.softmax(q @ k.transpose(-2, -1) * self.scale, -1)
        #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info JL307: Attention over 64×64 scores per head is written out in 4 operators
        return self.out((scores @ v).transpose(1, 2).contiguous().view(b, n, d))


class Mixed(nn.Module):
    # <- lens: 346 k params
    def __init__(self, image_size=32, patch=4, dim=128):
        super().__init__()
        self.image_size = image_size
        self.embed = nn.Conv2d(3, dim, patch, patch)
        self.position = nn.Parameter(torch.zeros(1, (image_size // patch) ** 2, dim))
        self.first = EinsumAttention(dim, 4)
        self.second = MatmulAttention(dim, 4)
        self.third = nn.MultiheadAttention(dim, 4, batch_first=True)
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(3))
        self.feed = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))
        self.head = nn.Linear(dim, 10)

    def forward(self, image):
        x = self.embed(image).flatten(2).transpose(1, 2) + self.position
        x = x + self.first(self.norms[0](x))
        x = x + self.second(self.norms[1](x))
        y = self.norms[2](x)
        x = x + self.third(y, y, y, need_weights=False)[0]
        return self.head(self.feed(x).mean(dim=1))
