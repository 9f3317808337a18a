from ml_collections import ConfigDict, FrozenConfigDict
def create(**kwargs):
    return ConfigDict(kwargs)
def placeholder(field_type, required=False):
    return None
