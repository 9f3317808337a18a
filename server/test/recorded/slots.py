# Instances without a dictionary: what `__slots__` allows, here and in bases, and what dataclasses refuse.

# %%
def said(run):
    try:
        return run()
    except Exception as error:
        return f'{type(error).__name__}: {error}'

class Point:
    __slots__ = ('x', 'y')
    kind = 'point'
    def __init__(self, x): self.x = x
class Named(Point):
    __slots__ = 'name'
class Open(Point): pass
class Loose(Point):
    __slots__ = ('z', '__dict__')

said(lambda: Point(1).x)
#> 1
said(lambda: Point(1).y)
#> "AttributeError: 'Point' object has no attribute 'y'"
said(lambda: setattr(Point(1), 'z', 2))
#> "AttributeError: 'Point' object has no attribute 'z'"
said(lambda: setattr(Point(1), 'kind', 2))
#> "AttributeError: 'Point' object attribute 'kind' is read-only"
said(lambda: setattr(Point(1), 'y', 2))
#> None
said(lambda: setattr(Named(1), 'name', 'a'))
#> None
said(lambda: setattr(Named(1), 'x', 2))
#> None
said(lambda: setattr(Named(1), 'title', 'a'))
#> "AttributeError: 'Named' object has no attribute 'title'"
said(lambda: setattr(Open(1), 'title', 'a'))
#> None
said(lambda: setattr(Loose(1), 'title', 'a'))
#> None
[hasattr(each(1), '__dict__') for each in (Point, Named, Open, Loose)]
#> [False, False, True, True]
said(lambda: delattr(Point(1), 'y'))[:14]
#> 'AttributeError'
said(lambda: vars(Point(1)))
#> 'TypeError: vars() argument must have __dict__ attribute'
said(lambda: setattr(object(), 'x', 1))
#> "AttributeError: 'object' object has no attribute 'x'"

# %%
def said(run):
    try:
        return run()
    except Exception as error:
        return f'{type(error).__name__}: {error}'

class Base: pass
class Derived(Base):
    __slots__ = ['x']
said(lambda: setattr(Derived(), 'y', 1))
#> None
from abc import ABC
from typing import Generic, TypeVar
T = TypeVar('T')
class Abstract(ABC):
    __slots__ = ()
class Box(Generic[T]):
    __slots__ = ('item',)
class Failure(Exception):
    __slots__ = ('why',)
said(lambda: setattr(Abstract(), 'y', 1))
#> "AttributeError: 'Abstract' object has no attribute 'y'"
said(lambda: setattr(Box(), 'content', 1))
#> "AttributeError: 'Box' object has no attribute 'content'"
said(lambda: setattr(Failure(), 'y', 1))
#> None
said(lambda: type('Both', (), {'__slots__': ('a',), 'a': 1}))
#> "ValueError: 'a' in __slots__ conflicts with class variable"
said(lambda: type('Number', (int,), {'__slots__': ('a',)}))
#> "TypeError: nonempty __slots__ not supported for subtype of 'int'"
class WithProperty:
    __slots__ = ('_x',)
    @property
    def x(self): return self._x
    @x.setter
    def x(self, value): self._x = value * 2
w = WithProperty()
w.x = 4
w.x
#> 8

# %%
from dataclasses import dataclass, field
import copy
def said(run):
    try:
        return run()
    except Exception as error:
        return f'{type(error).__name__}: {error}'

@dataclass(slots=True)
class Sizes:
    width: int
    height: int = 2
s = Sizes(1)
said(lambda: setattr(s, 'depth', 3))
#> "AttributeError: 'Sizes' object has no attribute 'depth'"
s.height = 5
(s, copy.copy(s), copy.deepcopy(s), s == Sizes(1, 5))
#> (Sizes(width=1, height=5), Sizes(width=1, height=5), Sizes(width=1, height=5), True)
def late():
    @dataclass
    class Config:
        width: int = 3
        height: int
said(late)
#> "TypeError: non-default argument 'height' follows default argument"
def mutable():
    @dataclass
    class Config:
        widths: list = []
said(mutable)
#> "ValueError: mutable default <class 'list'> for field widths is not allowed: use default_factory"
def by_name():
    @dataclass
    class Config:
        width: int = 3
        height: int = field(kw_only=True)
    return Config(height=2).height
said(by_name)
#> 2
