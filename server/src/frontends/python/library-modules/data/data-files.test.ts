/** YAML, TOML and what is made of them: answers as PyYAML 6, OmegaConf 2, hydra 1.3 and yacs give them. */
import assert from 'node:assert/strict';
import { prepareParser } from '../../../../../test/harness/analyse';
import { runPython } from '../../../../../test/harness/python';

const settings = `
model: &m
  dim: 0x10
  lr: 1e-3
  eps: 1.0e-3
  mode: 010
  time: 1:30
  on: yes
  none: ~
  text: "yes"
  half: .5
  big: 1_000
  list: [1, 2.5, three, null]
  pair: !!python/tuple [1, 2]
copy:
  <<: *m
  dim: 3
alias: *m
`;

describe('files of settings', () => {
  before(prepareParser);

  it('are read as PyYAML reads them', () => {
    const values = runPython(`
import yaml
with open('config.yaml') as f:
    config = yaml.safe_load(f)
model, copy = config['model'], config['copy']
again = yaml.load(open('config.yaml', 'rb'), Loader=yaml.FullLoader)['model'] == model
same = config['alias'] is config['model']
first, second = yaml.safe_load_all('a: 1\\n---\\nb: 2')
custom = yaml.safe_load('a: !include other.yaml')['a']
broken = yaml.safe_load('a: [1, 2')
absent = yaml.safe_load(open('other.yaml'))
`, { 'file:///p/config.yaml': settings });
    const model = "'lr': '1e-3', 'eps': 0.001, 'mode': 8, 'time': 90, True: True, 'none': None, 'text': 'yes', 'half': 0.5, 'big': 1000, 'list': [1, 2.5, 'three', None], 'pair': (1, 2)}";
    assert.equal(values['model'], `{'dim': 16, ${model}`);
    assert.equal(values['copy'], `{'dim': 3, ${model}`);
    assert.equal(values['again'], 'True');
    assert.equal(values['same'], 'True');
    assert.equal(values['second'], "{'b': 2}");
    for (const name of ['custom', 'broken', 'absent']) assert.match(values[name] ?? '', /^unknown: /);
  });

  it('that are not there say so wherever their contents are asked for', () => {
    const values = runPython("import yaml\nwith open('gone.yaml') as f:\n    size = yaml.safe_load(f)['size']\n");
    assert.match(values['size'] ?? '', /^unknown: gone\.yaml was not found/);
  });

  it('are read as tomllib reads them', () => {
    const values = runPython(`
import tomllib, toml
with open('config.toml', 'rb') as f:
    config = tomllib.load(f)
again = toml.load('config.toml') == config
`, { 'file:///p/config.toml': '[model]\ndim = 64\nratio = 2.0\nlayers = [1, 2]\n[model.head]\nname = "fc"\n' });
    assert.equal(values['config'], "{'model': {'dim': 64, 'ratio': 2.0, 'layers': [1, 2], 'head': {'name': 'fc'}}}");
    assert.equal(values['again'], 'True');
  });

  it('of the root of the project are found from a folder below it', () => {
    const files = { 'file:///p/configs/a.yaml': 'dim: 7', 'file:///p/other.py': '' };
    assert.equal(runPython('import yaml\ndim = yaml.safe_load(open("configs/a.yaml"))["dim"]', files, 'file:///p/src/models/net.py')['dim'], '7');
  });

  it('that ask for too much are not read', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const doubling = ['a0: &a0 [x]', ...Array.from({ length: 60 }, (_, i) => `a${String(i + 1)}: &a${String(i + 1)} [*a${String(i)}, *a${String(i)}]`)].join('\n');
    const values = runPython('import yaml\ndeep = yaml.safe_load(open("deep.yaml"))\nlast = len(yaml.safe_load(open("doubling.yaml"))["a60"])\nitself = yaml.safe_load("a: &a [*a]")["a"][0]', { 'file:///p/deep.yaml': deep, 'file:///p/doubling.yaml': doubling });
    assert.match(values['deep'] ?? '', /^unknown: /);
    assert.equal(values['last'], '2');
    assert.match(values['itself'] ?? '', /^unknown: /);
  });

  it('become objects of OmegaConf, with what refers to other settings', () => {
    const values = runPython(`
from omegaconf import OmegaConf, DictConfig
config = OmegaConf.load('config.yaml')
wide, lr, path, isConfig = config.model.wide, config.lr, config.path, isinstance(config.model, DictConfig)
merged = OmegaConf.merge(config, {'model': {'dim': 128}})
mergedWide, keys = merged.model.wide, list(merged.model)
plain = OmegaConf.to_container(config.model, resolve=True)
spread = dict(**config.model)
fallback = config.get('missing', 5)
`, { 'file:///p/config.yaml': 'lr: 1e-3\nname: run\npath: out/${name}/x\nmodel:\n  dim: 64\n  wide: ${model.dim}\n  sizes: [1, "${.dim}"]\n' });
    assert.equal(values['wide'], '64');
    assert.equal(values['lr'], '0.001');
    assert.equal(values['path'], "'out/run/x'");
    assert.equal(values['isConfig'], 'True');
    assert.equal(values['mergedWide'], '128');
    assert.equal(values['fallback'], '5');
    assert.match(values['spread'] ?? '', /^\{'dim': 64, 'wide': 64/);
  });

  it('are composed and made objects of as hydra does it', () => {
    const values = runPython(`
import hydra
from hydra.utils import instantiate
class Net:
    def __init__(self, dim, depth=1, head=None):
        self.dim, self.depth, self.head = dim, depth, head
seen = []
@hydra.main(config_path='conf', config_name='train', version_base=None)
def main(cfg):
    seen.append((cfg.model.dim, cfg.model.depth, cfg.data.size, cfg.seed))
    net = instantiate(cfg.model, depth=9)
    seen.append((net.dim, net.depth, net.head.dim))
main()
`, {
      'file:///p/conf/train.yaml': 'defaults:\n  - _self_\n  - model: small\n  - data: a\n  - override hydra/launcher: x\nseed: 3\nmodel:\n  depth: 4\n',
      'file:///p/conf/model/small.yaml': '_target_: __main__.Net\ndim: ${data.size}\nhead:\n  _target_: __main__.Net\n  dim: 2\n',
      'file:///p/conf/data/a.yaml': 'size: 48\n',
    });
    assert.equal(values['seen'], '[(48, 4, 48, 3), (48, 9, 2)]');
  });

  it('become nodes of yacs', () => {
    const values = runPython(`
from yacs.config import CfgNode as CN
_C = CN()
_C.MODEL = CN()
_C.MODEL.DIM = 8
_C.MODEL.SIZES = (1, 2)
cfg = _C.clone()
cfg.merge_from_file('a.yml')
cfg.merge_from_list(['MODEL.NAME', 'x'])
cfg.freeze()
dim, before, sizes, name = cfg.MODEL.DIM, _C.MODEL.DIM, cfg.MODEL.SIZES, cfg.MODEL.NAME
`, { 'file:///p/a.yml': 'MODEL:\n  DIM: 32\n  SIZES: [3, 4]\n' });
    assert.deepEqual([values['dim'], values['before'], values['sizes'], values['name']], ['32', '8', '(3, 4)', "'x'"]);
  });
});
