/** What stands behind the message of a size that does not fit. */
import assert from 'node:assert/strict';
import { analyse, prepareParser } from '../../test/harness/analyse';

const message = (body: string, shape: string): string => analyse([{ path: 'net.py', text: `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(384, 10)
        self.conv, self.next = nn.Conv2d(3, 8, 3, padding=1), nn.Conv2d(8, 8, 3, padding=1)
        self.pool, self.up = nn.MaxPool2d(2), nn.ConvTranspose2d(8, 8, 2, stride=2)
    def forward(self, x):
        ${body}
Net()(torch.zeros(${shape}))
` }]).findings.find(({ rule }) => rule === 'JL401')?.message ?? '';

describe('advice on sizes that do not fit', () => {
  before(prepareParser);

  const cases: readonly (readonly [name: string, body: string, shape: string, advice: RegExp])[] = [
    ['channels last', 'return self.conv(x)', '1, 224, 224, 3', /; the input 1×224×224×3 has its 3 channels last: PyTorch reads them second, as after permute\(0, 3, 1, 2\)$/],
    ['features second, of a map', 'return self.fc(x)', '2, 384, 7, 7', /; the input 2×384×7×7 has its 384 features second: pool the map to one position and flatten it$/],
    ['features second, of a sequence', 'return self.fc(x)', '2, 384, 50', /transpose\(1, 2\) moves them last$/],
    ['joined on the wrong axis', 'return self.fc(torch.cat([x[:, i] for i in range(6)], dim=-1))', '2, 6, 384', /; 6 inputs of 384 were joined on that axis \(cat\): another axis, or a stack, may be meant$/],
    ['halved unevenly', 'a = self.conv(x)\n        return torch.cat([a, self.up(self.pool(self.next(a)))], 1)', '1, 3, 125, 125', /; halving and doubling do not bring 125 back: sizes divisible by 2 fit, such as 126$/],
    ['halved unevenly, and added', 'a = self.conv(x)\n        return a + self.up(self.up(self.pool(self.pool(a))))', '1, 3, 122, 122', /sizes divisible by 4 fit, such as 124$/],
  ];
  for (const [name, body, shape, advice] of cases) it(name, () => { assert.match(message(body, shape), advice); });

  it('none where nothing is known', () => {
    assert.match(message('return self.conv(x)', '1, 4, 30, 30'), /expected 3 input channels, received 4$/);
    assert.match(message('a = self.conv(x)\n        return torch.cat([a, self.pool(a)], 1)', '1, 3, 128, 128'), /differ in more than axis 1$/);
  });
});
