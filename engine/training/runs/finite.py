"""A step whose loss or gradient is not finite leaves no trace in the net."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

TORCHS_EPSILON = 1e-6  # that clip_grad_norm_ adds to a norm before it divides by it


def statistics(model: nn.Module) -> list[tuple[Tensor, Tensor]]:
    """The buffers that a forward pass changes, running means and such, each with a copy."""
    return [
        (buffer, buffer.detach().clone())
        for module in model.modules()
        if isinstance(module, nn.modules.batchnorm._BatchNorm) and module.training
        for buffer in module.buffers(recurse=False)
    ]


@torch.no_grad()
def put_back(kept: Iterable[tuple[Tensor, Tensor]]) -> None:
    """Give buffers the values that `statistics` copied."""
    for buffer, copy in kept:
        buffer.copy_(copy)


@dataclass(frozen=True)
class Clipped:
    """What came of a gradient.

    Attributes:
        norm: its L2 norm before.
        factor: what it was multiplied with: 1 where it was short enough.
    """

    norm: float
    factor: float = 1.0

    @property
    def is_finite(self) -> bool:
        """Whether every number of the gradient was finite."""
        return math.isfinite(self.norm)


def clip(parameters: Iterable[nn.Parameter], most: float) -> Clipped:
    """Shorten a gradient to a norm, as torch's `clip_grad_norm_` does.

    Args:
        most: the largest norm; 0 for no limit.
    """
    learning = [each for each in parameters if each.grad is not None]
    norm = torch.nn.utils.get_total_norm([p.grad for p in learning if p.grad is not None])
    length = float(norm)
    if not most or not math.isfinite(length):
        return Clipped(length)
    torch.nn.utils.clip_grads_with_norm_(learning, most, norm)
    return Clipped(length, min(1.0, most / (length + TORCHS_EPSILON)))
