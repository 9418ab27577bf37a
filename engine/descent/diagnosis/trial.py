"""Whether a racer with other settings diverges, found by racing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.descent.race.spec import RaceSpec

TRY_STEPS = 2000


def stays(spec: RaceSpec, index: int, settings: Mapping[str, float]) -> bool:
    """Whether a racer with other settings does not diverge in the race's first 2000 steps.

    Raises:
        InputError: the spec or a setting cannot be used.
    """
    from engine.descent.race.run import race

    racer = spec.racers[index]
    tried = replace(racer, settings={**racer.settings, **settings}, starts=1)
    # With noise all racers run, so that this one has the noise that it had.
    racers = (*spec.racers[:index], tried, *spec.racers[index + 1 :]) if spec.noise else (tried,)
    place = index if spec.noise else 0
    run = race(replace(spec, racers=racers, steps=min(spec.steps, TRY_STEPS)))
    return not any(frame.state[place] == "diverged" for frame in run)
