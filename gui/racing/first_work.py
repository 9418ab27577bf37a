"""The first picture of a page with a race: when it is there, and what a screenshot shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gui.racing.jobs import RacingJobs
from gui.racing.player import Player
from gui.racing.setup_store import SetupStore

FIRST_STEPS = 100  # how much of the race the first picture shows


class FirstWork(QObject):
    """Watches the first steps of the race.

    Signals:
        done: once, when they are computed and all else of the picture is there.
    """

    done = Signal()

    def __init__(
        self,
        jobs: RacingJobs[Any, Any],
        store: SetupStore[Any],
        player: Player,
        parent: QObject,
        *,
        is_ready: Callable[[], bool] | None = None,
    ) -> None:
        """
        Args:
            is_ready: whether all else of the picture is there; None where there is nothing else.
        """
        super().__init__(parent)
        self._jobs = jobs
        self._store = store
        self._player = player
        self._is_ready = is_ready
        self._finishing = False
        self._announced = False

    def finish(self) -> None:
        """Show the first steps of the race without waiting for Play."""
        self._finishing = True
        self.check()

    @Slot()
    def check(self) -> None:
        """More of the race is computed, or more of the picture is there."""
        history = self._jobs.history
        if self._announced or history is None or (self._is_ready and not self._is_ready()):
            return
        wanted = min(FIRST_STEPS, self._store.setup.steps)
        if history.count > wanted:
            if self._finishing:
                self._player.seek(wanted)
            self._announced = True
            self.done.emit()
