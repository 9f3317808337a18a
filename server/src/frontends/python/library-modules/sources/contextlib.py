class AbstractContextManager:
    def __enter__(self):
        return self
    def __exit__(self, *details):
        return None

class ContextDecorator:
    def __call__(self, func):
        def inner(*args, **kwargs):
            with self:
                return func(*args, **kwargs)
        inner.__wrapped__ = func
        inner.__name__ = getattr(func, '__name__', 'inner')
        return inner

class _GeneratorContext(AbstractContextManager, ContextDecorator):
    def __init__(self, func, args, kwargs):
        self.gen = func(*args, **kwargs)
        self.func, self.args, self.kwargs = func, args, kwargs
    def __call__(self, func):
        def inner(*args, **kwargs):
            with _GeneratorContext(self.func, self.args, self.kwargs):
                return func(*args, **kwargs)
        inner.__wrapped__ = func
        inner.__name__ = getattr(func, '__name__', 'inner')
        return inner
    def __enter__(self):
        return next(self.gen)
    def __exit__(self, kind, value, traceback):
        if kind is None:
            next(self.gen, None)
            return False
        try:
            self.gen.throw(value)
        except StopIteration:
            return True
        except BaseException as error:
            if error is not value:
                raise
        return False

def contextmanager(func):
    def helper(*args, **kwargs):
        return _GeneratorContext(func, args, kwargs)
    helper.__wrapped__ = func
    helper.__name__ = getattr(func, '__name__', 'helper')
    return helper

asynccontextmanager = contextmanager

class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result

class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self.exceptions = exceptions
    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self.exceptions)

class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *details):
        self.thing.close()

class redirect_stdout(AbstractContextManager):
    def __init__(self, target):
        self.target = target
    def __enter__(self):
        return self.target

redirect_stderr = redirect_stdout

class ExitStack(AbstractContextManager):
    def __init__(self):
        self.callbacks = []
    def enter_context(self, manager):
        value = manager.__enter__()
        self.callbacks.append(lambda *details: manager.__exit__(*details))
        return value
    def push(self, exit):
        self.callbacks.append(exit.__exit__ if hasattr(exit, '__exit__') else exit)
        return exit
    def callback(self, func, /, *args, **kwargs):
        self.callbacks.append(lambda *details: func(*args, **kwargs) and False)
        return func
    def pop_all(self):
        other = type(self)()
        other.callbacks, self.callbacks = self.callbacks, []
        return other
    def close(self):
        self.__exit__(None, None, None)
    def __exit__(self, *details):
        swallowed = False
        while self.callbacks:
            if self.callbacks.pop()(*details):
                swallowed = True
                details = (None, None, None)
        return swallowed

AsyncExitStack = ExitStack
