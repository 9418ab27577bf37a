"""SGD, momentum and Nesterov: rules that follow the gradient with a velocity.

Each is `init(points) -> state` and `update(points, gradient, state, hyper) ->
(step, state)` over a batch: points, gradient, step and the state's arrays are (N, D)
tensors of one floating dtype in the units of the points, hyper-parameters numbers or (N, 1)
tensors. Nothing is raised: inf and NaN stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

    from engine.optimizers.base import Hyper, State


def new_age() -> torch.Tensor:
    """No steps yet. All points of a batch start together, so one number on the processor does."""
    import torch

    return torch.zeros((), dtype=torch.float64)


def choose(
    flag: float | torch.Tensor, yes: Callable[[], torch.Tensor], no: Callable[[], torch.Tensor]
) -> torch.Tensor:
    """One of two by a switch; by rows where the switch is a tensor (N, 1)."""
    if isinstance(flag, int | float):
        return yes() if flag else no()
    import torch

    return torch.where(flag != 0, yes(), no())


def begin_with(first: torch.Tensor, age: torch.Tensor, later: torch.Tensor) -> torch.Tensor:
    """What a rule has in its first step, and what in all later ones: (N, D) both."""
    import torch

    return torch.where((age == 0).to(first.device), first, later)


def quotient(one: float | torch.Tensor, other: float | torch.Tensor) -> Any:
    """one / other, rounded once: of a number torch would take the reciprocal and multiply."""
    if isinstance(one, int | float) and not isinstance(other, int | float):
        return other.new_tensor(one) / other
    return one / other


def decayed(points: torch.Tensor, gradient: torch.Tensor, hyper: Hyper) -> torch.Tensor:
    """The gradient (N, D) with the weight decay in it."""
    decay = hyper["weight_decay"]
    return choose(
        0 if isinstance(decay, int | float) and decay == 0 else 1,
        lambda: gradient + decay * points,
        lambda: gradient,
    )


def sgd_init(points: torch.Tensor) -> State:
    """The velocity (N, D), zero."""
    return {"velocity": points.new_zeros(points.shape), "age": new_age()}


def sgd_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.SGD: Sutskever et al. 2013, with lr outside the buffer.

    `nesterov` has torch's meaning: the point stored is the look-ahead point. torch's first
    buffer is the bare gradient, and without momentum there is none.
    """
    gradient = decayed(points, gradient, hyper)
    momentum, dampening = hyper["momentum"], hyper["dampening"]
    kept, age = state["velocity"], state["age"]
    if isinstance(momentum, int | float) and momentum == 0:
        return -hyper["lr"] * gradient, {"velocity": kept, "age": age + 1}
    undamped = isinstance(dampening, int | float) and dampening == 0
    later = momentum * kept + (gradient if undamped else (1 - dampening) * gradient)
    velocity = begin_with(gradient, age, later)
    ahead = hyper["nesterov"]
    used = choose(ahead, lambda: gradient + momentum * velocity, lambda: velocity)
    step = choose(momentum, lambda: used, lambda: gradient)
    buffer = choose(momentum, lambda: velocity, lambda: kept)
    return -hyper["lr"] * step, {"velocity": buffer, "age": age + 1}
