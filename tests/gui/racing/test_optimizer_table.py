"""The optimizers' table alone: the chosen racer's schedule, jog of weights and starts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.optimizers.racer import Jog, Racer
from engine.optimizers.registry import OPTIMIZERS
from gui.racing import schedule_changes
from gui.racing.entries import Entry
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.settings_form import IN_TABLE
from gui.widgets.number_field import NumberField
from tests.gui.fields import enter, field

STEPS = 60


class Racers(QObject):
    """Three racers and a table of them; what is set in the table is done."""

    def __init__(self) -> None:
        super().__init__()
        names = ("sgd", "momentum", "nesterov")
        self.entries = [Entry(Racer(name, name=name)) for name in names]
        self.table = OptimizerTable("racing")
        self.table.schedule_form.schedule_chosen.connect(self.set_schedule)
        self.table.schedule_form.value_changed.connect(self.set_value)
        self.table.form.setting_changed.connect(self.note)
        self.told: list[tuple[str, str, float]] = []
        self.show()

    def __getitem__(self, name: str) -> Racer:
        return next(entry.racer for entry in self.entries if entry.racer.name == name)

    def show(self) -> None:
        defaults = {
            entry.racer.name: {
                setting.name: setting.default
                for setting in OPTIMIZERS[entry.racer.optimizer].settings
            }
            for entry in self.entries
        }
        self.table.show_entries(self.entries, defaults)

    def note(self, name: str, key: str, value: float) -> None:
        """A number of the settings form: the table is shown anew, as the workspace does."""
        self.told.append((name, key, value))
        self.show()

    def set_schedule(self, name: str, schedule: str) -> None:
        self._replace(schedule_changes.with_schedule(self[name], schedule, STEPS))

    def set_value(self, name: str, key: str, value: float) -> None:
        self._replace(schedule_changes.with_value(self[name], key, value))

    def _replace(self, racer: Racer) -> None:
        self.entries = [
            replace(entry, racer=racer) if entry.racer.name == racer.name else entry
            for entry in self.entries
        ]
        self.show()


@pytest.fixture
def racers(qtbot: QtBot) -> Racers:
    made = Racers()
    qtbot.addWidget(made.table)
    made.table.resize(400, 500)
    made.table.show()
    qtbot.waitExposed(made.table)
    made.table.choose("sgd")
    return made


def setting(racers: Racers, name: str) -> NumberField:
    return field(racers.table, f"racing.{name}.field")


def choose_schedule(racers: Racers, name: str) -> None:
    combo = racers.table.schedule_form.schedule
    combo.setFocus()
    places = combo.findData(name) - combo.currentIndex()
    for _ in range(abs(places)):
        QTest.keyClick(combo, Qt.Key.Key_Down if places > 0 else Qt.Key.Key_Up)


def test_a_cosine_comes_down_at_the_end_of_the_race(racers: Racers) -> None:
    choose_schedule(racers, "cosine")
    assert racers["sgd"].schedule == "cosine"
    assert racers["sgd"].schedule_settings == {"T_max": STEPS}
    enter(setting(racers, "schedule.T_max"), "40")
    assert racers["sgd"].schedule_settings["T_max"] == 40


def test_another_racer_shows_its_own_schedule(racers: Racers) -> None:
    choose_schedule(racers, "step")
    racers.table.choose("momentum")
    combo = racers.table.schedule_form.schedule
    assert combo.currentData() == "constant"
    assert racers.table.schedule_form.rate.isHidden()
    racers.table.choose("sgd")
    assert combo.currentData() == "step"
    assert setting(racers, "schedule.gamma").value() == 0.1


def test_a_jog_is_switched_on_by_its_radius(racers: Racers) -> None:
    assert setting(racers, "jog.patience").isHidden()
    enter(setting(racers, "jog.radius"), "0,5")
    assert racers["sgd"].jog == Jog(0.5)
    assert not setting(racers, "jog.patience").isHidden()
    enter(setting(racers, "jog.patience"), "7")
    enter(setting(racers, "jog.tolerance"), "0.01")
    assert racers["sgd"].jog == Jog(0.5, 7, 0.01)
    enter(setting(racers, "jog.radius"), "0")
    assert racers["sgd"].jog is None


def test_a_form_built_anew_under_the_focus_leaves_the_choice(qtbot: QtBot, racers: Racers) -> None:
    table = racers.table
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.choose("sgd")
    field(table, "racing.setting.weight_decay.field").setFocus()
    racers.entries.append(Entry(Racer("adam", name="adam")))
    racers.show()
    table.choose("adam")
    assert table.chosen_name() == "adam"
    assert field(table, "racing.setting.beta2.field").value() == 0.999


def test_a_half_typed_number_goes_with_its_form(qtbot: QtBot, racers: Racers) -> None:
    table = racers.table
    table.show()
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    racers.entries.append(Entry(Racer("adam", name="adam")))
    racers.show()
    table.choose("sgd")
    typed = field(table, "racing.setting.weight_decay.field")
    typed.setFocus()
    QTest.keyClicks(typed, "0.25")
    table.choose("adam")
    assert racers.told == [] and table.chosen_name() == "adam"
    assert field(table, "racing.setting.beta2.field").value() == 0.999


def test_the_controls_of_one_optimizer_serve_the_next(racers: Racers) -> None:
    table = racers.table
    for name in ("adam", "rmsprop"):
        racers.entries.append(Entry(Racer(name, name=name)))
    racers.show()
    shown: dict[str, dict[str, float]] = {}
    for name in ("adam", "rmsprop", "sgd", "adam", "rmsprop"):
        table.choose(name)
        fields = [each for each in table.form.findChildren(NumberField) if each.objectName()]
        values = {each.accessibleName(): each.value() for each in fields}
        defaults = {
            each.name: each.default
            for each in OPTIMIZERS[name].settings
            if not each.flag and each.name not in IN_TABLE
        }
        assert values == defaults and all(each.isVisibleTo(table) for each in fields)
        assert shown.setdefault(name, values) == values
    # A field that was another's has its own limits, arrows and racer.
    eps = field(table, "racing.setting.eps.field")
    enter(eps, "1e-7")
    assert racers.told == [("rmsprop", "eps", 1e-7)]


def test_eight_racers_are_seen_at_once(racers: Racers, qtbot: QtBot) -> None:
    table = racers.table
    for name in ("adam", "rmsprop", "adagrad", "newton", "lion", "adamw"):
        racers.entries.append(Entry(Racer(name, name=name)))
    racers.show()
    table.resize(340, table.minimumSizeHint().height())  # as low as a column that scrolls lets it
    table.show()
    qtbot.waitExposed(table)
    view = table.table.viewport().rect()
    seen = [
        row
        for row in range(table.table.rowCount())
        if view.contains(table.table.visualItemRect(table.table.item(row, 0)))
    ]
    assert len(seen) == 8 and table.table.rowCount() == 9
    field = table.table.cellWidget(0, 1)
    assert field is not None and field.height() <= table.table.rowHeight(0)
    # What explains the table does not stand over its rows.
    assert table.table.toolTip() == "" and table._heading.toolTip()
