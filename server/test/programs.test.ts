/** Programs as people write them, each with what PyTorch itself counts: weights of the model and MACs of its first call. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Program {
  readonly text: string;
  readonly params: number;
  readonly macs: number;
}

const programs: Readonly<Record<string, Program>> = {
  'names of a shared module': {
    text: `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        shared = nn.Linear(8, 8)
        self.a, self.b = shared, shared
        names = len(list(self.named_modules(remove_duplicate=False))), len(self.state_dict()), len(list(self.named_parameters(remove_duplicate=False)))
        self.fc = nn.Linear(8, names[0] * 100 + names[1] * 10 + names[2])
    def forward(self, x): return self.fc(self.a(x))
Net()(torch.randn(2, 8))
`, params: 3168, macs: 5632,
  },
  'arrays of numpy between tensors': {
    text: `
import numpy as np
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, int(torch.linspace(0, 3, 4).numpy()[3]))
    def forward(self, x):
        n = x.detach().cpu().numpy()
        y = torch.from_numpy(n[::-1].copy()) + torch.from_numpy(np.ascontiguousarray(n[:, ::-1]))
        for i in range(n.shape[0]): y = y + float(n[i].max())
        return self.fc(y + torch.from_numpy(np.mean(n, axis=0)))
Net()(torch.randn(2, 8))
`, params: 27, macs: 48,
  },
  'a class of a container that fills itself': {
    text: `
class Block(nn.Sequential):
    def __init__(self, width=4):
        super().__init__(nn.Linear(8, width), nn.ReLU())
        self.add_module('last', nn.Linear(width, 2))
class Empty(nn.Sequential): pass
`, params: 46, macs: 40,
  },
};

describe('programs as people write them', () => {
  before(prepareParser);

  for (const [what, { text, params, macs }] of Object.entries(programs)) {
    it(what, () => {
      const { models } = analyse([{ path: 'net.py', text: `import torch\nfrom torch import nn\nimport torch.nn.functional as F\n${text}` }]);
      assert.deepEqual(models.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'error' || severity === 'warning')), []);
      assert.deepEqual(models.map(({ metrics: { status, totals } }) => [status, totals.frameworkParams, totals.macs]), [['exact', params, macs]]);
    });
  }
});
