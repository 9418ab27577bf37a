"""Changes of how a racer goes about its race: schedule, jog of weights, further starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.optimizers import schedules
from engine.optimizers.racer import Jog, Racer
from gui.descent.setup import Setup

RADIUS, PATIENCE, TOLERANCE, STARTS = "jog.radius", "jog.patience", "jog.tolerance", "starts"


def with_schedule(setup: Setup, name: str, schedule: str) -> Setup:
    """Another schedule for one racer, with that schedule's defaults.

    A cosine comes down just at the end of the race.
    """
    known = {setting.name for setting in schedules.find(schedule).settings}
    settings = {"T_max": float(setup.race.steps)} if "T_max" in known else {}
    return _changed(
        setup, name, lambda racer: replace(racer, schedule=schedule, schedule_settings=settings)
    )


def with_value(setup: Setup, name: str, key: str, value: float) -> Setup:
    """Another setting of one racer's schedule, or one of the keys above; a radius 0 is no jog."""

    def change(racer: Racer) -> Racer:
        jog = racer.jog or Jog(radius=0.0)
        if key == STARTS:
            return replace(racer, starts=int(value))
        if key == RADIUS:
            return replace(racer, jog=replace(jog, radius=value) if value else None)
        if key == PATIENCE:
            return replace(racer, jog=replace(jog, patience=int(value)))
        if key == TOLERANCE:
            return replace(racer, jog=replace(jog, tolerance=value))
        return replace(racer, schedule_settings={**racer.schedule_settings, key: value})

    return _changed(setup, name, change)


def value_of(racer: Racer, key: str) -> float:
    """What `with_value` sets."""
    jog = racer.jog or Jog(radius=0.0)
    if key == STARTS:
        return float(racer.starts)
    if key in (RADIUS, PATIENCE, TOLERANCE):
        return float(getattr(jog, key.removeprefix("jog.")))
    return schedules.find(racer.schedule).complete(racer.schedule_settings)[key]


def _changed(setup: Setup, name: str, change: Callable[[Racer], Racer]) -> Setup:
    return replace(
        setup,
        entries=tuple(
            replace(entry, racer=change(entry.racer)) if entry.racer.name == name else entry
            for entry in setup.entries
        ),
    )
