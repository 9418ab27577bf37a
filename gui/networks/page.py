"""What the workspace expects of a page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.racing.player import Player
from gui.racing.setup_store import SetupStore
from gui.widgets.scene_caption import Caption
from gui.workspace import Part


class Page(Part):
    """Base class of a page: it builds its features, lays them out and joins them.

    The bar under the pages plays the page in front: each has a player of its own.

    Signals:
        front_wanted: an action of the page, chosen while another is seen, has something to show.
    """

    front_wanted = Signal()

    player: Player
    store: SetupStore[Any]

    @property
    def caption(self) -> Caption:
        """What it says of a scene."""
        raise NotImplementedError

    def said(self) -> str:
        return self.caption.text()

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
