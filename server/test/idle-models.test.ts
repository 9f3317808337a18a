/** Files whose classes have neither weights nor products: shown for what they take, unless the file has a model. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

const positions = `
class Positions(nn.Module):
    def __init__(self, d_model, max_len):
        super().__init__()
        self.register_buffer('table', torch.zeros(1, max_len, d_model))
    def forward(self, x):
        return x + self.table[:, :x.size(1)]
`;
const head = 'import torch\nfrom torch import nn\n';
const loss = 'class DiceLoss(nn.Module):\n    def forward(self, a, b):\n        return (a * b).sum()\n';

function shown(text: string): readonly (readonly [string, string, number, number])[] {
  return analyse([{ path: 'net.py', text: head + text }]).models.map(({ graph, metrics }) => [graph.name, metrics.status, metrics.totals.params, metrics.totals.macs ?? NaN]);
}

describe('classes without weights and products', () => {
  before(prepareParser);

  it('are shown where a file has nothing else, losses are not', () => {
    assert.deepEqual(shown(positions + loss), [['Positions', 'exact', 0, 0]]);
    assert.deepEqual(shown(loss), []);
  });

  it('are shown as they are made where nothing has to be given', () => {
    assert.deepEqual(shown('class Pool(nn.Module):\n    def forward(self, x):\n        return x.mean((2, 3))\n'), [['Pool', 'exact', 0, 0]]);
  });

  it('are left out beside a model', () => {
    assert.deepEqual(shown(`${positions}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(4, 2)\n    def forward(self, x):\n        return self.a(x)\n`).map(([name]) => name), ['Net']);
  });
});
