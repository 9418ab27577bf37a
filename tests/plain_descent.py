"""An optimizer and a surface that Thalweg has not, for tests of what a new one takes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import torch

from engine.descent.surfaces.surface import Surface
from engine.optimizers.base import Optimizer, Setting
from engine.optimizers.region import box
from engine.optimizers.step_calculation import StepCalculation

if TYPE_CHECKING:
    from engine.optimizers.base import Hyper, State


def init(points: torch.Tensor) -> State:
    return {"mean": torch.zeros_like(points)}


def update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """Along a running mean of gradients; with beta1 = 0 gradient descent."""
    gradient = gradient + hyper["weight_decay"] * points
    mean = hyper["beta1"] * state["mean"] + (1 - hyper["beta1"]) * gradient
    return -hyper["lr"] * mean, {"mean": mean}


def formula(step: StepCalculation) -> None:
    step.write("m_new", f"beta1*m + (1 - beta1)*{step.decay()}")
    step.write("reach", "lr*abs(m_new)")
    step.write("x_new", "x - lr*m_new")


PLAIN = Optimizer(
    "plain",
    "Plain descent",
    init,
    update,
    (
        Setting("lr", 0.02, 0, 10, logarithmic=True),
        Setting("beta1", 0.0, 0, 0.99, in_twin=False),
        Setting("weight_decay", 0, 0, 1),
    ),
    formula,
    {"mean": "m"},
    twin="SGD",
    follows="mean",
    region=partial(box, symbol="reach", in_plane=True),
    note="It is plain.",
)


def bowl(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return x**2 + 2 * y**2


BOWL = Surface("bowl", "Bowl", "x^2 + 2*y^2", bowl, (-2, 2, -1, 1), ((0.0, 0.0),), (1.5, 0.5))
