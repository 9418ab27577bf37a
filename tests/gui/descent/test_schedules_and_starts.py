"""Schedule, jog of weights and further starts of a racer, set by hand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from engine.optimizers.racer import Racer
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import wait_for_race
from tests.gui.fields import enter, field


def racer_of(workspace: DescentWorkspace, name: str = "sgd") -> Racer:
    entry = workspace.setup.entry(name)
    assert entry is not None
    return entry.racer


@pytest.fixture
def chosen(reused: DescentWorkspace) -> DescentWorkspace:
    reused.optimizers.choose("sgd")
    return reused


def choose_schedule(workspace: DescentWorkspace, name: str) -> None:
    combo = workspace.findChild(QComboBox, "descent.schedule.combo")
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    places = combo.findData(name) - combo.currentIndex()
    for _ in range(abs(places)):
        QTest.keyClick(combo, Qt.Key.Key_Down if places > 0 else Qt.Key.Key_Up)


def test_a_schedule_is_chosen_set_shown_and_undone(chosen: DescentWorkspace, qtbot: QtBot) -> None:
    choose_schedule(chosen, "cosine")
    assert racer_of(chosen).schedule == "cosine"
    assert racer_of(chosen).schedule_settings == {"T_max": 60.0}  # the race has 60 steps
    enter(field(chosen, "descent.schedule.T_max.field"), "40")
    assert racer_of(chosen).schedule_settings["T_max"] == 40
    enter(field(chosen, "descent.schedule.eta_min.field"), "1e-4")
    wait_for_race(qtbot, chosen.jobs, chosen.store)
    chosen.player.seek(20)
    label = chosen.findChild(QLabel, "descent.rate.label")
    assert isinstance(label, QLabel) and not label.isHidden()
    # Half way down from 1e-3 to 1e-4.
    qtbot.waitUntil(lambda: "0.00055" in label.text())
    measure = chosen.curves.measure
    measure.setCurrentIndex(measure.findData("rate"))
    assert measure.currentText() == "learning rate"
    for _ in range(4):
        chosen.store.stack.undo()
    assert racer_of(chosen) == Racer("sgd", name="sgd")


def test_further_starts_are_drawn_and_the_best_is_marked(
    chosen: DescentWorkspace, qtbot: QtBot
) -> None:
    chosen.editor.choose_surface("himmelblau")
    enter(field(chosen, "descent.starts.field"), "6")
    assert racer_of(chosen).starts == 6
    wait_for_race(qtbot, chosen.jobs, chosen.store)
    chosen.player.seek(chosen.player.total)
    swarm = chosen.presenter.further_starts
    qtbot.waitUntil(lambda: swarm.heads.shape == (5, 2))
    history = chosen.jobs.history
    assert history is not None
    last = history.frames[-1]
    qtbot.waitUntil(lambda: np.array_equal(swarm.heads, last.others[0]))
    ((look, x, y),) = swarm.stars
    assert (x, y) == tuple(last.best[0])
    assert look == chosen.setup.running[0].look
    chosen.grab()
    # Many trails: heads and short tails only.
    enter(field(chosen, "descent.starts.field"), "200")
    wait_for_race(qtbot, chosen.jobs, chosen.store)
    qtbot.waitUntil(lambda: swarm.heads.shape == (199, 2))
    chosen.grab()
    enter(field(chosen, "descent.starts.field"), "1")
    wait_for_race(qtbot, chosen.jobs, chosen.store)
    qtbot.waitUntil(lambda: swarm.heads.shape == (0, 2) and not swarm.stars)
