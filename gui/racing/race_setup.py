"""What a page that races optimizers is set to, and the changes of its racers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.optimizers.racer import Racer, name_racers
from gui.racing.entries import Entry

# What follows the optimizer in a name that tells its learning rate.
RATE_IN_NAME = re.compile(r"[\s:,-]+(?:lr\s*=?\s*)?(\d*\.?\d+(?:e[+-]?\d+)?)\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class RaceSetup:
    """What every such page has, beside the race that is its own.

    Attributes:
        entries: the optimizers, the resting ones too.
    """

    entries: tuple[Entry, ...]

    @property
    def running(self) -> tuple[Entry, ...]:
        """The entries that take part, in the order of a frame's rows."""
        return tuple(entry for entry in self.entries if entry.enabled)

    @property
    def steps(self) -> int:
        """Of the race."""
        raise NotImplementedError

    def settings(self) -> Mapping[str, Mapping[str, float]]:
        """Every setting of each racer as it runs, by the racer's name."""
        raise NotImplementedError

    def entry(self, name: str) -> Entry | None:
        """The entry whose racer has this name."""
        return next((entry for entry in self.entries if entry.racer.name == name), None)


SomeSetup = TypeVar("SomeSetup", bound=RaceSetup)


def with_racer(setup: SomeSetup, name: str, change: Callable[[Racer], Racer]) -> SomeSetup:
    """One racer changed."""

    def changed(entry: Entry) -> Entry:
        return replace(entry, racer=change(entry.racer))

    return _with_entry(setup, name, changed)


def with_settings(setup: SomeSetup, name: str, settings: Mapping[str, float]) -> SomeSetup:
    """Another learning rate, momentum ... of one racer."""

    def change(racer: Racer) -> Racer:
        return replace(racer, settings={**racer.settings, **settings})

    return with_racer(setup, name, change)


def with_enabled(setup: SomeSetup, name: str, enabled: bool) -> SomeSetup:
    """One racer takes part, or rests."""

    def change(entry: Entry) -> Entry:
        return replace(entry, enabled=enabled)

    return _with_entry(setup, name, change)


def with_added(setup: SomeSetup, racer: Racer) -> tuple[SomeSetup, str]:
    """One more racer, under a name and with a look that are free; gives that name too."""
    racers = name_racers((*(entry.racer for entry in setup.entries), racer))
    return replace(setup, entries=(*setup.entries, Entry(racers[-1]))), racers[-1].name


def without(setup: SomeSetup, name: str) -> SomeSetup:
    """The racer of that name is gone."""
    entries = tuple(entry for entry in setup.entries if entry.racer.name != name)
    return replace(setup, entries=entries)


def with_own_rates(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The racers on another surface or task: it has its own learning rates and start.

    The other settings stay, and so do names that somebody gave; a name that tells the learning
    rate (`sgd 0.1`) would say what is no longer so, and becomes the optimizer's again.
    """
    racers = name_racers(tuple(_with_own_rate(entry.racer) for entry in entries))
    return tuple(replace(entry, racer=racer) for entry, racer in zip(entries, racers, strict=True))


def _with_own_rate(racer: Racer) -> Racer:
    settings = {key: value for key, value in racer.settings.items() if key != "lr"}
    name = "" if _tells_rate(racer) else racer.name
    return replace(racer, name=name, settings=settings, start=None)


def _tells_rate(racer: Racer) -> bool:
    """Whether a name is the optimizer's with the racer's own rate, as `sgd 0.1`, `sgd lr=.1`."""
    told = RATE_IN_NAME.fullmatch(racer.name.removeprefix(racer.optimizer))
    return told is not None and racer.settings.get("lr") == float(told[1])


def _with_entry(setup: SomeSetup, name: str, change: Callable[[Entry], Entry]) -> SomeSetup:
    entries = tuple(change(entry) if entry.racer.name == name else entry for entry in setup.entries)
    return replace(setup, entries=entries)
