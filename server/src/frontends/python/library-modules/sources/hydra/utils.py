import functools
import importlib
from omegaconf import DictConfig, ListConfig
def get_object(path):
    parts = path.split('.')
    for count in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module('.'.join(parts[:count]))
        except ImportError:
            continue
        for part in parts[count:]:
            found = getattr(found, part)
        return found
    raise ImportError('Error locating target ' + path)
get_class = get_object
get_method = get_object
get_static_method = get_object
def _made(value, recursive):
    if isinstance(value, (dict, DictConfig)) and '_target_' in value:
        return instantiate(value) if recursive else value
    if isinstance(value, (dict, DictConfig)):
        return DictConfig({key: _made(value[key], recursive) for key in value}) if recursive and any('_target_' in str(value[key]) for key in value) else value
    if isinstance(value, (list, tuple)):
        return [_made(item, recursive) for item in value]
    return value
def instantiate(config, *args, **kwargs):
    if config is None:
        return None
    if isinstance(config, (list, ListConfig)):
        return [instantiate(item) for item in config]
    if '_target_' not in config and '_target_' not in kwargs:
        return _made(config, True)
    recursive = kwargs.pop('_recursive_', config.get('_recursive_', True))
    partial = kwargs.pop('_partial_', config.get('_partial_', False))
    kwargs.pop('_convert_', None)
    target = kwargs.pop('_target_', config.get('_target_'))
    positional = list(args) or [_made(item, recursive) for item in config.get('_args_', ())]
    given = {key: _made(config[key], recursive) for key in config if not (isinstance(key, str) and key in ('_target_', '_recursive_', '_partial_', '_convert_', '_args_'))}
    given.update(kwargs)
    made = get_object(target) if isinstance(target, str) else target
    return functools.partial(made, *positional, **given) if partial else made(*positional, **given)
call = instantiate
def to_absolute_path(path):
    return path
def get_original_cwd():
    return '.'
