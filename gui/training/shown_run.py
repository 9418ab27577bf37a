"""The run that is shown: a folder, drawn on the pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.training.followed_run import FollowedRun
from gui.training.live_run import LiveRun
from gui.training.progress import Meter, State
from gui.training.run_pages import RunPages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.training.spec import TrainFrame


class ShownRun(QObject):
    """By the frames of the training that runs here, or by its folder, whoever writes it.

    Attributes:
        folder: whose curves are drawn; None where there are none.
        followed: reads it, where it is not the one that trains here.

    Signals:
        changed: another run is shown, in `folder`.
        told: its figures, and what there is to say of it, may be others.
    """

    changed = Signal()
    told = Signal()

    def __init__(self, bridge: Bridge, pages: RunPages, live: LiveRun, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._live = pages, live
        self.folder: Path | None = None
        self._from_live = False
        self.followed = FollowedRun(bridge, self)
        self.followed.begun.connect(self._on_begun)
        self.followed.added.connect(self._pages.add)
        self.followed.told.connect(self._tell)
        live.began.connect(self._show_beginning)
        live.added.connect(self._on_added)
        live.told.connect(self._tell)

    def is_live(self) -> bool:
        """Whether it is drawn by the frames of the training that runs here, or did last."""
        return self._from_live and self.folder is not None

    @property
    def meter(self) -> Meter:
        """The figures to be shown: of the training that runs here, whatever is looked at."""
        if self._from_live or self.folder is None or not self._live.is_idle():
            return self._live.meter
        return self.followed.meter

    def text(self) -> str:
        """What is going on, as one sentence."""
        live = self.meter is self._live.meter
        return (self._live.text() if live else self.followed.text()) or self._live.text()

    def show(self, folder: Path) -> None:
        """Draw the run of a folder."""
        trains = folder == self._live.folder and not self._live.is_idle()
        self._clear(folder, from_live=trains)
        if trains:
            self._pages.set_weights(self._live.weights)
            self._pages.add(self._live.frames)
        else:
            self.followed.follow(folder)
        self._tell()

    def move(self, old: Path, new: Path | None) -> None:
        """A run has another name, or went to the bin."""
        if self.folder != old:
            return
        self.folder = new
        if new is None:
            self.followed.rest()
            self._pages.clear()
        elif not self._from_live:
            self.followed.move(new)
        self.changed.emit()
        self._tell()

    def _tell(self) -> None:
        """Only a run that grows has a step that runs."""
        state = self._live.state if self._from_live else self.followed.meter.state
        grows = state in (State.RUNNING, State.EVALUATING, State.FOLLOWING)
        self._pages.phases.set_live(grows and self.folder is not None)
        self.told.emit()

    def _show_beginning(self) -> None:
        if self._live.folder is not None:
            self._clear(self._live.folder, from_live=True)
            self._pages.set_weights(self._live.weights)
            self._pages.curves.prepare()

    def _clear(self, folder: Path, *, from_live: bool) -> None:
        self.folder, self._from_live = folder, from_live
        self.followed.rest()
        self._pages.clear()
        self.changed.emit()

    def _on_begun(self, weights: Mapping[str, float]) -> None:
        self._pages.clear()
        self._pages.set_weights(weights)

    def _on_added(self, frames: tuple[TrainFrame, ...]) -> None:
        if self._from_live:
            self._pages.add(frames)
