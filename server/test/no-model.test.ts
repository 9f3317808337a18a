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

  it('tells of a function that makes layers and ends in an error, and of no other', () => {
    const program = `
def broken():
    return nn.Sequential(nn.Conv2d(3, 8, 3, padding_mode='odd'))
def wrapped(*args, **kwargs):
    return nn.Conv2d(*args, **kwargs)
def settings():
    return {}['width']
`;
    const told = (text: string): readonly string[] => analyse([{ path: 'net.py', text }]).problems.map(({ code, message }) => `${code}: ${message}`);
    assert.deepEqual(told(head + program), ['not-built: broken() makes no model: ValueError: Conv2d(): `padding_mode` must be one of "zeros", "reflect", "replicate", "circular", received "odd"']);
    const keras = 'from tensorflow.keras import layers, Input, Model\ndef broken():\n    i = Input((8, 8, 3))\n    return Model(i, layers.Conv2D(4, 3, padding="sme")(i))\n';
    assert.match(told(keras).join(), /^not-built: broken\(\) makes no model: ValueError: .*'sme'$/);
  });

  it('takes what an unknown function gives for a tensor only as far as it is one', () => {
    const program = 'from tensorflow import keras\nimport somewhere\ndef build():\n    i = keras.Input((8, 8, 3))\n    net = somewhere.backbone(i)\n    x = keras.layers.Dense(4)(net.outputs[0])\n    return keras.Model(i, x)\nm = build()\n';
    const { models, findings } = analyse([{ path: 'net.py', text: program }]);
    assert.deepEqual([models.map(({ metrics }) => metrics.status), findings.filter(({ severity }) => severity !== 'hint' && severity !== 'info').map(({ message }) => message)], [['failed'], []]);
  });

  it('knows no rank behind a reshape to what is not known', () => {
    const program = 'from tensorflow import keras\nfrom tensorflow.keras import layers\nimport somewhere\ni = keras.Input((784,))\nx = layers.Conv2D(4, 3)(layers.Reshape(somewhere.shape)(i))\nm = keras.Model(i, layers.Dense(2)(layers.Flatten()(x)))\n';
    const { models, findings } = analyse([{ path: 'net.py', text: program }]);
    assert.deepEqual([models.map(({ metrics }) => metrics.status), findings.filter(({ rule }) => rule === 'JL401' || rule === 'JL402').map(({ message }) => message)], [['failed'], []]);
  });

  it('knows little of strategies and checkpoints, and says no more', () => {
    const program = 'import tensorflow as tf\ns = tf.distribute.MultiWorkerMirroredStrategy()\nt = s.cluster_resolver.task_type\nc = tf.train.Checkpoint(step=1)\nprint(c.step)\nm = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(2)])\n';
    const { models, problems } = analyse([{ path: 'net.py', text: program }]);
    assert.deepEqual([models.map(({ metrics }) => metrics.status), problems.map(({ message }) => message)], [['exact'], []]);
  });

  it('says which part of a package was not found', () => {
    const files = [{ path: 'net.py', text: `${head}from tools.fast import overlap\nnet = nn.Linear(2, 2)\n` }, { path: 'tools/__init__.py', text: '' }];
    assert.deepEqual(analyse(files).problems.map(({ message }) => message), ['`tools.fast` was not found: the package has no such Python file']);
  });

  it('but super() of a class that is none of its own is one', () => {
    assert.match(shown('class A(nn.Module):\n    pass\nclass B(nn.Module):\n    def __init__(self):\n        super(A, self).__init__()\n        self.fc = nn.Linear(3, 3)\n    def forward(self, x):\n        return self.fc(x)').findings.join(), /super\(type, obj\)/);
  });
});
