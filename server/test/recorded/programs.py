# Whole programs: classes, generators, dataclasses, enums, context managers … Each begins with an empty namespace.

# %%
result = []
try:
    [][0]
except IndexError as e: result.append(str(e))
try:
    {}['a']
except KeyError as e: result.append((str(e), e.args, repr(e)))
try:
    1/0
except ZeroDivisionError as e: result.append(str(e))
try:
    int('x')
except ValueError as e: result.append(str(e))
try:
    len(5)
except TypeError as e: result.append(str(e))
try:
    raise RuntimeError('a', 1)
except Exception as e: result.append((e.args, str(e), repr(e), isinstance(e, RuntimeError)))
try: 'a' + 1
except TypeError: result.append('te')
try: 1 + 'a'
except TypeError as e: result.append(str(e))
try: [] < 1
except TypeError as e: result.append(str(e))
result
#> ['list index out of range', ("'a'", ('a',), "KeyError('a')"), 'division by zero', "invalid literal for int() with base 10: 'x'", "object of type 'int' has no len()", (('a', 1), "('a', 1)", "RuntimeError('a', 1)", True), 'te', "unsupported operand type(s) for +: 'int' and 'str'", "'<' not supported between instances of 'list' and 'int'"]

# %%
class MyErr(ValueError):
    def __init__(self, code, msg):
        super().__init__(msg)
        self.code = code
try:
    raise MyErr(3, 'hi')
except ValueError as e:
    result = (e.code, str(e), e.args, type(e).__name__)
result
#> (3, 'hi', ('hi',), 'MyErr')

# %%
l = [3,1,2]; l.append(4); l.extend((5,6)); l.insert(0, 9); l.remove(1); p = l.pop(); q = l.pop(0); l.sort(); l.reverse()
l[1:2] = [7,8]; del l[0]; l += [1]; i = l.index(8); c = l.count(1)
(l, p, q, i, c, l.copy())
#> ([7, 8, 3, 2, 1], 6, 9, 1, 1, [7, 8, 3, 2, 1])

# %%
d = {'a': 1}; d['b'] = 2; d.update(c=3); d.update([('e', 5)]); x = d.pop('a'); y = d.pop('zz', None); z = d.setdefault('q', []); z.append(1); k = d.popitem(); del d['b']
d |= {'n': 1}
(d, x, y, z, k)
#> ({'c': 3, 'e': 5, 'n': 1}, 1, None, [1], ('q', [1]))

# %%
s = {1,2}; s.add(3); s.discard(1); s.update([5]); s.remove(2); s |= {9}; s -= {5}
sorted(s)
#> [3, 9]

# %%
class Foo(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self
    def __getattr__(self, n): return self[n]
f = Foo(a=1); f['b'] = 2
(f['a'], len(f), 'a' in f, list(f), isinstance(f, dict), sorted(f.items()), f == {'a':1,'b':2}, f)
#> (1, 2, True, ['a', 'b'], True, [('a', 1), ('b', 2)], True, {'a': 1, 'b': 2})

# %%
class A(dict):
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n)
    def __setattr__(self, n, v): self[n] = v
    def __missing__(self, k): return 'm' + k
a = A(); a.x = 5
(a.x, a['x'], hasattr(a, 'nope'), a['zz'], a.get('zz'))
#> (5, 5, True, 'mzz', None)

# %%
class L(list):
    def total(self): return sum(self)
l = L([1,2]); l.append(3)
(l.total(), l[0], len(l), l + [4], isinstance(l, list), l, L() == [], l[1:])
#> (6, 1, 3, [1, 2, 3, 4], True, [1, 2, 3], True, [2, 3])

# %%
class S(str):
    def shout(self): return self.upper() + '!'
s = S('abc')
(s.shout(), s + 'd', s == 'abc', len(s), {s: 1}['abc'], s[0], f'{s:>5}', isinstance(s, str), '%s' % s)
#> ('ABC!', 'abcd', True, 3, 1, 'a', '  abc', True, 'abc')

