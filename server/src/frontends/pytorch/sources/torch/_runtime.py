# Parts of PyTorch that change nothing a graph shows: gradient modes, autograd functions, wrappers, data sets.
class no_grad:
    def __new__(cls, function=None, *args, **kwargs):
        if callable(function):
            return function
        return super().__new__(cls)

    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def __call__(self, function):
        return function

    def clone(self):
        return self

class enable_grad(no_grad): pass
class inference_mode(no_grad): pass
class set_grad_enabled(no_grad): pass
class autocast(no_grad): pass
class context(no_grad): pass

class Context:
    saved_tensors = ()
    needs_input_grad = (False, False, False, False, False, False, False, False)

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    save_for_forward = save_for_backward

    def mark_dirty(self, *tensors): pass
    def mark_non_differentiable(self, *tensors): pass
    def set_materialize_grads(self, value): pass

class Function:
    @classmethod
    def apply(cls, *args, **kwargs):
        context = Context()
        if hasattr(cls, 'setup_context'):
            output = cls.forward(*args, **kwargs)
            cls.setup_context(context, args, output)
            return output
        return cls.forward(context, *args, **kwargs)

class GradScaler:
    def __init__(self, *args, **kwargs): pass
    def scale(self, value): return value
    def unscale_(self, optimizer): pass
    def step(self, optimizer, *args, **kwargs): pass
    def update(self, *args): pass
    def get_scale(self): return 1.0
    def is_enabled(self): return False
    def state_dict(self): return {}
    def load_state_dict(self, state): pass

def checkpoint(function, *args, use_reentrant=None, preserve_rng_state=True, context_fn=None, determinism_check=None, debug=False, early_stop=True, **kwargs):
    return function(*args, **kwargs)

def checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    for function in functions if isinstance(functions, (list, tuple)) else functions.children():
        input = function(input)
    return input

def script(obj=None, *args, **kwargs):
    return obj

def trace(func, *args, **kwargs):
    return func

def decorator(function=None, *args, **kwargs):
    if callable(function):
        return function
    return lambda wrapped: wrapped

def script_if_tracing(fn):
    return fn

def annotate(the_type, the_value):
    return the_value

def symbolic_trace(root, *args, **kwargs):
    return root

def vmap(func, *args, **kwargs):
    return func
