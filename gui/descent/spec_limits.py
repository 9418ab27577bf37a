"""What the window cannot show of a race that the engine could run, and what it makes of it."""

from __future__ import annotations

from dataclasses import replace

from engine.descent.race.spec import RaceSpec
from gui.descent.race_panel import MOST_SEED, MOST_STEPS

LIMITS = {"steps": (1, MOST_STEPS), "seed": (0, MOST_SEED)}

Clamp = tuple[str, int, int]  # name, the number in the spec, the number that is taken


def clamp(spec: RaceSpec) -> tuple[RaceSpec, tuple[Clamp, ...]]:
    """The race within the window's limits, and what had to be changed for that."""
    kept = {name: min(max(getattr(spec, name), low), high) for name, (low, high) in LIMITS.items()}
    changed = tuple(
        (name, getattr(spec, name), value)
        for name, value in kept.items()
        if value != getattr(spec, name)
    )
    return replace(spec, steps=kept["steps"], seed=kept["seed"]), changed