# %%
class I(int): pass
(I(5) + 1, I(5) == 5, [1,2,3,4,5,6][I(5)], range(I(2)), I(3) * 2.0, -I(3))
#> (6, True, 6, range(0, 2), 6.0, -3)

# %%
class T(tuple):
    @property
    def first(self): return self[0]
    def __new__(cls, *a): return super().__new__(cls, a)
t = T(1, 2)
(t.first, len(t), t == (1,2), t + (3,), isinstance(t, tuple))
#> (1, 2, True, (1, 2, 3), True)

# %%
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __hash__(self): return hash(self.x)
    def __repr__(self): return f'P({self.x})'
    def __add__(self, o): return P(self.x + (o.x if isinstance(o, P) else o))
    __radd__ = __add__
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * self.x
    def __contains__(self, v): return v == 99
    def __call__(self, a, *, b=1): return a + b
(P(1) == P(1), P(1) != P(2), sorted([P(2), P(1)]), sum([P(1), P(2)]), len(P(1)), list(P(2)), 99 in P(1), P(1)(2, b=3), [P(1)] == [P(1)], max(P(1), P(4)), callable(P(1)), str(P(1)), hash(P(5)) == hash(5), P(1) in [P(1)])
#> (True, True, [P(1), P(2)], P(3), 3, [0, 2, 4], True, 5, True, P(4), True, 'P(1)', True, True)

# %%
def g():
    x = yield 1
    yield x
it = g(); a = next(it); b = it.send(5)
try: next(it); c = 0
except StopIteration: c = 1
(a, b, c, list(g()), type(it).__name__)
#> (1, 5, 1, [1, None], 'generator')

# %%
X = type('X', (), {'a': 1, 'f': lambda self: self.a + 1})
(X().f(), X.__name__, isinstance(X(), X), type(X()) is X)
#> (2, 'X', True, True)

# %%
class F:
    def __init_subclass__(cls, reg=None, **k):
        super().__init_subclass__(**k)
        cls.reg = reg
class G(F, reg='x'): pass
o = G(); object.__setattr__(o, 'z', 4)
(G.reg, o.z, vars(o), o.__dict__, o.__class__.__name__, 'z' in dir(o))
#> ('x', 4, {'z': 4}, {'z': 4}, 'G', True)

# %%
class W:
    @property
    def a(self): return self._a
    @a.setter
    def a(self, v): self._a = v * 2
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
    b = property(lambda self: 7)
w = W(); w.a = 3; delattr(w, '_a') if False else None
setattr(w, 'q', 1)
(w.a, w.s(1), w.c(), W.s(2), w.b, getattr(w, 'q'), hasattr(w, 'zz'))
#> (6, 1, 'W', 2, 7, 1, False)

# %%
from typing import *
import typing
T = TypeVar('T')
class P(NamedTuple):
    x: int
    y: int = 5
    def s(self): return self.x + self.y
class D(TypedDict, total=False):
    a: int
class G(Generic[T]):
    def __init__(self, v: T): self.v = v
class Proto(Protocol):
    def f(self) -> int: ...
class L(List[int]): pass
Alias = Union[int, Optional[str]]
Cb = Callable[[int], str]
(P(1), P(1).s(), P(1, y=2)._asdict(), D(a=1), G[int](3).v, G(4).v, L([1]), cast(int, 'a'), TYPE_CHECKING, isinstance(1, Alias), get_origin(List[int]), get_args(Dict[str, int]), isinstance([], Sequence), NewType('N', int)(3), isinstance(P(1), tuple), get_args(Optional[int]))
#> (P(x=1, y=5), 6, {'x': 1, 'y': 2}, {'a': 1}, 3, 4, [1], 'a', False, True, <class 'list'>, (<class 'str'>, <class 'int'>), True, 3, True, (<class 'int'>, <class 'NoneType'>))

# %%
import collections.abc as abc
from collections.abc import Iterable, Sequence, Mapping, Callable, Sized, Hashable, MutableMapping, Iterator, Generator
class It:
    def __iter__(self): return iter([1])
