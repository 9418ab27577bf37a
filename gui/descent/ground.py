"""What colours the map: the loss, or the basins of the chosen racer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.descent.map_view import MapView
from gui.descent.optimizer_table import OptimizerTable, racer_title
from gui.descent.runner import Runner
from gui.descent.setup import SetupKeeper

if TYPE_CHECKING:
    from engine.descent.basins import BasinMap

LOSS, BASINS = "loss", "basins"


class Ground(QObject):
    """Has the basins computed again whenever something that decides them changes.

    Signals:
        changed: `LOSS` or `BASINS`.
        failed: the exception of a map that could not be computed.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        keeper: SetupKeeper,
        map_view: MapView,
        optimizers: OptimizerTable,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._keeper = keeper
        self._map = map_view
        self._optimizers = optimizers
        self._asked: tuple[object, ...] = ()
        self._shown: BasinMap | None = None
        self.kind = LOSS
        runner.basins_ready.connect(self._on_basins)
        runner.basins_failed.connect(self._on_failed)
        optimizers.chosen.connect(self.update)

    def choose(self, kind: str) -> None:
        """Colour by `LOSS` or by `BASINS`."""
        if kind == self.kind:
            return
        self.kind = kind
        self._forget()
        self.update()
        self.changed.emit(kind)

    def update(self, *_: object) -> None:
        """Ask for the basins, unless what decides them is still the same."""
        if self.kind != BASINS:
            return
        setup = self._keeper.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if entry is None:
            return
        domain = self._map.visible_domain()
        race = setup.race
        asked = (race.surface, race.formula, race.parameters, race.steps, entry.racer, domain)
        if asked != self._asked:
            self._asked = asked
            self._runner.map_basins(setup, entry.racer, domain)

    def _forget(self) -> None:
        self._runner.forget_basins()
        self._asked = ()
        self._shown = None
        self._map.show_basins(None)

    def _on_basins(self, basins: BasinMap) -> None:
        # Between two maps the older one comes again, to say how far the next one is.
        if not basins.label.size or (self._shown is not None and basins.label is self._shown.label):
            return
        self._shown = basins
        entry = self._keeper.setup.entry(self._optimizers.chosen_name())
        self._map.show_basins(basins, racer_title(entry) if entry is not None else "")
        self._map.arrange()

    def _on_failed(self, error: Exception) -> None:
        self.choose(LOSS)
        self.failed.emit(error)
