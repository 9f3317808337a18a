/** What PyTorch and Python refuse of ordinary code, each beside the nearest that they take. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

function errors(init: string, forward: string): readonly string[] {
  const lines = (code: string): string => code.split('\n').map(line => `        ${line}`).join('\n');
  const { models, problems } = analyse([{ path: 'net.py', text: `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
${lines(init)}
    def forward(self, x):
${lines(forward)}
Net()(torch.randn(2, 8))
` }]);
  return [...problems, ...models.flatMap(({ graph }) => graph.problems)].filter(({ code }) => code === 'python-error').map(({ message }) => message);
}

const pairs: Readonly<Record<string, readonly [refused: readonly [string, string], taken: readonly [string, string]]>> = {
  'a condition on several values': [['pass', 'if x > 0: return self.fc(x)\nreturn x'], ['pass', 'if (x > 0).all(): return self.fc(x)\nreturn self.fc(x)']],
  'a name with a dot': [['self.d = nn.ModuleDict({"a.b": nn.Linear(8, 8)})', 'return self.fc(x)'], ['self.d = nn.ModuleDict({"a_b": nn.Linear(8, 8)})', 'return self.fc(x)']],
  'an empty name': [['self.d = nn.ModuleDict()\nself.d[""] = self.fc', 'return self.fc(x)'], ['self.d = nn.ParameterDict()\nself.d[""] = torch.ones(3)', 'return self.fc(x)']],
  'weights of another size': [
    ['self.fc.load_state_dict({"weight": torch.zeros(7, 8), "bias": torch.zeros(8)})', 'return self.fc(x)'],
    ['self.fc.load_state_dict({"weight": torch.zeros(8, 8), "bias": torch.zeros(8)})', 'return self.fc(x)'],
  ],
};

describe('programs that are refused', () => {
  before(prepareParser);

  for (const [what, [refused, taken]] of Object.entries(pairs)) {
    it(what, () => {
      assert.equal(errors(...refused).length > 0, true);
      assert.deepEqual(errors(...taken), []);
    });
  }
});
