"""What is said in the status bar: how the race stands, and the figures under the cursor."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.descent import cursor_readout, edit_text
from gui.descent.cursor_readout import Figures
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import SetupStore
from gui.descent.spec_limits import Clamp
from gui.landscape.map_view import MapView
from gui.racing.player import Player


class StatusText(QObject):
    """Follows the race and the cursor over its map.

    Signals:
        status: the left of the status bar.
        readout: its right.
    """

    status = Signal(str)
    readout = Signal(str)

    def __init__(
        self, keeper: SetupStore, runner: RaceJobs, player: Player, view: MapView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._runner = runner
        self._player = player
        self._clamped = ""
        self._listens = False
        view.hovered.connect(self._on_hovered)
        view.left.connect(self._on_left)
        runner.point_ready.connect(self._on_point)

    def listen(self) -> None:
        """From now on figures may be computed."""
        self._listens = True

    def say_state(self) -> None:
        """Say what the race does, or what can be done."""
        player = self._player
        if self._clamped and not player.playing and not player.step:
            self.status.emit(self._clamped)
        elif player.playing:
            self.status.emit(self.tr("Racing"))
        elif player.total and player.step >= player.total:
            self.status.emit(self.tr("The race is over; Play starts it again"))
        elif player.step:
            self.status.emit(self.tr("Paused; arrow keys go step by step"))
        else:
            self.status.emit(self.tr("Ready; Space starts the race, drag the start to move it"))

    def say_clamped(self, changed: tuple[Clamp, ...]) -> None:
        """Say it until something else is set or the race is played."""
        self._clamped = edit_text.clamped_text(changed)
        self.say_state()

    def forget_clamped(self) -> None:
        self._clamped = ""

    def _on_hovered(self, x: float, y: float) -> None:
        if self._listens:
            self._runner.probe(self._keeper.setup, x, y)

    def _on_left(self) -> None:
        self._runner.forget_point()
        self.readout.emit("")

    def _on_point(self, figures: Figures) -> None:
        template = self.tr(
            "x {x}   y {y}   f {f}   |∇f| {slope}   λ {low} … {high}   κ {condition}"
        )
        self.readout.emit(cursor_readout.write(figures, template))
