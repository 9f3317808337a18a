import _joulelint
class CfgNode(dict):
    def __init__(self, init_dict=None, key_list=None, new_allowed=False):
        super().__init__()
        for key, value in (init_dict or {}).items():
            self[key] = CfgNode(value) if isinstance(value, dict) and not isinstance(value, CfgNode) else value
    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)
    def __setattr__(self, name, value):
        self[name] = value
    def _merge(self, other):
        for key, value in other.items():
            if isinstance(value, dict) and isinstance(self.get(key), CfgNode):
                self[key]._merge(value)
            else:
                self[key] = CfgNode(value) if isinstance(value, dict) else tuple(value) if isinstance(value, list) and isinstance(self.get(key), tuple) else value
    def merge_from_file(self, cfg_filename):
        self._merge(_joulelint.settings_file(cfg_filename) or {})
    def merge_from_other_cfg(self, cfg_other):
        self._merge(cfg_other)
    def merge_from_list(self, cfg_list):
        for key, value in zip(cfg_list[0::2], cfg_list[1::2]):
            node = self
            *parts, last = key.split('.')
            for part in parts:
                node = node[part]
            node[last] = _joulelint.settings_text(value) if isinstance(value, str) else value
    def clone(self):
        return CfgNode({key: value.clone() if isinstance(value, CfgNode) else value for key, value in self.items()})
    def freeze(self):
        pass
    def defrost(self):
        pass
    def is_frozen(self):
        return False
    def set_new_allowed(self, is_new_allowed):
        pass
    def register_deprecated_key(self, key):
        pass
    def dump(self, **kwargs):
        return str(dict(self))
    @classmethod
    def load_cfg(cls, cfg_file_obj_or_str):
        return cls(_joulelint.settings_text(cfg_file_obj_or_str))
def load_cfg(cfg_file_obj_or_str):
    return CfgNode.load_cfg(cfg_file_obj_or_str)
