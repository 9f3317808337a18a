"""Runs each program in the real PyTorch and tells what it counts: `pytorch-oracle.py < programs.jsonl > answers.jsonl`.

One JSON object a line in, {"id", "source", "inputs"}; one a line out, {"id", "real"}, where "real" holds params, macs and the
output's shape, or the error that Python raised. Multiply-accumulates are those of convolutions and matrix products, as PyTorch
dispatches them on a CPU; `params` counts each parameter once.
"""
import torch
from oracle import TooSlow, serve
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
    except TooSlow:
        return {"error": "too slow"}
    except Exception as error:  # whatever the framework raises is the answer
        return {"error": f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:300]}


# Otherwise a whole recurrent or attention layer is one opaque call.
torch.backends.mkldnn.enabled = False
torch.backends.mha.set_fastpath_enabled(False)
serve(_answer, {"source": "import torch\nNet = lambda: torch.nn.Linear(1, 1)", "inputs": [[1, 1]]})
