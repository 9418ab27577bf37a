"""Optimizers as pure functions over a batch of points.

A rule is `init(points) -> state` and `update(points, gradient, state, hyper)
-> (step, state)`: points and gradients are (N, 2) tensors, hyper-parameters
numbers or (N, 1) tensors, so a race, a basin map and a map of learning rates
are each one batched call. A racer holds nothing hidden, so replay is free.

Every rule follows its `torch.optim` twin step by step; keys are torch's
argument names with torch's defaults. No torch at import: the window lists the
optimizers before torch is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import InputError, shorten

if TYPE_CHECKING:
    import torch

    State = dict[str, torch.Tensor]
    Hyper = Mapping[str, float | torch.Tensor]
    Init = Callable[[torch.Tensor], State]
    Update = Callable[
        [torch.Tensor, torch.Tensor, State, Hyper], tuple[torch.Tensor, State]
    ]  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """One number of an optimizer that can be set.

    Attributes:
        flag: 0 or 1, a switch rather than a number.
    """

    name: str
    default: float
    low: float
    high: float
    logarithmic: bool = False
    flag: bool = False


@dataclass(frozen=True)
class Optimizer:
    """A rule with its name, what can be set, and its `torch.optim` twin.

    Attributes:
        settings: what a person sets; `lr` has the value for surfaces that name none.
        fixed: what the name itself decides (`nesterov` for `nesterov`).
        twin: class name in torch.optim.
    """

    name: str
    title: str
    init: Init
    update: Update
    settings: tuple[Setting, ...]
    fixed: Mapping[str, float] = field(default_factory=dict)
    twin: str = ""

    @property
    def defaults(self) -> dict[str, float]:
        """Every setting's default by its key."""
        return {setting.name: setting.default for setting in self.settings}

    def complete(self, settings: Mapping[str, float]) -> dict[str, float]:
        """All hyper-parameters: defaults, then `settings`, then what the name fixes.

        Raises:
            InputError: a key is unknown or a value outside its range.
        """
        known = {setting.name: setting for setting in self.settings}
        for key, value in settings.items():
            if key not in known:
                raise InputError(
                    "value.unknown_name",
                    kind=f"Setting of {self.name}",
                    value=shorten(key),
                    known=", ".join(known),
                )
            setting = known[key]
            if not setting.low <= value <= setting.high:
                raise InputError(
                    "value.out_of_range",
                    name=f"{self.name}:{key}",
                    value=value,
                    low=setting.low,
                    high=setting.high,
                )
        return {**self.defaults, **settings, **self.fixed}


def find(name: str) -> Optimizer:
    """The optimizer of that name.

    Raises:
        InputError: there is none.
    """
    if name not in OPTIMIZERS:
        raise InputError(
            "value.unknown_name", kind="Optimizer", value=shorten(name), known=", ".join(OPTIMIZERS)
        )
    return OPTIMIZERS[name]


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


# torch's arguments that are pairs, and the settings they fill.
PAIRS = {
    "betas": ("beta1", "beta2"),
    "etas": ("eta_minus", "eta_plus"),
    "step_sizes": ("step_min", "step_max"),
}

_LR = Setting("lr", 1e-3, 0, 1e6, logarithmic=True)
_MOMENTUM = Setting("momentum", 0.9, 0, 1)
_DECAY = Setting("weight_decay", 0, 0, 10)
_DAMPENING = Setting("dampening", 0, 0, 1)

_ALL = (
    Optimizer(
        "sgd",
        "SGD",
        sgd_init,
        sgd_update,
        (
            _LR,
            Setting("momentum", 0, 0, 1),
            _DAMPENING,
            _DECAY,
            Setting("nesterov", 0, 0, 1, flag=True),
        ),
        twin="SGD",
    ),
    Optimizer(
        "momentum",
        "Momentum",
        sgd_init,
        sgd_update,
        (_LR, _MOMENTUM, _DAMPENING, _DECAY),
        fixed={"nesterov": 0},
        twin="SGD",
    ),
    Optimizer(
        "nesterov",
        "Nesterov",
        sgd_init,
        sgd_update,
        (_LR, _MOMENTUM, _DECAY),
        fixed={"nesterov": 1, "dampening": 0},
        twin="SGD",
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _ALL}
