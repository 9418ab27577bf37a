"""The error over the updates: what is drawn, where the cursor stands, and a click's jump."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from engine.networks.backprop.presets import HAND, LIVELY
from engine.networks.backprop.training import train
from gui.networks.backprop.error_curve import wants_logarithm
from gui.networks.backprop.page import BackpropPage


def trained(page: BackpropPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.player.available == page.player.total > 0)


def test_it_shows_the_error_before_each_update_and_after_the_last(
    page: BackpropPage, qtbot: QtBot
) -> None:
    updates = list(train(HAND))
    expected = [update.error for update in updates] + [updates[-1].error_after]
    trained(page, qtbot)
    shown = page.curve.inspect_state()
    assert shown["errors"] == pytest.approx(expected, rel=1e-12) and len(expected) == 21
    assert shown["logarithmic"] is False
    page.store.change(LIVELY, "x")  # from .29 to .0014
    qtbot.waitUntil(lambda: len(page.curve.inspect_state()["errors"]) == 61)
    assert page.curve.inspect_state()["logarithmic"] is True
    (_, _), (low, high) = page.curve.plot.box.viewRange()
    assert low <= np.log10(0.0014) and high >= np.log10(0.286)


def test_a_press_shows_the_net_after_that_update(page: BackpropPage, qtbot: QtBot) -> None:
    page.below.setCurrentWidget(page.curve)
    trained(page, qtbot)
    curve = page.curve
    spot = curve.mapFromScene(curve.plot.box.mapViewToScene(QPointF(7.0, 0.08)))
    qtbot.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: page.inspect_state()["moment"] == 7 * 22)  # 22 moments an update
    assert page.curve.inspect_state()["cursor"] == 7.0
    page.player.step_on()
    qtbot.waitUntil(lambda: page.inspect_state()["moment"] == 7 * 22 + 1)
    assert page.curve.inspect_state()["cursor"] == pytest.approx(7 + 1 / 22)
    for place, moment in ((-3, 0), (20, 440), (99, 440)):
        curve._on_pointed(place)
        qtbot.waitUntil(lambda moment=moment: page.inspect_state()["moment"] == moment)


def test_a_net_that_diverges_is_drawn_as_far_as_there_are_numbers(
    page: BackpropPage, qtbot: QtBot
) -> None:
    page.store.change(replace(HAND, activation="linear", eta=1e6, steps=40), "x")
    qtbot.waitUntil(lambda: len(page.curve.inspect_state()["errors"]) == 41)
    errors = page.curve.inspect_state()["errors"]
    assert not np.isfinite(errors[-1])
    (_, _), ends = page.curve.plot.box.viewRange()
    assert np.isfinite(ends).all()
    page.curve.repaint()


def test_the_axis_is_logarithmic_where_errors_are_far_apart() -> None:
    assert wants_logarithm(np.array([1.0, 0.1])) and not wants_logarithm(np.array([1.0, 0.11]))
    assert not wants_logarithm(np.array([1.0, 0.0])) and not wants_logarithm(np.array([]))
    assert wants_logarithm(np.array([1.0, np.nan, 50.0, np.inf]))
