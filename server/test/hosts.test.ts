/** Whether a host answers at once or later, the analysis says the same, byte for byte; and what it lacks, it asks for together. */
import { strict as assert } from 'node:assert';
import { defaultSettings } from '../../shared/src/settings';
import type { Analysis } from '../src/analysis/analysis';
import { Workspace } from '../src/analysis/workspace';
import type { Host, ImmediateHost } from '../src/base/host';
import { fixtureFiles, fixtureRoot, fixtureText, memoryHost, prepareParser } from './harness/analyse';
import { readFixture } from './harness/markers';
import { bytesOf, floats, ints, lenet, zeros } from './harness/onnx';
import { everythingShown } from './harness/everything-shown';
import { slowHost } from './harness/slow-host';

interface Analysed {
  readonly analysis: Analysis;
  readonly missed: readonly string[];
}

async function analysed(host: Host, path: string, model?: string): Promise<Analysed> {
  const missed: string[] = [];
  const analysis = await new Workspace({ host }).analyze({ uri: fixtureRoot + path, settings: defaultSettings, onMissing: uri => { missed.push(uri); }, ...(model === undefined ? {} : { model }) });
  return { analysis, missed };
}

function hostOf(files: Readonly<Record<string, string>>): ImmediateHost {
  return memoryHost(new Map(Object.entries(files).map(([path, text]) => [fixtureRoot + path, text])));
}

/** A project in which much is only known to be needed while it runs. */
const project: Readonly<Record<string, string>> = {
  'pyproject.toml': '',
  'zoo/__init__.py': 'from .registry import REGISTRY\nfrom . import nets\n',
  'zoo/registry.py': 'REGISTRY = []\n\ndef register(cls):\n    REGISTRY.append(cls.__name__)\n    return cls\n',
  'zoo/nets.py': `import importlib
import json
import os
from torch import nn
from .registry import register

@register
class First(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv2d(3, 8, 3))

# What has run by here must not run twice.
WIDTH = json.load(open(os.path.join(os.path.dirname(__file__), 'width.json')))['width']
for name in sorted(os.listdir(os.path.join(os.path.dirname(__file__), 'parts'))):
    if name.endswith('.py'):
        importlib.import_module('.parts.' + name[:-3], __package__)
`,
  'zoo/width.json': '{ "width": 24 }',
  'zoo/parts/one.py': 'from torch import nn\nfrom ..registry import register\nfrom ..blocks import block\n\n@register\nclass One(nn.Sequential):\n    def __init__(self, width=16):\n        super().__init__(block(3, width))\n',
  'zoo/parts/two.py': 'from torch import nn\nfrom ..registry import register\nfrom .one import One\n\n@register\nclass Two(One):\n    pass\n',
  'zoo/blocks.py': 'from torch import nn\n\ndef block(a, b):\n    return nn.Sequential(nn.Conv2d(a, b, 3), nn.BatchNorm2d(b), nn.ReLU())\n',
  'late.py': 'LATE = 5\n',
  'lazy/__init__.py': `import sys
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from .alpha import *
    from .beta import *
else:
    sys.modules[__name__] = Missing(__name__)
`,
  'lazy/alpha.py': 'from torch import nn\n__all__ = ["AlphaNet"]\nclass AlphaNet(nn.Linear):\n    pass\n',
  'lazy/beta.py': 'from torch import nn\nfrom .inner import depth\n__all__ = ["BetaNet"]\nclass BetaNet(nn.Sequential):\n    def __init__(self):\n        super().__init__(*[nn.Conv2d(3, 3, 1) for _ in range(depth)])\n',
  'lazy/inner.py': 'depth = 3\n',
  'net.py': `import torch
from torch import nn
import zoo
from zoo.nets import WIDTH
from lazy import BetaNet
from nowhere import nothing

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        from late import LATE
        self.body = nn.Sequential(nn.Conv2d(3, WIDTH, LATE), nn.ReLU(), nn.Conv2d(WIDTH, len(zoo.REGISTRY), 1))
        self.beta = BetaNet()

    def forward(self, x):
        return self.body(self.beta(x))

def one():
    return zoo.nets.First()

model = Net()
model(torch.randn(1, 3, 32, 32))
`,
};

