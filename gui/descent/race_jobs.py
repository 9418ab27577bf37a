"""The jobs of the Descent workspace: the map, the race, the next step, a formula's check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.checks import Domain
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer
from gui.bridge import Bridge
from gui.descent.cursor_readout import Probe
from gui.descent.setup import Setup
from gui.descent.stability.dialog import SweepRacer
from gui.descent.surfaces.gallery import DrawThumbnails
from gui.racing.history import History

if TYPE_CHECKING:
    from engine.descent.maps.stability_bound import Bound
    from engine.descent.race.spec import RaceFrame
    from engine.descent.step.vectors import StepVectors
    from engine.landscape import Landscape

LANE = "descent"
RACE, MAP, STEP, FORMULA = (f"descent.{name}" for name in ("race", "map", "step", "formula"))
POINT, GALLERY, SWEEP, SKETCH = (
    f"descent.{name}" for name in ("point", "gallery", "sweep", "sketch")
)
# The race is computed ahead of the playhead, but not at full speed: a worker that never
# rests holds the interpreter so often that the window's tick grows from 16 to 60 ms.
LEAST_PACE = 400.0  # steps a second
AHEAD = 1.5  # times the speed of playing
CHECK_SIZE = (64, 64)
SKETCH_PART = 3  # a coarse map has 1/3 of the points along each side


def whole(snapshot: Any) -> Any:
    """What is kept of each snapshot: all of it."""
    return snapshot


def only_bound(snapshot: Any) -> Any:
    """A sweep's bound: it comes once, so a newer snapshot must not take its place."""
    return snapshot if hasattr(snapshot, "curvature") else None


class RunRace:
    """Makes the generator of a race on the worker, where torch may be imported."""

    def __init__(self, spec: RaceSpec) -> None:
        self._spec = spec

    def __call__(self) -> Iterator[RaceFrame]:
        from engine.descent.race.run import race

        return race(self._spec)


class DrawMap:
    """Makes the generator of a map on the worker."""

    def __init__(self, spec: RaceSpec, size: tuple[int, int]) -> None:
        self._spec = spec
        self._size = size

    def __call__(self) -> Iterator[Landscape]:
        from engine.descent.maps.landscape import landscape

        return landscape(self._spec, self._size)


class SketchMap:
    """Makes the generator of the first, quick map alone: no finer one, no search for minima."""

    def __init__(self, spec: RaceSpec, size: tuple[int, int]) -> None:
        self._spec = spec
        self._size = size

    def __call__(self) -> Iterator[Landscape]:
        from engine.descent.maps.landscape import landscape

        yield next(landscape(self._spec, self._size))


class SplitStep:
    """Gives the vectors of one step on the worker."""

    def __init__(self, spec: RaceSpec, frame: RaceFrame, racer: int) -> None:
        self._arguments = (spec, frame, racer)

    def __call__(self) -> Iterator[StepVectors]:
        from engine.descent.step.vectors import next_step

        yield next_step(*self._arguments)


