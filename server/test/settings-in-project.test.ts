/** Classes whose arguments stand in the project's files of settings, in its notebooks, or in part in its programs. */
import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from './harness/analyse';

const net = `
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, width, depth, classes=10):
        super().__init__()
        self.body = nn.Sequential(*[nn.Linear(width, width) for _ in range(depth)])
        self.head = nn.Linear(width, classes)
    def forward(self, x):
        return self.head(self.body(x))
`;

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly net?: string;
  /** What the model is shown as. */
  readonly named?: string;
  readonly params: number;
  readonly why: string | RegExp;
}

const settings = `
class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.a = nn.Linear(config['data']['features'], config['model']['width'])
        self.b = nn.Linear(config['model']['width'], config['model'].get('classes', 10))
    def forward(self, x):
        return self.b(self.a(x))
`;
function notebook(source: readonly string[]): string {
  return JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

const imports = 'import torch\nfrom torch import nn\n';

const cases: Readonly<Record<string, Case>> = {
  'hydra, with what refers to other settings': {
    files: { 'conf/model/net.yaml': 'width: 24\nnet:\n  _target_: src.net.Net\n  width: ${width}\n  depth: 2\n  classes: 4\n' },
    params: 2 * (24 * 24 + 24) + 24 * 4 + 4, why: 'as stated in net.yaml:3',
  },
  'a registry in JSON': {
    files: { 'config.json': '{\n "arch": {\n  "type": "Net",\n  "args": {"width": 8, "depth": 1}\n }\n}' },
    params: 72 + 90, why: 'as stated in config.json:2',
  },
  'Lightning\'s class_path': {
    files: { 'config.yaml': 'model:\n  class_path: net.Net\n  init_args:\n    width: 8\n    depth: 1\n    classes: 2\n' },
    params: 72 + 18, why: 'as stated in config.yaml:2',
  },
  'a map that has every argument, in TOML': {
    files: { 'run.toml': 'seed = 1\n[model]\nwidth = 16\ndepth = 1\nclasses = 3\n' },
    params: 272 + 51, why: /^as stated in run\.toml:\d$/,
  },
  'a settings object that is read by subscripts': {
    net: imports + settings, files: { 'configs/train.yaml': 'data:\n  features: 12\nmodel:\n  width: 20\n' },
    params: 12 * 20 + 20 + 20 * 10 + 10, why: 'with the settings of train.yaml:1',
  },
  'settings that a module of the project defines': {
    net: imports + settings.replace(/config\['data'\]/g, 'config').replace(/config\['model'\]/g, 'config'), files: { 'config.py': 'def get_config():\n    return {"features": 6, "width": 5, "classes": 3}\n' },
    params: 35 + 18, why: 'with the settings of config.py:1',
  },
  'a notebook that builds it': {
    files: { 'demo.ipynb': notebook(['from net import Net\n', 'import torch\n', 'model = Net(12, depth=1)\n', 'model(torch.zeros(2, 12))']) },
    params: 12 * 12 + 12 + 130, why: 'as built in demo.ipynb',
  },
  'a program of which only some arguments are known': {
    files: { 'train.py': 'import sys\nfrom net import Net\nmodel = Net(len(open("words.txt").read()), depth=3, classes=7)\n' },
    params: 3 * (512 * 512 + 512) + 512 * 7 + 7, why: 'nobody states width: customary values; the rest as in train.py:3',
  },
  'its own line, of which only some arguments are known': {
    net: `${net}\nmodel = Net(len(open('words.txt').read()), 1, classes=7)\n`, files: {}, named: 'model',
    params: 512 * 512 + 512 + 512 * 7 + 7, why: 'nobody states width: customary values; the rest as in line 12',
  },
  'a comment that states what a file holds': {
    net: `${net}\nwords = open('words.txt').read()  # joulelint: value 'one two'\nmodel = Net(len(words), 1, classes=2)\nmodel(torch.zeros(3, 7))\n`, files: {},
    params: 56 + 16, why: '',
  },
  'a model that a training changes': {
    files: {
      'train.py': 'from net import Net\nfrom torch.utils.data import DataLoader\nmodel = Net(8, 1)\nfor batch in DataLoader([1]):\n    model(batch)\n    model.head = None if batch.sum() > 0 else model.head\n',
    },
    params: 72 + 90, why: 'as built in train.py:3',
  },
};

describe('settings in the project', () => {
  before(prepareParser);

  for (const [name, { files, net: source = net, named = 'Net', params, why }] of Object.entries(cases)) {
    it(name, () => {
      const analysis = analyse([{ path: 'net.py', text: source }, ...Object.entries({ 'requirements.txt': 'torch', ...files }).map(([path, text]) => ({ path, text }))]);
      const model = analysis.models.find(each => each.graph.name === named);
      assert.equal(model?.metrics.status, 'exact', JSON.stringify(model?.problems.map(problem => problem.message)));
      assert.equal(model.metrics.totals.params, params);
      if (typeof why === 'string') assert.equal(model.graph.built?.why ?? '', why);
      else assert.match(model.graph.built?.why ?? '', why);
      assert.deepEqual(model.findings.filter(({ severity }) => severity === 'error' || severity === 'warning'), []);
    });
  }
});