describe('hosts', () => {
  before(prepareParser);

  const fixtures = [...['pytorch', 'keras', 'models', 'samples', 'published'].flatMap(folder => fixtureFiles(folder, '.py').map(name => [folder, name] as const)),
    ...['caffe', 'models', 'samples'].flatMap(folder => fixtureFiles(folder, '.prototxt').map(name => [folder, name] as const)), ['samples', 'small_net.ipynb'] as const];
  for (const [folder, name] of fixtures) {
    it(`${folder}/${name} says the same whenever the host answers`, async () => {
      const { files } = readFixture(name, fixtureText(folder, name));
      const host = hostOf(Object.fromEntries(files.map(({ path, text }) => [path, text])));
      const atOnce = await analysed(host, name);
      const later = await analysed(slowHost(host), name);
      assert.equal(everythingShown(later.analysis), everythingShown(atOnce.analysis));
      assert.deepEqual(atOnce.missed, []);
      assert.ok(later.missed.length > 0);
    });
  }

  for (const [path, model] of [['net.py', undefined], ['net.py', 'Net()'], ['zoo/nets.py', undefined], ['zoo/parts/two.py', 'Two(8)'], ['none.py', undefined]] as const) {
    it(`${path}${model === undefined ? '' : ` as ${model}`} of a project that imports while it runs says the same`, async () => {
      const atOnce = await analysed(hostOf(project), path, model);
      const host = slowHost(hostOf(project));
      const later = await analysed(host, path, model);
      assert.equal(everythingShown(later.analysis), everythingShown(atOnce.analysis));
      assert.equal(new Set(host.questions).size, host.questions.length, 'something was asked twice');
    });
  }

  it('nothing that was done before a source was missing is done twice', async () => {
    const { analysis } = await analysed(slowHost(hostOf(project)), 'net.py');
    const metrics = analysis.models.find(({ graph }) => graph.name === 'Net')?.metrics;
    assert.equal(metrics?.status, 'exact');
    // Three classes are registered, once each.
    assert.deepEqual(metrics.layers.at(-1)?.outputs, [[1, 3, 28, 28]]);
    assert.equal(analysis.problems.map(({ message }) => message).join('\n'), '`nowhere` was not found: set the Python environment or add its folder to `joulelint.pythonPath`');
  });

  it('what import statements tell is asked for together, however deep it goes', async () => {
    const chain = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`deep/m${i}.py`, i === 29 ? 'WIDTH = 4\n' : `from .m${i + 1} import WIDTH\n`]));
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`wide/w${i}.py`, `W${i} = ${i}\n`]));
    const files = {
      ...chain, ...wide, 'deep/__init__.py': '', 'wide/__init__.py': Array.from({ length: 30 }, (_, i) => `from .w${i} import *\n`).join(''),
      'net.py': 'from torch import nn\nfrom deep.m0 import WIDTH\nimport wide\n\ndef net():\n    return nn.Conv2d(WIDTH, wide.W7, 3)\n',
    };
    const host = slowHost(hostOf(files));
    const { analysis, missed } = await analysed(host, 'net.py');
    assert.equal(analysis.models[0]?.metrics.totals.params, 4 * 7 * 9 + 7);
    // The file itself; the folders above it, of which the first evaluation learns; then nothing was missing any more.
    assert.ok(missed.length <= 3, `evaluated ${missed.length + 1} times: ${missed.join(' ')}`);
    assert.ok(host.waits <= 40, `waited ${host.waits} times`);
  });

  it('what only a type checker imports is not asked for', async () => {
    const stubs = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`large/part${i}.py`, 'import torch\n']));
    const typed = Array.from({ length: 40 }, (_, i) => `    from .part${i} import *\n`).join('');
    const files = {
      ...stubs, 'large/__init__.py': `import os\nfrom typing import TYPE_CHECKING\nSLOW = os.environ.get('SLOW', '') == '1'\nif TYPE_CHECKING or SLOW:\n${typed}SIZE = 5\n`,
      'net.py': 'from torch import nn\nfrom large import SIZE\n\ndef net():\n    return nn.Linear(SIZE, 1)\n',
    };
    const host = slowHost(hostOf(files));
    const { analysis } = await analysed(host, 'net.py');
    assert.equal(analysis.models[0]?.metrics.totals.params, 6);
    assert.deepEqual(host.questions.filter(question => question.includes('part')), []);
  });

  it('a host that fails has no such file', async () => {
    const failing: Host = { ...slowHost(hostOf({})), readText: uri => (uri.endsWith('/net.py') ? 'import torch\nimport gone\nmodel = torch.nn.Linear(2, 3)\n' : Promise.reject(new Error('offline'))) };
    const { analysis } = await analysed(failing, 'net.py', 'model');
    assert.equal(analysis.models[0]?.metrics.status, 'exact');
    const throwing: Host = { ...failing, listFolder: () => { throw new Error('no listings'); } };
    assert.equal((await analysed(throwing, 'net.py', 'model')).analysis.models[0]?.metrics.status, 'exact');
  });

  it('a program that asks for ever more files comes to an end', async () => {
    const text = 'import torch\nfor i in range(10_000):\n    open(f"{i}.json").read()\nmodel = torch.nn.Linear(2, 3)\n';
    const endless: Host = { ...slowHost(hostOf({})), readText: uri => Promise.resolve(uri.endsWith('/net.py') ? text : '{}') };
    const { analysis, missed } = await analysed(endless, 'net.py');
    assert.match(analysis.problems[0]?.message ?? '', /ever more files/);
    assert.equal(missed.length, 100);
  });

  it('an ONNX file that comes in pieces is read as if it were at hand, and its weights not at all', async () => {
    const net = lenet();
    const large = bytesOf({
      ...net,
      initializers: { ...net.initializers, unused: zeros(1000, 1000), shape: ints(1, -1), scale: floats(0.5) },
      nodes: [...net.nodes, { op: 'Mul', inputs: ['y', 'scale'], outputs: ['scaled'] }, { op: 'Reshape', inputs: ['scaled', 'shape'], outputs: ['z'] }], outputs: ['z'],
    });
    const atHand: ImmediateHost = { ...hostOf({}), sizeBytes: () => large.length, readBytes: (_uri, offset, length) => large.subarray(offset, offset + length) };
    const atOnce = await analysed(atHand, 'net.onnx');
    const host = slowHost(atHand);
    const later = await analysed(host, 'net.onnx');
    assert.equal(later.analysis.models[0]?.metrics.status, 'exact');
    assert.equal(everythingShown(later.analysis), everythingShown(atOnce.analysis));
    const read = host.questions.map(question => Number(/\+(\d+)$/.exec(question)?.[1] ?? 0)).reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(read < large.length / 10, `${read} of ${large.length} bytes were asked for`);
    assert.ok(later.missed.length <= 4, later.missed.join(' '));
  });
});
