import _joulelint
MISSING = '???'
_resolvers = {}
class MissingMandatoryValue(Exception):
    pass
def _inside(text, root, parent):
    text = text.strip()
    name, colon, rest = text.partition(':')
    if colon:
        if name in _resolvers:
            return _resolvers[name](*[part.strip() for part in rest.split(',')])
        if name == 'oc.env':
            return rest.partition(',')[2].strip() or '${' + text + '}'
        return '${' + text + '}'
    node = root
    while text.startswith('.'):
        text = text[1:]
        node = parent
        parent = object.__getattribute__(parent, '_parent') if parent is not None else None
    for part in text.replace('[', '.').replace(']', '').split('.'):
        node = node[int(part)] if isinstance(node, list) else node[part]
    return node
def _resolved(value, root, parent):
    while isinstance(value, str) and '${' in value:
        start = value.rindex('${')
        end = value.index('}', start)
        found = _inside(value[start + 2:end], root, parent)
        if start == 0 and end == len(value) - 1:
            if isinstance(found, str) and found == value:
                return value
            value = found
        elif isinstance(found, str) and '${' in found:
            return value
        else:
            value = value[:start] + str(found) + value[end + 1:]
    return value
def _node(value, root, parent):
    if isinstance(value, DictConfig):
        value = value._plain()
    if isinstance(value, ListConfig):
        value = value._plain()
    if isinstance(value, dict):
        return DictConfig(value, root, parent)
    if isinstance(value, (list, tuple)):
        return ListConfig(value, root, parent)
    return value
class DictConfig:
    def __init__(self, content=None, _root=None, _parent=None, **kwargs):
        object.__setattr__(self, '_content', {})
        object.__setattr__(self, '_root', self if _root is None else _root)
        object.__setattr__(self, '_parent', _parent)
        for key, value in {**(content or {}), **kwargs}.items():
            self[key] = value
    def _plain(self):
        return {key: value._plain() if isinstance(value, (DictConfig, ListConfig)) else value for key, value in self._content.items()}
    def __setitem__(self, key, value):
        self._content[key] = _node(value, self._root, self)
    def __setattr__(self, key, value):
        self[key] = value
    def __getitem__(self, key):
        return _resolved(self._content[key], self._root, self)
    def __getattr__(self, key):
        if key.startswith('__') or key not in self._content:
            raise AttributeError('Missing key ' + key)
        return self[key]
    def __delitem__(self, key):
        del self._content[key]
    def __delattr__(self, key):
        del self._content[key]
    def __contains__(self, key):
        return key in self._content
    def __iter__(self):
        return iter(list(self._content))
    def __len__(self):
        return len(self._content)
    def __eq__(self, other):
        return self._plain() == _plainly(other)
    def __repr__(self):
        return repr(self._plain())
    def keys(self):
        return self._content.keys()
    def get(self, key, default_value=None):
        return self[key] if self._content.get(key) is not None else default_value
    def pop(self, key, *default):
        if key in self._content:
            value = self[key]
            del self._content[key]
            return value
        return self._content.pop(key, *default)
    def setdefault(self, key, default_value=None):
        if key not in self._content:
            self[key] = default_value
        return self[key]
    def items(self):
        return [(key, self[key]) for key in self]
    def items_ex(self, resolve=True, keys=None):
        return self.items()
    def values(self):
        return [self[key] for key in self]
    def copy(self):
        return DictConfig(self._plain())
    def update(self, other=None, **kwargs):
        for key, value in {**(other or {}), **kwargs}.items():
            self[key] = value
class ListConfig(list):
    def __init__(self, content=(), _root=None, _parent=None):
        super().__init__()
        self._root = _root
        self._parent = _parent
        for value in content:
            list.append(self, _node(value, _root, _parent))
    def _plain(self):
        return [value._plain() if isinstance(value, (DictConfig, ListConfig)) else value for value in list.__iter__(self)]
    def __getitem__(self, index):
        if isinstance(index, slice):
            return ListConfig(list.__getitem__(self, index), self._root, self._parent)
        return _resolved(list.__getitem__(self, index), self._root, self._parent)
    def __iter__(self):
        return iter([self[index] for index in range(len(self))])
def _merge(target, other):
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value
    return target
def _plainly(value):
    if isinstance(value, (DictConfig, ListConfig)):
        return value._plain()
    return value
