"""Learning-rate schedules: the rate of each step as a pure function of the step's number.

`rate(lr, step, **settings)` takes the rate that was set, a number or a tensor, and gives
the rate of step 0, 1, 2 ... Every schedule follows its twin in `torch.optim.lr_scheduler`,
stepped once after each optimizer step; keys are torch's argument names. One function and
one line of `SCHEDULES` make a new one appear in the window and on the command line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.checks import find_named
from engine.errors import InputError
from engine.optimizers.base import Setting, complete

Rate = Callable[..., Any]


@dataclass(frozen=True)
class Schedule:
    """A schedule with its name, what can be set, and its twin in `torch.optim.lr_scheduler`.

    Attributes:
        rate: (lr, step, **settings) -> the rate of that step.
        whole: settings that torch wants as whole numbers.
        twin: class name in torch.optim.lr_scheduler; empty for the constant rate.
    """

    name: str
    title: str
    rate: Rate
    settings: tuple[Setting, ...] = ()
    whole: tuple[str, ...] = ()
    twin: str = ""

    def complete(self, settings: Mapping[str, float]) -> dict[str, float]:
        """All settings: defaults, then `settings`.

        Raises:
            InputError: a key is unknown, or a value outside its range or not whole.
        """
        for key in self.whole:
            if settings.get(key, 0) % 1:
                name = f"{self.name}:{key}"
                raise InputError("value.not_whole", name=name, value=settings[key])
        return complete(self.name, self.settings, settings)

    def script_arguments(self, settings: Mapping[str, float]) -> str:
        """The twin's arguments as Python writes them: `step_size=100, gamma=0.1`.

        Raises:
            InputError: as in `complete`.
        """
        return ", ".join(
            f"{key}={(int(value) if key in self.whole else float(value))!r}"
            for key, value in self.complete(settings).items()
        )


def constant(lr: Any, step: int) -> Any:
    """The rate that was set."""
    return lr


def step_down(lr: Any, step: int, step_size: float, gamma: float) -> Any:
    """torch's StepLR: times gamma after every `step_size` steps."""
    return lr * gamma ** (step // step_size)


def cosine(lr: Any, step: int, T_max: float, eta_min: float) -> Any:
    """torch's CosineAnnealingLR: down to eta_min in T_max steps, and up again after them.

    Loshchilov and Hutter 2017, arXiv:1608.03983, equation 5, without restarts.
    """
    return eta_min + (lr - eta_min) * (1 + math.cos(math.pi * step / T_max)) / 2


def warm_up(lr: Any, step: int, start_factor: float, end_factor: float, total_iters: float) -> Any:
    """torch's LinearLR: from start_factor to end_factor of the rate in `total_iters` steps."""
    share = min(step, total_iters) / total_iters
    return lr * (start_factor + (end_factor - start_factor) * share)


def find(name: str) -> Schedule:
    """The schedule of that name.

    Raises:
        InputError: there is none.
    """
    return find_named(SCHEDULES, name, kind="Schedule")


LONGEST = 1_000_000  # steps

_ALL = (
    Schedule("constant", "Constant", constant),
    Schedule(
        "step",
        "Step",
        step_down,
        (Setting("step_size", 100, 1, LONGEST), Setting("gamma", 0.1, 0, 1)),
        whole=("step_size",),
        twin="StepLR",
    ),
    Schedule(
        "cosine",
        "Cosine",
        cosine,
        (Setting("T_max", 300, 1, LONGEST), Setting("eta_min", 0, 0, 1e6, logarithmic=True)),
        whole=("T_max",),
        twin="CosineAnnealingLR",
    ),
    Schedule(
        "warmup",
        "Warm-up",
        warm_up,
        (
            # torch's own defaults.
            Setting("start_factor", 1 / 3, 1e-6, 1),
            Setting("end_factor", 1.0, 0, 1),
            Setting("total_iters", 5, 1, LONGEST),
        ),
        whole=("total_iters",),
        twin="LinearLR",
    ),
)

SCHEDULES: dict[str, Schedule] = {schedule.name: schedule for schedule in _ALL}