class Ln:
    def __len__(self): return 1
def g(): yield 1
[isinstance(x, c) for c in (Iterable, Sequence, Mapping, Callable, Sized, Hashable, MutableMapping, Iterator, abc.Set, Generator) for x in ([], (), 'a', {}, {1}, 1, len, It(), Ln(), range(3), iter([]), None, int, {}.keys(), g(), zip())]
#> [True, True, True, True, True, False, False, True, False, True, True, False, False, True, True, True, True, True, True, False, False, False, False, False, False, True, False, False, False, False, False, False, False, False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False, False, False, False, False, True, False, False, False, True, True, True, True, True, False, False, False, True, True, False, False, False, True, False, False, False, True, True, False, False, True, True, True, True, True, True, True, True, False, True, True, False, False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False, False, False, True, True, False, False, False, False, True, False, False, False, False, False, False, False, False, True, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, False, True, False]

# %%
from dataclasses import *
from typing import ClassVar, Optional, List
@dataclass
class A:
    x: int
    y: float = 2.0
    z: List[int] = field(default_factory=list)
    k: ClassVar[int] = 3
    h: int = field(default=1, repr=False)
    def __post_init__(self): self.x += 1
@dataclass
class B(A):
    w: str = 'w'
    i: InitVar[int] = 5
    def __post_init__(self, i):
        super().__post_init__()
        self.from_i = i
@dataclass(frozen=True, order=True)
class C:
    a: int
    b: int = 2
@dataclass(kw_only=True)
class D:
    a: int = 1
    b: int
@dataclass
class E:
    a: int
    _: KW_ONLY
    b: int = 2
@dataclass
class N:
    inner: C = field(default_factory=lambda: C(1))
    l: list = field(default_factory=lambda: [C(2)])
try: C(1).a = 3; fr = 0
except FrozenInstanceError: fr = 1
try: A(); er = ''
except TypeError as e: er = str(e)
(A(1), A(1, 3.0, [4]), B(1, w='q', i=7), B(1).from_i, C(1) < C(2), C(1) == C(1), hash(C(1)) == hash(C(1)), asdict(N()), astuple(C(1)), replace(C(1), b=9), [f.name for f in fields(A)], is_dataclass(A), is_dataclass(3), D(b=2), E(1, b=3), fr, er, A.y, A.k, sorted([C(2), C(1)]), [f.default for f in fields(C)][1], B.__name__, A(1) == A(1), {C(1): 1}[C(1)] if False else 0)
#> (A(x=2, y=2.0, z=[]), A(x=2, y=3.0, z=[4]), B(x=2, y=2.0, z=[], w='q'), 5, True, True, True, {'inner': {'a': 1, 'b': 2}, 'l': [{'a': 2, 'b': 2}]}, (1, 2), C(a=1, b=9), ['x', 'y', 'z', 'h'], True, False, D(a=1, b=2), E(a=1, b=3), 1, "A.__init__() missing 1 required positional argument: 'x'", 2.0, 3, [C(a=1, b=2), C(a=2, b=2)], 2, 'B', True, 0)

# %%
from enum import *
class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1
    def label(self): return self.name.lower()
    @property
    def up(self): return self.name + '!'
    @classmethod
    def default(cls): return cls.GREEN
class S(str, Enum):
    A = 'a'
    B = 'b'
class N(IntEnum):
    ONE = auto()
    TWO = auto()
class F(Flag):
    R = auto(); W = auto(); X = auto()
class IF(IntFlag):
    R = 4; W = 2
class T(StrEnum):
    AB = auto()
class Planet(Enum):
    EARTH = (5, 6)
    def __init__(self, mass, radius):
        self.mass = mass; self.radius = radius
Dyn = Enum('Dyn', 'A B')
class M(Enum):
    X = auto()
    @classmethod
    def _missing_(cls, v): return cls.X
