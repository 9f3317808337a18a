"""Lightning: its modules are modules that know what they were made with. What trains them is not followed."""
import inspect
import sys
import torch
from torch import nn

class _FromCheckpoint:
    @classmethod
    def load_from_checkpoint(cls, checkpoint_path, *args, **kwargs):
        return torch.load(checkpoint_path)

class AttributeDict(dict):
    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError:
            raise AttributeError(f'Missing attribute "{key}"')
    def __setattr__(self, key, value):
        self[key] = value

def _made_with(frame, owner):
    """The arguments of the constructors that run, those of the class that was called last."""
    given = {}
    while frame is not None and frame.f_code.co_name == '__init__':
        names = frame.f_locals
        if not names or next(iter(names.values())) is not owner:
            break
        for name, parameter in inspect.signature(names['__class__'].__init__).parameters.items():
            if name == 'self' or name not in names or parameter.kind is inspect.Parameter.VAR_POSITIONAL:
                continue
            if parameter.kind is inspect.Parameter.VAR_KEYWORD:
                given.update(names[name])
            else:
                given[name] = names[name]
        frame = frame.f_back
    return given

class HyperparametersMixin:
    def save_hyperparameters(self, *args, ignore=None, frame=None, logger=True):
        given = _made_with(frame or sys._getframe(1), self)
        if ignore is not None:
            left_out = [ignore] if isinstance(ignore, str) else list(ignore)
            given = {name: value for name, value in given.items() if name not in left_out}
            args = tuple(arg for arg in args if arg not in left_out) if all(isinstance(arg, str) for arg in args) else args
        if not args:
            kept = given
        elif len(args) == 1 and not isinstance(args[0], str):
            kept = args[0] if isinstance(args[0], dict) else vars(args[0])
        else:
            kept = {name: given[name] for name in args if isinstance(name, str) and name in given}
        self._set_hparams(kept)
    def _set_hparams(self, kept):
        if '_hparams' in self.__dict__:
            self._hparams.update(kept)
        else:
            self._hparams = AttributeDict(kept)
    @property
    def hparams(self):
        if '_hparams' not in self.__dict__:
            self._hparams = AttributeDict()
        return self._hparams
    @property
    def hparams_initial(self):
        return AttributeDict(self.hparams)

class LightningModule(_FromCheckpoint, HyperparametersMixin, nn.Module):
    CHECKPOINT_HYPER_PARAMS_KEY = 'hyper_parameters'
    def __init__(self, *args, **kwargs):
        nn.Module.__init__(self)
        self.automatic_optimization = True
        self.example_input_array = None
        self.prepare_data_per_node = True
        self.strict_loading = True
        self.trainer = None
    @property
    def device(self):
        return torch.device('cpu')
    @property
    def dtype(self):
        return torch.float32
    @property
    def on_gpu(self):
        return False
    @property
    def current_epoch(self):
        return 0
    @property
    def global_step(self):
        return 0
    @property
    def global_rank(self):
        return 0
    @property
    def local_rank(self):
        return 0
    @property
    def logger(self):
        return None
    @property
    def loggers(self):
        return []
    @property
    def fabric(self):
        return None
    def log(self, *args, **kwargs): pass
    def log_dict(self, *args, **kwargs): pass
    def print(self, *args, **kwargs): pass
    def manual_backward(self, loss, *args, **kwargs): pass
    def clip_gradients(self, *args, **kwargs): pass
    def toggle_optimizer(self, optimizer): pass
    def untoggle_optimizer(self, optimizer): pass
    def all_gather(self, data, *args, **kwargs): return data
    def setup(self, stage=None): pass
    def teardown(self, stage=None): pass
    def prepare_data(self): pass
    def configure_model(self): pass
    def configure_sharded_model(self): pass
    def configure_callbacks(self): return []
    def configure_optimizers(self): pass
    def training_step(self, *args, **kwargs): pass
    def validation_step(self, *args, **kwargs): pass
    def test_step(self, *args, **kwargs): pass
    def predict_step(self, batch, *args, **kwargs): return self(batch)
    def freeze(self):
        for parameter in self.parameters():
            parameter.requires_grad = False
        self.eval()
    def unfreeze(self):
        for parameter in self.parameters():
            parameter.requires_grad = True
        self.train()

class LightningDataModule(_FromCheckpoint, HyperparametersMixin):
    def __init__(self, *args, **kwargs):
        self.trainer = None
    def prepare_data(self): pass
    def setup(self, stage=None): pass
    def teardown(self, stage=None): pass

class Callback:
    pass

def seed_everything(seed=None, workers=False, verbose=True):
    return seed
