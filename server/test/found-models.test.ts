/** Models that only running a part of the file makes, and files that name their framework by what they import alone. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

type Found = readonly (readonly [name: string, status: string, params: number])[];

function found(...texts: readonly string[]): Found {
  const [main = '', ...others] = texts;
  const { models } = analyse([{ path: 'net.py', text: main }, ...others.map((text, i) => ({ path: `base${i === 0 ? '' : String(i)}.py`, text }))]);
  return models.map(({ graph, metrics }) => [graph.name, metrics.status, metrics.totals.params]);
}

const head = 'import torch\nfrom torch import nn\n';

describe('models that are found', () => {
  before(prepareParser);

  it('in a function that runs with its defaults', () => {
    const program = `${head}
class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(8, width)
    def forward(self, x):
        return self.fc(x)
def train(width=5, epochs=2, log=None):
    net = Net(width)
    for _ in range(epochs):
        net(torch.randn(4, 8)).sum().backward()
`;
    assert.deepEqual(found(program), [['Net', 'exact', 45]]);
  });

  it('and what that function cannot know makes no other model a bound', () => {
    const program = `${head}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 3)
    def forward(self, x):
        return self.fc(x)
def main(path='data.csv'):
    rows = len(open(path).read())
    nn.Sequential(nn.Linear(8, 8), nn.Linear(8, 8) if rows > 3 else nn.Identity())(torch.zeros(1, 8))
`;
    assert.deepEqual(found(program).filter(([name]) => name === 'Net'), [['Net', 'exact', 27]]);
  });

  it('kept by an object', () => {
    const program = `${head}
class Trainer:
    def __init__(self, width=4):
        self.model = nn.Sequential(nn.Linear(8, width), nn.ReLU(), nn.Linear(width, 2))
        self.optimizer = torch.optim.Adam(self.model.parameters())
`;
    assert.deepEqual(found(program), [['Trainer.model', 'exact', 46]]);
  });

  it('in a file that derives them from what it imports', () => {
    const base = `${head}
class Base(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
    def forward(self, x):
        return self.fc(x)
`;
    assert.deepEqual(found('from base import Base\nclass Net(Base):\n    def __init__(self):\n        super().__init__(6)\n', base), [['Net', 'exact', 42]]);
  });

  it('each with its own input, where two are containers', () => {
    const program = `${head}
first = nn.Sequential(nn.Linear(8, 4), nn.ReLU())
second = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())
first(torch.zeros(2, 8))
`;
    assert.deepEqual(found(program), [['first', 'exact', 36], ['second', 'exact', 112]]);
  });

  it('as methods of a class that has no forward pass, but not of one that others complete', () => {
    const program = `${head}
class Policy(nn.Module):
    def __init__(self, state_dim, action_dim):
        super().__init__()
        self.actor = nn.Linear(state_dim, action_dim)
        self.critic = nn.Linear(state_dim, 1)
    def forward(self):
        raise NotImplementedError
    def act(self, state):
        return self.actor(state).softmax(-1)
    def evaluate(self, state, action):
        return self.actor(state).gather(1, action), self.critic(state)
    def training_step(self, state):
        return self.critic(state)
class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 3)
    def forward(self, x):
        raise NotImplementedError
    def step(self, x):
        return self.fc(x)
class Own(Base):
    def forward(self, x):
        return self.step(x)
`;
    const { models } = analyse([{ path: 'net.py', text: program }], { convention: 'graph' });
    assert.deepEqual(models.map(({ graph, metrics }) => [graph.name, metrics.totals.params, metrics.totals.macs]), [
      ['Own', 12, 9], ['Policy.act', 9 * 4 + 9, 32], ['Policy.evaluate', 9 * 4 + 9, 32 + 8],
    ]);
    assert.deepEqual(models.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error' || severity === 'warning'), []);
  });

  it('with arguments as wide as the constructor says under their names', () => {
    const program = `${head}
class Critic(nn.Module):
    def __init__(self, state_dim, n_actions, noise_dim=3):
        super().__init__()
        self.fc = nn.Linear(state_dim + n_actions + noise_dim, 5)
    def forward(self, state, actions, z):
        return self.fc(torch.cat([state, actions, z], 1))
net = Critic(10, 6, noise_dim=3)
`;
    const { models } = analyse([{ path: 'net.py', text: program }]);
    const seen = models.map(({ graph, metrics }) => [graph.name, metrics.status, ...graph.inputs.map(({ tensor }) => graph.tensors.get(tensor)?.shape)]);
    assert.deepEqual(seen, [['net', 'exact', [1, 10], [1, 6], [1, 3]]]);
  });

  it('with points whose neighbours are set beside them', () => {
    const program = `${head}
class Edges(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(6, 8, 1, bias=False)
    def forward(self, x):
        batch, channels, points = x.shape[0], x.shape[1], x.shape[2]
        x = x.view(batch, -1, points)
        around = torch.stack([x.roll(i, 2) for i in range(4)], 3)
        return self.conv(torch.cat([around - x.unsqueeze(3), x.unsqueeze(3).expand_as(around)], 1)).amax(3)
`;
    const { models } = analyse([{ path: 'net.py', text: program }], { convention: 'graph' });
    const seen = models.map(({ graph, metrics }) => [metrics.status, metrics.totals.macs, ...graph.inputs.map(({ tensor }) => graph.tensors.get(tensor)?.shape)]);
    assert.deepEqual(seen, [['exact', 6 * 8 * 128 * 4, [1, 3, 128]]]);
  });

  it('with customary arguments where the project takes long and tells nothing', () => {
    const part = `${head}
class Encoder(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.rnn = nn.LSTM(input_size, hidden_size, batch_first=True)
    def forward(self, x):
        return self.rnn(x)[0]
`;
    const slow = `import torch\nfrom torch import nn\nfrom net import Encoder\nclass Whole(nn.Module):
    def __init__(self, opt):
        super().__init__()
        table = {}
        for i in range(3000000):
            table[str(i % 7)] = [i]
        self.encoder = Encoder(table['width'], 4)
    def forward(self, x):
        return self.encoder(x)
`;
    assert.deepEqual(found(part, slow), [['Encoder', 'exact', 4 * 512 * (512 + 512 + 2)]]);
  });
});
