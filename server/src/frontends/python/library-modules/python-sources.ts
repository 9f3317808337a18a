/** Library modules that are easiest said in Python: our own text, interpreted like any other source. */
import type { LibrarySource } from '../library';

const functools = `
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
`;

const contextlib = `
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
        else:
            self.gen.close()
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
`;

const textwrap = `
def dedent(text):
    lines = text.split('\\n')
    margin = None
    for line in lines:
        stripped = line.lstrip()
        if not stripped:
            continue
        indent = line[:len(line) - len(stripped)]
        if margin is None or len(indent) < len(margin):
            margin = indent
    width = len(margin or '')
    return '\\n'.join(line[width:] if line.strip() else '' for line in lines)

def indent(text, prefix, predicate=None):
    return ''.join(prefix + line if (predicate(line) if predicate else line.strip()) else line for line in text.splitlines(True))

def wrap(text, width=70, **kwargs):
    lines, current = [], ''
    for word in text.split():
        if current and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = word
        else:
            current = current + ' ' + word if current else word
    return lines + [current] if current else lines

def fill(text, width=70, **kwargs):
    return '\\n'.join(wrap(text, width))

def shorten(text, width, placeholder=' [...]', **kwargs):
    text = ' '.join(text.split())
    if len(text) <= width:
        return text
    return wrap(text, width - len(placeholder))[0] + placeholder
`;

const string = `
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
whitespace = ' \\t\\n\\r\\x0b\\x0c'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace

def capwords(s, sep=None):
    return (sep or ' ').join(word.capitalize() for word in s.split(sep))

class Template:
    def __init__(self, template):
        self.template = template
    def safe_substitute(self, mapping={}, /, **kws):
        text = self.template
        for key, value in {**mapping, **kws}.items():
            text = text.replace('$' + '{' + key + '}', str(value)).replace('$' + key, str(value))
        return text
    substitute = safe_substitute

class Formatter:
    def format(self, text, /, *args, **kwargs):
        return text.format(*args, **kwargs)
`;

