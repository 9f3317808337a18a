# What every object can do, and what Python tells of itself: attributes read by hand, pickling and copying, unions of types, signatures.

# %%
class Registry:
    def __init__(self): self.factories = {'CONV': 3}
    def __getattr__(self, key):
        if key in self.factories: return self.factories[key]
        return super().__getattribute__(key)
r = Registry()
outcomes = [r.CONV, hasattr(r, 'NORM')]
try:
    r.NORM
except AttributeError as e: outcomes.append(str(e))
try:
    object.__getattribute__(r, 'CONV')
except AttributeError as e: outcomes.append(str(e))
outcomes
#> [3, False, "'Registry' object has no attribute 'NORM'", "'Registry' object has no attribute 'CONV'"]

# %%
class Watched:
    def __init__(self): self.x, self.reads = 1, []
    def __getattribute__(self, name):
        if name != 'reads': object.__getattribute__(self, 'reads').append(name) if name != '__init__' and 'reads' in object.__getattribute__(self, '__dict__') else None
        return super().__getattribute__(name)
    def __getattr__(self, name): return name.upper()
w = Watched()
(w.x, w.y, w.reads)
#> (1, 'Y', ['x', 'y'])

# %%
import copy
class Point:
    def __init__(self, x): self.x = x
class Sized(Point):
    def __reduce__(self):
        fields = list(super().__reduce__())
        fields += [None] * max(3 - len(fields), 0)
        return (Sized, (fields[2]['x'] + 1,))
class Kept(Point):
    def __getstate__(self): return {'x': self.x * 10}
    def __setstate__(self, state): self.x = state['x'] + 1
class Empty: pass
s = Sized(1)
s.__reduce__()[1]
#> (2,)
[part for part in Point(4).__reduce__()[1:]]
#> [(<class '__main__.Point'>, <class 'object'>, None), {'x': 4}]
[part for part in Point(4).__reduce_ex__(2)[1:]]
#> [(<class '__main__.Point'>,), {'x': 4}, None, None]
Empty().__reduce_ex__(4)[2]
#> None
Kept(2).__reduce_ex__(2)[2]
#> {'x': 20}
(copy.copy(s).x, copy.deepcopy(s).x, copy.copy(Kept(2)).x, copy.deepcopy(Kept(3)).x, type(copy.copy(s)).__name__)
#> (2, 2, 21, 31, 'Sized')
Point(1).__getstate__()
#> {'x': 1}

# %%
import types, typing
from typing import get_origin, get_args, Optional, Union, Literal, ForwardRef
maybe = int | None
maybe
#> int | None
int | list[str] | int
#> int | list[str]
(get_args(maybe), get_origin(maybe) is types.UnionType, isinstance(maybe, types.UnionType), isinstance(list[int], types.UnionType))
#> ((<class 'int'>, <class 'NoneType'>), True, True, False)
(isinstance(None, maybe), isinstance('a', maybe), issubclass(bool, maybe), isinstance(3, str | (int | float)))
#> (True, False, True, True)
(get_origin(Optional[int]) is Union, get_args(Optional[int]), get_args(Union[int, str, int]), get_origin(Literal['a', 'b']) is Literal)
#> (True, (<class 'int'>, <class 'NoneType'>), (<class 'int'>, <class 'str'>), True)
(isinstance('Net', ForwardRef), isinstance(ForwardRef('Net'), ForwardRef), ForwardRef('Net').__forward_arg__)
#> (False, True, 'Net')
tuple[int, ...] | dict[str, int] | int
#> tuple[int, ...] | dict[str, int] | int

# %%
import dataclasses, os
from dataclasses import dataclass
@dataclass(repr=False, frozen=True)
class Settings:
    width: int = 8
    depth: int | None = None
p = Settings.__dataclass_params__
(p.init, p.repr, p.eq, p.order, p.unsafe_hash, p.frozen)
#> (True, False, True, False, False, True)
class Folder:
    def __fspath__(self): return '/data'
(isinstance(Folder(), os.PathLike), isinstance('/data', os.PathLike), issubclass(Folder, os.PathLike))
#> (True, False, True)

# %%
import inspect, importlib.util, json
(json.decoder.__name__, importlib.util.find_spec('json').name, importlib.util.find_spec('json.decoder').parent, importlib.util.find_spec('no_such_module'))
#> ('json.decoder', 'json', 'json', None)
(json.__spec__.name, json.__spec__.parent, json.__name__)
#> ('json', 'json', 'json')
def scaled(x, factor=2):
    return x * factor
class Base:
    def __init__(self, a, *, b=3): pass
class Derived(Base): pass
(list(inspect.signature(Derived).parameters), list(inspect.signature(scaled).parameters))
#> (['a', 'b'], ['x', 'factor'])

# %%
import inspect, sys, types
class Kept:
    def keep(self):
        frame, found = inspect.currentframe().f_back, {}
        while frame is not None and frame.f_code.co_name == '__init__':
            found[frame.f_locals['__class__'].__name__] = {k: v for k, v in frame.f_locals.items() if k not in ('self', '__class__')}
            frame = frame.f_back
        return found
class Base(Kept):
    def __init__(self, width):
        super().__init__()
        self.found = self.keep()
class Net(Base):
    def __init__(self, depth, width=3):
        super().__init__(width + 1)
Net(2).found
#> {'Base': {'width': 4}, 'Net': {'depth': 2, 'width': 3}}
def outer(a, b=2):
    c = 3
    return inner()
def inner():
    frame = sys._getframe(1)
    return isinstance(frame, types.FrameType), frame.f_code.co_name, sorted(frame.f_locals.items()), inspect.getargvalues(frame)[0]
outer(1)
#> (True, 'outer', [('a', 1), ('b', 2), ('c', 3)], ['a', 'b'])
[isinstance(b'a', kind) for kind in (bytes, memoryview)], isinstance('a', bytes | memoryview)
#> ([True, False], False)
