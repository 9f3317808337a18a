/** Loose versions, and looking for modules. */
import assert from 'node:assert/strict';
import { prepareParser } from '../../../../test/harness/analyse';
import { runPython } from '../../../../test/harness/python';

describe('packaging and importlib', () => {
  before(prepareParser);

  it('compares loose versions', () => {
    const values = runPython(`
from distutils.version import LooseVersion
from pkg_resources import parse_version
a = LooseVersion('1.10.0') > LooseVersion('1.9'), LooseVersion('1.10') >= '1.9', LooseVersion('1.4.0').version
b = parse_version('1.10') > parse_version('1.9')
`);
    assert.equal(values['a'], '(True, True, [1, 4, 0])');
    assert.equal(values['b'], 'True');
  });

  it('reads what lies in a package, and knows the loggers\' manager', () => {
    const values = runPython(
      'import pkgutil, logging, sys\nread = pkgutil.get_data("pkg", "sizes.txt").decode("utf-8").split()\nnew = "pkg" not in logging.root.manager.loggerDict\nname = sys.intern("a")',
      { 'file:///p/pkg/__init__.py': '', 'file:///p/pkg/sizes.txt': '3 4\n' },
    );
    assert.deepEqual([values['problems'], values['read'], values['new'], values['name']], [undefined, "['3', '4']", 'True', "'a'"]);
  });

  it('imports by name and looks into packages', () => {
    const values = runPython(`
import importlib, importlib.util, importlib.metadata, os, pkgutil
import pkg
x = importlib.import_module('pkg.one').x
y = importlib.import_module('.two', package='pkg').y
names = sorted(info.name for info in pkgutil.iter_modules(pkg.__path__))
again = sorted(name for _, name, is_package in pkgutil.iter_modules([os.path.join(os.path.dirname(__file__), 'pkg')]) if not is_package)
there = importlib.util.find_spec('pkg') is not None, importlib.util.find_spec('nowhere') is None, importlib.util.find_spec('math') is not None
version = importlib.metadata.version('torch')
try:
    importlib.metadata.version('nowhere')
except importlib.metadata.PackageNotFoundError:
    absent = True
`, { 'file:///p/pkg/__init__.py': '', 'file:///p/pkg/one.py': 'x = 1', 'file:///p/pkg/two.py': 'y = 2', 'file:///p/pkg/sub/__init__.py': '' });
    assert.deepEqual([values['x'], values['y'], values['names'], values['again'], values['there'], values['version'], values['absent'], values['problems']], [
      '1', '2', "['one', 'sub', 'two']", "['one', 'two']", '(True, True, True)', "'2.15.0'", 'True', undefined,
    ]);
  });
});
