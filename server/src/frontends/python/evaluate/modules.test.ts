import { strict as assert } from 'node:assert';
import { prepareParser } from '../../../../test/harness/analyse';
import { runPython } from '../../../../test/harness/python';
import { parseModule } from '../syntax/parse';
import { isLazilyFilled, originOf } from './lazy-packages';

/** A package that lists the folder it lies in, reads its files and imports on demand. */
const lazyInitialiser = `
import importlib
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

class LazyModule(ModuleType):
    def __init__(self, name, file, structure):
        super().__init__(name)
        self._structure = structure
        self.__path__ = [os.path.dirname(file)]
    def __getattr__(self, name):
        if name in self._structure:
            return getattr(importlib.import_module('.' + self._structure[name], self.__name__), name)
        raise AttributeError(name)

def structure_of(folder):
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file() and entry.name.endswith('.py') and entry.name != '__init__.py':
                with open(os.path.join(folder, entry.name), encoding='utf-8') as file:
                    for line in file.read().splitlines():
                        if line.startswith('__all__'):
                            for name in line.split('=')[1].strip(' []').split(','):
                                found[name.strip('"')] = entry.name[:-3]
    return found

if TYPE_CHECKING:
    from .first import *
    from .second import Second as Second
else:
    sys.modules[__name__] = LazyModule(__name__, globals()['__file__'], structure_of(Path(__file__).parent))
`;
const lazyPackage = {
  'file:///p/lib/__init__.py': lazyInitialiser,
  'file:///p/lib/first.py': 'class First:\n    size = 3\n__all__ = ["First"]\n',
  'file:///p/lib/second.py': 'from . import first\nclass Second(first.First): pass\n__all__ = ["Second"]\n',
  'file:///p/lib/third.py': 'size = 5\n',
};

