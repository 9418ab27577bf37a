"""A detector, stage by stage.

`load_detector` and `trace_stages` are the two doors for scripts; they pull in
torch, so they are fetched when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_DOORS = {
    "load_detector": "engine.detection.models.zoo",
    "trace_stages": "engine.detection.pipeline.stages",
}

__all__ = ["load_detector", "trace_stages"]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)
