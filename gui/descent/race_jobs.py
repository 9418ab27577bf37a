"""The race and the map under it: computed on a worker, started anew when they change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.checks import Domain, Point
from engine.descent.race.spec import RaceSpec, gradients_seen
from gui.bridge import Bridge, NewestJob
from gui.descent.race.history import RaceHistory
from gui.descent.setup import Setup
from gui.racing.jobs import LANE, RacingJobs

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame
    from engine.landscape import Landscape

RACE, MAP, SKETCH = (f"descent.{name}" for name in ("race", "map", "sketch"))
SKETCH_PART = 3  # a coarse map has 1/3 of the points along each side


def run_race(spec: RaceSpec) -> Iterator[RaceFrame]:
    """The frames of a race, on the worker, where torch may be imported."""
    from engine.descent.race.run import race

    return race(spec)


def draw_map(spec: RaceSpec, size: tuple[int, int]) -> Iterator[Landscape]:
    """The landscape at so many points along x and y, first coarse, then fine."""
    from engine.descent.maps.landscape import landscape

    return landscape(spec, size)


def sketch_map(spec: RaceSpec, size: tuple[int, int]) -> Iterator[Landscape]:
    """The first, quick map alone: no finer one, no search for minima."""
    yield next(draw_map(spec, size))


def draw_example_map(spec: RaceSpec, example: Point, size: tuple[int, int]) -> Iterator[Landscape]:
    """The landscape of one example's own loss; `example` is its input and target."""
    from engine.descent.step.example_gradients import example_landscape

    return example_landscape(spec, example, size)


def history_of(setup: Setup) -> RaceHistory:
    """An empty one for the race of a setup."""
    surface = setup.surface()
    minima = np.array(surface.minima, dtype=np.float64).reshape(-1, 2)
    who = [entry.racer for entry in setup.running]
    return RaceHistory(len(who), minima, who=who, sees=gradients_seen(setup.race, surface))


class RaceJobs(RacingJobs[Setup, RaceHistory]):
    """Starts the jobs and keeps what the running race has told.

    Signals:
        map_ready: a `Landscape`, coarse or final.
    """

    map_ready = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, RACE, parent)
        self._bridge = bridge
        self._sketch = NewestJob(bridge, LANE, SKETCH)

    def start_race(self, setup: Setup, *, needed: int = 0) -> None:
        """Compute the race of a setup; `needed` as in `compute`."""
        make = partial(run_race, setup.spec())
        self.compute(setup, make, history_of(setup), needed=min(needed, setup.steps))

    def draw_map(self, setup: Setup, domain: Domain, size: tuple[int, int]) -> None:
        """Compute the landscape of a part of the plane at so many points."""
        self._sketch.cancel()
        spec = replace(setup.race, domain=domain)
        self._bridge.start(
            LANE, MAP, partial(draw_map, spec, size), on_snapshot=self.map_ready.emit
        )

    def draw_example_map(
        self, setup: Setup, example: Point, domain: Domain, size: tuple[int, int]
    ) -> None:
        """Compute the landscape of one example's own loss; `example` is its input and target."""
        self._sketch.cancel()
        spec = replace(setup.race, domain=domain)
        make = partial(draw_example_map, spec, example, size)
        self._bridge.start(LANE, MAP, make, on_snapshot=self.map_ready.emit)

    def sketch_map(self, setup: Setup, domain: Domain, size: tuple[int, int]) -> None:
        """A coarse landscape while something is dragged; requests are coalesced."""
        self._bridge.cancel(MAP)
        coarse = max(2, size[0] // SKETCH_PART), max(2, size[1] // SKETCH_PART)
        spec = replace(setup.race, domain=domain)
        self._sketch.request(partial(sketch_map, spec, coarse), on_snapshot=self.map_ready.emit)
