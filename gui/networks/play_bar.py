"""The bar under the pages: it plays the page in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gui.networks.page import Page
from gui.racing.player import SPEEDS
from gui.widgets.timeline import Timeline


class PlayBar(QObject):
    """Joins one timeline to the player of whatever page is in front."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timeline = Timeline("networks", SPEEDS, SPEEDS[0])
        self._page: Page | None = None
        self.timeline.play_pressed.connect(self._toggle)
        self.timeline.reset_pressed.connect(self._rewind)
        self.timeline.stepped.connect(self._move)
        self.timeline.sought.connect(self._seek)
        self.timeline.speed_chosen.connect(self._choose_speed)

    def show_page(self, page: Page) -> None:
        """Play this page from now on; the one before it rests."""
        if self._page is not None:
            player = self._page.player
            player.pause()
            player.moved.disconnect(self.timeline.set_step)
            player.playing_changed.disconnect(self.timeline.set_playing)
            player.speed_changed.disconnect(self.timeline.set_speed)
            player.range_changed.disconnect(self._show_range)
        self._page = page
        player = page.player
        player.moved.connect(self.timeline.set_step)
        player.playing_changed.connect(self.timeline.set_playing)
        player.speed_changed.connect(self.timeline.set_speed)
        player.range_changed.connect(self._show_range)
        self._show_range()
        self.timeline.set_playing(player.playing)
        self.timeline.set_speed(player.speed)

    @Slot()
    def _show_range(self) -> None:
        if self._page is not None:
            player = self._page.player
            self.timeline.set_total(player.total)
            self.timeline.set_computed(player.available)
            self.timeline.set_step(player.step)

    @Slot()
    def _toggle(self) -> None:
        if self._page is not None:
            self._page.player.toggle()

    @Slot()
    def _rewind(self) -> None:
        if self._page is not None:
            self._page.rewind()

    @Slot(int)
    def _move(self, steps: int) -> None:
        if self._page is not None:
            self._page.player.move(steps)

    @Slot(int)
    def _seek(self, step: int) -> None:
        if self._page is not None:
            self._page.player.pause()
            self._page.player.seek(step)

    @Slot(int)
    def _choose_speed(self, speed: int) -> None:
        if self._page is not None:
            self._page.player.set_speed(speed)
