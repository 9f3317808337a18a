import { strict as assert } from 'node:assert';
import { prepareParser } from '../../../../test/harness/analyse';
import { runPython } from '../../../../test/harness/python';

describe('classes of Python', () => {
  before(prepareParser);

  it('makes classes through their metaclass', () => {
    const values = runPython(`
class Registering(type):
    made = []
    def __new__(mcs, name, bases, namespace, **options):
        namespace = dict(namespace, tag=name.lower())
        return super().__new__(mcs, name, bases, namespace)
    def __init__(cls, name, bases, namespace, scale=1):
        super().__init__(name, bases, namespace)
        cls.scale = scale
        Registering.made.append(name)
    def __call__(cls, *args):
        instance = super().__call__(*args)
        instance.finished = True
        return instance

class Base(metaclass=Registering): pass
class Net(Base, scale=3):
    def __init__(self, width): self.width = width
    def doubled(self): return self.width * 2

net = Net(4)
result = (net.width, net.doubled(), net.finished, Net.tag, Net.scale, Base.scale, Registering.made, type(Net) is Registering)
dynamic = Registering('Other', (Base,), {'x': 5})
other = (dynamic.x, dynamic.tag, dynamic.scale)
`);
    assert.equal(values['result'], "(4, 8, True, 'net', 3, 1, ['Base', 'Net', 'Other'], True)");
    assert.equal(values['other'], "(5, 'other', 1)");
  });

  it('reads through a `__getattribute__` of their own', () => {
    const values = runPython(`
class Config:
    attribute_map = {'hidden': 'width'}
    def __init__(self): self.width = 8
    def __getattribute__(self, key):
        if key != 'attribute_map' and key in super().__getattribute__('attribute_map'):
            key = super().__getattribute__('attribute_map')[key]
        return super().__getattribute__(key)
class Child(Config):
    def __getattr__(self, key):
        if key.startswith('_'):
            raise AttributeError(key)
        return key + '?'
result = (Config().hidden, hasattr(Config(), 'depth'), Child().depth, hasattr(Child(), '_depth'))
`);
    assert.equal(values['result'], "(8, False, 'depth?', False)");
  });

  it('joins types into unions', () => {
    const values = runPython('Number = int | float\nresult = (isinstance(1, Number), isinstance(2.5, Number), isinstance("a", Number), isinstance(None, int | None))');
    assert.equal(values['result'], '(True, True, False, True)');
  });

  it('gives mappings what their base class promises', () => {
    const values = runPython(`
from collections.abc import MutableMapping
class Table(MutableMapping):
    def __init__(self): self.data = {'a': 1}
    def __getitem__(self, key): return self.data[key]
    def __setitem__(self, key, value): self.data[key] = value
    def __delitem__(self, key): del self.data[key]
    def __iter__(self): return iter(self.data)
    def __len__(self): return len(self.data)
t = Table()
t.update({'b': 2}, c=3)
result = (list(t.keys()), list(t.items()), t.get('x', 9), 'b' in t, 'x' in t, t.pop('a'), t.setdefault('d', 4), list(t.values()), t == {'b': 2, 'c': 3, 'd': 4})
`);
    assert.equal(values['result'], "(['a', 'b', 'c'], [('a', 1), ('b', 2), ('c', 3)], 9, True, False, 1, 4, [2, 3, 4], True)");
  });

  it('lets ordered dicts have attributes, and functions show their code', () => {
    const values = runPython(`
from collections import OrderedDict
mapping = OrderedDict(a=1)
mapping.owner = 'me'
def f(x, y=2, *rest, flag, **more):
    z = x
    for i in rest:
        pass
    return z
code = (f.__code__.co_varnames, f.__code__.co_argcount, f.__code__.co_kwonlyargcount)
result = (mapping.owner, list(mapping))
`);
    assert.equal(values['result'], "('me', ['a'])");
    assert.equal(values['code'], "(('x', 'y', 'flag', 'rest', 'more', 'z', 'i'), 2, 1)");
  });

  it('passes over functions that only write a docstring', () => {
    const values = runPython(`
def document(obj, intro=None):
    text = intro or build_what_is_not_there(obj)
    for name, kind in describe(obj).items():
        text += name
    if not text:
        raise ValueError('no text')
    obj.__doc__ = text
    return obj

def register(obj):
    known.append(obj.__name__)
    obj.__doc__ = 'registered'
    return obj

known = []

@document
class Net: pass

@register
class Other: pass
result = (Net.__name__, known)
`);
    assert.equal(values['problems'], undefined);
    assert.equal(values['result'], "('Net', ['Other'])");
  });

  it('takes a function behind an unknown decorator for itself until a call does not fit', () => {
    const values = runPython(`
from absent_package import wrap
@wrap
def check(value): return value + 1
fits = check(2)
other = check(default=2)
`);
    assert.equal(values['fits'], '3');
    assert.equal(values['other'], 'unknown: `absent_package` was not found');
  });

  it('ends a recursion over what is not known', () => {
    const values = runPython(`
from absent_package import limit
def clean(entries):
    for value in entries.values():
        if isinstance(value, dict):
            clean(value)
entries = {'a': 1, 'b': limit}
clean(entries)
result = entries['a']
`);
    assert.equal(values['result'], '1');
  });
});
