"""Tells under which names PyTorch itself takes the arguments of its functions: qualified names, one a line, on standard input.

A line `torch.Tensor.flip dims@1` for each name that PyTorch declares: every parameter that may be given by name, with its
position (from 0, the tensor of a method included); `@-` may be given by name only, `@=dim` is another name of `dim`.
"""
import inspect
import sys

import torch
import torch.jit._builtins as builtins

# The names of NumPy, which PyTorch's argument parser takes as well.
NUMPY = {"dim": ["axis"], "keepdim": ["keepdims"], "input": ["x", "a", "x1"], "other": ["x2"]}
# Where a result is written to and how it lies in memory changes no figure.
LEFT_OUT = {"out", "memory_format", "layout", "pin_memory", "generator", "names"}


def find(name):
    value = torch
    for part in name.split(".")[1:]:
        value = getattr(value, part, None)
        if value is None:
            return None
    return value


def from_schemas(operator, is_method):
    found = {}
    for schema in torch._C._jit_get_schemas_for_operator(operator):
        if "out" in schema.overload_name or any(argument.is_out for argument in schema.arguments):
            continue
        # Names of axes are a prototype, and `Dimname` overloads have the same keywords.
        if any("Dimname" in str(argument.type) for argument in schema.arguments):
            continue
        # TorchScript's own functions of plain numbers and lists.
        first = schema.arguments[0] if schema.arguments else None
        if first is not None and first.name in ("a", "l", "x", "n") and "Tensor" not in str(first.type):
            continue
        if is_method and (first is None or str(first.type) != "Tensor"):
            continue
        for position, argument in enumerate(schema.arguments):
            name = argument.name
            if name == "self":
                if is_method:
                    continue
                name = "input"
            found.setdefault(name, set()).add("-" if argument.kwarg_only else position)
    return found


def from_signature(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return {}
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        parameters = [parameter for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    found = {}
    for position, parameter in enumerate(parameters):
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY) and not parameter.name.startswith("_"):
            found[parameter.name] = {"-" if parameter.kind is parameter.KEYWORD_ONLY else position}
    return found


def names_of(name):
    value = find(name)
    kind = type(value).__name__
    if kind == "method_descriptor" and name.startswith("torch.Tensor."):
        found = from_schemas("aten::" + name.rsplit(".", 1)[1], True)
    elif kind == "builtin_function_or_method":
        operator = builtins._find_builtin(value)
        found = from_schemas(operator, False) if operator else {}
    elif kind == "function":
        found = from_signature(value)
        if name.startswith("torch.Tensor."):
            found.pop("self", None)
        return found
    else:
        return {}
    for known, others in NUMPY.items():
        for other in others:
            if known in found and other not in found and not (known == "input" and kind == "method_descriptor"):
                found[other] = {f"={known}"}
    return found


def main():
    print(f"# PyTorch {torch.__version__.split('+')[0]}")
    for name in sys.stdin.read().split():
        found = {key: places for key, places in names_of(name).items() if key not in LEFT_OUT}
        if found:
            print(name, *(f"{key}@{min(places, key=str)}" for key, places in found.items() if len(places) > 0))


main()
