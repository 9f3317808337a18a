"""Runs each program in the real Keras, over PyTorch, and tells what it counts: `keras-oracle.py < programs.jsonl > answers.jsonl`.

One JSON object a line in, {"id", "source", "inputs"}; one a line out, {"id", "real"}, where "real" holds params, macs and the
output's shape of the program's `model`, or the error that Python raised. Multiply-accumulates are those of convolutions and matrix
products, as PyTorch dispatches them.
"""
import os

os.environ["KERAS_BACKEND"] = "torch"

import re

import keras
import numpy as np
import torch
from oracle import TooSlow, serve
from torch.utils.flop_counter import FlopCounterMode


# A stack of cells takes one more step to make masks for dropout.
keras.layers.RNN._maybe_config_dropout_masks = lambda *_: None


class _Counter(FlopCounterMode):
    """Passes over what only works out shapes."""

    def _count_flops(self, func_packet, out, args, kwargs):
        if isinstance(out, torch.Tensor) and out.device.type == "meta":
            return out
        return super()._count_flops(func_packet, out, args, kwargs)


def _answer(program):
    keras.utils.clear_session(free_memory=False)
    try:
        space = {"__name__": "program"}
        exec(compile(program["source"], "program.py", "exec"), space)
        model = space["model"]
        inputs = [np.zeros(shape, "float32") for shape in program["inputs"]]
        first, second = _Counter(display=False), _Counter(display=False)
        with torch.no_grad(), first:
            out = model(*inputs, training=False)
        params = model.count_params()
        # A loop over steps takes one more to learn its sizes.
        unrolled = [layer for layer in model._flatten_layers() if hasattr(layer, "unroll")]
        for layer in unrolled:
            layer.unroll = True
        # The first call may also build; where it is the only one that works, it counts.
        try:
            with torch.no_grad(), second:
                model(*inputs, training=False)
            macs = second.get_total_flops() // 2
        except Exception:
            macs = None if unrolled else first.get_total_flops() // 2
        return {
            "params": params,
            "macs": macs,
            "out": list(out.shape) if isinstance(out, torch.Tensor) else None,
        }
    except TooSlow:
        return {"error": "too slow"}
    except Exception as error:  # whatever Keras raises is the answer
        text = " ".join(re.sub(r"\x1b\[\d+m", "", str(error)).split())
        return {"error": f"{type(error).__name__}: {text}"[:300]}


serve(_answer, {"source": "import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])", "inputs": [[1, 1]]})
