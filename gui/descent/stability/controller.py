"""Keeps the map of learning rate and momentum true to what is set."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.editor import Editor
from gui.descent.setup import Setup, SetupStore, settings_of
from gui.descent.stability.dialog import (
    Dot,
    StabilityDialog,
    second_key,
    sweep_racer,
)
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.entries import Entry, racer_title
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable

if TYPE_CHECKING:
    from engine.descent.maps.stability_bound import Bound
    from engine.descent.maps.sweep import SweepMap, SweepProgress

SWEEP = "descent.sweep"


def only_bound(snapshot: Any) -> Any:
    """A sweep's bound: it comes once, so a newer snapshot must not take its place."""
    return snapshot if hasattr(snapshot, "curvature") else None


def rule_of(entry: Entry, settings: Mapping[str, float], key: str) -> tuple[object, ...]:
    """All that decides what rate and `key` do to a racer."""
    racer = entry.racer
    others = {name: value for name, value in settings.items() if name not in ("lr", key)}
    return racer.optimizer, others, racer.schedule, dict(racer.schedule_settings)


class StabilityController(QObject):
    """Opens the map, has it computed again, and passes on what is pressed in it.

    Signals:
        failed: the exception of a map that could not be computed.
    """

    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        store: SetupStore,
        editor: Editor,
        optimizers: OptimizerTable,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, SWEEP)
        self._store = store
        self._editor = editor
        self._optimizers = optimizers
        self._window = parent
        self._is_built = False
        self._mapped: object = None  # what the map on the screen is a map of
        optimizers.chosen.connect(self.update)

    @cached_property
    def dialog(self) -> StabilityDialog:
        """The map, built when it is first asked for."""
        dialog = StabilityDialog(self._window)
        dialog.pair_wanted.connect(self._on_pair)
        dialog.finished.connect(self._on_closed)
        self._is_built = True
        return dialog

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.stability",
                QT_TRANSLATE_NOOP("actions", "Learning &Rate and Momentum…"),
                "View",
                self.open,
                "Ctrl+M",
                section=20,
            )
        ]

    def open(self) -> None:
        """Show the map beside the race."""
        self.dialog.show()
        self.dialog.raise_()
        self.update()

    def update(self, *_: object) -> None:
        """Move the dots; try all pairs again when anything but those two has changed."""
        setup = self._store.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if entry is None or not (self._is_built and self.dialog.isVisible()):
            return
        settings = settings_of(entry, setup.surface())
        moved = second_key(entry.racer.optimizer)
        others = {key: value for key, value in settings.items() if key not in ("lr", moved)}
        race = setup.race
        depends_on = (
            race.surface, race.formula, race.parameters, race.start, race.steps,
            entry.racer.name, entry.racer.optimizer, entry.racer.start, others,
            race.data, entry.racer.schedule, entry.racer.schedule_settings,
        )  # fmt: skip
        if self._job.request(
            partial(sweep_racer, race, entry.racer, settings.get("lr", 1.0)),
            on_snapshot=self._on_sweep,
            on_increments=self._on_bounds,
            on_error=self._on_failed,
            increment=only_bound,
            depends_on=depends_on,
        ):
            self.dialog.show_bound(None)
            mapped = race.surface, race.formula, entry.racer.name, entry.racer.optimizer
            if mapped != self._mapped:
                self._mapped = mapped
                self.dialog.expect_map(settings.get("lr", 1.0))
        self._job.release()
        self._show_dots(setup, entry)

    def _show_dots(self, setup: Setup, chosen: Entry) -> None:
        """The chosen racer, and those that run by the same rule: the map is of no other's.

        The rule is the optimizer with all of its settings but the two along the axes.
        """
        surface = setup.surface()
        key = second_key(chosen.racer.optimizer)
        rule = rule_of(chosen, settings_of(chosen, surface), key)
        dots = []
        for entry in setup.running:
            settings = settings_of(entry, surface)
            name, rate = entry.racer.name, settings.get("lr", 0.0)
            if rule_of(entry, settings, key) == rule:
                dots.append(Dot(name, rate, settings.get(key, 0.0), entry.look, entry is chosen))
        self.dialog.show_dots(dots, key)

    def _on_bounds(self, found: tuple[Bound | None, ...]) -> None:
        for bound in found:
            if bound is not None:
                self.dialog.show_bound(bound)

    def _on_sweep(self, sweep: SweepMap | SweepProgress | Bound) -> None:
        setup = self._store.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if entry is not None and hasattr(sweep, "rate"):  # a map, no progress or bound
            self.dialog.show_map(sweep, racer_title(entry))  # type: ignore[arg-type]
            self._show_dots(setup, entry)

    def _on_pair(self, name: str, rate: float, momentum: float, stage: int) -> None:
        if name and name != self._optimizers.chosen_name() and stage & 1:
            self._optimizers.choose(name)
        name = name or self._optimizers.chosen_name()
        entry = self._store.setup.entry(name)
        if entry is not None:
            pair = {"lr": rate, second_key(entry.racer.optimizer): momentum}
            pair.pop("", None)
            self._editor.drag_settings(name, pair, stage)

    def _on_failed(self, error: Exception) -> None:
        self.dialog.close()
        self.failed.emit(error)

    def _on_closed(self, result: int) -> None:
        self._mapped = None
        self._job.cancel()
