"""A short race and its scene."""

from __future__ import annotations

import pytest

from engine.descent.maps.landscape import landscape
from engine.descent.race.recording import record
from engine.descent.race.run import race
from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.export.scene.of_race import scene_of
from engine.export.scene.records import Scene
from engine.optimizers.racer import Racer

RACE = RaceSpec(
    surface="himmelblau",
    racers=(Racer("sgd"), Racer("momentum", starts=3)),
    domain=(-6.0, 6.0, -5.0, 7.0),
    steps=20,
)


@pytest.fixture(scope="session")
def frames() -> list[RaceFrame]:
    return list(race(RACE))


@pytest.fixture(scope="session")
def scene(frames: list[RaceFrame]) -> Scene:
    *_, ground = landscape(RACE, (60, 40))
    return scene_of(record(RACE, frames), ground)
