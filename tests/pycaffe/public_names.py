#!/usr/bin/env python3
"""Prints every public name of pycaffe, one per line, sorted: modules, functions, classes, their methods and properties.

    public_names.py

What exists twice (caffe.Net, caffe.pycaffe.Net) is printed once, by the name that is nearest to the top. What a module
imports of others and what a class inherits is left out, as are the messages of caffe.proto.
"""
import importlib
import sys
import types

import oracle

# The modules of python/caffe, those first whose names count; draw needs pydot, and here no more than its name.
MODULES = ("caffe", "caffe.io", "caffe.net_spec", "caffe.coord_map", "caffe.draw", "caffe.classifier", "caffe.detector",
           "caffe.pycaffe", "caffe._caffe")


def is_pycaffes(value):
    """Whether pycaffe itself made it; numbers, strings and dictionaries tell nothing, and count."""
    module = getattr(value, "__module__", None)
    if value is None or isinstance(value, types.ModuleType):
        return False
    if isinstance(value, types.BuiltinFunctionType) or type(value).__module__ == "Boost.Python":
        return type(value).__name__ in ("function", "class")
    return module is None or module.startswith("caffe.") or module == "caffe"


def members(value):
    """Public members that a class does not inherit."""
    return [name for name in vars(value) if not name.startswith("_")] if isinstance(value, type) else []


def main():
    oracle.import_pycaffe()
    sys.modules.setdefault("pydot", types.ModuleType("pydot"))
    names = {}
    for module in MODULES:
        module = importlib.import_module(module)
        for name, value in vars(module).items():
            if name.startswith("_") or not is_pycaffes(value):
                continue
            qualified = "%s.%s" % (module.__name__, name)
            is_one_object = callable(value) or type(value).__module__.startswith("caffe.")
            key = id(value) if is_one_object else qualified
            names.setdefault(key, (qualified, value))
    lines = set()
    for qualified, value in names.values():
        lines.add(qualified)
        lines.update("%s.%s" % (qualified, member) for member in members(value))
    print("\n".join(sorted(lines)))


if __name__ == "__main__":
    oracle.run(main)
