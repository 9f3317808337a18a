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
