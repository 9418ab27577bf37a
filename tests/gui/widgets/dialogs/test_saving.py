"""Closing in the middle of a long step: the work is saved first, or given up on request."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.widgets.dialogs import saving
from gui.window import Window


class LongStep:
    """A job in the middle of a step that ends when the test says so, and then saves."""

    def __init__(self) -> None:
        self.inside, self.leave, self.saved = (threading.Event() for _ in range(3))

    def __call__(self) -> Iterator[int]:
        try:
            yield 1
            self.inside.set()
            self.leave.wait()
            yield 2
        finally:
            self.saved.set()


@pytest.fixture
def step(window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[LongStep]:
    monkeypatch.setattr(saving, "AT_ONCE_S", 0.0)
    made = LongStep()
    window.show()
    window.bridge.start("training", "test.step", made, saves=True)
    qtbot.waitUntil(made.inside.is_set)
    yield made
    made.leave.set()


def button(window: Window) -> QPushButton | None:
    return window.findChild(QPushButton, "dialog.saving.giveup")


def test_the_window_waits_for_the_step_and_closes_when_it_is_saved(
    window: Window, qtbot: QtBot, step: LongStep
) -> None:
    for _ in range(2):  # asked once more, it goes on waiting
        assert not window.close() and window.isVisible()
    found = button(window)
    assert found is not None and found.window().isVisible() and found.toolTip()
    qtbot.keyClick(found.window(), Qt.Key.Key_Escape)
    assert found.window().isVisible() and not step.saved.is_set()
    step.leave.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert step.saved.is_set() and window.ended


def test_who_does_not_want_to_wait_closes_at_once(
    window: Window, qtbot: QtBot, step: LongStep
) -> None:
    window.close()
    found = button(window)
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    assert not window.isVisible() and not window.ended and not step.saved.is_set()


def test_a_job_that_was_stopped_is_waited_for_too(
    window: Window, qtbot: QtBot, step: LongStep
) -> None:
    window.bridge.cancel("test.step")  # as Stop does
    assert not window.close()
    step.leave.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert step.saved.is_set()


def test_a_short_step_shows_no_dialog(
    window: Window, step: LongStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AT_ONCE_S", 60.0)
    step.leave.set()
    assert window.close() and step.saved.is_set()
    assert button(window) is None