class RaceJobs(QObject):
    """Starts the jobs and keeps what the running race has told.

    Signals:
        race_replaced: the first frames of a new race are in `history`.
        race_grew: more frames are in `history`.
        map_ready: a `Landscape`, coarse or final.
        step_ready: an `StepVectors` and the frame it belongs to.
        point_ready: the `Figures` of a point.
        bound_ready: the `Bound` of a map, which comes before the map and only once.
        sweep_ready, sweep_failed: a `SweepMap` or `SweepProgress`, or the exception.
        formula_ready: a setup whose formula could be drawn.
        formula_failed: the exception of one that could not.
    """

    race_replaced = Signal()
    race_grew = Signal()
    map_ready = Signal(object)
    step_ready = Signal(object, object)
    point_ready = Signal(object)
    bound_ready = Signal(object)
    sweep_ready = Signal(object)
    sweep_failed = Signal(object)
    formula_ready = Signal(object)
    formula_failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.history: History | None = None
        self.setup: Setup | None = None
        self._next: tuple[Setup, History] | None = None
        self._step_at_work: tuple[RaceSpec, RaceFrame, int] | None = None
        self._step_wanted: tuple[RaceSpec, RaceFrame, int] | None = None
        self._point_wanted: Probe | None = None
        self._candidate: Setup | None = None
        self._needed = 0
        self._race_wanted: tuple[Setup, int] | None = None
        self._map_wanted: tuple[Setup, Domain, tuple[int, int]] | None = None
        self._pace: float | None = LEAST_PACE

    def start_race(self, setup: Setup, *, needed: int = 0) -> None:
        """Compute the race of a setup; the old one stays until the first new frames come.

        Args:
            needed: while something is dragged, the step on the screen: the old race stays
                until the new one has it, and a newer one waits so long, only the newest.
        """
        if needed and self._needed and self._bridge.job(RACE) is not None:
            self._race_wanted = (setup, needed)
            return
        self._race_wanted = None
        self._needed = min(needed, setup.race.steps)
        if not setup.running:
            self._bridge.cancel(RACE)
            self._next = None
            self.setup, self.history = setup, History(0)
            self.race_replaced.emit()
            return
        self._next = (setup, History(len(setup.running)))
        self._bridge.start(
            LANE,
            RACE,
            RunRace(setup.spec()),
            on_snapshot=self._ignore,
            on_increments=self._on_frames,
            increment=whole,
            pace=None if self._needed else self._pace,
        )

    def follow(self, steps_per_second: float, *, hurry: bool = False) -> None:
        """Compute a little faster than the race is played; in a hurry as fast as it goes."""
        pace = None if hurry else max(LEAST_PACE, AHEAD * steps_per_second)
        if pace != self._pace:
            self._pace = pace
            job = self._bridge.job(RACE)
            if job is not None:
                job.set_pace(pace)

    def draw_map(self, setup: Setup, domain: Domain, size: tuple[int, int]) -> None:
        """Compute the landscape of a part of the plane at so many points."""
        self._bridge.cancel(SKETCH)
        self._map_wanted = None
        spec = replace(setup.race, domain=domain)
        self._bridge.start(LANE, MAP, DrawMap(spec, size), on_snapshot=self.map_ready.emit)

    def sketch_map(self, setup: Setup, domain: Domain, size: tuple[int, int]) -> None:
        """A coarse landscape while something is dragged; a newer one waits, only the newest."""
        if self._bridge.job(SKETCH) is not None:
            self._map_wanted = (setup, domain, size)
            return
        self._map_wanted = None
        coarse = max(2, size[0] // SKETCH_PART), max(2, size[1] // SKETCH_PART)
        self._bridge.cancel(MAP)
        self._bridge.start(
            LANE,
            SKETCH,
            SketchMap(replace(setup.race, domain=domain), coarse),
            on_snapshot=self.map_ready.emit,
            on_done=self._on_sketched,
        )

    def _on_sketched(self) -> None:
        if self._map_wanted is not None:
            self.sketch_map(*self._map_wanted)

    def sweep(self, setup: Setup, racer: Racer, rate: float) -> None:
        """Try a racer with every pair of momentum and a rate around the given one."""
        self._bridge.start(
            LANE,
            SWEEP,
            SweepRacer(setup.race, racer, rate),
            on_snapshot=self.sweep_ready.emit,
            on_increments=self._on_bounds,
            on_error=self.sweep_failed.emit,
            increment=only_bound,
        )

    def _on_bounds(self, found: tuple[Bound | None, ...]) -> None:
        for bound in found:
            if bound is not None:
                self.bound_ready.emit(bound)

    def forget_sweep(self) -> None:
        self._bridge.cancel(SWEEP)

    def split_step(self, spec: RaceSpec, frame: RaceFrame, racer: int) -> None:
        """Ask for the vectors of a step; while one is at work, only the newest wish is kept."""
        wish = (spec, frame, racer)
        if self._step_at_work is not None and self._bridge.job(STEP) is not None:
            self._step_wanted = wish
            return
        self._step_at_work, self._step_wanted = wish, None
        self._bridge.start(
            LANE, STEP, SplitStep(*wish), on_snapshot=self._on_step, on_done=self._on_step_done
        )

    def forget_step(self) -> None:
        self._bridge.cancel(STEP)
        self._step_at_work = self._step_wanted = None

    def probe(self, setup: Setup, x: float, y: float) -> None:
        """Ask for the figures of a point; while one is at work, only the newest is kept."""
        wish = Probe(setup.race, x, y)
        if self._bridge.job(POINT) is not None:
            self._point_wanted = wish
            return
        self._start_probe(wish)

    def forget_point(self) -> None:
        self._bridge.cancel(POINT)
        self._point_wanted = None

    def _start_probe(self, wish: Probe) -> None:
        self._point_wanted = None
        self._bridge.start(
            LANE,
            POINT,
            wish,
            on_snapshot=self.point_ready.emit,
            on_done=self._on_point_done,
            on_error=self._ignore,
        )

    def _on_point_done(self) -> None:
        if self._point_wanted is not None:
            self._start_probe(self._point_wanted)

    def check_formula(self, setup: Setup) -> None:
        """Draw a small map of a setup's formula, to learn whether it can be used."""
        self._candidate = setup
        self._bridge.start(
            LANE,
            FORMULA,
            SketchMap(setup.race, CHECK_SIZE),
            on_snapshot=self._ignore,
            on_done=self._on_formula,
            on_error=self.formula_failed.emit,
        )

    def forget_formula(self) -> None:
        """Something else was set while a formula was looked at: it may not come after it."""
        self._bridge.cancel(FORMULA)
        self._candidate = None

    def draw_thumbnails(self, show: Callable[[tuple[Any, ...]], None]) -> None:
        """Compute small pictures of all surfaces, one after the other.

        Args:
            show: a bound method that gets (name, pixels) pairs.
        """
        self._bridge.start(
            LANE,
            GALLERY,
            DrawThumbnails(),
            on_snapshot=self._ignore,
            on_increments=show,
            increment=whole,
        )

    def _ignore(self, snapshot: Any) -> None:
        """The frames come as increments; a point that has no figures has none to show."""

    def _on_frames(self, frames: tuple[RaceFrame, ...]) -> None:
        if self._next is not None:
            setup, history = self._next
            history.extend(frames)
            if history.count <= self._needed:
                return
            self.setup, self.history, self._next = setup, history, None
            if self._needed:
                self._needed = 0
                job = self._bridge.job(RACE)
                if job is not None:
                    job.set_pace(self._pace)
            self.race_replaced.emit()
        elif self.history is not None:
            self.history.extend(frames)
        self.race_grew.emit()
        if self._race_wanted is not None and not self._needed:
            wanted, needed = self._race_wanted
            self.start_race(wanted, needed=needed)

    def _on_step(self, anatomy: StepVectors) -> None:
        if self._step_at_work is not None:
            self.step_ready.emit(anatomy, self._step_at_work[1])

    def _on_step_done(self) -> None:
        wish, self._step_at_work, self._step_wanted = self._step_wanted, None, None
        if wish is not None:
            self.split_step(*wish)

    def _on_formula(self) -> None:
        if self._candidate is not None:
            self.formula_ready.emit(self._candidate)
