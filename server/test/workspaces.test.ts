/** Two workspaces of one process share nothing: under the same addresses each has its own files, and says of them what a process of its own says. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { defaultSettings } from '../../shared/src/settings';
import { Workspace } from '../src/analysis/workspace';
import { fixtureRoot, memoryHost, prepareParser } from './harness/analyse';
import { everythingShown } from './harness/everything-shown';
import { slowHost } from './harness/slow-host';

type Files = Readonly<Record<string, string>>;

/** The same file with other modules behind its imports; some change what belongs to Python or to the framework. */
const net = `import collections
import enum
from pathlib import Path
import torch
from torch import nn
import blocks
from blocks import WIDTH, make

def net():
    return nn.Sequential(make(WIDTH), nn.Conv2d(WIDTH, getattr(nn.Module, 'extra', 3), 1))

def where():
    return nn.Linear(len(make.__code__.co_filename), len(blocks.SEEN))

def patched():
    return nn.Linear(2, sum(getattr(each, 'width', 1) for each in (Path, enum.Enum, collections.OrderedDict)))
`;
const first: Files = {
  'net.py': net,
  'blocks.py': 'import torch\nfrom torch import nn\nfrom registry import SEEN\nWIDTH = 8\nSEEN.append(WIDTH)\nnn.Module.extra = 5\nimport enum, pathlib\npathlib.Path.width = 3\nenum.Enum.width = 4\ntry:\n    Exception.seen = 1\nexcept TypeError:\n    WIDTH += 1\ndef make(width):\n    return nn.Conv2d(3, width, 3)\n',
  'registry.py': 'SEEN = []\n',
};
const second: Files = {
  'net.py': net,
  'blocks/__init__.py': 'from .inner import make, WIDTH\nfrom registry import SEEN\n',
  'blocks/inner.py': 'from torch import nn\nWIDTH = 16 + getattr(Exception, "seen", 0)\ndef make(width):\n    return nn.Conv2d(3, width, 3)\n',
  'registry.py': 'SEEN = [1, 2, 3, 4]\n',
};
/** The same text as the first one's module, in another place. */
const third: Files = { 'net.py': net, 'blocks/__init__.py': first['blocks.py'] ?? '', 'registry.py': 'SEEN = [0] * 9\n' };

function alone(files: Files): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'harness', 'analyse-alone.js')], { input: JSON.stringify(files), encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout;
}

describe('two workspaces in one process', () => {
  before(prepareParser);

  for (const isSlow of [false, true]) {
    it(`say what processes of their own say, in turn and mixed${isSlow ? ', with hosts that answer later' : ''}`, async () => {
      const all = [first, second, third];
      const expected = all.map(alone);
      assert.equal(new Set(expected).size, all.length);
      const workspaces = all.map(files => {
        const host = memoryHost(new Map(Object.entries(files).map(([path, text]) => [fixtureRoot + path, text])));
        return new Workspace({ host: isSlow ? slowHost(host) : host });
      });
      const request = { uri: `${fixtureRoot}net.py`, settings: defaultSettings };
      for (let round = 0; round < 3; round++) {
        const analyses = await Promise.all(workspaces.map(workspace => workspace.analyze(request)));
        analyses.forEach((analysis, index) => { assert.equal(everythingShown(analysis), expected[index], `workspace ${index + 1}, round ${round + 1}`); });
        for (const [index, workspace] of workspaces.entries()) {
          assert.equal(everythingShown(await workspace.analyze({ ...request, model: 'net()' })).length > 0 && everythingShown(await workspace.analyze(request)), expected[index]);
        }
      }
    });
  }
});
