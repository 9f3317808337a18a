"""Runs each program in the real PyTorch and tells what it counts: `pytorch-oracle.py < programs.jsonl > answers.jsonl`.

One JSON object a line in, {"id", "source", "inputs"}; one a line out, {"id", "real"}, where "real" holds params, macs and the
output's shape, or the error that Python raised. Multiply-accumulates are those of convolutions and matrix products, as PyTorch
dispatches them on a CPU; `params` counts each parameter once.
"""
import json
import resource
import signal
import sys
import warnings

import torch
from torch.utils.flop_counter import FlopCounterMode, register_flop_formula

aten = torch.ops.aten


@register_flop_formula([aten.mv, aten.addmv, aten.dot, aten.vdot])
def _product_with_vector(*shapes, out_shape=None, **_):
    first = shapes[1] if len(shapes) > 2 else shapes[0]
    count = 2
    for size in first:
        count *= size
    return count


@register_flop_formula([aten._trilinear])
def _bilinear(first, second, third, expand1, expand2, expand3, *_, out_shape=None, **__):
    sizes = []
    for shape, expand in ((first, expand1), (second, expand2), (third, expand3)):
        shape = list(shape)
        for axis in sorted(expand):
            shape.insert(axis, 1)
        sizes.append(shape)
    count = 2
    for axis in zip(*sizes):
        count *= 0 if 0 in axis else max(axis)
    return count


class _TooSlow(BaseException):
    pass


def _on_alarm(_number, _frame):
    raise _TooSlow


def _answer(program):
    space = {"__name__": "program"}
    try:
        exec(compile(program["source"], "program.py", "exec"), space)
        net = space["Net"]().eval()
        counter = FlopCounterMode(display=False)
        with torch.no_grad(), counter:
            out = net(*[torch.zeros(shape) for shape in program["inputs"]])
        return {
            "params": sum(parameter.numel() for parameter in net.parameters()),
            "macs": counter.get_total_flops() // 2,
            "out": list(out.shape) if isinstance(out, torch.Tensor) else None,
        }
    except _TooSlow:
        return {"error": "too slow"}
    except Exception as error:  # whatever the framework raises is the answer
        return {"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:300]}


def main():
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    # Otherwise a whole recurrent or attention layer is one opaque call.
    torch.backends.mkldnn.enabled = False
    torch.backends.mha.set_fastpath_enabled(False)
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
    signal.signal(signal.SIGPROF, _on_alarm)
    # What is imported on first use is no program's time.
    _answer({"source": "import torch\nNet = lambda: torch.nn.Linear(1, 1)", "inputs": [[1, 1]]})
    for line in sys.stdin:
        program = json.loads(line)
        signal.setitimer(signal.ITIMER_PROF, 10)
        answer = _answer(program)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps({"id": program["id"], "real": answer}), flush=True)


main()
