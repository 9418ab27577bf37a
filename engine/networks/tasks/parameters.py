"""The tasks of two parameters, whose landscape is the whole truth: plain losses of u and v."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

# x of the fixed examples of v tanh(u x); their targets are those of u = 1.5, v = 1.
EXAMPLES = (0.2, 0.5, 1.0, 1.5)
TRUE_U, TRUE_V = 1.5, 1.0


@dataclass(frozen=True)
class ProductLoss:
    """(uv - 1)^2/2, a linear net of two layers on the example 1 -> 1.

    At a minimum, uv = 1, its second derivatives have the eigenvalues 0 and u^2 + v^2.
    """

    decay: float = 0.0

    def loss(self, u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        """At tensors of one shape and dtype, with the L2 penalty."""
        return 0.5 * (u * v - 1) ** 2 + 0.5 * self.decay * (u * u + v * v)


@dataclass(frozen=True)
class TanhLoss:
    """The mean of (t - v tanh(u x))^2/2 over `EXAMPLES`: 0 at +-(`TRUE_U`, `TRUE_V`)."""

    decay: float = 0.0

    def loss(self, u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        """At tensors of one shape and dtype, with the L2 penalty."""
        import math

        total = 0.5 * self.decay * (u * u + v * v)
        for x in EXAMPLES:
            missed = TRUE_V * math.tanh(TRUE_U * x) - v * (u * x).tanh()
            total = total + 0.5 * missed**2 / len(EXAMPLES)
        return total


LOSSES: dict[str, type[ProductLoss] | type[TanhLoss]] = {
    "product": ProductLoss,
    "two-parameters": TanhLoss,
}
