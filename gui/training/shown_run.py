"""The run that is shown: a folder, drawn on the pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.training.live_run import LiveRun
from gui.training.run_folder import History, read_history
from gui.training.run_pages import RunPages

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

HISTORY = "training.history"


class ShownRun(QObject):
    """From its folder to the pages, or from its frames while it trains here.

    Attributes:
        folder: whose curves are drawn; None where there are none.

    Signals:
        changed: another run is shown, in `folder`.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, pages: RunPages, live: LiveRun, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._pages, self._live = bridge, pages, live
        self.folder: Path | None = None
        live.began.connect(self._show_beginning)
        live.added.connect(self._on_added)
        live.told.connect(self.tell_pages)

    def is_live(self) -> bool:
        """Whether it is the one that trains, or did."""
        return self.folder is not None and self.folder == self._live.folder

    def show(self, folder: Path) -> None:
        """Draw the run of a folder."""
        self._clear(folder)
        if self.is_live():
            self._pages.set_weights(self._live.weights)
            self._pages.add(self._live.frames)
            return
        self._bridge.start(
            "files", HISTORY, partial(read_history, folder), on_snapshot=self._on_history
        )

    def move(self, old: Path, new: Path | None) -> None:
        """A run has another name, or went to the bin."""
        if self.folder != old:
            return
        self.folder = new
        if new is None:
            self._pages.clear()
        self.changed.emit()

    def tell_pages(self) -> None:
        """Only the run that trains has a step that runs."""
        self._pages.phases.set_live(self._live.takes_steps() and self.is_live())

    def _show_beginning(self) -> None:
        if self._live.folder is not None:
            self._clear(self._live.folder)
            self._pages.set_weights(self._live.weights)
            self._pages.curves.prepare()

    def _clear(self, folder: Path) -> None:
        self.folder = folder
        self._bridge.cancel(HISTORY)
        self.tell_pages()
        self._pages.clear()
        self.changed.emit()

    def _on_added(self, frames: tuple[TrainFrame, ...]) -> None:
        if self.is_live():
            self._pages.add(frames)

    def _on_history(self, history: History) -> None:
        self._pages.set_weights(history.loss_weights)
        self._pages.add(history.frames)