describe('modules of Python', () => {
  before(prepareParser);

  it('interprets packages that replace themselves', () => {
    const values = runPython(
      'import lib\nfrom lib import Second\nfrom lib import third\nfrom lib.first import First\nresult = (Second.size, third.size, lib.First is First, hasattr(lib, "Fourth"))',
      lazyPackage,
    );
    assert.equal(values['problems'], undefined);
    assert.equal(values['result'], '(3, 5, True, False)');
  });

  it('finds names of such packages in their typing block', () => {
    const body = parseModule(lazyInitialiser).body;
    assert.equal(isLazilyFilled(body), true);
    assert.equal(isLazilyFilled(parseModule('from .first import First').body), false);
    const glanced: string[] = [];
    const lookup = {
      glance: (module: string) => {
        glanced.push(module);
        const text = (lazyPackage as Record<string, string>)[`file:///p/${module.replaceAll('.', '/')}.py`];
        return text === undefined ? undefined : { text, isPackage: false };
      },
      parse: (text: string) => parseModule(text).body,
    };
    assert.deepEqual(originOf({ name: 'lib', body }, 'Second', lookup, 'main'), { module: 'lib.second', name: 'Second' });
    assert.deepEqual(glanced, []);
    assert.deepEqual(originOf({ name: 'lib', body }, 'First', lookup, 'main'), { module: 'lib.first', name: 'First' });
    assert.equal(originOf({ name: 'lib', body }, 'size', lookup, 'main'), undefined);
  });

  it('passes over failed checks of what is installed, unless something handles them', () => {
    const files = {
      'file:///p/lib/__init__.py': 'from importlib.metadata import version\nfrom .check import need\nneed("absent_package")\nif version("torch") < "1":\n    raise ImportError("too old")\nsize = 3\n',
      'file:///p/lib/check.py': 'from importlib.metadata import version, PackageNotFoundError\ndef need(name):\n    try:\n        version(name)\n    except PackageNotFoundError:\n        raise PackageNotFoundError(name + " is required")\n',
      'file:///p/fallback.py': 'try:\n    from absent_package import fast\nexcept ImportError:\n    fast = None\n',
      'file:///p/optional.py': 'try:\n    from absent_package import quick\nexcept ImportError as error:\n    if "required" in str(error):\n        raise\n    quick = None\n',
      'file:///p/strict.py': 'try:\n    from absent_package import fast\nexcept ImportError:\n    raise ImportError("install it")\nsize = 4\n',
    };
    const values = runPython(
      'import lib, strict\nfrom fallback import fast\nfrom optional import quick\nclass Net:\n    def __init__(self, found=False):\n        if not found:\n            raise ImportError("needs absent_package")\n        self.width = 2\nresult = (lib.size, fast, quick, strict.size, Net().width)',
      files,
    );
    assert.equal(values['result'], '(3, None, None, 4, 2)');
  });

  it('looks for modules without running them', () => {
    const values = runPython(
      'import importlib.util\nresult = (importlib.util.find_spec("noisy") is None, importlib.util.find_spec("absent_package") is None, importlib.util.find_spec("json") is None)',
      { 'file:///p/noisy.py': 'raise ValueError("must not run")\n' },
    );
    assert.equal(values['problems'], undefined);
    assert.equal(values['result'], '(False, True, False)');
  });

  it('finds every module of the standard library, and the program\'s own under such a name before', () => {
    const values = runPython(
      'import stat, http.client, _thread, multiprocessing.pool\nfrom marshal import dumps\nfrom profile import size\ntry:\n    import winreg\nexcept ImportError:\n    winreg = None\nresult = (size, winreg)',
      { 'file:///p/profile.py': 'size = 3\n' },
    );
    assert.equal(values['problems'], undefined);
    assert.equal(values['result'], '(3, None)');
    assert.match(values['dumps'] ?? '', /^unknown: `marshal` is not modelled/);
  });

  it('runs what one package imports of another when something of it is asked for', () => {
    const files = {
      'file:///p/log.py': 'events = []\n',
      'file:///p/heavy/__init__.py': 'import log\nlog.events.append("heavy")\nfrom . import part\nsize = None\nsize = 3\n',
      'file:///p/heavy/part.py': 'import log\nlog.events.append("part")\nwidth = 4\n',
      'file:///p/heavier.py': 'import log\nlog.events.append("heavier")\nraise ImportError("cannot serve")\n',
      'file:///p/lib/__init__.py': 'import heavy\nimport heavy.part as other\ntry:\n    import heavier\nexcept ImportError:\n    heavier = None\ndef size():\n    return heavy.size\n',
    };
    const values = runPython('import log, lib\nbefore = list(log.events)\nwidth = lib.other.width\nthen = list(log.events)\nsize = lib.size()\nafter = log.events\nheavier = lib.heavier\nnames = "size" in dir(lib.heavy)', files);
    assert.deepEqual(
      [values['problems'], values['before'], values['width'], values['then'], values['size'], values['after'], values['heavier'], values['names']],
      [undefined, "['heavier']", '4', "['heavier', 'heavy', 'part']", '3', "['heavier', 'heavy', 'part']", 'None', 'True'],
    );
  });

  it('reads versions of what is installed beside the import roots', () => {
    const values = runPython(
      'from importlib.metadata import version, PackageNotFoundError\nfound = (version("Some.Package"), version("other-thing"))\ntry:\n    version("absent")\nexcept PackageNotFoundError:\n    absent = True',
      { 'file:///p/some_package-1.2.3.dist-info/METADATA': '', 'file:///p/other_thing-0.4rc1.dist-info/METADATA': '' },
    );
    assert.deepEqual([values['found'], values['absent']], ["('1.2.3', '0.4rc1')", 'True']);
  });

  it('gives the source of what it runs', () => {
    const values = runPython(
      'import inspect, lib\nmodule, function = inspect.getsource(lib), inspect.getsource(lib.twice)',
      { 'file:///p/lib.py': 'size = 3\n\ndef twice(x):\n    return 2 * x\n' },
    );
    assert.deepEqual([values['module'], values['function']], ["'size = 3\\n\\ndef twice(x):\\n    return 2 * x\\n'", "'def twice(x):\\n    return 2 * x\\n'"]);
  });

  it('loads a file by its path', () => {
    const values = runPython(`
import importlib.util
spec = importlib.util.spec_from_file_location('side', '/p/side.py')
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
result = (module.size, module.__name__)
`, { 'file:///p/side.py': 'size = 7\n' });
    assert.equal(values['result'], "(7, 'side')");
  });

  it('walks folders', () => {
    const values = runPython(`
import os
from pathlib import Path
here = Path(__file__).parent / 'models'
result = (sorted(path.name for path in here.rglob('net_*.py')), os.path.isdir(here), os.path.isfile(here), os.path.isfile(here / 'a' / 'net_a.py'))
walked = [(os.path.basename(folder), folders, sorted(files)) for folder, folders, files in os.walk(here)]
`, { 'file:///p/models/a/net_a.py': '', 'file:///p/models/b/net_b.py': '', 'file:///p/models/b/other.py': '' });
    assert.equal(values['result'], "(['net_a.py', 'net_b.py'], True, False, True)");
    assert.equal(values['walked'], "[('models', ['a', 'b'], []), ('a', [], ['net_a.py']), ('b', [], ['net_b.py', 'other.py'])]");
  });

  it('keeps context variables', () => {
    const values = runPython('from contextvars import ContextVar\nv = ContextVar("v", default=1)\ntoken = v.set(2)\na = v.get()\nv.reset(token)\nresult = (a, v.get())');
    assert.equal(values['result'], '(2, 1)');
  });
});
