# What of `collections` is easiest said in Python.
class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]
    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return self.__missing__(key)
    def __missing__(self, key):
        raise KeyError(key)
    def get(self, key, default=None):
        return self[key] if key in self else default
    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)
    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(dict.fromkeys(mapping))
        return iter(merged)
    def __len__(self):
        return len(set().union(*self.maps))
    def keys(self):
        return list(self)
    def values(self):
        return [self[key] for key in self]
    def items(self):
        return [(key, self[key]) for key in self]
    def new_child(self, m=None, **kwargs):
        return self.__class__(kwargs if m is None else m, *self.maps)
    @property
    def parents(self):
        return self.__class__(*self.maps[1:])
    def __setitem__(self, key, value):
        self.maps[0][key] = value
    def __delitem__(self, key):
        del self.maps[0][key]
    def pop(self, key, *args):
        return self.maps[0].pop(key, *args)
    def update(self, *args, **kwargs):
        self.maps[0].update(*args, **kwargs)

class UserDict:
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)
    def __len__(self): return len(self.data)
    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, '__missing__'):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)
    def __setitem__(self, key, item): self.data[key] = item
    def __delitem__(self, key): del self.data[key]
    def __iter__(self): return iter(self.data)
    def __contains__(self, key): return key in self.data
    def __repr__(self): return repr(self.data)
    def __eq__(self, other): return dict(self.items()) == (dict(other.items()) if hasattr(other, 'items') else other)
    def get(self, key, default=None): return self[key] if key in self else default
    def keys(self): return self.data.keys()
    def values(self): return [self[key] for key in self]
    def items(self): return [(key, self[key]) for key in self]
    def pop(self, key, *args):
        return self.data.pop(key, *args)
    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]
    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value
    def clear(self): self.data.clear()
    def copy(self):
        made = self.__class__()
        made.data = self.data.copy()
        return made

class UserList:
    def __init__(self, initlist=None):
        self.data = list(initlist) if initlist is not None else []
    def __len__(self): return len(self.data)
    def __getitem__(self, i): return self.__class__(self.data[i]) if isinstance(i, slice) else self.data[i]
    def __setitem__(self, i, item): self.data[i] = item
    def __delitem__(self, i): del self.data[i]
    def __iter__(self): return iter(self.data)
    def __contains__(self, item): return item in self.data
    def __repr__(self): return repr(self.data)
    def __eq__(self, other): return self.data == (other.data if isinstance(other, UserList) else other)
    def __add__(self, other): return self.__class__(self.data + list(other))
    def append(self, item): self.data.append(item)
    def insert(self, i, item): self.data.insert(i, item)
    def pop(self, i=-1): return self.data.pop(i)
    def extend(self, other): self.data.extend(other)

UserString = str
