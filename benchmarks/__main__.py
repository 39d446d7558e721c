"""``make bench``: every benchmark of this folder, one after the other."""

import pkgutil
from importlib import import_module

import benchmarks

for found in pkgutil.iter_modules(benchmarks.__path__):
    if not found.name.startswith("_"):
        module = import_module(f"benchmarks.{found.name}")
        if hasattr(module, "main"):
            module.main([])
