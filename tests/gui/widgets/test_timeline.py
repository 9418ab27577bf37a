"""The bar under everything that moves in steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.widgets.timeline import Timeline


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    made = Timeline("room", (10, 50, 100), 50)
    qtbot.addWidget(made)
    made.resize(700, 44)
    made.set_total(200)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_what_is_set_asks_for_nothing(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.assertNotEmitted(timeline.sought), qtbot.assertNotEmitted(timeline.speed_chosen):
        timeline.set_step(40)
        timeline.set_total(100)
        timeline.set_speed(10)
    assert timeline.slider.value() == 40 and timeline.count.text() == "step 40 / 100"


def test_pressing_the_track_jumps_there(qtbot: QtBot, timeline: Timeline) -> None:
    slider = timeline.slider
    with qtbot.waitSignal(timeline.sought) as asked:
        place = QPoint(slider.width() * 3 // 4, slider.height() // 2)
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=place)
    assert 145 <= asked.args[0] <= 155


def test_dragging_seeks_all_the_way(qtbot: QtBot, timeline: Timeline) -> None:
    slider, asked = timeline.slider, []
    timeline.sought.connect(asked.append)
    y = slider.height() // 2
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, y))
    for x in range(20, slider.width() + 50, 40):
        qtbot.mouseMove(slider, QPoint(x, y))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert asked == sorted(asked) and asked[-1] == 200 and not slider.isSliderDown()


@pytest.mark.parametrize(
    ("key", "shift", "step"),
    [
        (Qt.Key.Key_Right, False, 51),
        (Qt.Key.Key_Left, False, 49),
        (Qt.Key.Key_Right, True, 60),
        (Qt.Key.Key_Left, True, 40),
        (Qt.Key.Key_Home, False, 0),
        (Qt.Key.Key_End, False, 200),
    ],
)
def test_keys_of_the_slider(
    qtbot: QtBot, timeline: Timeline, key: Qt.Key, shift: bool, step: int
) -> None:
    timeline.set_step(50)
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(timeline.sought) as asked:
        qtbot.keyClick(timeline.slider, key, modifier)
    assert asked.args == [step]


def test_buttons_ask(qtbot: QtBot, timeline: Timeline) -> None:
    for button, signal, arguments in (
        (timeline.play, timeline.play_pressed, []),
        (timeline.reset, timeline.reset_pressed, []),
        (timeline.forward, timeline.stepped, [1]),
        (timeline.back, timeline.stepped, [-1]),
    ):
        with qtbot.waitSignal(signal) as asked:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert asked.args == arguments


def test_speed_is_chosen(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.waitSignal(timeline.speed_chosen) as asked:
        timeline.speed.setCurrentIndex(2)
    assert asked.args == [100]


def test_playing_moves_nothing(timeline: Timeline) -> None:
    before = [child.geometry() for child in (timeline.slider, timeline.count, timeline.play)]
    timeline.set_playing(True)
    timeline.set_step(199)
    timeline.grab()
    after = [child.geometry() for child in (timeline.slider, timeline.count, timeline.play)]
    assert after == before
    assert timeline.play.text() == "Pause"