try: Color(7); er = ''
except ValueError as e: er = str(e)
(Color.RED, Color.RED.name, Color.RED.value, Color(2), Color['RED'], list(Color), len(Color), Color.CRIMSON is Color.RED, Color.RED.label(), Color.RED.up, Color.default(), Color.RED in Color, Color.RED == Color.RED, Color.RED != Color.GREEN, str(Color.RED), f'{Color.RED}', S.A == 'a', S('b'), str(S.A), f'{S.A}', S.A.value, N.ONE + 1, N.TWO, str(N.ONE), F.R | F.W, F.R in (F.R | F.X), bool(F.R & F.W), ~F.R, IF.R | IF.W, int(IF.R), T.AB, str(T.AB), T.AB == 'ab', Planet.EARTH.mass, Planet.EARTH.value, Dyn.B, Dyn.B.value, M('zz'), er, isinstance(Color.RED, Color), isinstance(S.A, str), {Color.RED: 1}[Color.RED], {S.A: 1}['a'], [c.value for c in Color], Color.__members__, Color.RED is Color.RED, type(Color.RED), [1,2,3][N.ONE], N.ONE < N.TWO, N.ONE in (1, 2), S.A in ['a'], 'a' in [s.value for s in S], S.__members__.keys(), hash(Color.RED) == hash(Color.RED), N(1) is N.ONE, Color.RED.__class__.__name__)
#> (<Color.RED: 1>, 'RED', 1, <Color.GREEN: 2>, <Color.RED: 1>, [<Color.RED: 1>, <Color.GREEN: 2>], 2, True, 'red', 'RED!', <Color.GREEN: 2>, True, True, True, 'Color.RED', 'Color.RED', True, <S.B: 'b'>, 'S.A', 'S.A', 'a', 2, <N.TWO: 2>, '1', <F.R|W: 3>, True, False, <F.W|X: 6>, <IF.R|W: 6>, 4, <T.AB: 'ab'>, 'ab', True, 5, (5, 6), <Dyn.B: 2>, 2, <M.X: 1>, '7 is not a valid Color', True, True, 1, 1, [1, 2], mappingproxy({'RED': <Color.RED: 1>, 'GREEN': <Color.GREEN: 2>, 'CRIMSON': <Color.RED: 1>}), True, <enum 'Color'>, 2, True, True, True, True, dict_keys(['A', 'B']), True, True, 'Color')

# %%
import functools
calls = []
@functools.lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n-1) + fib(n-2)
class K:
    def __init__(self): self.n = 0
    @functools.cached_property
    def v(self):
        self.n += 1
        return self.n
    @functools.lru_cache()
    def m(self, x): self.n += 10; return x
def deco(f):
    @functools.wraps(f)
    def w(*a, **k): return f(*a, **k) + 1
    return w
@deco
def foo(a):
    "doc"
    return a
k = K(); k.m(1); k.m(1)
@functools.total_ordering
class O:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __eq__(self, o): return self.v == o.v
@functools.singledispatch
def sd(x): return 'o'
@sd.register
def _(x: int): return 'i'
@sd.register(str)
def _(x): return 's'
class PM:
    def f(self, a, b): return (a, b)
    g = functools.partialmethod(f, 1)
(fib(20), len(calls), k.v, k.v, k.n, foo(1), foo.__name__, O(1) >= O(1), O(1) <= O(2), O(2) > O(1), sd(1.0), sd('a'), PM().g(2))
#> (6765, 21, 11, 11, 11, 2, 'foo', True, True, True, 'o', 's', (1, 2))

