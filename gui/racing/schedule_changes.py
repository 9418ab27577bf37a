"""Changes of how a racer goes about its race: schedule, jog of weights, further starts."""

from __future__ import annotations

from dataclasses import replace

from engine.optimizers import schedules
from engine.optimizers.racer import Jog, Racer

RADIUS, PATIENCE, TOLERANCE, STARTS = "jog.radius", "jog.patience", "jog.tolerance", "starts"


def with_schedule(racer: Racer, schedule: str, steps: int) -> Racer:
    """The racer with another schedule, with that schedule's defaults.

    A cosine comes down just at the end of the race's steps.
    """
    known = {setting.name for setting in schedules.find(schedule).settings}
    settings = {"T_max": float(steps)} if "T_max" in known else {}
    return replace(racer, schedule=schedule, schedule_settings=settings)


def with_value(racer: Racer, key: str, value: float) -> Racer:
    """The racer with another setting of its schedule, or one of the keys above.

    A radius 0 is no jog.
    """
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


def value_of(racer: Racer, key: str) -> float:
    """What `with_value` sets."""
    jog = racer.jog or Jog(radius=0.0)
    if key == STARTS:
        return float(racer.starts)
    if key in (RADIUS, PATIENCE, TOLERANCE):
        return float(getattr(jog, key.removeprefix("jog.")))
    return schedules.find(racer.schedule).complete(racer.schedule_settings)[key]
