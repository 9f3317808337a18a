/** Inputs whose size only a reshaping tells, or a layer behind a rearrangement. */
import assert from 'node:assert/strict';
import { analyse, prepareParser } from '../../../test/harness/analyse';

const cases: Readonly<Record<string, readonly [program: string, inputs: readonly (readonly number[])[], macs: number]>> = {
  'an image beside labels, flattened by its size': [`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(10, 10)
        self.fc = nn.Linear(28 ** 2 + 10, 64)
    def forward(self, imgs, labels):
        flat = imgs.view(imgs.size(0), 28 ** 2)
        return self.fc(torch.cat([flat, self.emb(labels)], 1))`, [[1, 1, 28, 28], [1]], 794 * 64],
  'three channels, flattened without saying the batch': [`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.fc = nn.Linear(8 * 20 * 20, 5)
    def forward(self, x):
        return self.fc(self.conv(x).view(-1, 8 * 20 * 20))`, [[1, 3, 20, 20]], 8 * 27 * 400 + 3200 * 5],
  'an image that is unpacked and flattened, with channels that no layer tells': [`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
    def forward(self, x):
        batch, channels, width, height = x.size()
        return self.model(x.view(batch, -1))`, [[1, 1, 28, 28]], 784 * 64 + 640],
  'a screen beside a state, behind layers without padding': [`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(nn.Conv2d(4, 8, 8, stride=4), nn.Conv2d(8, 8, 4, stride=2), nn.Conv2d(8, 8, 3), nn.Flatten(), nn.Linear(8 * 7 * 7, 16))
    def forward(self, inputs, hidden, masks):
        return self.main(inputs / 255.0), hidden`, [[1, 4, 84, 84], [1, 1, 392]], 4 * 8 * 64 * 400 + 64 * 16 * 81 + 64 * 9 * 49 + 392 * 16],
  'channels of which each path takes one, in volumes that may not get too small': [`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv3d(1, 4, 9), nn.Conv3d(1, 4, 9)
        self.c = nn.Conv3d(8, 2, 9)
    def forward(self, x):
        a, b = self.a(x[:, 0:1]), self.b(x[:, 1:2])
        return self.c(torch.cat([a, b], 1))`, [[1, 2, 32, 32, 32]], 2 * 4 * 729 * 24 ** 3 + 8 * 2 * 729 * 16 ** 3],
  'a signal that is halved seven times and joined with what it was': [`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([nn.Conv1d(1 if i == 0 else 4, 4, 3, padding=1) for i in range(8)])
        self.up = nn.ModuleList([nn.Conv1d(8, 4, 3, padding=1) for i in range(8)])
    def forward(self, x):
        kept = []
        for layer in self.down:
            x = layer(x)
            kept.append(x)
            x = x[:, :, ::2]
        for layer in self.up:
            x = nn.functional.interpolate(x, scale_factor=2, mode='linear')
            x = layer(torch.cat([x, kept.pop()], 1))
        return x`, [[1, 1, 256]], 12 * 256 + 48 * 254 + 96 * 510],
  'channels that a pattern multiplies before the first layer': [`
class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.down = nn.Sequential(Rearrange('b c (h p) (w q) -> b (c p q) h w', p=2, q=2), nn.Conv2d(4 * dim, dim, 1))
    def forward(self, x):
        return self.down(x)`, [[1, 512, 224, 224]], 2048 * 512 * 112 * 112],
};

describe('inputs that a reshaping tells', () => {
  before(prepareParser);

  for (const [name, [program, inputs, macs]] of Object.entries(cases)) {
    it(name, () => {
      const { models: [model] } = analyse([{ path: 'net.py', text: `import torch\nfrom torch import nn\nfrom einops.layers.torch import Rearrange\n${program}\n` }]);
      assert.deepEqual(model?.graph.inputs.map(({ tensor }) => model.graph.tensors.get(tensor)?.shape), inputs);
      assert.deepEqual([model?.metrics.status, model?.metrics.totals.macs], ['exact', macs]);
    });
  }
});