# %%
from abc import ABC, abstractmethod, ABCMeta
class Base(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def p(self): ...
class Der(Base):
    def f(self): return 1
    @property
    def p(self): return 2
import types
ns = types.SimpleNamespace(a=1, b=[2])
ns.c = 3
def fun(): pass
(Der().f(), Der().p, isinstance(Der(), Base), ns, ns.a, vars(ns), isinstance(fun, types.FunctionType), isinstance(lambda: 1, types.LambdaType), isinstance(Der().f, types.MethodType), isinstance(len, types.BuiltinFunctionType), types.MappingProxyType({'a': 1})['a'], isinstance(types, types.ModuleType))
#> (1, 2, True, namespace(a=1, b=[2], c=3), 1, {'a': 1, 'b': [2], 'c': 3}, True, True, True, True, 1, True)

# %%
import copy
class A:
    def __init__(self): self.l = [1]; self.me = self
a = A(); b = copy.deepcopy(a); c = copy.copy(a); b.l.append(2)
class D:
    def __deepcopy__(self, memo): return 'copied'
x = [1]; y = [x, x]; z = copy.deepcopy(y)
(a.l, b.l, b.me is b, c.l is a.l, copy.deepcopy([D()]), z[0] is z[1], z[0] is x)
#> ([1], [1, 2], True, True, ['copied'], True, False)

# %%
from contextlib import *
log = []
@contextmanager
def cm(x):
    log.append('in')
    yield x * 2
    log.append('out')
with cm(2) as v: log.append(v)
with suppress(ValueError): raise ValueError('a')
with nullcontext(5) as n: log.append(n)
with ExitStack() as st:
    log.append(st.enter_context(cm(1)))
@cm(3)
def f(): log.append('f')
f()
log
#> ['in', 4, 'out', 5, 'in', 2, 'out', 'in', 'f', 'out']

# %%
import argparse
p = argparse.ArgumentParser('x')
p.add_argument('--lr', type=float, default=0.1)
p.add_argument('--name', '-n', default='net')
p.add_argument('--flag', action='store_true')
p.add_argument('--no-x', dest='x', action='store_false')
p.add_argument('--sizes', nargs='+', type=int, default=[1,2])
p.add_argument('--none')
p.add_argument('--count', type=int, default='5')
p.add_argument('-b', '--batch-size', default=3)
g = p.add_argument_group('g'); g.add_argument('--in-g', default=7)
p.set_defaults(func=3, name='other')
a = p.parse_args([])
b, rest = p.parse_known_args(['--lr', '0.5', '--flag', '--sizes', '3', '4', '-n', 'q', 'zz'])
(a.lr, a.name, a.flag, a.x, a.sizes, a.none, a.count, a.batch_size, a.in_g, a.func, vars(b)['lr'], b.flag, b.sizes, b.name, rest)
#> (0.1, 'other', False, True, [1, 2], None, 5, 3, 7, 3, 0.5, True, [3, 4], 'q', ['zz'])

# %%
import warnings, logging, sys
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO); logger.addHandler(logging.StreamHandler(sys.stdout))
logger.info('x %s', 1)
try: sys.exit(1)
except SystemExit: r = 1
with open('out.txt', 'w') as f: f.write('x')
with open('config.json') as f: t = f.read()
lines = list(open('config.json'))
(r, len(t), len(lines))
#> (1, 47, 1)

# %%
class Registry:
    def __init__(self): self._d = {}
    def register(self, name=None):
        def deco(c):
            self._d[name or c.__name__] = c
            return c
        return deco
    def get(self, n): return self._d.get(n)
R = Registry()
@R.register()
class Foo: pass
@R.register('b')
class Bar(Foo): pass
import sys
mod = sys.modules[__name__]
(R.get('Foo').__name__, R.get('b').__name__, Bar.__mro__[1].__name__, Bar.__bases__[0] is Foo, Bar.__module__, Bar.__qualname__)
#> ('Foo', 'Bar', 'Foo', True, '__main__', 'Bar')

# %%
from types import SimpleNamespace
from fractions import Fraction
import heapq, bisect
h = []; heapq.heappush(h, 3); heapq.heappush(h, 1)
l = [1, 3]; bisect.insort(l, 2)
(Fraction(1, 3) + Fraction(1, 6), heapq.heappop(h), l, bisect.bisect([1,2,3], 2), heapq.nlargest(2, [1,3,2]))
#> (Fraction(1, 2), 1, [1, 2, 3], 2, [3, 2])
