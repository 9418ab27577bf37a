"""One optimizer that takes part: its settings, schedule, starts and perturbation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

from engine.checks import Point, check_range
from engine.optimizers import schedules
from engine.optimizers.base import Optimizer

MAX_STARTS = 1000
FEW_STARTS = 8  # for a rule that is not batched


@dataclass(frozen=True)
class Jog:
    """When the weights are perturbed, and how far.

    The loss has stabilised when for `patience` steps its lowest value since the last one
    has not fallen by more than `tolerance` times its fall since then.

    Attributes:
        radius: the new point is drawn evenly from the disk of this radius around the old.
        patience: steps without notable improvement before a perturbation.
        tolerance: share of the fall since the last perturbation that is notable.
    """

    radius: float = 1.0
    patience: int = 20
    tolerance: float = 1e-3

    def check(self) -> None:
        """Refuse what cannot be run.

        Raises:
            InputError: a number is outside its range.
        """
        check_range("jog radius", self.radius, 0, 1e6)
        check_range("jog patience", self.patience, 1, 1_000_000)
        check_range("jog tolerance", self.tolerance, 0, 1)


@dataclass(frozen=True)
class Racer:
    """One optimizer in a race.

    Attributes:
        optimizer: its name in `registry.OPTIMIZERS`.
        settings: what differs from the defaults; without `lr` the surface's rate is taken.
        name: unique in the race (`sgd`, `sgd-2`).
        start: x, y of this racer alone; None for the race's.
        schedule: its name in `schedules.SCHEDULES`.
        schedule_settings: what differs from the schedule's defaults.
        jog: when and how far the weights are perturbed; None for never.
        starts: how many trails the racer has; all but the first begin at random places of
            the view, the same for every racer.
        occurrence: which racer of its optimizer it is, from 0: the second looks otherwise, and
            goes on to when the first has left the race.
    """

    optimizer: str
    settings: Mapping[str, float] = field(default_factory=dict)
    name: str = ""
    start: Point | None = None
    schedule: str = "constant"
    schedule_settings: Mapping[str, float] = field(default_factory=dict)
    jog: Jog | None = None
    starts: int = 1
    occurrence: int = 0

    @property
    def keeps_best(self) -> bool:
        """Whether its best point so far says more than where it is."""
        return self.jog is not None or self.starts > 1


def most_starts(optimizer: Optimizer) -> int:
    """How many starts a racer of an optimizer may have."""
    return MAX_STARTS if optimizer.batched else FEW_STARTS


def rate_of(racer: Racer) -> Callable[[Any, int], Any]:
    """(lr, step) -> the rate of that step; lr is a number or a tensor.

    Raises:
        InputError: the schedule or a setting of it is unknown or outside its range.
    """
    schedule = schedules.find(racer.schedule)
    return partial(schedule.rate, **schedule.complete(racer.schedule_settings))


def name_racers(racers: tuple[Racer, ...]) -> tuple[Racer, ...]:
    """Give every racer a unique name and occurrence: a repeated one becomes `sgd-2`, the next."""
    taken: set[str] = set()
    wanted = {(racer.optimizer, racer.occurrence) for racer in racers}
    numbered: set[tuple[str, int]] = set()
    named = []
    for racer in racers:
        number = racer.occurrence
        if (racer.optimizer, number) in numbered:
            free = (n for n in count() if (racer.optimizer, n) not in numbered | wanted)
            number = next(free)
        numbered.add((racer.optimizer, number))
        base = racer.name or racer.optimizer
        name, repeat = base, 1
        while name in taken:
            repeat += 1
            name = f"{base}-{repeat}"
        taken.add(name)
        named.append(replace(racer, name=name, occurrence=number))
    return tuple(named)
