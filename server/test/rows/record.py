"""Fills in what the real frameworks make of the expressions in pytorch.txt and keras.txt: `python record.py pytorch|keras|keras-constructors [FILE]`.

A line is `EXPRESSION => RESULT`, a layer's is `LAYER @ ARGUMENTS => RESULT`. RESULT is the shape of each tensor (with `:dtype` unless float32), or the
value where there is no tensor; then `macs N` (multiply-accumulates as PyTorch's own counter counts them) and `params N`, where they are not 0.
`macs* N` was worked out from the documented formula, because the counter passes over that operation; `data` says that sizes depend on data, which only
a run can tell; a line that begins with `~ ` is about what these versions no longer have, and is left as its documentation has it.
In keras-constructors.txt RESULT is `taken` or `refused`.
Lines without ` => ` get a result, the others a new one. Needs torch, torchvision and einops, or keras with tensorflow.
"""
import os
import re
import sys
import warnings

warnings.filterwarnings('ignore')
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')

headers = {
    'pytorch': '''
import torch, einops, torchvision
import torch.nn as nn
import torch.nn.functional as F
x = torch.rand(2, 3, 8, 6)
s = torch.rand(2, 3, 8)
c = torch.rand(2, 3, 4, 8, 6)
m = torch.eye(4)
v = torch.rand(4)
i = torch.arange(4)
b = x > 0.5
''',
    'keras': '''
import keras
import tensorflow as tf
x = keras.ops.ones((2, 8, 6, 3))
s = keras.ops.ones((2, 8, 3))
c = keras.ops.ones((2, 4, 8, 6, 3))
m = keras.ops.eye(4)
v = keras.ops.ones((4,))
i = keras.ops.arange(4)
b = x > 0.5
''',
    'keras-constructors': '''
import keras
from keras import layers
''',
}


def environment(name):
    space = {}
    exec(headers[name], space)
    if name == 'keras':
        # What Keras 3 took out of its backend is kept there for old code.
        from keras.src.legacy import backend
        for key in dir(backend):
            if not key.startswith('_') and not hasattr(space['keras'].backend, key):
                setattr(space['keras'].backend, key, getattr(backend, key))
    return space


def shown(value):
    """The shapes and types in a result, or the value itself."""
    if hasattr(value, 'shape') and hasattr(value, 'dtype') and not isinstance(value, type):
        sizes = 'x'.join(str(int(size)) for size in value.shape) or '()'
        dtype = str(getattr(value.dtype, 'name', value.dtype)).replace('torch.', '')
        return sizes if dtype == 'float32' else f'{sizes}:{dtype}'
    if isinstance(value, (tuple, list)) and type(value).__name__ != 'Size':
        return ', '.join(shown(item) for item in value) if any(hasattr(item, 'shape') for item in value) else repr(tuple(value))
    return repr(value) if isinstance(value, (bool, int, float, str, type(None))) else 'something'


def result(name, expression, space):
    layer, _, arguments = expression.partition(' @ ')
    macs = params = 0
    if name == 'pytorch':
        from torch.utils.flop_counter import FlopCounterMode
        counter = FlopCounterMode(display=False)
        space['torch'].manual_seed(0)
        with space['torch'].no_grad():
            made = eval(layer, space)
            if arguments:
                made.eval()
            with counter:
                value = eval(f'made({arguments})', {**space, 'made': made}) if arguments else eval(layer, space)
        macs = counter.get_total_flops() // 2
        if arguments:
            params = sum(parameter.numel() for parameter in made.parameters())
    else:
        made = eval(layer, space)
        value = eval(f'made({arguments})', {**space, 'made': made}) if arguments else made
        if arguments:
            params = made.count_params()
    return shown(value) + (f' macs {macs}' if macs else '') + (f' params {params}' if params else '')


def taken(expression, space):
    try:
        eval(expression, space)
        return 'taken'
    except Exception:
        return 'refused'


def main():
    name = sys.argv[1]
    path = sys.argv[2] if len(sys.argv) > 2 else os.path.join(os.path.dirname(os.path.abspath(__file__)), f'{name}.txt')
    lines = []
    for line in open(path, encoding='utf8').read().splitlines():
        expression, _, before = line.partition(' => ')
        if line.strip() and not line.startswith(('#', '~ ')):
            by_hand = re.search(r' macs\* \d+', before)
            after = taken(expression, environment(name)) if name == 'keras-constructors' else result(name, expression, environment(name))
            shapes, params, count = after.partition(' params')
            line = f'{expression} => {shapes}' + (by_hand[0] if by_hand else '') + params + count + (' data' if before.endswith(' data') else '')
        lines.append(line)
    open(path, 'w', encoding='utf8').write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main()
