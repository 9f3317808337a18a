class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords
    def __get__(self, instance, owner=None):
        func, args, keywords = self.func, self.args, self.keywords
        if hasattr(func, '__get__') and not callable(func):
            func = func.__get__(instance, owner)
            return lambda *more, **named: func(*args, *more, **{**keywords, **named})
        return lambda *more, **named: func(instance, *args, *more, **{**keywords, **named})

def total_ordering(cls):
    own = cls.__dict__
    if '__lt__' in own:
        pairs = [('__gt__', lambda self, other: not (self < other or self == other)), ('__le__', lambda self, other: self < other or self == other), ('__ge__', lambda self, other: not self < other)]
    elif '__le__' in own:
        pairs = [('__ge__', lambda self, other: not self <= other or self == other), ('__lt__', lambda self, other: self <= other and not self == other), ('__gt__', lambda self, other: not self <= other)]
    elif '__gt__' in own:
        pairs = [('__lt__', lambda self, other: not (self > other or self == other)), ('__ge__', lambda self, other: self > other or self == other), ('__le__', lambda self, other: not self > other)]
    else:
        pairs = [('__le__', lambda self, other: not self >= other or self == other), ('__gt__', lambda self, other: self >= other and not self == other), ('__lt__', lambda self, other: not self >= other)]
    for name, method in pairs:
        if name not in own:
            setattr(cls, name, method)
    return cls

class _Dispatcher:
    def __init__(self, func):
        self.registry = {object: func}
        self.__wrapped__ = func
        self.__name__ = func.__name__
    def register(self, cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: self.register(cls, f)
            func = cls
            names = getattr(func, '__annotations__', {})
            cls = next((value for key, value in names.items() if key != 'return'), None)
            if not isinstance(cls, type):
                return func
        self.registry[cls] = func
        return func
    def dispatch(self, cls):
        for candidate in cls.__mro__:
            if candidate in self.registry:
                return self.registry[candidate]
        for candidate, func in self.registry.items():
            if issubclass(cls, candidate) and candidate is not object:
                return func
        return self.registry[object]
    def __call__(self, *args, **kwargs):
        return self.dispatch(args[0].__class__)(*args, **kwargs)

def singledispatch(func):
    return _Dispatcher(func)

class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = _Dispatcher(func)
        self.func = func
    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)
    def __get__(self, instance, owner=None):
        return lambda *args, **kwargs: self.dispatcher.dispatch(args[0].__class__)(instance, *args, **kwargs)
