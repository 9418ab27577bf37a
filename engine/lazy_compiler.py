"""Keep torch's compiler, which nothing here uses, from being imported along with torchvision.

`torchvision.ops.roi_align` imports `torch._dynamo`, and with it sympy and triton, for one
function that it calls in one rare case. That is half the time in which a detector is ready.
Here the module is given that function when it calls it, and nothing before.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType, SimpleNamespace
from typing import Any

IMPORTER = "torchvision.ops.roi_align"
COMPILER = "torch._dynamo.utils"


def is_compile_supported(device_type: str) -> bool:
    """torch's function of this name, imported now."""
    return bool(import_module(COMPILER).is_compile_supported(device_type))


def _import(name: str, *more: Any, **named: Any) -> Any:
    """`__import__` as the one module sees it."""
    if name == COMPILER:
        return SimpleNamespace(is_compile_supported=is_compile_supported)
    return builtins.__import__(name, *more, **named)


class _Loader(SourceFileLoader):
    """Runs a module whose `import` statements go through `_import`."""

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__builtins__"] = {**vars(builtins), "__import__": _import}
        super().exec_module(module)


class Finder:
    """Finds the one module where everybody finds it, and loads it so."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != IMPORTER:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def install() -> None:
    """From now on in this process; a second time changes nothing."""
    if Finder not in sys.meta_path:
        sys.meta_path.insert(0, Finder)
