class ConfigDict(dict):
    def __init__(self, initial_dictionary=None, type_safe=True, **kwargs):
        super().__init__()
        for key, value in {**(initial_dictionary or {}), **kwargs}.items():
            self[key] = ConfigDict(value) if isinstance(value, dict) and not isinstance(value, ConfigDict) else value
    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)
    def __setattr__(self, name, value):
        self[name] = ConfigDict(value) if isinstance(value, dict) and not isinstance(value, ConfigDict) else value
    def to_dict(self):
        return {key: value.to_dict() if isinstance(value, ConfigDict) else value for key, value in self.items()}
    def copy_and_resolve_references(self):
        return ConfigDict(self.to_dict())
    def lock(self):
        return self
    def unlock(self):
        return self
    def unlocked(self):
        return self
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return False
class FrozenConfigDict(ConfigDict):
    pass
def config_dict(**kwargs):
    return ConfigDict(kwargs)