const argparse = `
SUPPRESS = '==SUPPRESS=='
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = '?', '*', '+', 'A...', '...'

class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])
    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)
    def __contains__(self, key):
        return key in self.__dict__
    def __repr__(self):
        return 'Namespace(' + ', '.join(f'{key}={value!r}' for key, value in vars(self).items()) + ')'

class HelpFormatter:
    def __init__(self, *args, **kwargs): pass
class RawDescriptionHelpFormatter(HelpFormatter): pass
class RawTextHelpFormatter(RawDescriptionHelpFormatter): pass
class ArgumentDefaultsHelpFormatter(HelpFormatter): pass
class MetavarTypeHelpFormatter(HelpFormatter): pass
class ArgumentTypeError(Exception): pass
class ArgumentError(Exception): pass
class FileType:
    def __init__(self, *args, **kwargs): pass
    def __call__(self, text):
        return open(text)

class Action:
    def __init__(self, option_strings=(), dest=None, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, **kwargs):
        self.option_strings, self.dest, self.nargs, self.const, self.default = option_strings, dest, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar = type, choices, required, help, metavar

class BooleanOptionalAction(Action): pass

class _Container:
    def __init__(self, owner=None):
        self._owner = owner
        self._actions = [] if owner is None else owner._actions
        self._defaults = {} if owner is None else owner._defaults
        self._subparsers = None
    def add_argument(self, *flags, **kwargs):
        options = [flag for flag in flags if flag.startswith('-')]
        dest = kwargs.get('dest')
        if dest is None:
            long = [flag for flag in options if flag.startswith('--')]
            dest = (long or options or list(flags) or [''])[0].lstrip('-').replace('-', '_')
        how = kwargs.get('action')
        default = kwargs.get('default')
        if 'default' not in kwargs:
            if how == 'store_true':
                default = False
            elif how == 'store_false':
                default = True
            elif dest in self._defaults:
                default = self._defaults[dest]
        positional = not options
        action = Action(options, dest, kwargs.get('nargs'), kwargs.get('const'), default, kwargs.get('type'), kwargs.get('choices'), kwargs.get('required', False), kwargs.get('help'), kwargs.get('metavar'))
        action.positional = positional
        action.how = how
        action.given = 'default' in kwargs
        self._actions.append(action)
        return action
    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]
                action.given = True
    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)
    def add_argument_group(self, *args, **kwargs):
        return _Container(self)
    def add_mutually_exclusive_group(self, **kwargs):
        return _Container(self)
    def register(self, *args): pass

class _Subparsers:
    def __init__(self, dest, required):
        self.dest, self.required, self.choices = dest, required, {}
    def add_parser(self, name, **kwargs):
        parser = ArgumentParser(**kwargs)
        self.choices[name] = parser
        return parser

class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), **kwargs):
        super().__init__()
        self.prog, self.usage, self.description, self.epilog = prog, usage, description, epilog
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)
    def add_subparsers(self, dest=None, required=False, **kwargs):
        self._subparsers = _Subparsers(dest, required)
        return self._subparsers
    def parse_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]
    def parse_known_args(self, args=None, namespace=None):
        from _joulelint_arguments import missing
        result = Namespace() if namespace is None else namespace
        values, rest = self._read(list(args) if args else [])
        for action in self._actions:
            if action.how in ('help', 'version') or action.dest in values:
                continue
            value = action.default
            if value == SUPPRESS or hasattr(result, action.dest):
                continue
            needs_text = action.positional and action.nargs not in ('?', '*') and not action.given
            if needs_text or (action.required and not action.given):
                value = missing(action.dest)
            elif isinstance(value, str) and action.type is not None:
                value = action.type(value)
            setattr(result, action.dest, value)
        for name, value in values.items():
            setattr(result, name, value)
        for name, value in self._defaults.items():
            if not hasattr(result, name):
                setattr(result, name, value)
        if self._subparsers is not None and self._subparsers.dest:
            setattr(result, self._subparsers.dest, missing(self._subparsers.dest) if self._subparsers.required else None)
        return result, rest
    def _read(self, args):
        values, rest, index = {}, [], 0
        positional = [action for action in self._actions if action.positional]
        while index < len(args):
            text = args[index]
            index += 1
            if text.startswith('-') and not text[1:2].isdigit():
                name, eq, attached = text.partition('=')
                action = next((a for a in self._actions if name in a.option_strings), None)
                if action is None:
                    rest.append(text)
                    continue
                if action.how == 'store_true':
                    values[action.dest] = True
                elif action.how == 'store_false':
                    values[action.dest] = False
                elif action.how == 'store_const':
                    values[action.dest] = action.const
                elif action.how == 'count':
                    values[action.dest] = (values.get(action.dest) or action.default or 0) + 1
                else:
                    given = [attached] if eq else []
                    most = action.nargs if isinstance(action.nargs, int) else 1 if action.nargs in (None, '?') else len(args)
                    while not eq and len(given) < most and index < len(args) and not (args[index].startswith('-') and not args[index][1:2].isdigit()):
                        given.append(args[index])
                        index += 1
                    given = [action.type(item) if action.type else item for item in given]
                    value = given if action.nargs not in (None, '?') else given[0] if given else action.const
                    values[action.dest] = (values.get(action.dest) or []) + [value] if action.how == 'append' else value
            elif positional:
                action = positional.pop(0)
                convert = action.type or str
                if action.nargs in (None, '?'):
                    values[action.dest] = convert(text)
                else:
                    most = action.nargs if isinstance(action.nargs, int) else len(args)
                    given = [convert(text)]
                    while len(given) < most and index < len(args) and not args[index].startswith('-'):
                        given.append(convert(args[index]))
                        index += 1
                    values[action.dest] = given
            else:
                rest.append(text)
        return values, rest
    def print_help(self, *args): pass
    def print_usage(self, *args): pass
    def format_help(self): return ''
    def error(self, message):
        raise SystemExit(2)
    def exit(self, status=0, message=None):
        raise SystemExit(status)
`;

const threading = `
class _Lock:
    def acquire(self, *args, **kwargs): return True
    def release(self): pass
    def locked(self): return False
    def __enter__(self): return True
    def __exit__(self, *details): pass
Lock = RLock = Semaphore = BoundedSemaphore = Condition = _Lock
class Event:
    def __init__(self): self._set = False
    def set(self): self._set = True
    def clear(self): self._set = False
    def is_set(self): return self._set
    def wait(self, timeout=None): return self._set
class local: pass
class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, daemon=None):
        self.name, self.daemon = name, daemon
    def start(self): pass
    def join(self, timeout=None): pass
    def is_alive(self): return False
Timer = Thread
def current_thread(): return Thread(name='MainThread')
main_thread = current_thread
def get_ident(): return 1
`;

