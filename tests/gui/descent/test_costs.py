"""The curves over what the racers spend: places, cursor, presses, and the seconds measured."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.descent.race.cost import spent
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, wait_for_race

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def mixed(qtbot: QtBot, reused: DescentWorkspace) -> DescentWorkspace:
    """With Newton, whose step costs three."""
    reused.editor.add("newton")
    wait_for_race(qtbot, reused.jobs, reused.store)
    reused.playback.seek(60)
    yield reused
    reused.curves.choose_cost("steps")


def places(workspace: DescentWorkspace, racer: int) -> np.ndarray:
    return workspace.curves._loss_points.lines()[racer][:, 0]


def test_the_curves_are_drawn_over_what_each_racer_spent(mixed: DescentWorkspace) -> None:
    curves, history = mixed.curves, mixed.jobs.history
    assert history is not None
    assert places(mixed, 3).tolist() == list(range(61))
    losses = [line[:, 1].copy() for line in curves._loss_points.lines()]
    curves.choose_cost("evaluations")
    found = spent(mixed.setup.spec().racers, history.frames)
    for racer in range(4):
        assert places(mixed, racer).tolist() == found.evaluations[racer].tolist()
        assert np.array_equal(curves._loss_points.lines()[racer][:, 1], losses[racer])
        assert np.array_equal(curves._slope_points.lines()[racer][:, 0], places(mixed, racer))
    assert curves.loss.box.viewRange()[0] == [0, 180] == curves.slope.box.viewRange()[0]
    mixed.playback.seek(20)
    assert curves.loss.cursor.value() == 60  # Newton's three for each step
    assert curves.cost_button.text() == "gradient evaluations ▾"
    curves.choose_cost("products")
    assert places(mixed, 3)[-1] == 120 and places(mixed, 0)[-1] == 0
    curves.choose_cost("steps")
    assert curves.loss.box.viewRange()[0] == [0, 60] and curves.loss.cursor.value() == 20


def test_a_press_goes_to_the_step_of_who_has_spent_most(mixed: DescentWorkspace) -> None:
    curves = mixed.curves
    curves.choose_cost("evaluations")
    scene = curves.loss.box.mapViewToScene(QPointF(90.0, 0.0))
    QTest.mouseClick(curves.viewport(), LEFT, pos=curves.mapFromScene(scene))
    assert abs(mixed.player.step - 30) <= 1
    assert curves.loss.cursor.value() == 3 * mixed.player.step


def test_seconds_are_measured_when_they_are_asked_for(
    qtbot: QtBot, mixed: DescentWorkspace
) -> None:
    curves, history = mixed.curves, mixed.jobs.history
    assert history is not None and not history.pace.any()
    curves.choose_cost("seconds")
    qtbot.waitUntil(lambda: bool(history.pace.all()), timeout=WAIT_MS)
    expected = spent(mixed.setup.spec().racers, history.frames).evaluations * history.pace[:, None]
    assert np.array_equal(np.stack([places(mixed, racer) for racer in range(4)]), expected)
    assert curves.loss.box.viewRange()[0][1] == pytest.approx(expected[:, -1].max())


def test_the_menu_and_its_key_go_through_all_of_them(mixed: DescentWorkspace) -> None:
    names = []
    for _ in range(4):
        mixed.costs.choose_next()
        names.append(mixed.curves.cost.name)
    assert names == ["evaluations", "products", "seconds", "steps"]
    action = next(a for a in mixed.curves.cost_button.menu().actions() if a.data() == "products")
    action.trigger()
    mixed.curves.cost_button.menu().triggered.emit(action)
    assert mixed.curves.cost.name == "products" and action.isChecked()
