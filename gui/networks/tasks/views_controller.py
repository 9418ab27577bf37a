"""Has the pictures of the nets made, for the newest step that is shown only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge, NewestJob
from gui.networks.tasks.jobs import FitJobs
from gui.networks.tasks.pictures.panel import PicturesPanel
from gui.networks.tasks.presenter import FitPlayback
from gui.networks.tasks.setup import OWN, TaskSetup
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable

if TYPE_CHECKING:
    from engine.checks import Domain
    from engine.landscape import Landscape
    from engine.networks.tasks.frame import FitFrame
    from engine.networks.tasks.spec import FitSpec
    from engine.networks.tasks.views import Examples, StartsView, TaskView

EXAMPLES, VIEW, STARTS, ENDS, RELIEF = (
    f"networks.tasks.{name}" for name in ("examples", "view", "starts", "ends", "relief")
)
RELIEF_SIZE = (400, 300)
STARTS_SIZE, COUNTED_SIZE = 24, 2  # points along a side: drawn, and only counted


def make_examples(spec: FitSpec) -> Iterator[Examples]:
    """What is learned from, on the worker."""
    from engine.networks.tasks.pictures import examples

    yield examples(spec)


def make_view(
    spec: FitSpec, frame: FitFrame, histograms: bool, drawn: np.ndarray | None
) -> Iterator[TaskView]:
    """The nets of a frame, on the worker."""
    from engine.networks.tasks.digit_drawing import as_digit
    from engine.networks.tasks.pictures import view

    digit = None if drawn is None else as_digit(drawn)
    yield view(spec, frame.parameters, frame.step, histograms=histograms, drawn=digit)


def make_starts(spec: FitSpec, frame: FitFrame, racer: int, size: int) -> Iterator[StartsView]:
    """The nets of one racer's starts, on the worker."""
    from engine.networks.tasks.pictures import starts_view

    yield starts_view(spec, frame, racer, size=size)


def make_relief(spec: FitSpec, domain: Domain | None) -> Iterator[Landscape]:
    """A part of the map of a task of two parameters, on the worker."""
    from engine.networks.tasks.relief import relief

    return relief(spec, size=RELIEF_SIZE, domain=domain)


