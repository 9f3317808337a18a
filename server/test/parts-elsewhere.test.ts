/** Classes that the models of other files are made of: shown with the arguments and inputs they have there. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly params: number;
  readonly macs: number;
  readonly inputs: readonly string[];
  readonly why: string;
}

const gate = `
import torch
from torch import nn
class Gate(nn.Module):
    def __init__(self, skip, below, inner):
        super().__init__()
        self.a, self.b = nn.Conv2d(skip, inner, 1), nn.Conv2d(below, inner, 1)
    def forward(self, x, g, scale=1):
        return self.a(x) + self.b(g) * scale
`;

const network = (gateArguments: string, init = 'self'): string => `
from torch import nn
from gate import Gate
class Net(nn.Module):
    def __init__(${init}):
        super().__init__()
        self.down = nn.Conv2d(3, 20, 2, stride=2)
        self.up = nn.ConvTranspose2d(20, 12, 2, stride=2)
        self.gate = Gate(${gateArguments})
    def forward(self, image):
        return self.gate(self.up(self.down(image)), g=image, scale=2)
`;

const cases: Readonly<Record<string, Case>> = {
  'a model that needs no arguments': {
    files: { 'gate.py': gate, 'net.py': network('12, below=3, inner=5') },
    params: 12 * 5 + 5 + 3 * 5 + 5, macs: (12 * 5 + 3 * 5) * 224 * 224, inputs: ['x 1×12×224×224', 'g 1×3×224×224'], why: 'as part of Net in net.py:9',
  },
  'a model whose arguments stand in a file of settings': {
    files: { 'gate.py': gate, 'net.py': network('12, 3, wide', 'self, wide'), 'net.yaml': 'model:\n  _target_: net.Net\n  wide: 7\n' },
    params: 12 * 7 + 7 + 3 * 7 + 7, macs: (12 * 7 + 3 * 7) * 224 * 224, inputs: ['x 1×12×224×224', 'g 1×3×224×224'], why: 'as part of Net in net.py:9',
  },
  'a part of a part': {
    files: {
      'gate.py': gate.replace('def forward(self, x, g, scale=1)', 'def forward(self, x, g)').replace(' * scale', ''),
      'stage.py': 'from torch import nn\nfrom gate import Gate\nclass Stage(nn.Module):\n    def __init__(self, wide):\n        super().__init__()\n        self.gate = Gate(wide, wide, wide // 2)\n    def forward(self, x):\n        return self.gate(x, x)\n',
      'net.py': 'from torch import nn\nfrom stage import Stage\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.stem, self.stage = nn.Conv2d(3, 16, 4, 4), Stage(16)\n    def forward(self, x):\n        return self.stage(self.stem(x))\n',
    },
    params: 2 * (16 * 8 + 8), macs: 2 * 16 * 8 * 56 * 56, inputs: ['x 1×16×56×56', 'g 1×16×56×56'], why: 'as part of Stage in stage.py:6',
  },
  'a folder without an initialiser whose files import from each other': {
    files: { 'models/gate.py': gate, 'models/net.py': network('12, 3, 5').replace('from gate', 'from .gate') },
    params: 12 * 5 + 5 + 3 * 5 + 5, macs: (12 * 5 + 3 * 5) * 224 * 224, inputs: ['x 1×12×224×224', 'g 1×3×224×224'], why: 'as part of Net in net.py:9',
  },
  'a program that calls it by another name': {
    files: { 'gate.py': gate, 'train.py': 'import torch\nfrom gate import Gate as G\nnet = G(4, 6, 8)\nnet(torch.zeros(2, 4, 9, 9), torch.zeros(2, 6, 9, 9))\n' },
    params: 4 * 8 + 8 + 6 * 8 + 8, macs: 2 * (4 * 8 + 6 * 8) * 81, inputs: ['x 2×4×9×9', 'g 2×6×9×9'], why: 'as built in train.py:3',
  },
  'settings that stand among others in a dict': {
    files: {
      'gate.py': 'from torch import nn\nimport sizes\nCONFIGS = {"plain": sizes.plain(), "wide": sizes.wide()}\nclass Gate(nn.Module):\n    def __init__(self, config):\n        super().__init__()\n        self.a = nn.Linear(config.inner, config.head.classes)\n    def forward(self, x):\n        return self.a(x)\n',
      'sizes.py': 'class Config:\n    def __init__(self, **values):\n        self.__dict__.update(values)\n    def __repr__(self):\n        return "Config"\ndef plain():\n    return Config(inner=6)\ndef wide():\n    return Config(inner=9, head=Config(classes=4))\n',
    },
    params: 9 * 4 + 4, macs: 36, inputs: ['x 1×9'], why: 'with the defaults of CONFIGS[\'wide\']',
  },
};

function shapeOf(shape: unknown): string {
  return Array.isArray(shape) ? shape.join('×') : '?';
}

describe('parts of models elsewhere', () => {
  before(prepareParser);

  for (const [name, { files, params, macs, inputs, why }] of Object.entries(cases)) {
    it(name, () => {
      const analysis = analyse(Object.entries({ ...files, 'requirements.txt': 'torch' }).map(([path, text]) => ({ path, text })));
      const model = analysis.models.find(each => each.graph.name === 'Gate');
      assert.equal(model?.metrics.status, 'exact', JSON.stringify(model?.problems.map(problem => problem.message)));
      assert.equal(model.graph.built?.why, why);
      assert.deepEqual([model.metrics.totals.params, model.metrics.totals.macs], [params, macs]);
      assert.deepEqual(model.graph.inputs.map(input => `${input.name} ${shapeOf(model.graph.tensors.get(input.tensor)?.shape)}`), inputs);
    });
  }
});
