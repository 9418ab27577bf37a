"""The error of a net as a function of all its parameters, for rules that need more than a step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.networks.backprop.activations import Activation, Array
from engine.optimizers.objective import Objective

if TYPE_CHECKING:
    import torch


def objective_of(
    layers: Sequence[int],
    inputs: Array,
    targets: Array,
    activation: Activation,
    slope: float,
    *,
    biases: Sequence[Array] = (),
    learn_biases: bool = True,
) -> Objective:
    """The mean of E over a batch at points (N, D), flat as `passes.flatten` makes them.

    Args:
        inputs, targets: (B, in) and (B, out) float64.
        biases: (out,) each, where the net has some; kept as they are unless they learn.
    """
    import torch

    from engine.optimizers.derivatives import objective_by_autograd

    given, wanted = torch.from_numpy(inputs), torch.from_numpy(targets)
    fixed = [torch.from_numpy(vector) for vector in biases]
    in_row = bool(fixed) and learn_biases

    def error(points: torch.Tensor) -> torch.Tensor:
        outputs = given.expand(len(points), *given.shape)  # (N, B, in)
        place = 0
        for layer, (rows, columns) in enumerate(pairwise(layers)):
            matrix = points[:, place : place + rows * columns].reshape(-1, rows, columns)
            place += rows * columns
            sums = outputs @ matrix
            if in_row:
                sums = sums + points[:, None, place : place + columns]
                place += columns
            elif fixed:
                sums = sums + fixed[layer]
            outputs = activation.in_torch(sums, slope)
        return 0.5 * ((wanted - outputs) ** 2).sum(-1).mean(-1)

    return objective_by_autograd(error)
