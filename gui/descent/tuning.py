"""Keeps the map of learning rate and momentum true to what is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.descent.editor import Editor
from gui.descent.optimizer_table import OptimizerTable, racer_title
from gui.descent.runner import Runner
from gui.descent.setup import Entry, Setup, SetupKeeper, settings_of
from gui.descent.stability import HIGHEST_MOMENTUM, StabilityDialog, stability_limit

if TYPE_CHECKING:
    from engine.descent.sweeps import SweepMap, SweepProgress

LIMITED = {"sgd": False, "momentum": False, "heavy-ball": False, "nesterov": True}


class Tuning(QObject):
    """Opens the map, has it computed again, and passes on what is pressed in it.

    Signals:
        failed: the exception of a map that could not be computed.
    """

    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        keeper: SetupKeeper,
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
        others = {key: value for key, value in settings.items() if key not in ("lr", "momentum")}
        race = setup.race
        asked = (
            race.surface, race.formula, race.parameters, race.start, race.steps,
            entry.racer.name, entry.racer.optimizer, entry.racer.start, others,
        )  # fmt: skip
        if asked != self._asked:
            self._asked = asked
            self._runner.sweep(setup, entry.racer, settings.get("lr", 1.0))
        self._show_dots(setup, entry)

    def _show_dots(self, setup: Setup, chosen: Entry) -> None:
        """Everybody who runs by the chosen racer's rule."""
        surface = setup.surface()
        dots = []
        for entry in setup.running:
            if entry.racer.optimizer == chosen.racer.optimizer:
                settings = settings_of(entry, surface)
                dots.append((settings["lr"], settings.get("momentum", 0.0), entry.look))
        self.dialog.show_dots(dots)

    def _on_sweep(self, sweep: SweepMap | SweepProgress) -> None:
        setup = self._keeper.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if entry is None or not hasattr(sweep, "rate"):
            return
        self.dialog.show_map(sweep, racer_title(entry))  # type: ignore[arg-type]
        momenta = np.linspace(0, HIGHEST_MOMENTUM, 100)
        rule = entry.racer.optimizer
        if setup.race.surface == "quadratic" and rule in LIMITED:
            facts = setup.surface()
            condition = facts.values.get("condition", facts.parameters["condition"].default)
            limit = stability_limit(max(1.0, condition), momenta, nesterov=LIMITED[rule])
            self.dialog.show_limit(limit, momenta)
        else:
            self.dialog.show_limit(np.empty(0), np.empty(0))
        self._show_dots(setup, entry)

    def _on_pair(self, rate: float, momentum: float) -> None:
        self._editor.set_pair(self._optimizers.chosen_name(), rate, momentum)

    def _on_failed(self, error: Exception) -> None:
        self.dialog.close()
        self.failed.emit(error)

    def _on_closed(self, result: int) -> None:
        self._asked = ()
        self._runner.forget_sweep()
