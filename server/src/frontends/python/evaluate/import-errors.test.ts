import { strict as assert } from 'node:assert';
import { analyse, prepareParser } from '../../../../test/harness/analyse';
import { runPython } from '../../../../test/harness/python';
import { parseModule } from '../syntax/parse';
import { boundNames } from './import-errors';

const lib = (text: string): Record<string, string> => ({ 'file:///p/lib/__init__.py': text });

describe('errors in imported modules', () => {
  before(prepareParser);

  it('end one statement: its names are unknown and say why, the rest and the importer go on', () => {
    const values = runPython(
      'import lib\nfrom lib import after, Table, size\nresult = after\ntable, number = Table, size',
      lib('before = 1\nclass Table(missing):\n    pass\nsize = nothing + 1\nafter = before + 1\n'),
    );
    assert.equal(values['result'], '2');
    assert.match(values['table'] ?? '', /^unknown: `lib` is only partly known: NameError: name 'missing' is not defined/);
    assert.match(values['number'] ?? '', /^unknown: .*NameError: name 'nothing'/);
    assert.equal(values['problems'], undefined);
  });

  it('also inside what the package runs through exec', () => {
    const values = runPython('import lib\nresult = lib.size', lib('run = exec\nrun("x = 1 + nothing")\nsize = 3\n'));
    assert.equal(values['result'], '3');
  });

  it('also behind a `try` that handles another error', () => {
    const values = runPython('try:\n    import lib\nexcept ImportError:\n    lib = None\nresult = lib.size', lib('nothing()\nsize = 3\n'));
    assert.equal(values['result'], '3');
  });

  it('are how a module says that it cannot serve, where a `try` goes on without it', () => {
    const values = runPython('try:\n    import lib\n    result = 1\nexcept Exception:\n    result = 2\n', lib('raise RuntimeError("no device")\n'));
    assert.equal(values['result'], '2');
  });

  it('make the rest of their package cheap: a loop without an end is given up', () => {
    const values = runPython('import lib.more\nresult = (1, lib.more.first)\nrounds = len(lib.more.found)', {
      'file:///p/lib/__init__.py': 'limit = nothing\n', 'file:///p/lib/more.py': 'first = 1\nfound = []\nwhile len(found) >= 0:\n    found.append(len(found))\nlast = 2\n',
    });
    assert.equal(values['result'], '(1, 1)');
    // A statement of its own may take a hundred times as many steps.
    assert.ok(Number(values['rounds']) < 100_000, values['rounds']);
  });

  it('put a model in doubt where its project could not be run whole and more than names may be missing', () => {
    const net = 'import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(x)\n';
    const main = 'import torch\nfrom lib import Net\nmodel = Net()\nmodel(torch.zeros(1, 4))\n';
    const status = (rest: string): string | undefined => analyse([{ path: 'main.py', text: main }, { path: 'lib.py', text: net + rest }]).models[0]?.metrics.status;
    for (const rest of ['1 / 0\n', 'nothing\n', 'Net.width = {}["x"]\n', 'def f(:\n    pass\n']) assert.equal(status(rest), 'lower-bound', rest);
    assert.equal(status('Net.width = 3\n'), 'exact');
    assert.equal(status('other = nothing\n'), 'exact');
  });

  it('know the names that a statement would have bound', () => {
    const names = (text: string): string => boundNames(parseModule(text).body).join(' ');
    assert.equal(names('import a.b, c as d\nfrom e import f as g, h\ndef i(): x = 1\nclass j: y = 2\n'), 'a d g h i j');
    assert.equal(names('a, (b, *c) = d.e = f[0] = 1\ng: int = 2\nh += 1\n'), 'a b c g h');
    assert.equal(names('if x:\n    a = 1\nelse:\n    b = 2\nfor c in d:\n    e = 1\nwith f() as g:\n    h = 1\ntry:\n    i = 1\nexcept E:\n    j = 1\nfinally:\n    k = 1\n'), 'a b c e g h i j k');
  });
});
