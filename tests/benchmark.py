"""A benchmark's program as a module: for the tests, and for a benchmark that builds on another."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def load(name: str, program: str = "measure") -> ModuleType:
    """``benchmarks/NAME/PROGRAM.py``, loaded once."""
    return load_file(f"{name}_{program}", BENCHMARKS / name / f"{program}.py")


def load_file(name: str, path: Path) -> ModuleType:
    """The program at ``path`` as the module ``name``, loaded once."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
