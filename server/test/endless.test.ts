import { strict as assert } from 'node:assert';
import type { ModelAnalysis } from '../src/analysis/analysis';
import { analyse, prepareParser } from './harness/analyse';
import { runPython } from './harness/python';

const net = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 4)

    def forward(self, x):
        return self.a(x)

`;

/** What the program would do for hours is not followed for so long: more steps than these rounds take are not there. */
function onlyModel(text: string): ModelAnalysis {
  const { models, problems } = analyse([{ path: 'train.py', text: net + text }]);
  assert.deepEqual(problems.filter(({ code }) => code === 'budget' || code === 'python-error'), []);
  assert.equal(models.length, 1);
  return models[0] as ModelAnalysis;
}

describe('programs that run for long', () => {
  before(prepareParser);

  const training: Readonly<Record<string, string>> = {
    'epochs without end': 'net = Net()\nwhile True:\n    net(torch.randn(2, 8)).sum().backward()\n',
    'very many epochs, under __main__': 'if __name__ == "__main__":\n    net = Net()\n    for epoch in range(10 ** 9):\n        loss = net(torch.randn(2, 8)).mean()\n        loss.backward()\n',
    'a buffer that is filled with what nobody knows': 'import data\nnet = Net()\nbuffer = []\nwhile len(buffer) < 1000:\n    for each in data.load():\n        buffer = buffer[1:] + [each]\nnet(torch.randn(2, 8))\n',
    'episodes that end when the world says so': `net = Net()
rewards = []
while True:
    for t in range(10 ** 9):
        action = net(torch.randn(2, 8))
        rewards.append(action)
        if action.sum() > 1:
            break
    if torch.rand(1) > 0.5:
        break
`,
  };
  for (const [what, text] of Object.entries(training)) {
    it(`${what}: the model is known after a few rounds`, () => {
      const { metrics } = onlyModel(text);
      assert.equal(metrics.status, 'exact');
      assert.equal(metrics.totals.params, 36);
    });
  }

  it('what a further round of training changes is not known afterwards', () => {
    const { metrics } = onlyModel(`width = 1
weight = torch.zeros(8, requires_grad=True)
for epoch in range(10 ** 9):
    (weight * 2).sum().backward()
    width += 1
net = Net()
net.b = nn.Linear(4, width)
net.forward = lambda x: net.b(net.a(x))
net(torch.randn(2, 8))
`);
    assert.notEqual(metrics.status, 'exact');
  });

  it('a loop that trains and fills a list is followed to its end', () => {
    const { metrics } = onlyModel(`history = []
weight = torch.zeros(8, requires_grad=True)
for epoch in range(50):
    (weight * 2).sum().backward()
    history.append(epoch)
net = Net()
net.a = nn.Linear(8, len(history))
net(torch.randn(2, 8))
`);
    assert.equal(metrics.totals.params, 450);
    assert.equal(metrics.status, 'exact');
  });

  it('a loop in a forward pass runs as often as it says', () => {
    const { metrics } = onlyModel(`class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 8)

    def forward(self, x):
        for i in range(100):
            x = self.a(x)
        return x

net = Net()
net(torch.randn(1, 8))
`);
    assert.equal(metrics.totals.macs, 6400);
  });
});

describe('long lists of numbers', () => {
  before(prepareParser);

  it('say what they would say had they been made at once', () => {
    const values = runPython(`
n = 400
rows = [[(p - 7) * 3 // 2 + i % 5 for i in range(n)] for p in range(1, n, 2)]
n = 2
result = (len(rows), len(rows[0]), rows[0][3], rows[-1][-1], sum(rows[1]))
powers = [2 ** -i for i in range(70000)][:2]
rows[0] = 'other'
rows.append(1)
other = (rows[0], len(rows))
`);
    assert.equal(values['result'], '(200, 400, -6, 592, -1600)');
    assert.equal(values['other'], "('other', 201)");
  });

  it('nobody makes those that only become a tensor of which nobody reads the contents', () => {
    const table = (rows: number): string => `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.FloatTensor([[p / (10000 ** (2 * (i // 2) / 5000)) for i in range(5000)] for p in range(${rows})]))
        self.a = nn.Linear(5000, 4)

    def forward(self, x):
        return self.a(x + self.table)
`;
    // More elements than one analysis may make.
    const { models } = analyse([{ path: 'net.py', text: `import torch\nfrom torch import nn\n${table(50_000)}\nnet = Net()\nnet(torch.randn(50000, 5000))\n` }]);
    assert.equal(models[0]?.metrics.status, 'exact');
    assert.equal(models[0]?.metrics.totals.params, 250_020_004);
  });

  it('a list that may fail is made at once', () => {
    const values = runPython(`
try:
    [[1 / (i - 300) for i in range(400)] for p in range(400)]
    result = 'made'
except ZeroDivisionError:
    result = 'failed'
`);
    assert.equal(values['result'], "'failed'");
  });
});
