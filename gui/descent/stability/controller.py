"""Keeps the map of learning rate and momentum true to what is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.descent.editor import Editor
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup, SetupStore
from gui.descent.stability.dialog import Dot, StabilityDialog, second_key
from gui.racing.entries import Entry, racer_title, settings_of
from gui.racing.optimizer_table import OptimizerTable

if TYPE_CHECKING:
    from engine.descent.maps.stability_bound import Bound
    from engine.descent.maps.sweep import SweepMap, SweepProgress


class StabilityController(QObject):
    """Opens the map, has it computed again, and passes on what is pressed in it.

    Signals:
        failed: the exception of a map that could not be computed.
    """

    failed = Signal(object)

    def __init__(
        self,
        runner: RaceJobs,
        keeper: SetupStore,
        editor: Editor,
        optimizers: OptimizerTable,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._keeper = keeper
        self._editor = editor
        self._optimizers = optimizers
        self._asked: tuple[object, ...] = ()
        self.dialog = StabilityDialog(parent)
        self.dialog.pair_wanted.connect(self._on_pair)
        self.dialog.finished.connect(self._on_closed)
        runner.bound_ready.connect(self.dialog.show_bound)
        runner.sweep_ready.connect(self._on_sweep)
        runner.sweep_failed.connect(self._on_failed)
        optimizers.chosen.connect(self.update)

    def open(self) -> None:
        """Show the map beside the race."""
        self.dialog.show()
        self.dialog.raise_()
        self.update()

    def update(self, *_: object) -> None:
        """Move the dots; try all pairs again when anything but those two has changed."""
        setup = self._keeper.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if not self.dialog.isVisible() or entry is None:
            return
        settings = settings_of(entry, setup.surface())
        moved = second_key(entry.racer.optimizer)
        others = {key: value for key, value in settings.items() if key not in ("lr", moved)}
        race = setup.race
        asked = (
            race.surface, race.formula, race.parameters, race.start, race.steps,
            entry.racer.name, entry.racer.optimizer, entry.racer.start, others,
            race.data, entry.racer.schedule, entry.racer.schedule_settings,
        )  # fmt: skip
        if asked != self._asked:
            self._asked = asked
            self.dialog.show_bound(None)
            self._runner.sweep(setup, entry.racer, settings.get("lr", 1.0))
        self._show_dots(setup, entry)

    def _show_dots(self, setup: Setup, chosen: Entry) -> None:
        """Everybody who runs and has what the map has along its axes."""
        surface = setup.surface()
        key = second_key(chosen.racer.optimizer)
        dots = []
        for entry in setup.running:
            settings = settings_of(entry, surface)
            name, rate = entry.racer.name, settings.get("lr", 0.0)
            if entry is chosen or not key or key in settings:
                dots.append(Dot(name, rate, settings.get(key, 0.0), entry.look, entry is chosen))
        self.dialog.show_dots(dots, key)

    def _on_sweep(self, sweep: SweepMap | SweepProgress | Bound) -> None:
        setup = self._keeper.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if entry is not None and hasattr(sweep, "rate"):  # a map, no progress or bound
            self.dialog.show_map(sweep, racer_title(entry))  # type: ignore[arg-type]
            self._show_dots(setup, entry)

    def _on_pair(self, name: str, rate: float, momentum: float, stage: int) -> None:
        if name and name != self._optimizers.chosen_name() and stage & 1:
            self._optimizers.choose(name)
        name = name or self._optimizers.chosen_name()
        entry = self._keeper.setup.entry(name)
        if entry is not None:
            pair = {"lr": rate, second_key(entry.racer.optimizer): momentum}
            pair.pop("", None)
            self._editor.drag_settings(name, pair, stage)

    def _on_failed(self, error: Exception) -> None:
        self.dialog.close()
        self.failed.emit(error)

    def _on_closed(self, result: int) -> None:
        self._asked = ()
        self._runner.forget_sweep()
