"""What the workspace expects of a page; what is left empty here does nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.racing.player import Player
from gui.racing.setup_store import SetupStore
from gui.settings import Settings


class Page(QWidget):
    """Base class of a page: it builds its features, lays them out and joins them.

    The bar under the pages plays the page in front: each has a player of its own.

    Signals:
        status: what is going on, for the left of the status bar.
        readout: figures under the cursor, for the right of the status bar.
        error: an exception to be shown as a sentence.
        retried: what went wrong before is tried anew; its sentence is out of date.
        opened: a path that was opened.
        first_work_done: the page has its first content.
        front_wanted: an action of the page, chosen while another is seen, has something to show.
    """

    status = Signal(str)
    readout = Signal(str)
    error = Signal(object)
    retried = Signal()
    opened = Signal(object)
    first_work_done = Signal()
    front_wanted = Signal()

    player: Player
    store: SetupStore[Any]

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.settings = settings

    def canvas(self) -> QWidget:
        """The widget with whose focus the plain keys work."""
        return self

    def own_actions(self) -> list[ActionSpec]:
        """Its part of the menus beside play, undo and fit, which all pages have.

        Plain keys would be heard on every page's canvas: they belong to the workspace.
        """
        return []

    def fit(self) -> None:
        """Show the whole picture."""

    def set_scale(self, factor: float) -> None:
        """Larger lines and type, for the lecture hall."""

    def rewind(self) -> None:
        """Back to the start."""
        self.player.pause()
        self.player.seek(0)

    def activate(self) -> None:
        """It comes to the front: say how things stand."""

    def start_first_work(self) -> None:
        """Called once, when it is first seen: begin what it shows."""

    def finish_first_work(self) -> None:
        """For a screenshot: show the first result without waiting for the user."""

    def open_paths(self, paths: list[Path]) -> bool:
        """Open files; False when they are nothing for this page."""
        return False

    def open_scene(self, scene: Any) -> None:
        """Show a scene of `gui.networks.scenes` that names this page."""

    def save_state(self) -> dict[str, Any]:
        """What to remember, as JSON."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring back what was remembered; unknown or broken entries are ignored."""

    def reset_layout(self) -> None:
        """Give the panels their first sizes again."""

    def retranslate(self) -> None:
        """Set every text in the current language."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
