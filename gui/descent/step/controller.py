"""Keeps the step on the board true to the race, the step and the racer that are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from gui.bridge import Bridge
from gui.descent.presenter import Presenter
from gui.descent.race_jobs import LANE
from gui.descent.step.panel import WIDTH_PX, Filled, FillStep, StepPanel
from gui.racing.entries import racer_title
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

WORKINGS = "descent.workings"
EVERY = 4  # of the player's ticks while it plays


class StepController(QObject):
    """Asks for the numbers of the step; while some are at work, only the newest wish is kept.

    Signals:
        changed: whether the panel is shown.
    """

    changed = Signal(bool)

    def __init__(
        self,
        bridge: Bridge,
        presenter: Presenter,
        player: Player,
        optimizers: OptimizerTable,
        panel: StepPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._presenter = presenter
        self._player = player
        self._optimizers = optimizers
        self._panel = panel
        self._name = ""
        self._wanted = False
        self._ticks = 0
        presenter.changed.connect(self.update)
        player.moved.connect(self._on_moved)
        optimizers.chosen.connect(self.update)
        panel.moved.connect(player.move)

    @property
    def shown(self) -> bool:
        return not self._panel.isHidden()

    def set_shown(self, shown: bool) -> None:
        """Show the panel beside the map, or put it away."""
        if shown == self.shown:
            return
        self._panel.setVisible(shown)
        if shown:
            self.update()
        else:
            self._bridge.cancel(WORKINGS)
        self.changed.emit(shown)

    def update(self, *_: object) -> None:
        """Ask for the step that is on the screen."""
        if not self.shown:
            return
        if self._bridge.job(WORKINGS) is not None:
            self._wanted = True
            return
        self._wanted = False
        shown = self._presenter.shown()
        name = self._optimizers.chosen_name()
        if shown is not None:
            setup, history, step = shown
            for racer, entry in enumerate(setup.running):
                if entry.racer.name == name:
                    self._name = racer_title(entry)
                    frames = history.frames[: step + 1]
                    following = history.frames[step + 1] if step + 1 < history.count else None
                    self._bridge.start(
                        LANE,
                        WORKINGS,
                        FillStep(setup.spec(), frames, following, racer),
                        on_snapshot=self._on_filled,
                        on_done=self._on_done,
                    )
                    return
        self._panel.show_step(None, "")

    def _on_filled(self, filled: Filled) -> None:
        self._panel.show_step(filled, self._name)

    def _on_done(self) -> None:
        if self._wanted:
            self.update()

    def _on_moved(self, step: int) -> None:
        # While paused the presenter says so itself.
        self._ticks += 1
        if self._player.playing and self._ticks % EVERY == 0:
            self.update()


def beside(left: QWidget, panel: StepPanel, parent: QWidget) -> QSplitter:
    """The map's column with the panel to its right, which is put away at first."""
    splitter = QSplitter(Qt.Orientation.Horizontal, parent)
    splitter.setObjectName("descent.workings.splitter")
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(left)
    splitter.addWidget(panel)
    splitter.setStretchFactor(0, 1)
    splitter.setStretchFactor(1, 0)
    splitter.setSizes([10_000, WIDTH_PX])
    panel.hide()
    return splitter
