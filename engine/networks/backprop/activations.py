"""Activations of a node, one record each: the function, its derivative, and both as formulas.

A node's sum S_j becomes its output o_j = f(S_j); f' is written in o_j or S_j as in the notes.
No torch at import: the window lists the activations before torch is loaded.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.checks import find_named

if TYPE_CHECKING:
    import torch

Array = NDArray[np.float64]

SATURATED = 0.05  # of the steepest slope: below this share a node hardly learns


@dataclass(frozen=True)
class Activation:
    """One activation; a new one is a record in `ACTIVATIONS`.

    Attributes:
        name: in specs and on the command line.
        title: in menus, English.
        function: sums of any shape, float64, and the slope a -> outputs of that shape.
        derivative: sums, outputs and the slope -> f' of that shape.
        in_torch: the function of tensors, for what needs autograd.
        output: o_j as a formula (`expressions.read`) of {S} and alpha.
        factor: f' as a formula of {o}, {S} and alpha; empty where it is 1.
        script: the function as a line of Python of S and slope, with torch.
        low, high: the ends of its range.
        steepest: the greatest f' for a slope.
        sloped: whether the slope takes part.
    """

    name: str
    title: str
    function: Callable[[Array, float], Array]
    derivative: Callable[[Array, Array, float], Array]
    in_torch: Callable[[torch.Tensor, float], torch.Tensor]
    output: str
    factor: str
    script: str
    low: float
    high: float
    steepest: Callable[[float], float]
    sloped: bool = False

    def saturated(self, sums: Array, outputs: Array, slope: float) -> NDArray[np.bool_]:
        """Which nodes hardly learn: f' is below `SATURATED` of the steepest. Any one shape."""
        return self.derivative(sums, outputs, slope) < SATURATED * self.steepest(slope)


def find(name: str) -> Activation:
    """The activation of that name.

    Raises:
        InputError: there is none.
    """
    return find_named(ACTIVATIONS, name, kind="Activation")


def sigmoid(sums: Array, slope: float) -> Array:
    """1 / (1 + exp(-2 a S)); no overflow is told of, as its limit 0 is right."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-2 * slope * sums))


def sigmoid_derivative(sums: Array, outputs: Array, slope: float) -> Array:
    return 2 * slope * outputs * (1 - outputs)


def sigmoid_in_torch(sums: torch.Tensor, slope: float) -> torch.Tensor:
    return (2 * slope * sums).sigmoid()


def tanh(sums: Array, slope: float) -> Array:
    return np.tanh(sums)


def tanh_derivative(sums: Array, outputs: Array, slope: float) -> Array:
    return 1 - outputs**2


def tanh_in_torch(sums: torch.Tensor, slope: float) -> torch.Tensor:
    return sums.tanh()


def relu(sums: Array, slope: float) -> Array:
    return np.maximum(sums, 0.0)


def relu_derivative(sums: Array, outputs: Array, slope: float) -> Array:
    """1 above 0, else 0: at 0 too, as in torch."""
    return (sums > 0).astype(np.float64)


def relu_in_torch(sums: torch.Tensor, slope: float) -> torch.Tensor:
    return sums.relu()


def linear(sums: Array, slope: float) -> Array:
    return sums.copy()


def linear_derivative(sums: Array, outputs: Array, slope: float) -> Array:
    return np.ones_like(sums)


def linear_in_torch(sums: torch.Tensor, slope: float) -> torch.Tensor:
    return sums


def _half_slope(slope: float) -> float:
    return slope / 2


def _one(slope: float) -> float:
    return 1.0


_ALL = (
    Activation(
        "sigmoid",
        "Sigmoid",
        sigmoid,
        sigmoid_derivative,
        sigmoid_in_torch,
        output="1/(1 + exp(-2*alpha*{S}))",
        factor="2*alpha*{o}*(1 - {o})",
        script="torch.sigmoid(2 * slope * S)",
        low=0.0,
        high=1.0,
        steepest=_half_slope,
        sloped=True,
    ),
    Activation(
        "tanh",
        "Tanh",
        tanh,
        tanh_derivative,
        tanh_in_torch,
        output="tanh({S})",
        factor="(1 - {o}**2)",
        script="torch.tanh(S)",
        low=-1.0,
        high=1.0,
        steepest=_one,
    ),
    Activation(
        "relu",
        "ReLU",
        relu,
        relu_derivative,
        relu_in_torch,
        output="max(0, {S})",
        factor="max(0, sign({S}))",
        script="torch.relu(S)",
        low=0.0,
        high=math.inf,
        steepest=_one,
    ),
    Activation(
        "linear",
        "Linear",
        linear,
        linear_derivative,
        linear_in_torch,
        output="{S}",
        factor="",
        script="S",
        low=-math.inf,
        high=math.inf,
        steepest=_one,
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _ALL}
