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

    def value(points: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return error(points)

    def value_and_gradient(points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        points = points.detach().requires_grad_()
        with torch.enable_grad():
            loss = error(points)
            (gradient,) = torch.autograd.grad(loss.sum(), points)
        return loss.detach(), gradient

    def hessian(points: torch.Tensor) -> torch.Tensor:
        points = points.detach().requires_grad_()
        with torch.enable_grad():
            (gradient,) = torch.autograd.grad(error(points).sum(), points, create_graph=True)
            rows = []
            for column in gradient.unbind(-1):
                if column.requires_grad:
                    (row,) = torch.autograd.grad(
                        column.sum(), points, retain_graph=True, materialize_grads=True,
                        allow_unused=True,
                    )  # fmt: skip
                else:
                    row = torch.zeros_like(points)
                rows.append(row)
        return torch.stack(rows, -2).detach()

    return Objective(value, value_and_gradient, hessian)
