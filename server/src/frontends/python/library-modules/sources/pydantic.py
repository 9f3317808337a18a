import sys
class ValidationError(ValueError):
    pass
class FieldInfo:
    def __init__(self, default, default_factory):
        self.default = default
        self.default_factory = default_factory
def Field(default=..., *, default_factory=None, **kwargs):
    return FieldInfo(default, default_factory)
def PrivateAttr(default=..., *, default_factory=None, **kwargs):
    return FieldInfo(default, default_factory)
def _shaped(owner, name, value):
    if not isinstance(value, dict):
        return value
    kind = getattr(sys.modules.get(owner.__module__), str(owner.__annotations__[name]), None)
    return kind(**value) if isinstance(kind, type) and issubclass(kind, BaseModel) else value
class BaseModel:
    def __init__(self, **data):
        for owner in reversed(type(self).__mro__):
            for name in getattr(owner, '__annotations__', {}):
                if name == 'model_config':
                    continue
                if name in data:
                    value = data[name]
                else:
                    value = getattr(type(self), name, ...)
                    if isinstance(value, FieldInfo):
                        value = value.default_factory() if value.default_factory is not None else value.default
                    if value is ...:
                        raise ValidationError(f'{type(self).__name__}: {name}: field required')
                object.__setattr__(self, name, _shaped(owner, name, value))
        self.model_post_init(None)
    def model_post_init(self, context):
        pass
    def model_dump(self, **kwargs):
        return {name: value.model_dump() if isinstance(value, BaseModel) else value for name, value in self.__dict__.items()}
    dict = model_dump
    @classmethod
    def model_validate(cls, data, **kwargs):
        return data if isinstance(data, cls) else cls(**data)
    parse_obj = model_validate
    def model_copy(self, update=None, **kwargs):
        return type(self)(**{**self.__dict__, **(update or {})})
    copy = model_copy
class BaseSettings(BaseModel):
    pass
class RootModel(BaseModel):
    pass
def ConfigDict(**kwargs):
    return kwargs
def _check(*fields, **kwargs):
    def decorate(method):
        return method
    return decorate
validator = field_validator = field_serializer = model_serializer = _check
def model_validator(*, mode='after'):
    return _check()
def root_validator(*args, **kwargs):
    return args[0] if len(args) == 1 and callable(args[0]) else _check()
def computed_field(*args, **kwargs):
    return args[0] if args else _check()
def validate_call(*args, **kwargs):
    return args[0] if len(args) == 1 and callable(args[0]) else _check()
PositiveInt = NonNegativeInt = StrictInt = conint = int
PositiveFloat = NonNegativeFloat = StrictFloat = confloat = float
StrictStr = constr = str
StrictBool = bool
