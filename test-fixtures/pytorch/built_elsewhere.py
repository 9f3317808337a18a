"""A package whose README shows how its model is built and called."""
import torch
import torch.nn as nn


class Patches(nn.Module):
# <- lens: 394 kMAC · 3.26 k params · peak 26.6 k act. · as built in README.md:9
    def __init__(self, *, image_size, patch_size, num_classes, dim, flavour):
        super().__init__()
        assert flavour == 'plain' and image_size % patch_size == 0
        self.first = nn.Conv2d(3, dim, patch_size, stride=patch_size)
        self.head = nn.Linear(dim, num_classes)

    def forward(self, image):
        return self.head(self.first(image).flatten(2).mean(-1))


class Tagger(nn.Module):
# <- lens: 3.24 MMAC · 82.2 k params · peak 10.6 k act. · as built in train.py:10
    """The flavour is one that no table knows."""

    def __init__(self, vocabulary, hidden, flavour):
        super().__init__()
        self.words = nn.Embedding(vocabulary, hidden)
        self.rnn = {'a': nn.GRU, 'b': nn.LSTM}[flavour](hidden, hidden)

    def forward(self, words):
        return self.rnn(self.words(words))[0]


class Forecast(nn.Module):
# <- lens: 1.54 kMAC · 1.58 k params · peak 80 act. · with the defaults of train.py:8 · assuming 1×32
    """Settings that only the command line has."""

    def __init__(self, configs):
        super().__init__()
        self.first = nn.Linear(configs.past, configs.future)
        self.deep = configs.deep

    def forward(self, x):
        return self.first(x) if not self.deep else x
# --- README.md
# Patches

```bash
pip install patches
```

```python
from built_elsewhere import Patches
model = Patches(image_size=64, patch_size=8, num_classes=10,
                dim=16, flavour='plain')
model(torch.randn(2, 3, 64, 64))
import torch
model(torch.randn(2, 3, 64, 64))
```
# --- train.py
import argparse
import torch
from built_elsewhere import Tagger


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--hidden', type=int, default=96)
    parser.add_argument('--past', default='32', type=int); parser.add_argument('--future', default=48); parser.add_argument('--deep', action='store_true')
    model = Tagger(vocabulary=80, hidden=parser.parse_args().hidden, flavour='b')
    model(torch.zeros(4, 11, dtype=torch.long))


if __name__ == '__main__':
    main()
