"""What is said in the status bar: how the race stands, and the figures under the cursor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge, NewestJob
from gui.descent import cursor_readout, edit_text
from gui.descent.race.standings import undefined_text
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import SetupStore
from gui.descent.spec_limits import Clamp
from gui.landscape.map_view import MapView
from gui.racing.entries import racer_title
from gui.racing.jobs import LANE
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.descent.maps.local_geometry import LocalGeometry

POINT = "descent.point"


class StatusText(QObject):
    """Follows the race and the cursor over its map.

    Signals:
        status: the left of the status bar.
        readout: its right.
    """

    status = Signal(str)
    readout = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        store: SetupStore,
        jobs: RaceJobs,
        player: Player,
        view: MapView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._point = NewestJob(bridge, LANE, POINT)
        self._store = store
        self._player = player
        self._clamped = ""
        self._listens = False
        view.hovered.connect(self._on_hovered)
        view.left.connect(self._on_left)
        store.changed.connect(self._on_changed)

    def listen(self) -> None:
        """From now on figures may be computed."""
        self._listens = True

    def say_state(self) -> None:
        """Say what the race does, or what can be done."""
        player = self._player
        undefined = self._undefined()
        if undefined:
            self.status.emit(undefined)
        elif self._clamped and not player.playing and not player.step:
            self.status.emit(self._clamped)
        elif player.playing:
            self.status.emit(self.tr("Racing"))
        elif player.total and player.step >= player.total:
            self.status.emit(self.tr("The race is over; Play starts it again"))
        elif player.step:
            self.status.emit(self.tr("Paused; arrow keys go step by step"))
        else:
            self.status.emit(self.tr("Ready; Space starts the race, drag the start to move it"))

    def _undefined(self) -> str:
        """Where the first racer up to the step that is shown met no loss or gradient."""
        setup, history, step = self._jobs.setup, self._jobs.history, self._player.step
        if setup is None or history is None:
            return ""
        for racer, entry in enumerate(setup.running[: history.racers]):
            frame = history.undefined(racer, step)
            if frame is not None:
                return undefined_text(racer_title(entry), frame, racer)
        return ""

    def say_clamped(self, changed: tuple[Clamp, ...]) -> None:
        """Say it until something else is set or the race is played."""
        self._clamped = edit_text.clamped_text(changed)
        self.say_state()

    def _on_changed(self, *_: object) -> None:
        self._clamped = ""

    def _on_hovered(self, x: float, y: float) -> None:
        if self._listens:
            self._point.request(
                partial(cursor_readout.read_point, self._store.setup.race, x, y),
                on_snapshot=self._on_point,
                on_error=self._on_no_point,
            )

    def _on_left(self) -> None:
        self._point.cancel()
        self.readout.emit("")

    def _on_point(self, point: LocalGeometry) -> None:
        if self._store.setup.race.data is None:
            template = self.tr(
                "x {x}   y {y}   f {f}   |∇f| {slope}   λ {low} … {high}   κ {condition}"
            )
        else:
            template = self.tr(
                "x {x}   y {y}   f {f}   |∇f| full {slope}   λ {low} … {high}   κ {condition}"
            )
        self.readout.emit(cursor_readout.write(point, template))

    def _on_no_point(self, error: Exception) -> None:
        """A formula that cannot be used is said where it is written."""