def _contained(value):
    if isinstance(value, DictConfig):
        return {key: _contained(value[key]) for key in value}
    if isinstance(value, ListConfig):
        return [_contained(item) for item in value]
    return value
def _structure(value):
    if hasattr(value, '__dataclass_fields__'):
        instance = value() if isinstance(value, type) else value
        return {name: _structure(getattr(instance, name)) for name in instance.__dataclass_fields__}
    return _plainly(value)
class OmegaConf:
    @staticmethod
    def load(file_):
        return OmegaConf.create(_joulelint.settings_file(file_))
    @staticmethod
    def create(obj=None, parent=None, flags=None):
        if isinstance(obj, str):
            obj = _joulelint.settings_text(obj)
        obj = _structure(obj)
        if isinstance(obj, (list, tuple)):
            return ListConfig(obj)
        return DictConfig({}) if obj is None else DictConfig(obj) if isinstance(obj, dict) else obj
    @staticmethod
    def structured(obj, parent=None, flags=None):
        return OmegaConf.create(obj)
    @staticmethod
    def merge(*configs):
        merged = {}
        for config in configs:
            _merge(merged, _structure(config) or {})
        return DictConfig(merged)
    @staticmethod
    def unsafe_merge(*configs):
        return OmegaConf.merge(*configs)
    @staticmethod
    def from_cli(args_list=None):
        return DictConfig({})
    @staticmethod
    def from_dotlist(dotlist):
        made = DictConfig({})
        for each in dotlist:
            key, _, text = each.partition('=')
            OmegaConf.update(made, key, _joulelint.settings_text(text))
        return made
    @staticmethod
    def to_container(cfg, *, resolve=False, throw_on_missing=False, enum_to_str=False, structured_config_mode=None):
        return _contained(cfg) if resolve else _plainly(cfg)
    @staticmethod
    def to_object(cfg):
        return _contained(cfg)
    @staticmethod
    def to_yaml(cfg, *, resolve=False, sort_keys=False):
        return str(_plainly(cfg))
    @staticmethod
    def save(config, f, resolve=False):
        pass
    @staticmethod
    def resolve(cfg):
        for key, value in (cfg.items() if isinstance(cfg, DictConfig) else enumerate(cfg)):
            if isinstance(value, (DictConfig, ListConfig)):
                OmegaConf.resolve(value)
            else:
                cfg[key] = value
    @staticmethod
    def select(cfg, key, *, default=None, throw_on_resolution_failure=True, throw_on_missing=False):
        for part in key.split('.'):
            if isinstance(cfg, (dict, DictConfig)) and part in cfg:
                cfg = cfg[part]
            else:
                return default
        return cfg
    @staticmethod
    def update(cfg, key, value=None, *, merge=True, force_add=False):
        *parts, last = key.split('.')
        for part in parts:
            if part not in cfg:
                cfg[part] = {}
            cfg = cfg[part]
        cfg[last] = value
    @staticmethod
    def set_struct(conf, value):
        pass
    @staticmethod
    def set_readonly(conf, value):
        pass
    @staticmethod
    def is_missing(cfg, key):
        return cfg.get(key) == MISSING
    @staticmethod
    def is_config(obj):
        return isinstance(obj, (DictConfig, ListConfig))
    @staticmethod
    def is_dict(obj):
        return isinstance(obj, DictConfig)
    @staticmethod
    def is_list(obj):
        return isinstance(obj, ListConfig)
    @staticmethod
    def missing_keys(cfg):
        return set()
    @staticmethod
    def register_new_resolver(name, resolver, *, replace=False, use_cache=False):
        _resolvers[name] = resolver
    @staticmethod
    def register_resolver(name, resolver):
        _resolvers[name] = resolver
    @staticmethod
    def has_resolver(name):
        return name in _resolvers
    @staticmethod
    def clear_resolver(name):
        return _resolvers.pop(name, None) is not None
class _Open:
    def __init__(self, config):
        self.config = config
    def __enter__(self):
        return self.config
    def __exit__(self, *args):
        return False
def open_dict(config):
    return _Open(config)
def read_write(config):
    return _Open(config)
def flag_override(config, names, values):
    return _Open(config)
def II(interpolation):
    return '${' + interpolation + '}'
Container = (DictConfig, ListConfig)
