"""Every change that a person can make to the racers; each is one line of the Edit menu."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic

from PySide6.QtCore import QObject, Signal

from engine.optimizers.racer import Racer
from gui.racing import edit_text, race_setup, schedule_changes
from gui.racing.race_setup import SomeSetup
from gui.racing.setup_store import SetupStore

if TYPE_CHECKING:
    from gui.racing.optimizer_table import OptimizerTable


class RacersEditor(QObject, Generic[SomeSetup]):
    """Turns requests into changes of the setup, or refuses them.

    The editor of a page says how a change is made, and has the changes of its race.

    Signals:
        refused: an exception that says why; what is set stays.
        added: the name of a new racer.
        settled: something that was dragged has been let go.
    """

    refused = Signal(object)
    added = Signal(str)
    settled = Signal()

    def __init__(self, store: SetupStore[SomeSetup], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store

    @property
    def setup(self) -> SomeSetup:
        """What is set now."""
        return self._store.setup

    def enable(self, name: str, enabled: bool) -> None:
        text = edit_text.enabled_text(self.setup, name, enabled)
        self._change(race_setup.with_enabled(self.setup, name, enabled), text)

    def set_setting(self, name: str, key: str, value: float) -> None:
        text = edit_text.setting_text(self.setup, name, key, value)
        self._change(race_setup.with_settings(self.setup, name, {key: value}), text)

    def set_schedule(self, name: str, schedule: str) -> None:
        """Another schedule of one racer's learning rate."""
        text = edit_text.schedule_text(self.setup, name, schedule)
        steps = self.setup.steps or 1
        change = partial(schedule_changes.with_schedule, schedule=schedule, steps=steps)
        self._change(race_setup.with_racer(self.setup, name, change), text)

    def set_schedule_value(self, name: str, key: str, value: float) -> None:
        """Another setting of a racer's schedule, its jog, or its number of starts."""
        text = edit_text.schedule_value_text(self.setup, name, key, value)
        change = partial(schedule_changes.with_value, key=key, value=value)
        self._change(race_setup.with_racer(self.setup, name, change), text)

    def add(self, optimizer: str) -> None:
        self.add_racer(Racer(optimizer))

    def add_racer(self, racer: Racer) -> None:
        """One more, under a name that is free."""
        after, name = race_setup.with_added(self.setup, racer)
        if self._change(after, edit_text.added_text(after, name)):
            self.added.emit(name)

    def copy(self, name: str, **changes: Any) -> None:
        """One more like a racer, but for some of its fields."""
        entry = self.setup.entry(name)
        if entry is not None:
            self.add_racer(replace(entry.racer, name=entry.racer.optimizer, **changes))

    def remove(self, name: str) -> None:
        """Without a racer; the last one stays."""
        if len(self.setup.entries) > 1:
            text = edit_text.removed_text(self.setup, name)
            self._change(race_setup.without(self.setup, name), text)

    def _change(self, after: SomeSetup, text: str, *, gesture: int = 0) -> bool:
        """Set it, unless it is refused; says whether it is set."""
        raise NotImplementedError


def join(table: OptimizerTable, editor: RacersEditor[Any]) -> None:
    """What is asked for in the table is done by the editor, and a new racer is chosen there."""
    table.enabled_changed.connect(editor.enable)
    table.setting_changed.connect(editor.set_setting)
    table.schedule_form.schedule_chosen.connect(editor.set_schedule)
    table.schedule_form.value_changed.connect(editor.set_schedule_value)
    table.added.connect(editor.add)
    table.copied.connect(editor.copy)
    table.removed.connect(editor.remove)
    editor.added.connect(table.choose)
