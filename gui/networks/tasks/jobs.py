"""The race on a task and the pictures of its nets: computed on a worker, anew when they change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge, NewestJob, whole
from gui.networks.tasks.history import FitHistory
from gui.networks.tasks.setup import OWN, TaskSetup

if TYPE_CHECKING:
    from engine.networks.tasks.frame import FitFrame
    from engine.networks.tasks.spec import FitSpec

LANE = "descent"
FIT = "networks.tasks.fit"
# The race is computed ahead of the playhead, but not at full speed: a worker that never
# rests holds the interpreter so often that the window's tick stutters.
LEAST_PACE, LEAST_PLAYING = 400.0, 60.0  # steps a second, at rest and while it plays
AHEAD = 1.5  # times the speed of playing


def run_fit(spec: FitSpec) -> Iterator[FitFrame | None]:
    """The frames of a race, on the worker, where torch may be imported."""
    if spec.task == OWN:
        from engine.networks.tasks.own_file import own_frames

        return own_frames(spec)
    from engine.networks.tasks.fit import fit

    return fit(spec)


class FitJobs(QObject):
    """Starts the race and keeps what the running one has told.

    Signals:
        race_replaced: the first frames of a new race are in `history`.
        race_grew: more frames are in `history`.
        running_changed: whether a race is being computed.
        failed: why it cannot be.
    """

    race_replaced = Signal()
    race_grew = Signal()
    running_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fit = NewestJob(bridge, LANE, FIT)
        self._pace: float | None = LEAST_PACE
        self.history: FitHistory | None = None
        self.setup: TaskSetup | None = None

    @property
    def running(self) -> bool:
        """Whether a race is being computed."""
        return self._fit.job is not None

    def start(self, setup: TaskSetup, *, needed: int = 0) -> None:
        """Compute the race of a setup; the old one stays until the first new frames come.

        Args:
            needed: while something is dragged, the step on the screen: the old race stays
                until the new one has it, and requests until then are coalesced.
        """
        if not needed or not setup.running:
            self._fit.cancel()
        if not setup.running:
            self.clear(setup)
            return
        self._fit.request(
            partial(run_fit, setup.spec()),
            on_increments=partial(self._on_frames, setup, FitHistory(len(setup.running)), needed),
            on_done=self._on_done,
            on_error=partial(self._on_error, setup),
            increment=whole,
            pace=None if needed else self._pace,
        )
        self.running_changed.emit(True)
        if not needed:
            self._fit.release()

    def clear(self, setup: TaskSetup) -> None:
        """Compute nothing, and keep nothing of the race before."""
        self.cancel()
        self.setup, self.history = setup, FitHistory(0)
        self.race_replaced.emit()

    def cancel(self) -> None:
        """Stop computing; what there is of the race stays."""
        self._fit.cancel()
        self.running_changed.emit(False)

    def follow(self, steps_per_second: float, *, playing: bool, hurry: bool = False) -> None:
        """Compute a little faster than the race is played; in a hurry as fast as it goes.

        Args:
            playing: the pictures move, so that the window has much to do itself.
        """
        least = LEAST_PLAYING if playing else LEAST_PACE
        pace = None if hurry else max(least, AHEAD * steps_per_second)
        if pace != self._pace:
            self._pace = pace
            self._set_pace()

    def _on_frames(
        self,
        setup: TaskSetup,
        history: FitHistory,
        needed: int,
        frames: tuple[FitFrame | None, ...],
    ) -> None:
        # The user's file tells of its being alive by None.
        history.extend([frame for frame in frames if frame is not None])
        if history is not self.history:
            if history.count <= needed:
                return
            self.setup, self.history = setup, history
            self._set_pace()
            self.race_replaced.emit()
        self.race_grew.emit()
        self._fit.release()

    def _on_done(self) -> None:
        self.running_changed.emit(False)

    def _on_error(self, setup: TaskSetup, error: Exception) -> None:
        """A race that cannot be run is no other's: the one before would be taken for it."""
        if self.setup != setup or self.history is None:
            self.setup, self.history = setup, FitHistory(0)
            self.race_replaced.emit()
        self.running_changed.emit(False)
        self.failed.emit(error)

    def _set_pace(self) -> None:
        if self._fit.job is not None:
            self._fit.job.set_pace(self._pace)
