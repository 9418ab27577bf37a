"""What a rule may ask when the gradient is not enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Objective:
    """What a rule may ask when the gradient is not enough: of a surface, or of a network.

    Points are (N, D) tensors of one floating dtype, results have it too and are detached;
    NaN and inf are kept.

    Attributes:
        value: points -> losses (N,).
        value_and_gradient: points -> losses (N,) and gradients (N, D).
        hessian: points -> second derivatives (N, D, D).
    """

    value: Callable[[torch.Tensor], torch.Tensor]
    value_and_gradient: Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]]
    hessian: Callable[[torch.Tensor], torch.Tensor]
