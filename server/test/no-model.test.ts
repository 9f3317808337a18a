/** What is no model and no mistake: losses that a training calls, classes that refuse to be made without what nobody has to give. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

const head = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';

function shown(program: string): { readonly models: readonly string[]; readonly findings: readonly string[] } {
  const { models, findings } = analyse([{ path: 'net.py', text: head + program }]);
  return { models: models.map(({ graph }) => graph.name), findings: findings.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message) };
}

describe('no model, and no mistake', () => {
  before(prepareParser);

  it('losses that are called', () => {
    const program = `
class ContrastiveLoss(nn.Module):
    def forward(self, a, b):
        return F.pairwise_distance(a, b).mean()
net = nn.Linear(8, 4)
mse, own = nn.MSELoss(), ContrastiveLoss()
mse(net(torch.zeros(2, 8)), torch.zeros(2, 4))
own(net(torch.zeros(2, 8)), torch.zeros(2, 4))
`;
    assert.deepEqual(shown(program), { models: ['net'], findings: [] });
  });

  it('a loss with weights is a model', () => {
    assert.deepEqual(shown('class MarginLoss(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n    def forward(self, x):\n        return self.fc(x)\nMarginLoss()(torch.zeros(1, 4))').models, ['MarginLoss']);
  });

  it('a class that wants one of two arguments', () => {
    const program = `
class Resize(nn.Module):
    def __init__(self, size=None, scale_factor=None):
        super().__init__()
        if size is None and scale_factor is None:
            raise ValueError('size or scale_factor')
        self.size, self.scale_factor = size, None if size else scale_factor
    def forward(self, x):
        return F.interpolate(x, size=self.size, scale_factor=self.scale_factor)
`;
    assert.deepEqual(shown(program), { models: [], findings: [] });
  });

  it('but super() of a class that is none of its own is one', () => {
    assert.match(shown('class A(nn.Module):\n    pass\nclass B(nn.Module):\n    def __init__(self):\n        super(A, self).__init__()\n        self.fc = nn.Linear(3, 3)\n    def forward(self, x):\n        return self.fc(x)').findings.join(), /super\(type, obj\)/);
  });
});
