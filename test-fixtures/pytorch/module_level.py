# Models that are only kept in variables: each is shown where it is assigned, unless something else stands for it.
import torch.nn as nn

criterion = nn.CrossEntropyLoss()
projection = nn.Linear(4, 5)
blocks = nn.ModuleList([nn.Linear(4, 4)])
encoder = nn.Sequential(nn.Linear(784, 128), nn.ReLU())
# <- symbol: autoencoder > encoder.0 Linear
# <- symbol: autoencoder > encoder.1 ReLU


class Autoencoder(nn.Module):
    def __init__(self, encoder, size):
        super().__init__()
        self.encoder = encoder
        self.decoder = nn.Linear(128, size)
        # <- symbol: autoencoder > decoder Linear → 1×784

    def forward(self, x):
        return self.decoder(self.encoder(x))


class Plain(nn.Module):
    # <- lens: 110 params
    # <- symbol: Plain DI
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, 10)
        # <- symbol: Plain > fc

    def forward(self, x):
        return self.fc(x)


def build():
    # <- lens: 20 params
    # <- symbol: build DI
    return nn.Sequential(nn.Linear(4, 4))
    # <- symbol: build > 0 Linear


model = nn.Sequential(
    # <- lens: 72.2 k params
    # <- symbol: model DI 5.37 · 266 kMAC
    nn.Conv2d(3, 8, 3, groups=1),
    # <- symbol: model > 0 Conv2d → 1×8×30×30
    nn.Flatten(),
    # <- symbol: model > 1 Flatten
    nn.Linear(8 * 30 * 30, 10),
    # <- symbol: model > 2 Linear → 1×10 · 72 kMAC
)
autoencoder = Autoencoder(encoder, 784)
# <- lens: 202 k params
# <- symbol: autoencoder DI
plain = Plain()
built = build()
if __name__ == '__main__':
    late = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 5))
    # <- lens: 41 params
    # <- symbol: late
    # <- symbol: late > 0 Linear
    same = late
