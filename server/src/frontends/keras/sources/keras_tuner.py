class _Scope:
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return False
class HyperParameters:
    def __init__(self):
        self.values = {}
    def _taken(self, name, value):
        if name not in self.values:
            self.values[name] = value
        return self.values[name]
    def Int(self, name, min_value=None, max_value=None, step=None, sampling='linear', default=None, parent_name=None, parent_values=None):
        return self._taken(name, min_value if default is None else default)
    def Float(self, name, min_value=None, max_value=None, step=None, sampling='linear', default=None, parent_name=None, parent_values=None):
        return self._taken(name, min_value if default is None else default)
    def Choice(self, name, values, ordered=None, default=None, parent_name=None, parent_values=None):
        return self._taken(name, values[0] if default is None else default)
    def Boolean(self, name, default=False, parent_name=None, parent_values=None):
        return self._taken(name, default)
    def Fixed(self, name, value, parent_name=None, parent_values=None):
        return self._taken(name, value)
    def get(self, name):
        return self.values[name]
    def __getitem__(self, name):
        return self.values[name]
    def __contains__(self, name):
        return name in self.values
    def conditional_scope(self, parent_name, parent_values):
        return _Scope()
    def name_scope(self, name):
        return _Scope()
    def copy(self):
        made = HyperParameters()
        made.values = dict(self.values)
        return made
class HyperModel:
    def __init__(self, name=None, tunable=True):
        self.name = name
        self.tunable = tunable
    def build(self, hp):
        raise NotImplementedError
    def fit(self, hp, model, *args, **kwargs):
        return model.fit(*args, **kwargs)
class Objective:
    def __init__(self, name, direction):
        self.name = name
        self.direction = direction
class Tuner:
    def __init__(self, hypermodel=None, objective=None, *args, hyperparameters=None, **kwargs):
        self.hypermodel = hypermodel
        self.hyperparameters = hyperparameters if hyperparameters is not None else HyperParameters()
        self._model = None
        if hypermodel is not None:
            build = hypermodel.build if hasattr(hypermodel, 'build') else hypermodel
            self._model = build(self.hyperparameters)
    def search(self, *args, **kwargs):
        pass
    def search_space_summary(self, *args, **kwargs):
        pass
    def results_summary(self, *args, **kwargs):
        pass
    def reload(self):
        pass
    def get_best_hyperparameters(self, num_trials=1):
        return [self.hyperparameters]
    def get_best_models(self, num_models=1):
        return [self._model]
class RandomSearch(Tuner):
    pass
class GridSearch(Tuner):
    pass
class Hyperband(Tuner):
    pass
class BayesianOptimization(Tuner):
    pass