const fractions = `
import math
class Fraction:
    def __init__(self, numerator=0, denominator=None):
        if isinstance(numerator, str):
            numerator, _, below = numerator.partition('/')
            numerator, denominator = int(numerator), int(below or 1)
        if isinstance(numerator, Fraction):
            numerator, denominator = numerator.numerator, numerator.denominator * (denominator or 1)
        if isinstance(numerator, float):
            numerator, denominator = numerator.as_integer_ratio()
        denominator = 1 if denominator is None else denominator
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        common = math.gcd(numerator, denominator) * (-1 if denominator < 0 else 1)
        self.numerator, self.denominator = numerator // common, denominator // common
    def __repr__(self): return f'Fraction({self.numerator}, {self.denominator})'
    def __str__(self): return str(self.numerator) if self.denominator == 1 else f'{self.numerator}/{self.denominator}'
    def __float__(self): return self.numerator / self.denominator
    def __int__(self): return int(self.numerator / self.denominator)
    def __floor__(self): return self.numerator // self.denominator
    def __ceil__(self): return -(-self.numerator // self.denominator)
    def _join(self, other, combine):
        if isinstance(other, float):
            return combine(float(self), other)
        other = other if isinstance(other, Fraction) else Fraction(other)
        return combine(self, other)
    def __add__(self, other): return self._join(other, lambda a, b: a + b if isinstance(a, float) else Fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator))
    def __sub__(self, other): return self._join(other, lambda a, b: a - b if isinstance(a, float) else Fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator))
    def __mul__(self, other): return self._join(other, lambda a, b: a * b if isinstance(a, float) else Fraction(a.numerator * b.numerator, a.denominator * b.denominator))
    def __truediv__(self, other): return self._join(other, lambda a, b: a / b if isinstance(a, float) else Fraction(a.numerator * b.denominator, a.denominator * b.numerator))
    __radd__ = __add__
    __rmul__ = __mul__
    def __rsub__(self, other): return Fraction(other) - self
    def __rtruediv__(self, other): return Fraction(other) / self
    def __neg__(self): return Fraction(-self.numerator, self.denominator)
    def __eq__(self, other): return float(self) == float(other)
    def __lt__(self, other): return float(self) < float(other)
    def __le__(self, other): return float(self) <= float(other)
    def __gt__(self, other): return float(self) > float(other)
    def __ge__(self, other): return float(self) >= float(other)
    def __hash__(self): return hash(float(self))
`;

const easydict = `
class EasyDict(dict):
    def __init__(self, d=None, **kwargs):
        super().__init__()
        for key, value in {**(d or {}), **kwargs}.items():
            setattr(self, key, value)
    def __setattr__(self, name, value):
        if isinstance(value, (list, tuple)):
            value = type(value)(self.__class__(item) if isinstance(item, dict) else item for item in value)
        elif isinstance(value, dict) and not isinstance(value, EasyDict):
            value = EasyDict(value)
        dict.__setitem__(self, name, value)
    __setitem__ = __setattr__
    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)
    def update(self, e=None, **f):
        for key, value in {**(e or {}), **f}.items():
            setattr(self, key, value)
`;

const contextvars = `
class Token:
    MISSING = object()
    def __init__(self, var, old_value):
        self.var, self.old_value = var, old_value

class ContextVar:
    def __init__(self, name, *, default=Token.MISSING):
        self.name, self._default, self._value = name, default, Token.MISSING
    @classmethod
    def __class_getitem__(cls, key):
        return cls
    def get(self, default=Token.MISSING):
        for value in (self._value, default, self._default):
            if value is not Token.MISSING:
                return value
        raise LookupError(self.name)
    def set(self, value):
        token = Token(self, self._value)
        self._value = value
        return token
    def reset(self, token):
        self._value = token.old_value

class Context:
    def run(self, callable, *args, **kwargs):
        return callable(*args, **kwargs)

def copy_context():
    return Context()
`;

export const pythonSources: readonly LibrarySource[] = [
  { module: 'functools', source: functools },
  { module: 'contextlib', source: contextlib },
  { module: 'textwrap', source: textwrap },
  { module: 'string', source: string },
  { module: 'argparse', source: argparse },
  { module: 'threading', source: threading },
  { module: 'fractions', source: fractions },
  { module: 'easydict', source: easydict },
  { module: 'contextvars', source: contextvars },
];
