"""The race on a task and the pictures of its nets: computed on a worker, anew when they change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.networks.tasks.history import FitHistory
from gui.networks.tasks.setup import OWN, TaskSetup
from gui.racing.jobs import RacingJobs

if TYPE_CHECKING:
    from engine.networks.tasks.frame import FitFrame
    from engine.networks.tasks.spec import FitSpec

FIT = "networks.tasks.fit"
LEAST_PLAYING = 60.0  # steps a second: the pictures give the window much to do itself


def run_fit(spec: FitSpec) -> Iterator[FitFrame | None]:
    """The frames of a race, on the worker, where torch may be imported."""
    if spec.task == OWN:
        from engine.networks.tasks.own_file import own_frames

        return own_frames(spec)
    from engine.networks.tasks.fit import fit

    return fit(spec)


class FitJobs(RacingJobs[TaskSetup, FitHistory]):
    """Starts the race and keeps what the running one has told.

    Signals:
        running_changed: whether a race is being computed.
        failed: why it cannot be.
    """

    running_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, FIT, parent)

    @property
    def running(self) -> bool:
        """Whether a race is being computed."""
        return self._race.job is not None

    def start(self, setup: TaskSetup, *, needed: int = 0) -> None:
        """Compute the race of a setup; `needed` as in `compute`."""
        self.compute(
            setup,
            partial(run_fit, setup.spec()),
            FitHistory(len(setup.running)),
            needed=needed,
            on_done=self._on_done,
            on_error=partial(self._on_error, setup),
        )
        self.running_changed.emit(self.running)

    def clear(self, setup: TaskSetup) -> None:
        """Compute nothing, and keep nothing of the race before."""
        self.cancel()
        self.replace(setup, FitHistory(0))

    def cancel(self) -> None:
        """Stop computing; what there is of the race stays."""
        self._race.cancel()
        self.running_changed.emit(False)

    def _on_done(self) -> None:
        self.running_changed.emit(False)

    def _on_error(self, setup: TaskSetup, error: Exception) -> None:
        """A race that cannot be run is no other's: the one before would be taken for it."""
        if self.setup != setup or self.history is None:
            self.replace(setup, FitHistory(0))
        self.running_changed.emit(False)
        self.failed.emit(error)
