"""A step whose loss or gradient is not finite leaves no trace in the net."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn


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


def clip(parameters: Iterable[nn.Parameter], most: float) -> bool:
    """Shorten a gradient to a norm, as torch's `clip_grad_norm_` does.

    Args:
        most: the largest norm; 0 for no limit.

    Returns:
        whether every number of it is finite.
    """
    learning = [each for each in parameters if each.grad is not None]
    norm = torch.nn.utils.get_total_norm([p.grad for p in learning if p.grad is not None])
    if most:
        torch.nn.utils.clip_grads_with_norm_(learning, most, norm)
    return bool(torch.isfinite(norm))
