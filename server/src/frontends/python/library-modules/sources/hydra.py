import _joulelint
from omegaconf import DictConfig, OmegaConf
import hydra.utils as utils
_state = {}
def _file(folder, name):
    return (folder.rstrip('/') + '/' if folder else '') + name + ('' if name.endswith(('.yaml', '.yml')) else '.yaml')
def _put(target, package, content):
    if package in ('_global_', ''):
        _merge(target, content)
        return
    for part in package.split('.'):
        if not isinstance(target.get(part), dict):
            target[part] = {}
        target = target[part]
    _merge(target, content)
def _merge(target, other):
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value
def _load(folder, group, name, target, package):
    path = _file(folder, (group + '/' if group else '') + name)
    content = _joulelint.settings_file(path)
    if not isinstance(content, dict):
        return
    stated = _joulelint.hydra_package(path)
    if stated is not None:
        package = group.replace('/', '.') if stated == '_group_' else stated
    content = dict(content)
    defaults = content.pop('defaults', None) or []
    own = False
    for entry in defaults:
        if entry == '_self_':
            own = True
            _put(target, package, content)
        elif isinstance(entry, str):
            _load(folder, group, entry, target, package)
        elif isinstance(entry, dict):
            for key, choice in entry.items():
                key = key.replace('override ', '').replace('optional ', '').strip()
                key, _, place = key.partition('@')
                if choice is None or key.startswith('hydra/') or key == 'hydra':
                    continue
                inside = (group + '/' if group and not key.startswith('/') else '') + key.lstrip('/')
                where = place or inside.replace('/', '.')
                for each in choice if isinstance(choice, list) else [choice]:
                    _load(folder, inside, str(each), target, where)
    if not own:
        _put(target, package, content)
def _composed(config_path, config_name):
    target = {}
    _load(config_path or '', '', config_name, target, '')
    target.pop('hydra', None)
    return DictConfig(target)
def main(config_path=None, config_name=None, version_base=None, **kwargs):
    def decorate(function):
        def run(cfg=None):
            return function(cfg if cfg is not None else _composed(config_path, config_name or 'config'))
        return run
    return decorate
class initialize:
    def __init__(self, config_path=None, job_name=None, caller_stack_depth=1, version_base=None, config_dir=None):
        _state['path'] = config_dir or config_path
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return False
initialize_config_dir = initialize
def compose(config_name=None, overrides=(), return_hydra_config=False, strict=None):
    made = _composed(_state.get('path'), config_name)
    for each in overrides or ():
        key, _, text = each.lstrip('+').partition('=')
        OmegaConf.update(made, key, _joulelint.settings_text(text))
    return made
