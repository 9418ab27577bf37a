"""A model's weights as a precision computes fastest with them."""

from __future__ import annotations

import copy
from typing import Any

import torch

from engine.device import PRECISIONS


def laid_out(module: Any, precision: str) -> Any:
    """A detector for a precision of `engine.device.PRECISIONS`; itself for the first.

    Any other is a copy, which leaves the exact one alone.
    """
    if precision == PRECISIONS[0]:
        return module
    return copy.deepcopy(module).to(memory_format=torch.channels_last)
