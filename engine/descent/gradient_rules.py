"""SGD, momentum and Nesterov: rules that follow the gradient with a velocity.

Each is `init(points) -> state` and `update(points, gradient, state, hyper) ->
(step, state)` over a batch (N, 2), with numbers or (N, 1) tensors as
hyper-parameters, as `rules` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

    from engine.descent.rules import Hyper, State


def sgd_init(points: torch.Tensor) -> State:
    """An empty buffer; `age` counts steps, for torch's first buffer is the bare gradient."""
    import torch

    return {"velocity": torch.zeros_like(points), "age": points.new_zeros(len(points), 1)}


def sgd_update(
    points: torch.Tensor, gradient: torch.Tensor, state: State, hyper: Hyper
) -> tuple[torch.Tensor, State]:
    """torch.optim.SGD: Sutskever et al. 2013, with lr outside the buffer.

    `nesterov` has torch's meaning: the point stored is the look-ahead point.
    """
    import torch

    gradient = gradient + hyper["weight_decay"] * points
    momentum, dampening = hyper["momentum"], hyper["dampening"]
    first = state["age"] == 0
    velocity = torch.where(
        first, gradient, momentum * state["velocity"] + (1 - dampening) * gradient
    )
    ahead = torch.as_tensor(hyper["nesterov"], device=points.device) != 0
    along = torch.where(ahead, gradient + momentum * velocity, velocity)
    # Without momentum torch keeps no buffer, and dampening has no say.
    used = torch.where(torch.as_tensor(momentum, device=points.device) != 0, along, gradient)
    return -hyper["lr"] * used, {"velocity": velocity, "age": state["age"] + 1}