class ViewsController(QObject):
    """Asks for what the pictures in front need, and gives it to them.

    Signals:
        failed: why something cannot be drawn.
        counted: which minima the further starts have reached in the end is known.

    Attributes:
        shown_step: of the view that is on the screen.
        ends: the further starts of a racer at the end of the race.
    """

    failed = Signal(object)
    counted = Signal()

    def __init__(
        self,
        bridge: Bridge,
        jobs: FitJobs,
        playback: FitPlayback,
        pictures: PicturesPanel,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._pictures = pictures
        self._playback = playback
        self._optimizers = optimizers
        self._examples = NewestJob(bridge, LANE, EXAMPLES)
        self._view = NewestJob(bridge, LANE, VIEW)
        self._starts = NewestJob(bridge, LANE, STARTS)
        self._ends = NewestJob(bridge, LANE, ENDS)
        self._relief = NewestJob(bridge, LANE, RELIEF)
        self._domain: Domain | None = None
        self.ends: StartsView | None = None
        self._digit: np.ndarray | None = None
        self.shown_step: int | None = None
        jobs.race_replaced.connect(self._on_race_replaced)
        playback.pictures_due.connect(self._ask)
        pictures.wants_changed.connect(self._ask)
        pictures.drawn.connect(self._on_digit)
        pictures.landscape_wanted.connect(self._on_landscape_wanted)
        pictures.failed.connect(self.failed)
        optimizers.chosen.connect(self._on_chosen)
        playback.grew.connect(self._on_grew)

    def _on_race_replaced(self) -> None:
        """Another race: its examples or its map, and nothing of the one before."""
        for job in (self._examples, self._view, self._starts, self._ends, self._relief):
            job.cancel()
        self.shown_step, self.ends = None, None
        setup = self._jobs.setup
        if setup is None or setup.fit.task == OWN or not setup.running:
            return
        spec = setup.spec()
        if setup.task().kind == "parameters":
            self._draw_relief(spec)
        else:
            self._examples.request(
                partial(make_examples, spec),
                on_snapshot=self._pictures.show_examples,
                on_error=self._on_error,
            )

    def _draw_relief(self, spec: FitSpec) -> None:
        self._relief.request(
            partial(make_relief, spec, self._domain),
            on_snapshot=self._on_relief,
            on_error=self._on_error,
        )

    def _on_landscape_wanted(self, domain: Domain) -> None:
        """Another part of the map is seen."""
        self._domain = domain
        setup = self._jobs.setup
        if setup is not None and setup.running and setup.task().kind == "parameters":
            self._draw_relief(setup.spec())

    def _on_grew(self) -> None:
        """At the end of a race it is asked which minima several starts have reached."""
        setup, history = self._jobs.setup, self._jobs.history
        if setup is None or history is None or history.count != (setup.resolved().steps or 0) + 1:
            return
        racer = self._racer(setup)
        if racer is not None:
            self._ends.request(
                partial(make_starts, setup.spec(), history.frames[-1], racer, COUNTED_SIZE),
                on_snapshot=partial(self._on_ends, setup),
                on_error=self._on_error,
                depends_on=(id(history), racer),
            )

    def _on_chosen(self, name: str) -> None:
        setup = self._jobs.setup
        names = [] if setup is None else [entry.racer.name for entry in setup.running]
        self._pictures.set_chosen(names.index(name) if name in names else -1)
        self._ask()

    def _on_digit(self, digit: object) -> None:
        self._digit = digit if isinstance(digit, np.ndarray) else None
        self._ask()

    def _ask(self) -> None:
        """The views that are wanted of the frame that is shown."""
        shown = self._playback.shown()
        if shown is None or shown[0].fit.task == OWN:
            return
        setup, history, step = shown
        frame = history.frames[step]
        wants = self._pictures.wants
        spec = setup.spec()
        if wants & {"view", "histograms"}:
            digit = self._digit if setup.task().inputs > 2 else None
            self._view.request(
                partial(make_view, spec, frame, "histograms" in wants, digit),
                on_snapshot=partial(self._on_view, setup),
                on_error=self._on_error,
                depends_on=(id(history), frame.step, "histograms" in wants, id(digit)),
            )
        racer = self._racer(setup)
        if "starts" not in wants:
            return
        if racer is None:
            self._pictures.show_starts(None)
            return
        self._starts.request(
            partial(make_starts, spec, frame, racer, STARTS_SIZE),
            on_snapshot=partial(self._on_starts, setup),
            on_error=self._on_error,
            depends_on=(id(history), frame.step, racer),
        )

    def _racer(self, setup: TaskSetup) -> int | None:
        """The racer whose starts are drawn: the chosen one, or the first that has some."""
        several = [place for place, entry in enumerate(setup.running) if entry.racer.starts > 1]
        name = self._optimizers.chosen_name()
        chosen = [place for place in several if setup.running[place].racer.name == name]
        return next(iter((*chosen, *several)), None)

    def _on_view(self, setup: TaskSetup, view: TaskView) -> None:
        if setup is self._jobs.setup:
            self.shown_step = view.step
            self._pictures.show_view(view)

    def _on_starts(self, setup: TaskSetup, starts: StartsView) -> None:
        if setup is self._jobs.setup:
            self._pictures.show_starts(starts)

    def _on_ends(self, setup: TaskSetup, starts: StartsView) -> None:
        if setup is self._jobs.setup:
            self.ends = starts
            self.counted.emit()

    def _on_relief(self, landscape: Landscape) -> None:
        setup = self._jobs.setup
        if setup is not None:
            self._pictures.show_landscape(landscape, setup.task().minima)

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)
