"""What colours the map: the loss, the basins of the chosen racer, or where two racers differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.descent.basins.image import BasinColoring, MapBasins
from gui.descent.race_jobs import LANE
from gui.descent.setup import SetupStore
from gui.landscape.map_view import MapView
from gui.racing.entries import Entry, racer_title
from gui.racing.optimizer_table import OptimizerTable

if TYPE_CHECKING:
    from engine.descent.maps.basin_difference import DifferenceMap
    from engine.descent.maps.basins import BasinMap

LOSS, BASINS, DIFFERENCE = "loss", "basins", "difference"
JOB = "descent.basins"


class Ground(QObject):
    """Has the basins computed again whenever something that decides them changes.

    While something is dragged a newer wish waits until the map at work has shown its coarse
    part, so that the colours follow the hand however quickly it moves.

    Signals:
        changed: `LOSS`, `BASINS` or `DIFFERENCE`.
        drawn: the `BasinMap` or `DifferenceMap` that is shown now.
        failed: the exception of a map that could not be computed.
    """

    changed = Signal(str)
    drawn = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        keeper: SetupStore,
        map_view: MapView,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._keeper = keeper
        self._map = map_view
        self._optimizers = optimizers
        self._asked: tuple[object, ...] = ()
        self._shown: BasinMap | DifferenceMap | None = None
        self._fresh = True  # the map at work has shown something
        self._waiting = False
        self._maker: MapBasins | None = None  # of the map at work
        self._rival = ""
        self.kind = LOSS
        optimizers.chosen.connect(self.update)

    def choose(self, kind: str) -> None:
        """Colour by `LOSS`, `BASINS` or `DIFFERENCE`."""
        if kind == self.kind:
            return
        self.kind = kind
        self._forget()
        self.changed.emit(kind)
        self.update()

    def set_rival(self, name: str) -> None:
        """With whom the chosen racer is compared."""
        self._rival = name
        self.update()

    def rivals(self) -> list[Entry]:
        """Everybody but the chosen racer."""
        chosen = self._optimizers.chosen_name()
        return [entry for entry in self._keeper.setup.entries if entry.racer.name != chosen]

    def rival(self) -> Entry | None:
        """With whom the chosen racer is compared; the first other one unless it was chosen."""
        others = self.rivals()
        named = [entry for entry in others if entry.racer.name == self._rival]
        return next(iter([*named, *others]), None)

    def start_at(self, x: float, y: float) -> tuple[float, float] | None:
        """The start whose colour is seen at a place; None where none is."""
        shown = self._shown
        if shown is None or not shown.x.size:
            return None
        if not (shown.x[0] <= x <= shown.x[-1] and shown.y[0] <= y <= shown.y[-1]):
            return None
        return (
            float(shown.x[np.abs(shown.x - x).argmin()]),
            float(shown.y[np.abs(shown.y - y).argmin()]),
        )

    def update(self, *_: object) -> None:
        """Ask for the map, unless what decides it is still the same."""
        if self.kind == LOSS:
            return
        setup = self._keeper.setup
        entry = setup.entry(self._optimizers.chosen_name())
        other = self.rival() if self.kind == DIFFERENCE else None
        if entry is None or (self.kind == DIFFERENCE and other is None):
            return
        domain = self._map.visible_domain()
        race = setup.race
        racers = (entry.racer, other.racer if other is not None else None)
        asked = (
            race.surface, race.formula, race.parameters, race.data, race.steps, racers, domain
        )  # fmt: skip
        if asked == self._asked:
            return
        if not self._fresh and self._bridge.job(JOB) is not None:
            self._waiting = True
            if self._maker is not None:
                self._maker.hurry()
            return
        self._asked, self._waiting, self._fresh = asked, False, False
        self._maker = MapBasins(race, racers[0], domain, racers[1])
        self._bridge.start(
            LANE,
            JOB,
            self._maker,
            on_snapshot=self._on_map,
            on_done=self._on_done,
            on_error=self._on_failed,
        )

    def _forget(self) -> None:
        self._bridge.cancel(JOB)
        self._asked = ()
        self._fresh, self._waiting = True, False
        self._shown = None
        self._map.color_by(None)

    def _on_map(self, ground: BasinMap | DifferenceMap) -> None:
        # Between two maps the older one comes again, to say how far the next one is.
        newest = grid(ground)
        if not newest.size or (self._shown is not None and newest is grid(self._shown)):
            return
        self._shown = ground
        self._fresh = True
        legend = self._legend()
        named = self._map.landscape_legend
        renamed = (named.title, named.notes) != legend
        self._map.color_by(BasinColoring(ground), *legend)
        if renamed:
            self._map.arrange()
        self.drawn.emit(ground)
        if self._waiting:
            self.update()

    def _legend(self) -> tuple[str, list[str]]:
        entry = self._keeper.setup.entry(self._optimizers.chosen_name())
        name = racer_title(entry) if entry is not None else ""
        other = self.rival()
        if self.kind == DIFFERENCE and other is not None:
            title = self.tr("{first} against {second}")
            title = title.format(first=name, second=racer_title(other))
            return title, [self.tr("click a place to replay it")]
        return self.tr("Basins of {name}").format(name=name), [
            self.tr("one colour for each minimum"),
            self.tr("darker: arrives later"),
            self.tr("grey: arrives at none"),
            self.tr("click a place to replay it"),
        ]

    def _on_done(self) -> None:
        if self._waiting:
            self.update()

    def _on_failed(self, error: Exception) -> None:
        self.choose(LOSS)
        self.failed.emit(error)


def grid(ground: BasinMap | DifferenceMap) -> np.ndarray:
    """What tells one map from the next."""
    found: np.ndarray | None = getattr(ground, "verdict", None)
    return ground.label if found is None else found  # type: ignore[union-attr]
