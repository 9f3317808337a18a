/** Models that a file calls: the figures are those of the first call, whatever the call leaves changed behind it. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Case {
  readonly program: string;
  /** By model: status, weights, MACs. */
  readonly models: Readonly<Record<string, readonly [string, number, number]>>;
}

const head = 'import torch\nfrom torch import nn\n';

const cases: Readonly<Record<string, Case>> = {
  'a hook that collects outputs': {
    program: `
seen = []
def collect(module, args, output):
    seen.append(output)
    return torch.cat(seen)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(8, 6), nn.Linear(6, 5)
        self.a.register_forward_hook(collect)
    def forward(self, x):
        return self.b(self.a(x)).view(3, 5)
net = Net()
net(torch.randn(3, 8))
`,
    models: { Net: ['exact', 89, 234] },
  },
  'a batch as large as the data were, and what is made of data nobody knows': {
    program: `
import missing
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(6, 4, 4)
    def forward(self, z):
        return self.up(z)
class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc, self.choice = nn.Linear(5, 2), nn.Softmax(dim=1)
    def forward(self, x):
        return self.choice(self.fc(x))
net, policy, criterion = Net(), Policy(), nn.MSELoss()
real = missing.data()
out = net(torch.randn(real.size(0), 6, 1, 1))
criterion(out, real)
policy(torch.FloatTensor(real))
`,
    models: { Net: ['exact', 6 * 4 * 16 + 4, 6 * 4 * 16], Policy: ['exact', 12, 10] },
  },
  'a global counter, a counter of the class, a list as a default': {
    program: `
rounds = 1
class Net(nn.Module):
    depth = 1
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
    def forward(self, x, parts=[]):
        global rounds
        parts.append(x)
        for _ in range(rounds * Net.depth * len(parts)):
            x = self.fc(x)
        rounds += 1
        Net.depth += 2
        return x
def main():
    net = Net()
    with torch.no_grad():
        net(torch.randn(2, 4))
        net(torch.randn(2, 4))
if __name__ == '__main__':
    main()
`,
    models: { Net: ['exact', 20, 32] },
  },
  'a layer that is made on the first call': {
    program: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = None
        self.warm = False
    def forward(self, x):
        if self.head is None:
            self.head = nn.Linear(x.shape[-1], 3)
        if not self.warm:
            self.warm = True
            return self.head(self.head(x).repeat(1, 2))
        return x
net = Net()
net(torch.randn(2, 6))
`,
    models: { Net: ['exact', 21, 72] },
  },
  'a buffer that grows, and a list of keys that the caller holds': {
    program: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.register_buffer('memory', torch.zeros(1, 4))
    def forward(self, x, past):
        self.memory = torch.cat([self.memory, x])
        past.append(self.fc(x))
        return torch.cat(past) @ self.memory.T
net, past = Net(), []
for step in range(3):
    net(torch.randn(2, 4), past)
`,
    models: { Net: ['exact', 20, 56] },
  },
  'calls of different shapes': {
    program: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
    def forward(self, x):
        return self.conv(x)
net = Net()
net(torch.randn(1, 3, 8, 8))
net.conv = nn.Conv2d(3, 40, 3)
net(torch.randn(1, 3, 16, 16))
`,
    models: { Net: ['exact', 112, 3888] },
  },
  'batches that nobody knows, before a call that tells its input': {
    program: `
import data
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 2)
        self.calls = 0
    def forward(self, x):
        self.calls += 1
        return self.fc(x)
net = Net()
for batch in data.batches():
    net(batch).sum().backward()
other = Net()
other(torch.randn(5, 6))
`,
    models: { Net: ['exact', 14, 60] },
  },
  'a loop over batches that nobody knows': {
    program: `
import data
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(6, 6)
        self.kept = []
    def forward(self, x):
        self.kept.append(self.fc(x))
        return self.fc(torch.cat(self.kept))
net = Net()
for batch in data.batches():
    net(batch).sum().backward()
`,
    models: { Net: ['exact', 42, 72] },
  },
  'a part that is called by itself first': {
    program: `
class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.calls = 0
    def forward(self, x):
        self.calls += 1
        for _ in range(self.calls): x = self.fc(x)
        return x
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Part()
    def forward(self, x):
        return self.part(x)
net = Net()
net.part(torch.randn(1, 4))
net(torch.randn(1, 4))
`,
    models: { Part: ['exact', 20, 16], Net: ['exact', 20, 32] },
  },
};

describe('models that a file calls', () => {
  before(prepareParser);

  for (const [what, { program, models }] of Object.entries(cases)) {
    it(what, () => {
      const found = analyse([{ path: 'net.py', text: head + program }]).models;
      assert.deepEqual(Object.fromEntries(found.map(({ graph, metrics: { status, totals } }) => [graph.name, [status, totals.frameworkParams, totals.macs]])), models);
      assert.deepEqual(found.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error')), []);
    });
  }

  it('what a branch that may not run does to a model within the call makes its figures bounds', () => {
    const { models } = analyse([{ path: 'net.py', text: `${head}
import somewhere
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
    def forward(self, x):
        if somewhere.flag:
            self.more = nn.Linear(2, 2)
        return self.fc(x)
net = Net()
net(torch.randn(1, 4))
` }]);
    assert.deepEqual(models.map(({ metrics: { status, totals } }) => [status, totals.frameworkParams]), [['lower-bound', 20]]);
  });
});
