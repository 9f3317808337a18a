"""Tells which types PyTorch itself takes for the parameters of its functions: names, one a line, on standard input.

A line `torch.cat tensors:tensors dim:int` for each name that PyTorch declares in its operators' schemas. Types of several
overloads are joined: what fits none of them is refused whatever the other arguments are.
"""
import sys

import torch
import torch.jit._builtins as builtins

# Written as numbers in the schemas, as objects in programs.
SYMBOLIC = {"dtype", "layout", "memory_format", "device", "generator", "out", "out_dtype", "self"}


def types_of(declared):
    if isinstance(declared, torch._C.OptionalType):
        return {"none"} | types_of(declared.getElementType())
    kind = declared.kind()
    plain = {
        "TensorType": "tensor", "IntType": "int", "SymIntType": "int", "FloatType": "float",
        "NumberType": "number", "BoolType": "bool", "StringType": "str",
    }
    if kind in plain:
        return {plain[kind]}
    if kind == "ListType":
        element = types_of(declared.getElementType())
        if element == {"int"}:
            return {"ints"}
        if "tensor" in element:
            return {"tensors"}
    return {"any"}


def find(name):
    value = torch
    for part in name.split(".")[1:]:
        value = getattr(value, part, None)
        if value is None:
            return None
    return value


def operator_of(name):
    if name.startswith("torch.Tensor."):
        operator = "aten::" + name.rsplit(".", 1)[1]
        return operator if type(find(name)).__name__ == "method_descriptor" else None
    value = find(name)
    if type(value).__name__ != "builtin_function_or_method":
        return None
    return builtins._find_builtin(value)


def main():
    print(f"# PyTorch {torch.__version__.split('+')[0]}")
    for name in sys.stdin.read().split():
        operator = operator_of(name)
        schemas = torch._C._jit_get_schemas_for_operator(operator) if operator else []
        joined = {}
        at_position = {}
        for schema in schemas:
            if "out" in schema.overload_name:
                continue
            for position, argument in enumerate(schema.arguments):
                joined.setdefault(argument.name, set()).update(types_of(argument.type))
                if not argument.kwarg_only:
                    at_position.setdefault(position, set()).add(argument.name)
        # `randint(high, size)` and `randint(low, high, size)`: the same argument under two names says nothing of either.
        for names in at_position.values():
            if len(names - SYMBOLIC) > 1:
                for name_of_several in names:
                    joined[name_of_several] = {"any"}
        row = [f"{parameter}:{'|'.join(sorted(types))}" for parameter, types in joined.items() if "any" not in types and parameter not in SYMBOLIC]
        if row:
            print(name, *row)


main()
