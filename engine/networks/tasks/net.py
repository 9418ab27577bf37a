"""A multilayer perceptron with biases, computed for many rows of parameters in one call.

A row (D,) holds layer by layer the weights (in, out), then the biases (out,), as
`backprop.passes.flatten` makes it. The last layer is linear: it gives numbers or logits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from engine.networks.backprop import activations as records
from engine.optimizers.perturbation import WEIGHTS_STREAM, generator_of

if TYPE_CHECKING:
    import torch

SLOPE = 0.5  # of the sigmoid 1 / (1 + exp(-2 a S)): the logistic one, as torch's


@dataclass(frozen=True)
class Net:
    """What a net is, without its parameters.

    Attributes:
        layers: nodes of each column, the inputs first and the outputs last.
        activation: of the hidden layers, a name of `backprop.activations.ACTIVATIONS`.
    """

    layers: tuple[int, ...]
    activation: str

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many parameters each layer has, weights and biases."""
        return tuple((rows + 1) * columns for rows, columns in pairwise(self.layers))

    @property
    def size(self) -> int:
        """D, all parameters."""
        return sum(self.sizes)

    @property
    def begins(self) -> tuple[int, ...]:
        """Where each layer begins in a row."""
        return (0, *accumulate(self.sizes[:-1]))


def initial(net: Net, seed: int, count: int, scale: float = 1.0) -> torch.Tensor:
    """Random parameters (count, D) float64, drawn as torch.nn.Linear draws them.

    Weights and biases of a layer are even over +-scale / sqrt(in). A larger count begins with
    the same rows.
    """
    import torch

    spread = torch.cat(
        [
            torch.full(((rows + 1) * columns,), scale / math.sqrt(rows), dtype=torch.float64)
            for rows, columns in pairwise(net.layers)
        ]
    )
    drawn = [
        torch.rand(
            net.size, generator=generator_of(seed, WEIGHTS_STREAM, number), dtype=torch.float64
        )
        for number in range(count)
    ]
    return (2 * torch.stack(drawn) - 1) * spread


def split(net: Net, points: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """The weights (N, in, out) and biases (N, 1, out) of each layer, views of points (N, D)."""
    parts = []
    place = 0
    for rows, columns in pairwise(net.layers):
        end = place + rows * columns
        parts.append(
            (
                points[:, place:end].unflatten(1, (rows, columns)),
                points[:, end : end + columns].unflatten(1, (1, columns)),
            )
        )
        place = end + columns
    return parts


def activations(net: Net, points: torch.Tensor, inputs: torch.Tensor) -> list[torch.Tensor]:
    """The outputs of each layer but the inputs, (N, B, n) each; the last are the net's.

    Args:
        points: (N, D).
        inputs: (B, in) for all points, of their dtype.
    """
    import torch

    function = records.find(net.activation).in_torch
    here = inputs.expand(len(points), *inputs.shape)
    found: list[torch.Tensor] = []
    for weights, biases in split(net, points):
        if found:
            found[-1] = here = function(found[-1], SLOPE)
        here = torch.baddbmm(biases, here, weights)
        found.append(here)
    return found


def outputs(net: Net, points: torch.Tensor, inputs: torch.Tensor) -> torch.Tensor:
    """What the nets say: (N, B, out) logits or numbers; points (N, D), inputs (B, in)."""
    return activations(net, points, inputs)[-1]
