"""Keeps the formulas with values true to the race, the step and the racer that are shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.presenter import RacePlayback
from gui.descent.step.panel import Filled, StepPanel, fill_step
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.entries import racer_title
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

WORKINGS = "descent.workings"
EVERY = 4  # of the player's ticks while it plays


class StepController(QObject):
    """Asks for the numbers of the step; requests are coalesced.

    Signals:
        changed: whether the panel is shown.
    """

    changed = Signal(bool)

    def __init__(
        self,
        bridge: Bridge,
        playback: RacePlayback,
        player: Player,
        optimizers: OptimizerTable,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, WORKINGS)
        self._playback = playback
        self._player = player
        self._optimizers = optimizers
        self.panel = StepPanel(parent)
        self.panel.hide()
        self._ticks = 0
        playback.changed.connect(self.update)
        player.moved.connect(self._on_moved)
        optimizers.chosen.connect(self.update)
        self.panel.moved.connect(player.move)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.workings",
                QT_TRANSLATE_NOOP("actions", "&Numbers of the Step"),
                "View",
                self.set_shown,
                "N",
                checkable=True,
                canvas_only=True,
                checked=self.is_shown,
                section=20,
            )
        ]

    def is_shown(self) -> bool:
        return not self.panel.isHidden()

    def set_shown(self, shown: bool) -> None:
        """Show the panel beside the map, or put it away."""
        if shown == self.is_shown():
            return
        self.panel.setVisible(shown)
        if shown:
            self.update()
        else:
            self._job.cancel()
        self.changed.emit(shown)

    def update(self, *_: object) -> None:
        """Ask for the step that is on the screen."""
        if not self.is_shown():
            return
        shown = self._playback.shown()
        name = self._optimizers.chosen_name()
        if shown is not None:
            setup, history, step = shown
            for racer, entry in enumerate(setup.running):
                if entry.racer.name == name:
                    frames = history.frames[: step + 1]
                    following = history.frames[step + 1] if step + 1 < history.count else None
                    self._job.request(
                        partial(fill_step, setup.spec(), frames, following, racer),
                        on_snapshot=partial(self._on_filled, racer_title(entry)),
                    )
                    return
        self._job.cancel()
        self.panel.show_step(None, "")

    def _on_filled(self, title: str, filled: Filled) -> None:
        self.panel.show_step(filled, title)

    def _on_moved(self, step: int) -> None:
        # While paused the playback says so itself.
        self._ticks += 1
        if self._player.playing and self._ticks % EVERY == 0:
            self.update()
