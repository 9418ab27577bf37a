"""The schedule of the learning rate in the form of the net."""

from __future__ import annotations

import math

import pytest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from gui.networks.backprop.page import BackpropPage
from tests.gui.fields import enter, field


def choose(page: BackpropPage, name: str) -> None:
    combo = page.form.findChild(QComboBox, "networks.backprop.schedule.combo")
    assert combo is not None
    combo.setCurrentIndex(combo.findData(name))


def rate_shown(page: BackpropPage) -> str:
    label = page.form.findChild(QLabel, "networks.backprop.rate.label")
    assert label is not None
    return label.text()


def test_a_cosine_comes_down_to_the_end_of_the_training(page: BackpropPage, qtbot: QtBot) -> None:
    choose(page, "cosine")
    racer = page.store.setup.racer
    assert (racer.schedule, racer.schedule_settings) == ("cosine", {"T_max": 20.0})
    qtbot.waitUntil(lambda: len(page.controller.errors()) == 21)
    page.controller.go_to_update(15)
    page.player.step_on()  # into the sixteenth update
    expected = 0.5 * (1 + math.cos(math.pi * 15 / 20)) / 2
    qtbot.waitUntil(lambda: rate_shown(page).endswith(f"{expected:.4g}"))
    page.player.to_end()
    qtbot.waitUntil(lambda: page.inspect_state()["moment"] == page.player.total)
    shown = page._shown
    assert shown is not None
    last = {line.symbol: line for line in shown.moment.lines}
    assert float(next(iter(last.values())).result) == pytest.approx(
        shown.moment.updated[0][1][1], rel=1e-12
    )


def test_its_settings_are_typed_and_stay_with_another_optimizer(page: BackpropPage) -> None:
    choose(page, "step")
    enter(field(page.form, "networks.backprop.schedule.step_size.field"), "4")
    assert page.store.setup.racer.schedule_settings == {"step_size": 4.0}
    page.form.optimizer.setCurrentIndex(page.form.optimizer.findData("adam"))
    page.form.optimizer.activated.emit(page.form.optimizer.currentIndex())
    racer = page.store.setup.racer
    assert (racer.optimizer, racer.schedule) == ("adam", "step")
    assert racer.schedule_settings == {"step_size": 4.0}
    page.store.stack.undo()
    page.store.stack.undo()
    page.store.stack.undo()
    assert page.store.setup.racer.schedule == "constant"
    assert page.form.schedule.schedule.currentData() == "constant"


def test_jog_and_starts_of_races_are_not_offered(page: BackpropPage, qtbot: QtBot) -> None:
    for name in ("jog.radius", "starts", "jog.patience", "jog.tolerance"):
        assert field(page.form, f"networks.backprop.{name}.field").isHidden()
    choose(page, "warmup")
    shown = field(page.form, "networks.backprop.schedule.total_iters.field")
    qtbot.waitUntil(lambda: not shown.isHidden())
    assert field(page.form, "networks.backprop.starts.field").isHidden()


def test_the_form_is_not_wider_than_its_panel(page: BackpropPage, qtbot: QtBot) -> None:
    scroll = page._scroll
    for name in ("cosine", "warmup", "step"):
        choose(page, name)
        qtbot.waitUntil(lambda: not page.form.schedule.rate.isHidden())
        room = scroll.width() - scroll.verticalScrollBar().sizeHint().width()
        qtbot.waitUntil(lambda room=room: page.form.minimumSizeHint().width() <= room)
