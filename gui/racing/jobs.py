"""A race: computed on a worker ahead of what is shown, anew when it is set otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge, NewestJob, whole
from gui.racing.history import History
from gui.racing.race_setup import RaceSetup

LANE = "descent"
# The race is computed ahead of the playhead, but not at full speed: a worker that never
# rests holds the interpreter so often that the window's tick grows from 16 to 60 ms.
LEAST_PACE = 400.0  # steps a second
AHEAD = 1.5  # times the speed of playing

SomeSetup = TypeVar("SomeSetup", bound=RaceSetup)
SomeHistory = TypeVar("SomeHistory", bound=History[Any])


class RacingJobs(QObject, Generic[SomeSetup, SomeHistory]):
    """Has the race computed and keeps what the running one has told.

    Signals:
        race_replaced: the first frames of a new race are in `history`.
        race_grew: more frames are in `history`.
    """

    race_replaced = Signal()
    race_grew = Signal()

    def __init__(self, bridge: Bridge, key: str, parent: QObject | None = None) -> None:
        """
        Args:
            key: of the race's job.
        """
        super().__init__(parent)
        self._race = NewestJob(bridge, LANE, key)
        self._pace: float | None = LEAST_PACE
        self.history: SomeHistory | None = None
        self.setup: SomeSetup | None = None

    def compute(
        self,
        setup: SomeSetup,
        make: Callable[[], Iterator[Any]],
        history: SomeHistory,
        *,
        needed: int = 0,
        on_done: Callable[[], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
    ) -> None:
        """Compute the race of a setup; the old one stays until the first new frames come.

        Args:
            make: gives the frames; None where it only tells of its being alive.
            history: an empty one, for these frames.
            needed: while something is dragged, the step on the screen: the old race stays
                until the new one has it, and requests until then are coalesced.
        """
        if not needed or not setup.running:
            self._race.cancel()
        if not setup.running:
            self.replace(setup, history)
            return
        self._race.request(
            make,
            on_increments=partial(self._on_frames, setup, history, needed),
            on_done=on_done,
            on_error=on_error,
            increment=whole,
            pace=None if needed else self._pace,
        )
        if not needed:
            self._race.release()

    def replace(self, setup: SomeSetup, history: SomeHistory) -> None:
        """Another race is the one to show."""
        self.setup, self.history = setup, history
        self._set_pace()
        self.race_replaced.emit()

    def forget(self) -> None:
        """There is no race to show, until another has frames."""
        self._race.cancel()
        self.setup, self.history = None, None

    def follow(
        self, steps_per_second: float, *, hurry: bool = False, least: float = LEAST_PACE
    ) -> None:
        """Compute a little faster than the race is played; in a hurry as fast as it goes.

        Args:
            least: steps a second that are computed even where it is played more slowly.
        """
        pace = None if hurry else max(least, AHEAD * steps_per_second)
        if pace != self._pace:
            self._pace = pace
            self._set_pace()

    def _on_frames(
        self, setup: SomeSetup, history: SomeHistory, needed: int, frames: Sequence[Any]
    ) -> None:
        history.extend([frame for frame in frames if frame is not None])
        if history is not self.history:
            if history.count <= needed:
                return
            self.replace(setup, history)
        self.race_grew.emit()
        self._race.release()

    def _set_pace(self) -> None:
        if self._race.job is not None:
            self._race.job.set_pace(self._pace)
